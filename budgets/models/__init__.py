"""What it may cost, does cost, will cost."""

from budgets.models.actuals import Actual
from budgets.models.baselines import BaselineCost
from budgets.models.budgets import Budget, ProgramRow
from budgets.models.categories import Category, CostCategory
from budgets.models.cost_lines import CostLine, CostPortion, Nature
from budgets.models.earned_value import PeriodValue, TaskValue
from budgets.models.periods import FiscalCalendar, FiscalPeriod
from budgets.models.procurement import Contract
from budgets.models.rates import ExchangeRate
from budgets.models.revisions import BudgetRevision, BudgetRevisionLine

__all__ = [
    "Actual",
    "BaselineCost",
    "Budget",
    "BudgetRevision",
    "BudgetRevisionLine",
    "Category",
    "Contract",
    "CostCategory",
    "CostLine",
    "CostPortion",
    "ExchangeRate",
    "FiscalCalendar",
    "FiscalPeriod",
    "Nature",
    "PeriodValue",
    "ProgramRow",
    "TaskValue",
]
