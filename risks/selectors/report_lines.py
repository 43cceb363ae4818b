"""What a governance report says about risks. Confidential ones never enter it."""

from decimal import Decimal

from programs.engine.rag import Policy
from programs.engine.report_content import RiskLine
from programs.models import Program
from programs.services.report_sections import Sections
from risks.selectors import registers

MOST_RISKS = 8


def fill(program: Program, policy: Policy, sections: Sections) -> None:
    """Add the live risks with the largest expected effect: one query."""
    sections.risks = tuple(
        RiskLine(
            number=row.risk.number,
            title=row.risk.title,
            owner=str(row.risk.owner or ""),
            probability=Decimal(str(round(row.risk.probability, 6))),
            impact_days=Decimal(str(round(row.risk.impact_days, 4))),
            impact_cost=row.risk.impact_cost,
            response=row.risk.response_plan or row.risk.get_response_display(),
        )
        for row in registers.top(program, MOST_RISKS)
    )
