"""What happened to a thing: every change of it with before and after, from the append-only audit, and what was said about it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from budgets.models import CapitalAmount, CapitalRequest, CostLine
from programs.models import Action, KeyResult, Kpi, KpiValue, Objective, Program, StatusReport
from projects.models import Assignment, Commitment, Gate, GateCriterion, Project, Task
from projects.selectors import changes
from projects.selectors.changes import FieldChange, RowDiff
from risks.models import Risk
from tpm.activity import comments
from tpm.activity.models import ChangeSet, Comment
from tpm.activity.selectors import RowChange
from tpm.activity.subjects import Seen
from tpm.activity.tracking import DELETE, INSERT, event_model
from tpm.collaboration import subjects
from tpm.lib.exports import Column

PARTS: dict[str, tuple[tuple[type[models.Model], str], ...]] = {
    subjects.TASK: ((Task, "id"), (Assignment, "task_id")),
    subjects.PROJECT: ((Project, "id"),),
    subjects.PROGRAM: ((Program, "id"),),
    subjects.RISK: ((Risk, "id"),),
    subjects.REQUEST: ((CapitalRequest, "id"), (CapitalAmount, "request_id")),
    subjects.REPORT: ((StatusReport, "id"),),
    subjects.KPI: ((Kpi, "id"), (KpiValue, "kpi_id")),
    subjects.ACTION: ((Action, "id"),),
    subjects.GATE: ((Gate, "id"), (GateCriterion, "gate_id")),
    subjects.COMMITMENT: ((Commitment, "id"),),
    subjects.OBJECTIVE: ((Objective, "id"), (KeyResult, "objective_id")),
    subjects.COST_LINE: ((CostLine, "id"),),
}
"""Of which tables a thing consists, and the column that names it. Who sees the thing sees these rows of it."""
SHOWN, EXPORTED = 30, 2000
_BY_MACHINE = {"content", "content_sha256", "vendor_key", "version", "position", "external_key"}


@dataclass(frozen=True)
class Act:
    """One change set's changes of the thing."""

    change_set: ChangeSet
    rows: list[RowDiff]

    @property
    def at(self) -> datetime:
        return self.change_set.at


@dataclass(frozen=True)
class Thread:
    """A comment with its answers."""

    comment: Comment
    replies: list[Comment] = field(default_factory=list)

    @property
    def at(self) -> datetime:
        return self.comment.written_at


@dataclass(frozen=True)
class Line:
    """An entry of the time line: ``thread`` or ``act``."""

    at: datetime
    thread: Thread | None = None
    act: Act | None = None


def threads(seen: Seen) -> list[Thread]:
    """Return the conversation about a thing, the newest thread first; a deleted comment is left out unless it was answered."""
    found: dict[int, Thread] = {}
    for one in comments.about(seen):
        if one.parent_id is None:
            found[one.pk] = Thread(one)
        elif one.parent_id in found and not one.is_deleted:
            found[one.parent_id].replies.append(one)
    return [one for one in reversed(found.values()) if not one.comment.is_deleted or one.replies]


def acts(seen: Seen, most: int = SHOWN) -> list[Act]:
    """Return the newest changes of a thing, newest first: two queries per table that it consists of, one for the change sets,
    one per kind of name."""
    found: list[tuple[Any, RowChange]] = []
    for model, column in PARTS.get(seen.kind, ()):
        found += _of_table(model, column, seen.pk, most)
    ids = {context for context, _change in found}
    rows = ChangeSet.objects.filter(context_id__in=ids).select_related("actor").order_by("-pk")[:most]
    sets = {one.context_id: one for one in rows}
    kept = [(context, change) for context, change in found if context in sets]
    made = {
        context for context, change in kept if change.model is seen.subject.model and change.label == INSERT
    }
    # What a thing was made with is part of its making, not news beside it.
    kept = [one for one in kept if one[0] not in made or one[1].model is seen.subject.model]
    names = changes.names(seen.actor, [change for _context, change in kept])
    told: dict[Any, list[RowDiff]] = {context: [] for context in sets}
    for context, change in kept:
        diff = changes.told(change, names)
        if diff.fields or change.label in (INSERT, DELETE):
            told[context].append(diff)
    return [Act(one, told[context]) for context, one in sets.items() if told[context]]


def timeline(threads_: Sequence[Thread], acts_: Sequence[Act]) -> list[Line]:
    """Return both in one line, the newest first."""
    lines = [Line(one.at, thread=one) for one in threads_] + [Line(one.at, act=one) for one in acts_]
    return sorted(lines, key=lambda one: one.at, reverse=True)


def _of_table(model: type[models.Model], column: str, pk: int, most: int) -> Iterator[tuple[Any, RowChange]]:
    """Return the newest events of a thing's rows of one table, with what each changed."""
    fields = [
        one.attname for one in model._meta.concrete_fields if one.editable and one.attname not in _BY_MACHINE
    ]
    fields = [name for name in fields if name not in ("id", column)]
    where = "pgh_obj_id" if column == "id" else column
    events = event_model(model)._base_manager.filter(**{where: pk}).order_by("-pgh_id")
    newest = list(events.values()[: most * 4 + 1])
    older: dict[Any, dict[str, Any]] = {}
    complete = len(newest) <= most * 4
    for row in reversed(newest):
        before = older.get(row["pgh_obj_id"])
        older[row["pgh_obj_id"]] = row
        if before is None and row["pgh_label"] != INSERT:
            if complete and row["pgh_label"] == DELETE:
                yield row["pgh_context_id"], RowChange(model, row["id"], DELETE, row, {})
            continue
        if row["pgh_label"] == DELETE:
            yield row["pgh_context_id"], RowChange(model, row["id"], DELETE, row, {})
            continue
        different = [name for name in fields if before is None or before[name] != row[name]]
        old = {name: before[name] for name in different} if before else {}
        new = {name: row[name] for name in different}
        if row["pgh_label"] == INSERT and column == "id":
            new["name"] = row.get("name", "")
        yield row["pgh_context_id"], RowChange(model, row["id"], row["pgh_label"], old, new)


# ---- as a table -----------------------------------------------------------------------------------------------------


def columns() -> list[Column]:
    """Return the columns of :func:`table`."""
    return [
        Column(_("When"), 20), Column(_("Who"), 24), Column(_("How"), 16), Column(_("What"), 30), Column(_("Field"), 24),
        Column(_("Before"), 40), Column(_("After"), 40), Column(_("Reason"), 40),
    ]  # fmt: skip


def table(lines: Iterable[Line]) -> Iterator[tuple[Any, ...]]:
    """Yield a row per field that was changed, and one per comment."""
    for line in lines:
        if line.thread is not None:
            for one in (line.thread.comment, *line.thread.replies):
                yield one.written_at, str(one.author), "", _("Comment"), "", "", one.text, ""
        elif line.act is not None:
            who = str(line.act.change_set.actor or _("the system"))
            for row in line.act.rows:
                for field_ in row.fields or [_whole(row)]:
                    yield (
                        line.at, who, changes.door(line.act.change_set.via), f"{row.kind}: {row.name}" if row.name else row.kind,
                        field_.label, field_.before, field_.after, line.act.change_set.reason,
                    )  # fmt: skip


def _whole(row: RowDiff) -> FieldChange:
    word = {INSERT: _("added"), DELETE: _("deleted")}.get(row.label, "")
    return FieldChange("", "", word)
