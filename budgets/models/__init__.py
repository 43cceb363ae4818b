"""What it may cost, does cost, will cost."""

from budgets.models.actuals import Actual
from budgets.models.approvals import ApprovalPolicy, ApprovalRound, Delegation, Involvement, Vote
from budgets.models.baselines import BaselineCost
from budgets.models.budgets import Budget, ProgramRow
from budgets.models.capex import AssetClass, CapitalAmount, CapitalRequest
from budgets.models.categories import Category, CostCategory
from budgets.models.cost_lines import CostLine, CostPortion, Nature
from budgets.models.earned_value import PeriodValue, TaskValue
from budgets.models.earnings import EacMethod, EstimateChoice, Rule, TaskEarning
from budgets.models.estimates import Estimate, EstimateLine
from budgets.models.invoices import Invoice, InvoiceLine, Tolerance
from budgets.models.labour import LabourCost, LabourRate
from budgets.models.orders import (
    Acceptance,
    AcceptanceStep,
    Delivery,
    DeliveryLine,
    OrderLine,
    PurchaseOrder,
)
from budgets.models.periods import FiscalCalendar, FiscalPeriod
from budgets.models.procurement import Contract, ContractMilestone
from budgets.models.rates import ExchangeRate
from budgets.models.revisions import BudgetRevision, BudgetRevisionLine
from budgets.models.timesheets import TimeEntry, Timesheet
from budgets.models.vendors import Vendor, VendorContact

__all__ = [
    "Acceptance",
    "AcceptanceStep",
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
    "ContractMilestone",
    "CostCategory",
    "CostLine",
    "CostPortion",
    "Delegation",
    "Delivery",
    "DeliveryLine",
    "EacMethod",
    "Estimate",
    "EstimateChoice",
    "EstimateLine",
    "ExchangeRate",
    "FiscalCalendar",
    "FiscalPeriod",
    "Invoice",
    "InvoiceLine",
    "Involvement",
    "LabourCost",
    "LabourRate",
    "Nature",
    "OrderLine",
    "PeriodValue",
    "ProgramRow",
    "PurchaseOrder",
    "Rule",
    "TaskEarning",
    "TaskValue",
    "TimeEntry",
    "Timesheet",
    "Tolerance",
    "Vendor",
    "VendorContact",
    "Vote",
]
