"""Addresses of money, below /api/v1/."""

from django.urls import path

from budgets.api import actuals, baselines, budgets, contracts, cost_lines

urlpatterns = [
    path("budgets/", budgets.BudgetList.as_view(), name="budget-list"),
    path("budgets/<int:pk>/", budgets.BudgetItem.as_view(), name="budget-item"),
    path("programs/<int:pk>/budgets/", budgets.ProgramBudgets.as_view(), name="program-budgets"),
    path("cost-lines/", cost_lines.CostLineList.as_view(), name="cost-line-list"),
    path("cost-lines/<int:pk>/", cost_lines.CostLineItem.as_view(), name="cost-line-item"),
    path("programs/<int:pk>/cost-lines/", cost_lines.ProgramCostLines.as_view(), name="program-cost-lines"),
    path("actuals/", actuals.ActualList.as_view(), name="actual-list"),
    path("actuals/<int:pk>/", actuals.ActualItem.as_view(), name="actual-item"),
    path("programs/<int:pk>/actuals/", actuals.ProgramActuals.as_view(), name="program-actuals"),
    path(
        "programs/<int:pk>/actuals/batch/",
        actuals.ProgramActualsBatch.as_view(),
        name="program-actuals-batch",
    ),
    path("contracts/", contracts.ContractList.as_view(), name="contract-list"),
    path(
        "programs/<int:pk>/baselines/compare/",
        baselines.ProgramComparison.as_view(),
        name="program-baseline-comparison",
    ),
    path("programs/<int:pk>/baselines/", baselines.ProgramBaselines.as_view(), name="program-baselines"),
]
