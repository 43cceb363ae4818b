"""Red, amber, green of programs, rated when they are read: from figures, the portfolio's policy and the computation.

Who reads a program sees how it is rated; the figure behind a rating stands in its sentence only for those who may read
that figure, so that a colour never differs from reader to reader.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from programs import policies
from programs.engine import rag
from programs.engine.rag import Dimension, Level
from programs.models import Program, RagPolicy
from programs.policies import Scope
from programs.selectors import computation, readings
from programs.selectors.readings import NO_FIGURES, Figures
from tpm.accounts import actors
from tpm.accounts.actors import Actor

KEYS: Final = ("plan.slip_wd", "cost.spi", "cost.cpi", "cost.approved", "cost.bac", "risk.exposure_cost")
CAPABILITY: Final = {
    "slippage": "plan.read",
    "spi": "budget.read",
    "cpi": "budget.read",
    "exposure": "risk.read",
}
SENTENCES: Final[Mapping[str, str]] = {
    "slippage": gettext_noop(
        "because finish slippage %(value)s wd %(sign)s %(limit)s wd (policy “%(policy)s” v%(version)s)"
    ),
    "spi": gettext_noop("because SPI %(value)s %(sign)s %(limit)s (policy “%(policy)s” v%(version)s)"),
    "cpi": gettext_noop("because CPI %(value)s %(sign)s %(limit)s (policy “%(policy)s” v%(version)s)"),
    "exposure": gettext_noop(
        "because risk exposure %(value)s %% of budget %(sign)s %(limit)s %% (policy “%(policy)s” v%(version)s)"
    ),
    "no_baseline": gettext_noop("because there is no baseline to compare the finish with"),
    "no_cost": gettext_noop("because no actual cost is recorded"),
    "no_exposure": gettext_noop("because there is no budget to compare the risk exposure with"),
    "scope_not_measured": gettext_noop("because scope is not measured yet"),
    "stuck": gettext_noop("because the last computation failed"),
    "stale": gettext_noop("because the figures are older than the plan"),
    "nothing_rated": gettext_noop("because no dimension is rated"),
    "worst_of": gettext_noop("because of %(dimensions)s"),
    "all_ok": gettext_noop("because all rated dimensions are on track (policy “%(policy)s” v%(version)s)"),
    # Ours, not the engine's:
    "hidden": gettext_noop(
        "by the rule of policy “%(policy)s” v%(version)s; your role does not read the figure behind it"
    ),
    "not_yours": gettext_noop("because your role reads parts of this program only"),
}
DIMENSIONS: Final[Mapping[str, str]] = {
    "schedule": gettext_noop("schedule"),
    "cost": gettext_noop("cost"),
    "scope": gettext_noop("scope"),
    "risk": gettext_noop("risk"),
    "overall": gettext_noop("overall"),
}


@dataclass(frozen=True)
class DimensionRating:
    """One dimension as a reader sees it. ``sentence`` is translated; ``level`` is ok, watch, bad or none."""

    dimension: str
    level: str
    code: str
    params: Mapping[str, str]

    @property
    def label(self) -> str:
        return dimension_name(self.dimension)

    @property
    def sentence(self) -> str:
        return sentence(self.code, self.params)


@dataclass(frozen=True)
class ProgramRating:
    """All dimensions of one program, at the revision of the figures; ``policy`` and ``policy_number`` made them."""

    program_id: int
    schedule: DimensionRating
    cost: DimensionRating
    scope: DimensionRating
    risk: DimensionRating
    overall: DimensionRating
    policy: str
    policy_number: int
    revision: int

    @property
    def level(self) -> str:
        return self.overall.level

    @property
    def dimensions(self) -> tuple[DimensionRating, ...]:
        """Schedule, cost, scope and risk, without the overall rating."""
        return (self.schedule, self.cost, self.scope, self.risk)


def dimension_name(dimension: str) -> str:
    """Return a dimension's translated name; an unknown one as it is."""
    return _(DIMENSIONS[dimension]) if dimension in DIMENSIONS else dimension


def sentence(code: str, params: Mapping[str, str]) -> str:
    """Return the translated reason of a rating."""
    if code == "worst_of":
        names = (dimension_name(name.strip()) for name in params["dimensions"].split(","))
        params = {**params, "dimensions": ", ".join(names)}
    return _(SENTENCES[code]) % params


def for_programs(
    actor: Actor, program_ids: Iterable[int], *, by: rag.Policy | None = None
) -> dict[int, ProgramRating]:
    """Rate the programs that the actor sees, by program id: three queries for any number of programs.

    :param by: a policy to rate by in place of the portfolios' own, to see what it would change.
    """
    ids = list(program_ids)
    programs = list(
        Program.objects.visible_to(actor).filter(pk__in=ids).select_related("computation").order_by("pk")
    )
    by_portfolio = newest_policies({program.portfolio_id for program in programs})
    # A rating is of the program's figures, whoever asks; what of them may be told is decided below, per reader.
    found = readings.for_programs(actors.system(), [program.pk for program in programs], KEYS)
    ratings: dict[int, ProgramRating] = {}
    for program in programs:
        scope = Scope(program.portfolio_id, program.pk)
        allowed = {
            name for name in {"program.read", *CAPABILITY.values()} if policies.holds(actor, name, scope)
        }
        status = computation.describe(program.computation)
        policy = by or by_portfolio.get(program.portfolio_id, rag.Policy())
        ratings[program.pk] = _rated(
            program.pk, found.get(program.pk, NO_FIGURES), policy, status.state, allowed
        )
    return ratings


def newest_policies(portfolio_ids: Iterable[int]) -> dict[int, rag.Policy]:
    """Return the policy in force by portfolio: its newest number; one query."""
    rows = RagPolicy.objects.filter(portfolio_id__in=list(portfolio_ids)).order_by(
        "portfolio_id", "number", "pk"
    )
    return {row.portfolio_id: rag.Policy.of(row.name, row.number, row.thresholds) for row in rows}


def figures_of(figures: Figures, state: str) -> rag.Figures:
    """Return what the rating rules ask for. Risk is measured against the approved budget, else against BAC."""
    budget = figures.number("cost.approved") or figures.number("cost.bac")
    exposure = figures.number("risk.exposure_cost")
    blocked = {"stuck": rag.Blocked.STUCK, "late": rag.Blocked.STALE}.get(state, rag.Blocked.NO)
    return rag.Figures(
        finish_slippage=_float(figures.number("plan.slip_wd")),
        spi=_float(figures.number("cost.spi")),
        cpi=_float(figures.number("cost.cpi")),
        exposure_share=float(exposure / budget) if exposure is not None and budget else None,
        blocked=blocked,
    )


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _rated(pk: int, figures: Figures, policy: rag.Policy, state: str, allowed: set[str]) -> ProgramRating:
    shown = {
        rating.dimension.value: _told(rating, policy, allowed)
        for rating in rag.rate(figures_of(figures, state), policy)
    }
    return ProgramRating(
        program_id=pk, policy=policy.name, policy_number=policy.version, revision=figures.revision, **shown
    )


def _told(rating: rag.Rating, policy: rag.Policy, allowed: set[str]) -> DimensionRating:
    name, level, code, params = rating.dimension.value, rating.level.value, rating.code, dict(rating.params)
    if "program.read" not in allowed:
        return DimensionRating(name, Level.NONE.value, "not_yours", {})
    if code in CAPABILITY and CAPABILITY[code] not in allowed:
        return DimensionRating(name, level, "hidden", {"policy": policy.name, "version": str(policy.version)})
    return DimensionRating(name, level, code, params)


__all__ = [
    "DIMENSIONS",
    "SENTENCES",
    "Dimension",
    "DimensionRating",
    "ProgramRating",
    "dimension_name",
    "figures_of",
    "for_programs",
    "newest_policies",
    "sentence",
]
