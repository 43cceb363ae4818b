"""What the apps above put into a report. They are not known here: the roof fills ``fillers`` when the project starts."""

from collections.abc import Callable
from dataclasses import dataclass, field

from programs.engine.rag import Policy
from programs.engine.report_content import BaselineLine, CurvePoint, GateLine, MilestoneLine, RiskLine
from programs.models import Program


@dataclass
class Sections:
    """``projects``: id → (code, name) in plan order. The rest as a report's content takes it."""

    projects: dict[int, tuple[str, str]] = field(default_factory=dict)
    milestones: tuple[MilestoneLine, ...] = ()
    curve: tuple[CurvePoint, ...] = ()
    risks: tuple[RiskLine, ...] = ()
    baseline: BaselineLine | None = None
    gates: tuple[GateLine, ...] = ()


Filler = Callable[[Program, Policy, Sections], None]
fillers: list[Filler] = []


def collect(program: Program, policy: Policy) -> Sections:
    """Ask every app for its part."""
    sections = Sections()
    for fill in fillers:
        fill(program, policy, sections)
    return sections
