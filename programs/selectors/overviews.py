"""Programs side by side: the portfolio's table with its sums, and what moved or needs somebody."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Grant, Portfolio, Program
from programs.selectors import ratings, readings
from programs.selectors.computation import Status, describe
from programs.selectors.ratings import ProgramRating
from programs.selectors.readings import NO_FIGURES, Figures
from tpm.accounts.actors import Actor
from tpm.accounts.models import User


@dataclass(frozen=True)
class NextStep:
    """The milestone or gate that a program comes to next.

    :ivar open: of a gate how many of its criteria are not met; ``on`` is None while it has no date.
    """

    name: str
    on: datetime | date | None
    slip_wd: Decimal | None
    url: str
    open: int = 0


def _day(step: NextStep | None) -> date | None:
    if step is None:
        return None
    return step.on.date() if isinstance(step.on, datetime) else step.on


@dataclass(frozen=True)
class Outlook:
    """What the plan, which lives in an app above, tells the portfolio: the next milestone, the next gate, and how many projects of
    which kind.

    :ivar kinds: number of component projects by the name of their kind.
    """

    next_step: NextStep | None = None
    next_gate: NextStep | None = None
    kinds: Mapping[str, int] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The kind of most projects; empty without projects, or where two kinds have as many."""
        ranked = sorted(self.kinds.items(), key=lambda item: -item[1])
        if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
            return ""
        return ranked[0][0]


NO_OUTLOOK: Final = Outlook()
outlooks: list[Callable[[Actor, Sequence[int]], Mapping[int, Outlook]]] = []
"""Whoever knows more about programs puts itself here when the project starts; a fixed number of queries each."""


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
    bac: Decimal | None
    eac: Decimal | None
    approved: Decimal | None
    pv: Decimal | None
    ev: Decimal | None
    ac: Decimal | None
    exposure_cost: Decimal | None
    exposure_wd: Decimal | None
    managers: tuple[User, ...] = ()
    outlook: Outlook = NO_OUTLOOK
    trend: tuple[Decimal | None, ...] = ()

    @property
    def next_on(self) -> date | None:
        """The day of the next step."""
        return _day(self.outlook.next_step)

    @property
    def gate_on(self) -> date | None:
        """The day of the next gate."""
        return _day(self.outlook.next_gate)

    @property
    def over(self) -> Decimal | None:
        """Approved less EAC: negative is over budget."""
        return None if self.eac is None or self.approved is None else self.approved - self.eac


@dataclass(frozen=True)
class Sums:
    """A portfolio, or a group of its programs, in one line; amounts in its currency, None where no program has the figure.

    :ivar finish, slip_wd, exposure_wd: the latest finish, the largest slippage and expected delay: days of programs that run side by side do not add up.
    :ivar over: approved less EAC, of the programs that have both.
    :ivar computed_at: when the oldest of the figures was computed. :ivar waiting: programs whose results are behind their plan.
    :ivar counted: of how many programs each figure is.
    """

    programs: int
    by_level: dict[str, int]
    eac: Decimal | None
    approved: Decimal | None
    exposure_cost: Decimal | None
    spi: Decimal | None
    cpi: Decimal | None
    finish: datetime | None = None
    slip_wd: Decimal | None = None
    over: Decimal | None = None
    bac: Decimal | None = None
    exposure_wd: Decimal | None = None
    computed_at: datetime | None = None
    waiting: int = 0
    counted: Mapping[str, int] = field(default_factory=dict)


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
    "next": lambda row: row.next_on,
    "gate": lambda row: row.gate_on,
    "owner": lambda row: row.managers[0].name.lower() if row.managers else None,
    "behind": lambda row: row.status.computed_at,
}
SLIPS: Final[Mapping[str, tuple[Any, Callable[[Decimal | None], bool]]]] = {
    "late": (_("late"), lambda wd: wd is not None and wd > 0),
    "over5": (_("more than 5 wd late"), lambda wd: wd is not None and wd > 5),
    "over10": (_("more than 10 wd late"), lambda wd: wd is not None and wd > 10),
    "kept": (_("on its baseline or early"), lambda wd: wd is not None and wd <= 0),
    "unknown": (_("no baseline"), lambda wd: wd is None),
}
TRENDS: Final[Mapping[str, tuple[Any, str]]] = {
    "slip": (_("Finish slippage"), "plan.slip_wd"),
    "spi": (_("SPI"), "cost.spi"),
}
DATES = 12
"""How many data dates a trend goes back."""


def rows(actor: Actor, programs: Sequence[Program]) -> list[ProgramRow]:
    """Return programs (read with their computation) with their figures: four queries."""
    ids = [program.pk for program in programs]
    known = readings.for_programs(actor, ids)
    rated = ratings.for_programs(actor, ids)
    return [_row(program, known.get(program.pk, NO_FIGURES), rated[program.pk]) for program in programs]


def of_portfolio(
    actor: Actor,
    portfolio: Portfolio,
    *,
    text: str = "",
    level: str = "",
    person: int = 0,
    slip: str = "",
    trend: str = "slip",
    sort: str = "",
) -> list[ProgramRow]:
    """Return a portfolio's programs that are not archived, with managers, trend and outlook: a fixed number of queries.

    ``text`` looks into name, code and managers, ``level`` is an overall rating, ``person`` a manager's id, ``slip`` a key of
    ``SLIPS``, ``trend`` one of ``TRENDS``, ``sort`` one of ``SORTS``, with ``-`` descending.
    """
    found = _with_outlook(
        actor, portfolio, rows(actor, list(active(actor).filter(portfolio=portfolio))), trend
    )
    words = text.lower().split()
    if words:
        found = [row for row in found if all(word in _searched(row) for word in words)]
    if level:
        found = [row for row in found if row.rating.level == level]
    if person:
        found = [row for row in found if any(one.pk == person for one in row.managers)]
    if slip in SLIPS:
        found = [row for row in found if SLIPS[slip][1](row.slip_wd)]
    return ordered(found, sort)


def managers(actor: Actor, portfolio: Portfolio) -> dict[int, list[User]]:
    """Return who manages which program (the role held for just that program), as far as the actor reads people: one query."""
    held = (
        Grant.objects.filter(portfolio=portfolio, role=policies.TPM, program__isnull=False, project_id=None)
        .select_related("user")
        .order_by("user__name", "pk")
    )
    found: dict[int, list[User]] = {}
    for grant in held:
        if policies.holds(actor, "member.read", policies.Scope(portfolio.pk, grant.program_id)):
            found.setdefault(grant.program_id or 0, []).append(grant.user)
    return found


def _searched(row: ProgramRow) -> str:
    return " ".join((row.program.code, row.program.name, *(one.name for one in row.managers))).lower()


def _with_outlook(
    actor: Actor, portfolio: Portfolio, found: list[ProgramRow], trend: str
) -> list[ProgramRow]:
    ids = [row.program.pk for row in found]
    people = managers(actor, portfolio)
    key = TRENDS.get(trend, TRENDS["slip"])[1]
    past = readings.histories(actor, ids, [key], last=DATES)
    known: dict[int, Outlook] = {}
    for ask in outlooks:
        known.update(ask(actor, ids))
    return [
        replace(
            row,
            managers=tuple(people.get(row.program.pk, ())),
            outlook=known.get(row.program.pk, NO_OUTLOOK),
            trend=tuple(one.figures.number(key) for one in past.get(row.program.pk, ())),
        )
        for row in found
    ]


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
    """Add rows of one currency up; SPI and CPI are those of the sums, finish and slippage the worst."""
    levels = [row.rating.level for row in found]
    spi_of = [row for row in found if row.ev is not None and row.pv]
    cpi_of = [row for row in found if row.ev is not None and row.ac]
    known = {
        name: [value for row in found if (value := getattr(row, name)) is not None]
        for name in ("finish", "slip_wd", "bac", "eac", "approved", "over", "exposure_cost", "exposure_wd")
    }
    return Sums(
        programs=len(found),
        by_level={level: levels.count(level) for level in ("bad", "watch", "ok", "none")},
        eac=_total(known["eac"]),
        approved=_total(known["approved"]),
        exposure_cost=_total(known["exposure_cost"]),
        spi=_index(spi_of, "pv"),
        cpi=_index(cpi_of, "ac"),
        finish=max(known["finish"], default=None),
        slip_wd=max(known["slip_wd"], default=None),
        over=_total(known["over"]),
        bac=_total(known["bac"]),
        exposure_wd=max(known["exposure_wd"], default=None),
        computed_at=min((row.status.computed_at for row in found if row.status.computed_at), default=None),
        waiting=sum(1 for row in found if row.status.behind),
        counted={
            **{name: len(values) for name, values in known.items()},
            "spi": len(spi_of),
            "cpi": len(cpi_of),
        },
    )


def _index(found: Sequence[ProgramRow], below: str) -> Decimal | None:
    """Sum of earned value over the sum of what it is measured by."""
    divisor = sum((getattr(row, below) for row in found), Decimal(0))
    return sum((row.ev or Decimal(0) for row in found), Decimal(0)) / divisor if divisor else None


def _total(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) if values else None


@dataclass(frozen=True)
class Group:
    """Programs that have something in common, with their sums."""

    label: str
    rows: list[ProgramRow]
    sums: Sums


GROUPINGS: Final[Mapping[str, Any]] = {"owner": _("Manager"), "health": _("Health"), "kind": _("Kind")}


def grouped(found: Sequence[ProgramRow], by: str, words: Callable[[str], str]) -> list[Group]:
    """Return rows in groups, each in the order of the rows; whatever has no manager or no kind comes last.

    :param by: a key of ``GROUPINGS``. :param words: a rating level in words.
    """
    groups: dict[str, list[ProgramRow]] = {}
    for row in found:
        groups.setdefault(_group_of(row, by), []).append(row)
    if by == "health":
        order = [level for level in reversed(LEVELS) if level in groups]
        return [Group(words(level), groups[level], sums(groups[level])) for level in order]
    names = sorted((name for name in groups if name), key=str.lower) + [
        name for name in ("",) if name in groups
    ]
    missing = str(_("No manager")) if by == "owner" else str(_("No kind, or of several"))
    return [Group(name or missing, groups[name], sums(groups[name])) for name in names]


def _group_of(row: ProgramRow, by: str) -> str:
    if by == "health":
        return row.rating.level
    return ", ".join(one.name for one in row.managers) if by == "owner" else row.outlook.kind


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
        bac=known.number("cost.bac"),
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


def figures(actor: Actor, wanted: Sequence[Portfolio]) -> dict[int, Sums]:
    """Return the sums of portfolios over the programs that the actor sees: a fixed number of queries."""
    by_portfolio: dict[int, list[ProgramRow]] = {one.pk: [] for one in wanted}
    for row in rows(actor, list(active(actor).filter(portfolio__in=list(by_portfolio)))):
        by_portfolio[row.program.portfolio_id].append(row)
    return {pk: sums(mine) for pk, mine in by_portfolio.items()}


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
