"""What it may cost, does cost, will cost."""

from budgets.models.actuals import Actual
from budgets.models.approvals import ApprovalPolicy, ApprovalRound, Delegation, Involvement, Vote
from budgets.models.baselines import BaselineCost
from budgets.models.budgets import Budget, ProgramRow
from budgets.models.capex import AssetClass, CapitalAmount, CapitalRequest
from budgets.models.categories import Category, CostCategory
from budgets.models.cost_lines import CostLine, CostPortion, Nature
from budgets.models.earned_value import PeriodValue, TaskValue
from budgets.models.periods import FiscalCalendar, FiscalPeriod
from budgets.models.procurement import Contract
from budgets.models.rates import ExchangeRate
from budgets.models.revisions import BudgetRevision, BudgetRevisionLine

__all__ = [
    "Actual",
    "ApprovalPolicy",
    "ApprovalRound",
    "AssetClass",
    "BaselineCost",
    "Budget",
    "BudgetRevision",
    "BudgetRevisionLine",
    "CapitalAmount",
    "CapitalRequest",
    "Category",
    "Contract",
    "CostCategory",
    "CostLine",
    "CostPortion",
    "Delegation",
    "ExchangeRate",
    "FiscalCalendar",
    "FiscalPeriod",
    "Involvement",
    "Nature",
    "PeriodValue",
    "ProgramRow",
    "TaskValue",
    "Vote",
]
