"""Addresses of money."""

from django.urls import path

from budgets.web import (
    actuals,
    baselines,
    budgets,
    capex_urls,
    comparisons,
    cost_lines,
    money,
    phasing,
    pickers,
    revisions,
    settings,
)

app_name = "budgets"
urlpatterns = [
    path("programs/<int:pk>/money/", money.program_money, name="program-money"),
    path("programs/<int:pk>/money/computed/", money.computed, name="money-computed"),
    path("programs/<int:pk>/money/panel/", money.panel, name="money-panel"),
    path("programs/<int:pk>/money/projects/", money.project_table, name="project-table-panel"),
    path("programs/<int:pk>/money/months/<str:cell>/", money.month_rows, name="month-rows"),
    path("programs/<int:pk>/money/export/<slug:table>.<slug:kind>", money.export, name="money-export"),
    path("programs/<int:pk>/money/tasks/", pickers.task_options, name="task-options"),
    path("programs/<int:pk>/money/budgets/<int:project_id>/", budgets.edit, name="budget-edit"),
    path("programs/<int:pk>/budget/", revisions.program_budget, name="program-budget"),
    path("programs/<int:pk>/budget/transfer/", revisions.transfer, name="budget-transfer"),
    path("budgets/<int:pk>/forecast/", budgets.forecast, name="budget-forecast"),
    path("portfolios/<int:pk>/money/", settings.money_settings, name="money-settings"),
    path("portfolios/<int:pk>/money/rates/", settings.rate_create, name="rate-create"),
    path("exchange-rates/<int:pk>/", settings.rate_correct, name="rate-correct"),
    path("exchange-rates/<int:pk>/delete/", settings.rate_delete, name="rate-delete"),
    path("portfolios/<int:pk>/money/calendar/", settings.calendar_set, name="fiscal-calendar"),
    path("portfolios/<int:pk>/money/years/", settings.year_open, name="fiscal-year-open"),
    path("fiscal-periods/<int:pk>/close/", settings.period_act, {"act": "close"}, name="period-close"),
    path("fiscal-periods/<int:pk>/reopen/", settings.period_act, {"act": "reopen"}, name="period-reopen"),
    path("fiscal-periods/<int:pk>/confirm/", settings.period_act, {"act": "confirm"}, name="period-confirm"),
    path("fiscal-periods/<int:pk>/refuse/", settings.period_act, {"act": "refuse"}, name="period-refuse"),
    path("portfolios/<int:pk>/money/categories/", settings.category_put, name="category-put"),
    path("cost-lines/<int:pk>/phasing/", phasing.edit, name="cost-line-phasing"),
    path("actuals/<int:pk>/reverse/", actuals.reverse_posting, name="actual-reverse"),
    path("programs/<int:pk>/cost-lines/", cost_lines.line_list, name="cost-line-list"),
    path("programs/<int:pk>/cost-lines/new/", cost_lines.create, name="cost-line-create"),
    path("programs/<int:pk>/cost-lines/blank/", cost_lines.blank, name="cost-line-blank"),
    path("cost-lines/<int:pk>/", cost_lines.row, name="cost-line-row"),
    path("cost-lines/<int:pk>/edit/", cost_lines.edit, name="cost-line-edit"),
    path("cost-lines/<int:pk>/delete/", cost_lines.delete, name="cost-line-delete"),
    path("programs/<int:pk>/actuals/", actuals.actual_list, name="actual-list"),
    path("programs/<int:pk>/actuals/new/", actuals.create, name="actual-create"),
    path("programs/<int:pk>/actuals/paste/", actuals.paste, name="actual-paste"),
    path("actuals/<int:pk>/delete/", actuals.delete, name="actual-delete"),
    path("programs/<int:pk>/contracts/", money.contract_list, name="contract-list"),
    path("programs/<int:pk>/baselines/take/", baselines.take, name="baseline-take"),
    path("programs/<int:pk>/baselines/compare/", comparisons.compare, name="baseline-compare"),
    path(
        "programs/<int:pk>/baselines/compare.<slug:kind>", comparisons.export, name="baseline-compare-export"
    ),
    path("tasks/<int:pk>/money/", money.task_value, name="task-value"),
    *capex_urls.urlpatterns,
]
