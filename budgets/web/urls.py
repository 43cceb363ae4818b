"""Addresses of money."""

from django.urls import path

from budgets.web import actuals, baselines, budgets, comparisons, cost_lines, money, pickers

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
]
