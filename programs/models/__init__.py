"""What we run, why, who decides, who works."""

from programs.models.actions import Action
from programs.models.calendars import CalendarException, WorkCalendar
from programs.models.computation import RecomputeState
from programs.models.indicators import Kpi, KpiValue, PastReading, Reading
from programs.models.members import Grant
from programs.models.objectives import KeyResult, Objective
from programs.models.portfolios import Portfolio
from programs.models.programs import Favourite, Program
from programs.models.rag import RagPolicy
from programs.models.reports import StatusReport
from programs.models.resources import Resource

__all__ = [
    "Action",
    "CalendarException",
    "Favourite",
    "Grant",
    "KeyResult",
    "Kpi",
    "KpiValue",
    "Objective",
    "PastReading",
    "Portfolio",
    "Program",
    "RagPolicy",
    "Reading",
    "RecomputeState",
    "Resource",
    "StatusReport",
    "WorkCalendar",
]
