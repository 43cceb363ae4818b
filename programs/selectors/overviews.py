"""Programs side by side: the portfolio's table with its sums, and what moved or needs somebody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from programs.models import Portfolio, Program
from programs.selectors import ratings, readings
from programs.selectors.computation import Status, describe
from programs.selectors.ratings import ProgramRating
from programs.selectors.readings import NO_FIGURES, Figures
from tpm.accounts.actors import Actor


@dataclass(frozen=True)
class ProgramRow:
    """One program with the figures that the actor may read."""

    program: Program
    rating: ProgramRating
    status: Status
    finish: datetime | None
    baseline_finish: datetime | None
    slip_wd: Decimal | None
    percent: Decimal | None
    least_float_wd: Decimal | None
    spi: Decimal | None
    cpi: Decimal | None
    eac: Decimal | None
    approved: Decimal | None
    pv: Decimal | None
    ev: Decimal | None
    ac: Decimal | None
    exposure_cost: Decimal | None
    exposure_wd: Decimal | None

    @property
    def over(self) -> Decimal | None:
        """Approved less EAC: negative is over budget."""
        return None if self.eac is None or self.approved is None else self.approved - self.eac


@dataclass(frozen=True)
class Sums:
    """A portfolio in one line; amounts in its currency, None where no program has the figure."""

    programs: int
    by_level: dict[str, int]
    eac: Decimal | None
    approved: Decimal | None
    exposure_cost: Decimal | None
    spi: Decimal | None
    cpi: Decimal | None

    @property
    def over(self) -> Decimal | None:
        return None if self.eac is None or self.approved is None else self.approved - self.eac


LEVELS = ("none", "ok", "watch", "bad")
SORTS: dict[str, Callable[[ProgramRow], Any]] = {
    "name": lambda row: row.program.name.lower(),
    "code": lambda row: row.program.code.lower(),
    "health": lambda row: LEVELS.index(row.rating.level),
    "finish": lambda row: row.finish,
    "slip": lambda row: row.slip_wd,
    "spi": lambda row: row.spi,
    "cpi": lambda row: row.cpi,
    "eac": lambda row: row.eac,
    "over": lambda row: row.over,
    "exposure": lambda row: row.exposure_cost,
    "behind": lambda row: row.status.behind,
}


def rows(actor: Actor, programs: Sequence[Program]) -> list[ProgramRow]:
    """Return programs (read with their computation) with their figures: four queries."""
    ids = [program.pk for program in programs]
    known = readings.for_programs(actor, ids)
    rated = ratings.for_programs(actor, ids)
    return [_row(program, known.get(program.pk, NO_FIGURES), rated[program.pk]) for program in programs]


def of_portfolio(
    actor: Actor, portfolio: Portfolio, *, text: str = "", level: str = "", sort: str = ""
) -> list[ProgramRow]:
    """Return a portfolio's programs that are not archived: five queries.

    ``text`` looks into name and code, ``level`` is an overall rating, ``sort`` a key of ``SORTS``, with ``-`` descending.
    """
    found = rows(actor, list(active(actor).filter(portfolio=portfolio)))
    words = text.lower().split()
    if words:
        found = [
            row for row in found if all(w in f"{row.program.code} {row.program.name}".lower() for w in words)
        ]
    if level:
        found = [row for row in found if row.rating.level == level]
    return ordered(found, sort)


def active(actor: Actor) -> QuerySet[Program]:
    """Return the programs at work that the actor sees, in the order of their names."""
    visible = Program.objects.visible_to(actor).filter(archived_at=None)
    return visible.select_related("portfolio", "computation").order_by("name", "pk")


def ordered(found: list[ProgramRow], sort: str) -> list[ProgramRow]:
    """Return rows in the wanted order; those without the figure come last either way."""
    key = SORTS.get(sort.removeprefix("-"))
    if key is None:
        return found
    known = [row for row in found if key(row) is not None]
    missing = [row for row in found if key(row) is None]
    return sorted(known, key=key, reverse=sort.startswith("-")) + missing


def sums(found: Sequence[ProgramRow]) -> Sums:
    """Add rows of one currency up; SPI and CPI are those of the sums."""
    levels = [row.rating.level for row in found]
    ev, pv, ac = (_total([getattr(row, name) for row in found]) for name in ("ev", "pv", "ac"))
    return Sums(
        programs=len(found),
        by_level={level: levels.count(level) for level in ("bad", "watch", "ok", "none")},
        eac=_total([row.eac for row in found]),
        approved=_total([row.approved for row in found]),
        exposure_cost=_total([row.exposure_cost for row in found]),
        spi=ev / pv if ev is not None and pv else None,
        cpi=ev / ac if ev is not None and ac else None,
    )


def _total(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if known else None


def _row(program: Program, known: Figures, rated: ProgramRating) -> ProgramRow:
    return ProgramRow(
        program=program,
        rating=rated,
        status=describe(program.computation),
        finish=known.moment("plan.finish"),
        baseline_finish=known.moment("plan.baseline_finish"),
        slip_wd=known.number("plan.slip_wd"),
        percent=known.number("plan.percent"),
        least_float_wd=known.number("plan.least_float_wd"),
        spi=known.number("cost.spi"),
        cpi=known.number("cost.cpi"),
        eac=known.number("cost.eac"),
        approved=known.number("cost.approved"),
        pv=known.number("cost.pv"),
        ev=known.number("cost.ev"),
        ac=known.number("cost.ac"),
        exposure_cost=known.number("risk.exposure_cost"),
        exposure_wd=known.number("risk.exposure_wd"),
    )


@dataclass(frozen=True)
class PortfolioRow:
    """One portfolio and how its programs stand."""

    portfolio: Portfolio
    sums: Sums
    worst: list[ProgramRow]


def portfolios(actor: Actor) -> list[PortfolioRow]:
    """Return the portfolios that the actor sees, with sums and the programs in most trouble: six queries."""
    by_portfolio: dict[int, list[ProgramRow]] = {}
    for row in rows(actor, list(active(actor))):
        by_portfolio.setdefault(row.program.portfolio_id, []).append(row)
    found = []
    for portfolio in Portfolio.objects.visible_to(actor).order_by("name", "pk"):
        mine = by_portfolio.get(portfolio.pk, [])
        worst = [row for row in ordered(mine, "-health") if row.rating.level in ("bad", "watch")][:3]
        found.append(PortfolioRow(portfolio, sums(mine), worst))
    return found
