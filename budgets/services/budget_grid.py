"""Edit cells of the budget grid: all of a paste in one change, or none of it and what is wrong with which cell."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets import events
from budgets.engine import periods as engine
from budgets.engine import phasing
from budgets.engine.periods import Period, Rule
from budgets.models import CostLine, CostPortion
from budgets.selectors import periods
from programs import policies
from programs.models import Program
from projects.selectors import task_calendars
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.writing import Conflict
from tpm.lib.walltime import to_minutes

MOST = 2_000


@dataclass(frozen=True)
class Cell:
    """What a line that has no task spends in the period that holds the day ``on``, in the portfolio's currency.

    The line is phased by hand from then on, and its amount is the sum of its periods.
    """

    line: int
    version: int
    on: date
    amount: Decimal


@dataclass(frozen=True)
class Spread:
    """A line spread evenly over its dates again: how a first edit is taken back."""

    line: int
    version: int
    amount: Decimal
    starts_on: date
    ends_on: date


@dataclass(frozen=True)
class CellError:
    """What is wrong with the edit at a place; ``code``: conflict, unknown, follows_task, foreign, not_allowed, twice, period, invalid;
    ``field``: which of its values is to blame ("": the edit as a whole)."""

    index: int
    code: str
    message: str
    field: str = ""


class CellsRefused(Exception):
    """Nothing was written; ``errors`` says why, cell by cell."""

    def __init__(self, errors: Sequence[CellError]) -> None:
        self.errors = list(errors)
        super().__init__(f"{len(self.errors)} cells were refused")


@dataclass(frozen=True)
class Edited:
    """The new versions by line, and the edits that take this one back."""

    versions: dict[int, int]
    undo_cells: list[Cell] = field(default_factory=list)
    undo_spreads: list[Spread] = field(default_factory=list)


def edit(
    *, actor: Actor, program: Program, cells: Sequence[Cell] = (), spreads: Sequence[Spread] = ()
) -> Edited:
    """Write cells, or spread lines evenly again; places in errors count the cells first.

    :raises CellsRefused: if any of them can not be written, as its period is closed or outside of the fiscal calendar; then none is.
    :raises ValidationError: if there is none, or too many.
    """
    edits: list[Cell | Spread] = [*cells, *spreads]
    if not 0 < len(edits) <= MOST:
        raise ValidationError(_("Between 1 and %(n)s cells at once.") % {"n": MOST})
    books = periods.books(program.portfolio_id)
    rule = books.rule
    found = CostLine.objects.visible_to(actor).filter(program=program, pk__in={one.line for one in edits})
    lines = {
        line.pk: line for line in found.select_related("program", "project").prefetch_related("portions")
    }
    errors = [
        CellError(at, *wrong)
        for at, one in enumerate(edits)
        if (wrong := _wrong(actor, lines.get(one.line), one))
    ]
    if errors:
        raise CellsRefused(errors)
    before = _present(program, rule, list(lines.values()))
    places: dict[int, list[int]] = defaultdict(list)
    wanted: dict[int, dict[Period, Decimal]] = {}
    touched: dict[int, set[Period]] = defaultdict(set)
    for at, cell in enumerate(cells):
        places[cell.line].append(at)
        period = engine.period_of(rule, cell.on)
        if period in touched[cell.line]:
            errors.append(CellError(at, "twice", _("Two amounts are given for this cell."), "on"))
        if before[cell.line].get(period, Decimal(0)) != cell.amount and (
            said := periods.why_not_planned(books, cell.on)
        ):
            errors.append(CellError(at, "period", said, "on"))
        touched[cell.line].add(period)
        wanted.setdefault(cell.line, dict(before[cell.line]))[period] = cell.amount
    for at, one in enumerate(spreads, len(cells)):
        if places[one.line]:
            errors.append(CellError(at, "twice", _("The line is edited twice.")))
        places[one.line].append(at)
    for pk, parts in wanted.items():
        if message := _unsound(parts):
            errors += [CellError(at, "invalid", message, "amount") for at in places[pk]]
    if errors:
        raise CellsRefused(errors)
    return _write(actor, program, lines, wanted, touched, spreads, before, places)


def _wrong(actor: Actor, line: CostLine | None, one: Cell | Spread) -> tuple[str, str] | None:
    if line is None:
        return "unknown", _("There is no such cost line any more.")
    if not policies.holds(actor, "budget.edit", line.scope):
        return "not_allowed", _("You may not change the budget of this project.")
    if line.task_id is not None:
        return "follows_task", _("The line follows its task; its cost moves with the plan.")
    if line.currency:
        return "foreign", _("The line is kept in %(currency)s; phase it there.") % {"currency": line.currency}
    if line.version != one.version:
        return "conflict", _("Somebody else changed this line meanwhile.")
    if isinstance(one, Spread) and (one.ends_on < one.starts_on or not one.amount):
        return "invalid", _("The line ends before it starts, or has no amount.")
    return None


def _unsound(parts: dict[Period, Decimal]) -> str:
    amounts = [amount for amount in parts.values() if amount]
    if not amounts:
        return _("A line without any amount is deleted rather than emptied.")
    if any(amount * amounts[0] < 0 for amount in amounts):
        return _("All periods of a line have the same sign.")
    if abs(sum(amounts, Decimal(0))) >= Decimal(10) ** 16:
        return _("The amount is too large.")
    return ""


def _present(program: Program, rule: Rule, lines: Sequence[CostLine]) -> dict[int, dict[Period, Decimal]]:
    """Return what each line spends by period now, as the grid shows it."""
    found: dict[int, dict[Period, Decimal]] = {}
    working = task_calendars.of_tasks(program, [])
    for line in lines:
        parts: dict[Period, Decimal] = defaultdict(Decimal)
        if line.by_hand:
            for portion in line.portions.all():
                parts[engine.period_of(rule, portion.starts_on)] += portion.amount
        else:
            assert line.starts_on is not None and line.ends_on is not None
            start, finish = to_minutes(line.starts_on), to_minutes(line.ends_on) + 1440
            spanned = list(engine.covering(rule, line.starts_on, line.ends_on))
            edges = np.array(
                [start - 1440, *(to_minutes(one.starts_on) for one in spanned[1:]), finish], np.int64
            )
            shares = phasing.by_period(
                [int(line.amount * 100)], [working.program], [start], [finish], edges, working.compiled
            )[0]
            for period, cents in zip(spanned, shares, strict=True):
                parts[period] = Decimal(int(cents)).scaleb(-2)
        found[line.pk] = dict(parts)
    return found


def _write(
    actor: Actor,
    program: Program,
    lines: dict[int, CostLine],
    wanted: dict[int, dict[Period, Decimal]],
    touched: dict[int, set[Period]],
    spreads: Sequence[Spread],
    before: dict[int, dict[Period, Decimal]],
    places: dict[int, list[int]],
) -> Edited:
    fields: dict[int, dict[str, Any]] = {}
    made: list[CostPortion] = []
    for pk, parts in wanted.items():
        kept = sorted((period, amount) for period, amount in parts.items() if amount)
        fields[pk] = {
            "amount": sum((amount for _period, amount in kept), Decimal(0)),
            "by_hand": True,
            "starts_on": kept[0][0].starts_on,
            "ends_on": kept[-1][0].ends_on,
        }
        made += [
            CostPortion(line=lines[pk], starts_on=one.starts_on, ends_on=one.ends_on, amount=amount)
            for one, amount in kept
        ]
    for one in spreads:
        fields[one.line] = {
            "amount": one.amount, "by_hand": False, "starts_on": one.starts_on, "ends_on": one.ends_on,
        }  # fmt: skip
    undo_cells: list[tuple[int, date, Decimal]] = []
    undo_spreads: list[tuple[int, Decimal, date, date]] = []
    for pk in fields:
        line = lines[pk]
        if line.by_hand:
            undone = touched[pk] or before[pk].keys()
            undo_cells += [(pk, one.starts_on, before[pk].get(one, Decimal(0))) for one in sorted(undone)]
        elif line.starts_on and line.ends_on:
            undo_spreads.append((pk, line.amount, line.starts_on, line.ends_on))
    with activity.change(actor=actor, event=events.BUDGET_CHANGED, programs=[program]) as change:
        for pk, new in fields.items():
            line, version = lines[pk], lines[pk].version
            try:
                change.update(line, **new)
                if line.version == version:  # only the portions differ: they count as the line
                    if not change.bulk_update(CostLine.objects.filter(pk=pk, version=version)):
                        raise Conflict(CostLine, pk, None)
                    line.version += 1
            except Conflict as conflict:
                message = _("Somebody else changed this line meanwhile.")
                raise CellsRefused([CellError(at, "conflict", message) for at in places[pk]]) from conflict
        change.bulk_delete(CostPortion.objects.filter(line__in=list(fields)))
        change.bulk_create(made)
    return Edited(
        {pk: lines[pk].version for pk in fields},
        [Cell(pk, lines[pk].version, on, amount) for pk, on, amount in undo_cells],
        [Spread(pk, lines[pk].version, amount, first, last) for pk, amount, first, last in undo_spreads],
    )
