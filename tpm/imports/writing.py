"""What an import would write, and writing it: for a portfolio's tables and for plans alike."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from budgets.models import Budget, CostLine
from budgets.services import revisions
from programs.models import Portfolio, Program
from projects.engine import circles
from projects.importers.reports import ImportEntry
from projects.models import Dependency, Task
from projects.selectors import graphs
from tpm.activity.writing import Change
from tpm.imports import (
    actual_rows,
    earning_rows,
    merging,
    plan_baselines,
    plan_rows,
    portfolio_baselines,
    portfolio_rows,
)
from tpm.imports.context import Context
from tpm.imports.merging import Difference
from tpm.imports.reading import Source
from tpm.imports.rows import Sheet
from tpm.lib import locks


class CannotWrite(Exception):
    """What the files state can not be written as a whole; the message says why."""


@dataclass
class Target:
    """Where an import goes: a portfolio, or one of its programs (then perhaps into the project of this code)."""

    portfolio: Portfolio
    program: Program | None = None
    project: str = ""


@dataclass
class Prepared:
    """The difference between files and database, and what was decided on the way."""

    source: Source
    target: Target
    context: Context
    differences: list[Difference]
    notes: list[ImportEntry] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        return all(difference.is_empty for difference in self.differences)

    @property
    def programs(self) -> list[Program]:
        """The existing programs whose rows would be written."""
        ids = merging.programs_of(self.differences)
        if self.target.program is not None and not self.is_empty:
            ids.add(self.target.program.pk)
        return list(Program.objects.filter(pk__in=ids).order_by("pk"))

    def counts(self) -> dict[str, Any]:
        """Return the figures of the preview by table, and the first changed rows by name."""
        return {
            "tables": {d.sheet.name: d.counts() for d in self.differences if any(d.counts().values())},
            "changed": [row for d in self.differences for row in d.named()][: merging.MOST_NAMED],
        }


def prepare(source: Source, target: Target, last: Sequence[Source] = ()) -> Prepared:
    """Compare files with the database; ``last`` are the files that were imported before, the newest first."""
    context = Context.of(target.portfolio)
    sheets = _sheets(source, target, context)
    before: dict[str, Sheet] = {}
    quiet = Context(context.portfolio, context.calendar_id, context.calendar, context.people)
    for earlier in last:
        for sheet in _sheets(earlier, target, quiet):
            known = before.setdefault(sheet.name, sheet)
            known.rows = {**sheet.rows, **known.rows}
    differences = merging.compare(sheets, list(before.values()))
    keep_phasing_and_price(differences)
    if source.postings is not None and target.program is not None:
        actual_rows.check_changed(differences[0], target.program)
    return Prepared(source, target, context, differences, context.notes)


def keep_phasing_and_price(differences: Sequence[Difference]) -> None:
    """Leave amount and dates of cost lines alone that somebody phased by hand here, or gave in a foreign currency."""
    for difference in differences:
        if difference.sheet.model is not CostLine:
            continue
        for row, new in difference.changed:
            if row["by_hand"] or row["currency"]:
                for name in ("amount", "starts_on", "ends_on"):
                    new.pop(name, None)
        left = [(row, new) for row, new in difference.changed if new]
        difference.kept += len(difference.changed) - len(left)
        difference.changed = left


def write(change: Change, prepared: Prepared) -> None:
    """Write the difference within a change.

    :raises CannotWrite: if a link would close a circle.
    """
    made = merging.write(change, prepared.differences)
    budgets = [key for (model, _key), key in made.items() if model is Budget]
    budgets += [row["id"] for d in prepared.differences if d.sheet.model is Budget for row, _new in d.changed]
    revisions.keep_as_they_are(change, Budget.objects.filter(pk__in=budgets))
    if prepared.source.portfolio is not None:
        portfolio_baselines.keep(change, prepared.source.portfolio, prepared.context, made)
    elif prepared.source.plan is not None and prepared.target.program is not None:
        plan_baselines.keep(change, prepared.source.plan, prepared.target.program, made)
    if any(d.created or d.changed for d in prepared.differences if d.sheet.model in (Task, Dependency)):
        locks.hold("dependency-graph")
        if circle := circles.find_circle(graphs.around(list(change.revisions))):
            names = dict(Task.objects.filter(pk__in=circle).values_list("pk", "name"))
            chain = " → ".join(f"“{names[pk]}”" for pk in circle)
            raise CannotWrite(_("The links close a circle: %(chain)s.") % {"chain": chain})


def _sheets(source: Source, target: Target, context: Context) -> list[Sheet]:
    if source.portfolio is not None:
        return portfolio_rows.sheets_of(source.portfolio, context)
    if source.postings is not None and target.program is not None:
        return actual_rows.sheets_of(source.postings, target.program)
    if source.earnings is not None and target.program is not None:
        return earning_rows.sheets_of(source.earnings, target.program)
    assert source.plan is not None and target.program is not None
    return plan_rows.sheets_of(source.plan, target.program, context, project=target.project, stem=source.stem)
