"""What happens in this app, in the past tense. ``tpm/subscriptions.py`` says who reacts."""

BUDGET_CHANGED = "budgets.budget.changed"
ACTUALS_POSTED = "budgets.actuals.posted"
