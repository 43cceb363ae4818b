"""The budget grid: lines by the periods of a fiscal year, a window of rows at a time, every sum over all of them."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
from django.db.models import Sum
from numpy.typing import NDArray

from budgets.engine import periods as engine
from budgets.engine import phasing
from budgets.engine.periods import Period, Rule
from budgets.models import Actual, CostLine
from budgets.selectors import categories, commitments, periods
from programs import policies
from programs.models import Program
from projects.models import Project
from projects.selectors import task_calendars
from tpm.accounts.actors import Actor
from tpm.lib import bulk
from tpm.lib.walltime import NONE, to_minutes

MODES = ("plan", "committed", "actual", "forecast")
WINDOW = 50
CENTS = 100
Ints = NDArray[np.int64]
_PORTIONS = """
    SELECT p.line_id AS line, round(p.amount * 100)::bigint AS cost, p.starts_on::timestamp AS start,
           (p.ends_on + 1)::timestamp AS finish
      FROM budgets_costportion AS p JOIN budgets_costline AS l ON l.id = p.line_id
     WHERE l.program_id = %s AND l.by_hand
"""
_WORK = """
    SELECT w.line_id AS line, round(w.amount * 100)::bigint AS cost, w.starts AS start, w.ends AS finish
      FROM budgets_labourcost AS w WHERE w.program_id = %s
"""
_PORTION_COLUMNS = {"line": bulk.BIGINT, "cost": bulk.BIGINT, "start": bulk.WALL, "finish": bulk.WALL}


@dataclass(frozen=True)
class GridRow:
    """A cost line (mode plan), or what a project has in a category (the other modes; ``line`` is then 0).

    ``cells``: before the year, its periods, after it; ``total`` is the whole row. ``locked`` says why its cells can not be
    typed into: ``task`` (it follows one), ``labour`` (computed from assignments), ``foreign`` (kept in another currency), ``rights``, ``computed``; else empty.
    """

    key: str
    line: int
    version: int
    name: str
    project: str
    category: str
    locked: str
    cells: list[Decimal]
    total: Decimal


@dataclass(frozen=True)
class BudgetGrid:
    """``rows`` is the window from ``offset`` of ``count`` rows; ``totals`` and ``total`` are of all of them."""

    mode: str
    year: int
    years: list[int]
    periods: list[Period]
    rows: list[GridRow]
    offset: int
    count: int
    totals: list[Decimal]
    total: Decimal


@dataclass(frozen=True)
class _Columns:
    """Elementary intervals, each of one column, before or after the cut up to which actual cost is the forecast."""

    spanned: list[Period]
    cut: date | None

    def of(self, day: date) -> int:
        return bisect_right([one.starts_on for one in self.spanned], day) if day <= self.last else 13

    @property
    def last(self) -> date:
        return self.spanned[-1].ends_on

    def edges(self, start: Ints, finish: Ints) -> tuple[Ints, Ints, NDArray[np.bool_]]:
        """Return rising edges that cover all dates, the column of each interval, and which lie after the cut."""
        inner = [to_minutes(one.starts_on) for one in self.spanned] + [
            to_minutes(self.last + timedelta(days=1))
        ]
        known = np.concatenate([start[start != NONE], finish[finish != NONE]])
        cut = to_minutes(self.cut + timedelta(days=1)) if self.cut else NONE
        low = min([inner[0], int(known.min(initial=inner[0]))] + ([cut] if cut != NONE else [])) - 1440
        high = max(inner[-1], int(known.max(initial=inner[-1])), cut) + 1440
        edges = np.array(sorted({low, *inner, high, *([cut] if cut != NONE else [])}), np.int64)
        column = np.minimum(np.searchsorted(np.array(inner), edges[:-1], side="right"), 13)
        return edges, column, edges[:-1] >= cut if cut != NONE else np.ones(len(column), bool)


def grid(
    actor: Actor,
    program: Program,
    *,
    mode: str = "plan",
    project: Project | None = None,
    year: int | None = None,
    offset: int = 0,
    size: int = WINDOW,
) -> BudgetGrid:
    """Return a window of the grid of a program or of one of its projects; the number of queries does not depend on its rows.

    :param year: a fiscal year; as a rule that of the data date.
    """
    rule = periods.rule_of(program.portfolio_id)
    scope: dict[str, Any] = {"program": program} | ({"project": project} if project else {})
    lines = _lines(actor, program, scope)
    posted = _posted(actor, scope)
    let = [one for one in commitments.of(actor, rule, **scope) if one.month is not None]
    years = _years(rule, program, lines, [day for _p, _c, day, _a in posted], [one.month for one in let])
    year = year if year in years else _present(rule, program, years)
    spanned = engine.periods_of(rule, year)
    columns = _Columns(spanned, _cut(rule, program))
    names = dict(Project.objects.filter(program=program).values_list("pk", "name"))
    words = categories.names(program.portfolio_id)
    phased, after_cut = _phase(program, lines, columns)
    found: list[tuple[str, int, int, int, str, str, str, Ints, int]] = []
    if mode == "plan":
        editable = _editable(actor, program)
        for at, line in enumerate(lines.rows):
            locked = _locked(line, editable)
            found.append(
                (
                    f"line-{line.pk}",
                    line.pk,
                    line.version,
                    line.project,
                    line.category,
                    line.name,
                    locked,
                    phased[at],
                    line.cents,
                )
            )
    else:
        sums = _grouped(mode, lines, after_cut, posted, let, columns)
        order = {pk: at for at, pk in enumerate(names)}
        for (owner, category), cells in sorted(
            sums.items(), key=lambda one: (order.get(one[0][0], -1), one[0][1])
        ):
            label = words.get(category, category) if category else ""
            key = f"group-{owner}-{category}"
            found.append((key, 0, 0, owner, category, label, "computed", cells, int(cells.sum())))
    totals = np.sum([one[7] for one in found], axis=0) if found else np.zeros(14, np.int64)
    window = [
        GridRow(
            key, pk, version, name, names.get(owner, ""), words.get(category, category), locked, _money(cells),
            _amount(total),
        )
        for key, pk, version, owner, category, name, locked, cells, total in found[offset : offset + size]
    ]  # fmt: skip
    return BudgetGrid(
        mode,
        year,
        years,
        spanned,
        window,
        offset,
        len(found),
        _money(totals),
        _amount(sum(one[8] for one in found)),
    )


@dataclass(frozen=True)
class _Line:
    pk: int
    version: int
    name: str
    category: str
    project: int
    task: int
    cents: int
    foreign: bool
    labour: bool


@dataclass(frozen=True)
class _Lines:
    """Lines, and the parts that are phased one by one: ``owner`` is the place of the line of each."""

    rows: list[_Line]
    owner: Ints
    cost: Ints
    start: Ints
    finish: Ints


def _lines(actor: Actor, program: Program, scope: dict[str, Any]) -> _Lines:
    visible = CostLine.objects.visible_to(actor).filter(**scope)
    hand = bulk.read(f"{_PORTIONS} UNION ALL {_WORK}", [program.pk] * 2, _PORTION_COLUMNS)
    found, owner, cost, starts, finishes = [], [], [], [], []
    in_parts: dict[int, int] = {}
    for at, row in enumerate(
        visible.order_by("project__position", "project", "pk").values_list(
            "pk", "version", "name", "category", "project_id", "task_id", "amount", "currency", "by_hand", "starts_on",
            "ends_on", "task__schedule__start", "task__schedule__finish", "from_assignments",
        )
    ):  # fmt: skip
        pk, version, name, category, project, task, amount, currency, phased = row[:9]
        cents = int(amount * CENTS)
        found.append(
            _Line(pk, version, name, category, project or 0, task or 0, cents, bool(currency), row[13])
        )
        if phased or row[13]:
            in_parts[pk] = at
            continue
        owner.append(at)
        cost.append(cents)
        if task:
            starts.append(to_minutes(row[11]) if row[11] else NONE)
            finishes.append(to_minutes(row[12]) if row[12] else NONE)
        else:
            starts.append(to_minutes(row[9]))
            finishes.append(to_minutes(row[10]) + 1440)
    # Parts are read of all lines of the program; those of lines that the reader does not see are left out here.
    place = np.array([in_parts.get(pk, -1) for pk in hand["line"].tolist()], np.int64)
    seen = place >= 0
    worked = np.zeros(len(found), np.int64)
    np.add.at(worked, place[seen], hand["cost"][seen])
    for at, one in enumerate(found):
        if one.labour:
            found[at] = replace(one, cents=int(worked[at]))

    def both(given: list[int], read: Ints) -> Ints:
        return np.concatenate([np.array(given, np.int64), read[seen]])

    return _Lines(
        found,
        both(owner, place),
        both(cost, hand["cost"]),
        both(starts, hand["start"]),
        both(finishes, hand["finish"]),
    )


def _phase(program: Program, lines: _Lines, columns: _Columns) -> tuple[Ints, Ints]:
    """Return the parts of each line by column, ``(lines, 14)`` minor units: all of them, and those after the cut."""
    whole, later = (np.zeros((len(lines.rows), 14), np.int64) for _ in range(2))
    if not len(lines.cost):
        return whole, later
    working = task_calendars.of_tasks(program, [one.task for one in lines.rows if one.task])
    of_line = np.array([working.by_task.get(one.task, working.program) for one in lines.rows], np.int64)
    edges, column, after = columns.edges(lines.start, lines.finish)
    parts = phasing.by_period(
        lines.cost, of_line[lines.owner], lines.start, lines.finish, edges, working.compiled
    )
    for at in range(len(column)):
        np.add.at(whole[:, column[at]], lines.owner, parts[:, at])
        if after[at]:
            np.add.at(later[:, column[at]], lines.owner, parts[:, at])
    return whole, later


def _posted(actor: Actor, scope: dict[str, Any]) -> list[tuple[int, str, date, int]]:
    found = Actual.objects.visible_to(actor).filter(**scope).order_by()
    return [
        (project or 0, category, day, int(amount * CENTS))
        for project, category, day, amount in found.values_list(
            "project_id", "category", "posted_on"
        ).annotate(posted=Sum("amount"))
    ]


def _grouped(
    mode: str,
    lines: _Lines,
    after_cut: Ints,
    posted: Sequence[tuple[int, str, date, int]],
    let: Sequence[commitments.Commitment],
    columns: _Columns,
) -> dict[tuple[int, str], Ints]:
    sums: dict[tuple[int, str], Ints] = defaultdict(lambda: np.zeros(14, np.int64))
    if mode == "committed":
        for one in let:
            assert one.month is not None
            sums[one.project_id, one.category][columns.of(one.month)] += int(one.amount * CENTS)
        return sums
    for project, category, day, cents in posted:
        if mode == "actual" or (columns.cut and day <= columns.cut):
            sums[project, category][columns.of(day)] += cents
    if mode == "forecast":
        for at, line in enumerate(lines.rows):
            sums[line.project, line.category] += after_cut[at]
    return sums


def _cut(rule: Rule, program: Program) -> date | None:
    """Return the last day of the last period that ended by the data date: up to it, the forecast is the actual cost."""
    if program.data_date is None:
        return None
    here = engine.period_of(rule, program.data_date)
    return here.ends_on if here.ends_on == program.data_date else here.starts_on - timedelta(days=1)


def _years(rule: Rule, program: Program, lines: _Lines, *days: Sequence[date | None]) -> list[int]:
    known = [day for some in days for day in some if day]
    for instants, last in ((lines.start, 0), (lines.finish, 1)):
        dated = instants[instants != NONE] - last  # a finish at midnight belongs to the day before
        if len(dated):
            ends = np.array([dated.min(), dated.max()]).astype("datetime64[m]").astype("datetime64[D]")
            known += ends.tolist()
    if program.data_date:
        known.append(program.data_date)
    if not known:
        known = [program.starts_on]
    first, last = (engine.period_of(rule, end(known)).year for end in (min, max))
    return list(range(first, last + 1))


def _present(rule: Rule, program: Program, years: Sequence[int]) -> int:
    wanted = engine.period_of(rule, program.data_date).year if program.data_date else years[0]
    return wanted if wanted in years else years[0]


def _editable(actor: Actor, program: Program) -> set[int]:
    """Return the projects (0: the program's own lines) whose lines the actor may change."""
    own = {0} if policies.holds(actor, "budget.edit", program.scope) else set()
    return own | set(
        Project.objects.visible_to(actor, "budget.edit").filter(program=program).values_list("pk", flat=True)
    )


def _locked(line: _Line, editable: set[int]) -> str:
    if line.labour:
        return "labour"
    if line.task:
        return "task"
    if line.foreign:
        return "foreign"
    return "" if line.project in editable else "rights"


def _money(cells: Ints) -> list[Decimal]:
    return [_amount(int(one)) for one in cells]


def _amount(cents: int) -> Decimal:
    return Decimal(int(cents)).scaleb(-2)
