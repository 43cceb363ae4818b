"""Earning rules of a file as rows of our table: tasks found, and rules that do not go together said by row; then nothing is written."""

from typing import Any

from django.utils.translation import gettext as _

from budgets.importers.earning_rules import EarningRow, EarningRows
from budgets.models import Rule, TaskEarning
from programs.models import Program
from projects.importers.reports import ImportEntry, ImportRefused, Report, Severity
from tpm.imports.actual_rows import tasks_named
from tpm.imports.rows import Sheet

Wrong = tuple[EarningRow, str, str, str]


def sheets_of(given: EarningRows, program: Program) -> list[Sheet]:
    """Return the one sheet.

    :raises ImportRefused: naming every row that can not be written, its column and the reason.
    """
    report = Report()
    report.extend(entry for entry in given.report.entries if entry.severity == Severity.ERROR)
    tasks = tasks_named(program, {name for row in given.rows for name in (row.task, row.base) if name})
    there = {row.task_id: row for row in TaskEarning.objects.filter(program=program)}
    rows, wrong = _placed(given.rows, tasks)
    wrong += _untied(rows, there)
    for row, column, code, reason in wrong:
        value = str(getattr(row, column))[:120]
        report.add(ImportEntry(Severity.ERROR, code, reason, given.file, row.row, column, value))
    if report.has_errors:
        errors = report.counts[Severity.ERROR]
        reason = _("%(n)s findings; nothing is written before all rows can be.") % {"n": errors}
        raise ImportRefused("rows_refused", reason, report.entries)
    sheet = Sheet(
        TaskEarning, "earning_rules", TaskEarning.objects.filter(program=program), identity=("task_id",)
    )
    for task, (row, project, base) in rows.items():
        values: dict[str, Any] = {"rule": row.rule, "base_id": base}
        if row.weight is not None:
            values["weight"] = row.weight
        if row.control_account is not None:
            values["is_control_account"] = row.control_account
        sheet.add(str(task), values, program_id=program.pk, project_id=project, task_id=task)
    return [sheet]


Placed = dict[int, tuple[EarningRow, int, int | None]]


def _placed(
    given: tuple[EarningRow, ...], tasks: dict[str, tuple[int, int] | None]
) -> tuple[Placed, list[Wrong]]:
    """Return rows by task with project and base, and what names nothing, or a task twice."""
    unknown = _("there is no such task, or several of this name; name it by its number, as #12")
    placed: Placed = {}
    wrong: list[Wrong] = []
    for row in given:
        task = tasks.get(row.task.lower())
        base = tasks.get(row.base.lower()) if row.base else None
        if task is None:
            wrong.append((row, "task", "unknown_task", unknown))
        if row.base and base is None:
            wrong.append((row, "base", "unknown_task", unknown))
        if task is None:
            continue
        pk, project = task
        if pk in placed:
            said = _("row %(row)s speaks of the same task") % {"row": placed[pk][0].row}
            wrong.append((row, "task", "duplicate_key", said))
            continue
        placed[pk] = (row, project, base[0] if base else None)
    return placed, wrong


def _untied(rows: Placed, there: dict[int, TaskEarning]) -> list[Wrong]:
    """Return the rows by which a task would follow itself, or one that follows another, with what stands already."""
    rule = {pk: row.rule for pk, row in there.items()} | {pk: row.rule for pk, (row, *_rest) in rows.items()}
    followed = {row.base_id for pk, row in there.items() if pk not in rows and row.base_id}
    wrong: list[Wrong] = []
    for pk, (row, _project, base) in rows.items():
        if base == pk:
            wrong.append((row, "base", "follows_itself", _("a task can not be apportioned to itself")))
        elif base is not None and rule.get(base) == Rule.APPORTIONED:
            wrong.append(
                (row, "base", "base_apportioned", _("the task that it follows is apportioned itself"))
            )
        elif base is not None and pk in followed:
            wrong.append((row, "rule", "is_followed", _("other tasks are apportioned to this one")))
    return wrong
