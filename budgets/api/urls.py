"""Addresses of money, below /api/v1/."""

from django.urls import path

from budgets.api import (
    actuals,
    baselines,
    budget_grid,
    budgets,
    capex_urls,
    cash_flow,
    categories,
    cost_lines,
    cost_moves,
    earned_value,
    money_boards,
    labour_urls,
    periods,
    procurement_urls,
    rates,
    revisions,
)

urlpatterns = [
    path("budgets/", budgets.BudgetList.as_view(), name="budget-list"),
    path("budgets/<int:pk>/", budgets.BudgetItem.as_view(), name="budget-item"),
    path("budgets/<int:pk>/forecast/", budgets.BudgetForecast.as_view(), name="budget-forecast"),
    path("programs/<int:pk>/budgets/", budgets.ProgramBudgets.as_view(), name="program-budgets"),
    path("programs/<int:pk>/budget-grid/", budget_grid.ProgramBudgetGrid.as_view(), name="budget-grid"),
    path("budget-revisions/", revisions.RevisionList.as_view(), name="budget-revision-list"),
    path("budget-revisions/<int:pk>/", revisions.RevisionItem.as_view(), name="budget-revision-item"),
    path(
        "programs/<int:pk>/budget-transfers/",
        revisions.ProgramTransfers.as_view(),
        name="program-budget-transfers",
    ),
    path("exchange-rates/", rates.RateList.as_view(), name="exchange-rate-list"),
    path("exchange-rates/<int:pk>/", rates.RateItem.as_view(), name="exchange-rate-item"),
    path("portfolios/<int:pk>/exchange-rates/", rates.PortfolioRates.as_view(), name="portfolio-rates"),
    path("portfolios/<int:pk>/fiscal-calendar/", periods.PortfolioCalendar.as_view(), name="fiscal-calendar"),
    path("portfolios/<int:pk>/fiscal-years/", periods.PortfolioYears.as_view(), name="fiscal-years"),
    path("fiscal-periods/", periods.PeriodList.as_view(), name="fiscal-period-list"),
    path("fiscal-periods/<int:pk>/close/", periods.PeriodClose.as_view(), name="fiscal-period-close"),
    path("fiscal-periods/<int:pk>/reopen/", periods.PeriodReopen.as_view(), name="fiscal-period-reopen"),
    path(
        "fiscal-periods/<int:pk>/reopen/confirm/",
        periods.PeriodConfirm.as_view(),
        name="fiscal-period-confirm",
    ),
    path(
        "fiscal-periods/<int:pk>/reopen/refuse/", periods.PeriodRefuse.as_view(), name="fiscal-period-refuse"
    ),
    path(
        "portfolios/<int:pk>/cost-categories/",
        categories.PortfolioCategories.as_view(),
        name="cost-categories",
    ),
    path("programs/<int:pk>/cash-flow/", cash_flow.ProgramCashFlow.as_view(), name="cash-flow"),
    path("programs/<int:pk>/cash-flow/<str:day>/", cash_flow.CashFlowRows.as_view(), name="cash-flow-rows"),
    path("portfolios/<int:pk>/cash-flow/", cash_flow.PortfolioCashFlow.as_view(), name="portfolio-cash-flow"),
    path("programs/<int:pk>/cost-curve/", cash_flow.ProgramCurve.as_view(), name="cost-curve"),
    path("programs/<int:pk>/cost-by-period/", cash_flow.ProgramFiscalTable.as_view(), name="cost-by-period"),
    path("programs/<int:pk>/budget-sums/", money_boards.ProgramBudgetSums.as_view(), name="budget-sums"),
    path(
        "portfolios/<int:pk>/budget-sums/",
        money_boards.PortfolioBudgetSums.as_view(),
        name="portfolio-budget-sums",
    ),
    path(
        "programs/<int:pk>/capital-board/", money_boards.ProgramCapitalBoard.as_view(), name="capital-board"
    ),
    path(
        "portfolios/<int:pk>/capital-board/",
        money_boards.PortfolioCapitalBoard.as_view(),
        name="portfolio-capital-board",
    ),
    path("contracts/expiring/", money_boards.ExpiringContracts.as_view(), name="expiring-contracts"),
    path("programs/<int:pk>/cost-moves/", cost_moves.ProgramCostMoves.as_view(), name="cost-moves"),
    path("programs/<int:pk>/earned-value/", earned_value.ProgramEarnedValue.as_view(), name="earned-value"),
    path(
        "portfolios/<int:pk>/earned-value/",
        earned_value.PortfolioEarnedValue.as_view(),
        name="portfolio-earned-value",
    ),
    path("earning-rules/", earned_value.EarningList.as_view(), name="earning-list"),
    path("tasks/<int:pk>/earning/", earned_value.TaskEarningItem.as_view(), name="task-earning"),
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
    path("actuals/<int:pk>/reversal/", actuals.ActualReversal.as_view(), name="actual-reversal"),
    path("programs/<int:pk>/accruals/", actuals.ProgramAccruals.as_view(), name="program-accruals"),
    path(
        "programs/<int:pk>/baselines/compare/",
        baselines.ProgramComparison.as_view(),
        name="program-baseline-comparison",
    ),
    path("programs/<int:pk>/baselines/", baselines.ProgramBaselines.as_view(), name="program-baselines"),
    *labour_urls.urlpatterns,
    *capex_urls.urlpatterns,
    *procurement_urls.urlpatterns,
]
