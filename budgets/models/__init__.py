"""What it may cost, does cost, will cost."""

from budgets.models.actuals import Actual
from budgets.models.baselines import BaselineCost
from budgets.models.budgets import Budget, ProgramRow
from budgets.models.cost_lines import Category, CostLine, Nature
from budgets.models.earned_value import PeriodValue, TaskValue
from budgets.models.procurement import Contract

__all__ = [
    "Actual",
    "BaselineCost",
    "Budget",
    "Category",
    "Contract",
    "CostLine",
    "Nature",
    "PeriodValue",
    "ProgramRow",
    "TaskValue",
]
