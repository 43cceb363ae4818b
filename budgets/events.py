"""What happens in this app, in the past tense. ``tpm/subscriptions.py`` says who reacts."""

BUDGET_CHANGED = "budgets.budget.changed"
ACTUALS_POSTED = "budgets.actuals.posted"
RATES_CHANGED = "budgets.rates.changed"
PERIODS_CHANGED = "budgets.periods.changed"
CATEGORIES_CHANGED = "budgets.categories.changed"
