"""What a governance report draws of money: the S-curve."""

import calendar

from budgets.selectors import money
from programs.engine.rag import Policy
from programs.engine.report_content import CurvePoint
from programs.models import Program
from programs.services.report_sections import Sections
from tpm.accounts import actors


def fill(program: Program, policy: Policy, sections: Sections) -> None:
    """Add the cumulative curve by month ends: three queries."""
    grid = money.months(actors.system(), program)
    curve = money.curve(actors.system(), program, grid)
    sections.curve = tuple(
        CurvePoint(
            month.replace(day=calendar.monthrange(month.year, month.month)[1]),
            curve.planned[at],
            curve.earned[at],
            curve.actual[at],
            curve.scheduled[at],
        )
        for at, month in enumerate(curve.months)
    )
