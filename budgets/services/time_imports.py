"""Hours from a file: people, projects and tasks found, everything that is wrong said by row, and then nothing written."""

import re
from collections.abc import Mapping, Sequence
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets.importers import time_entries
from budgets.importers.time_entries import Line
from budgets.services import timesheets
from budgets.services.row_errors import RowError, RowsRefused
from budgets.services.timesheets import Entered, Hours
from programs.models import Grant, Program
from projects.importers.reports import ImportRefused
from projects.models import Task
from tpm.accounts.actors import Actor
from tpm.accounts.models import User

_NUMBERED = re.compile(r"^#?(\d{1,18})$|#(\d{1,18})$")


def load(*, actor: Actor, program: Program, files: Mapping[str, BinaryIO], dry_run: bool) -> Entered:
    """Enter the hours of a file, or (``dry_run``) say what would be entered.

    :raises RowsRefused: naming row, column and reason of all that can not be entered.
    :raises ValidationError: if the file as a whole can not be read.
    """
    try:
        lines, wrong = time_entries.read(files)
    except ImportRefused as refused:
        raise ValidationError(str(refused)) from refused
    errors = [RowError(one.row, one.column, one.reason) for one in wrong]
    rows = _found(actor, program, lines, errors)
    if errors:
        try:  # all that is wrong is said at once
            timesheets.enter(actor=actor, rows=rows, dry_run=True)
        except RowsRefused as refused:
            errors += refused.errors
        raise RowsRefused(sorted(errors, key=lambda one: (one.row, one.column)))
    return timesheets.enter(actor=actor, rows=rows, dry_run=dry_run)


def _found(actor: Actor, program: Program, lines: Sequence[Line], errors: list[RowError]) -> list[Hours]:
    """Find what the rows name: three queries."""
    emails = {one.person.lower() for one in lines if one.person}
    members = Grant.objects.filter(portfolio=program.portfolio_id).values("user")
    people = {
        one.email.lower(): one
        for one in User.objects.filter(email__in=emails, pk__in=members, is_active=True)
    }
    by_name: dict[tuple[str, str], list[Task]] = {}
    by_number: dict[int, Task] = {}
    for task in Task.objects.visible_to(actor).filter(program=program).select_related("project", "program"):
        by_number[task.pk] = task
        for code in ("", task.project.code.lower()):
            by_name.setdefault((code, task.name.strip().lower()), []).append(task)
    found = []
    for one in lines:
        person = people.get(one.person.lower()) if one.person else actor.user
        if person is None:
            errors.append(RowError(one.row, "person", _("There is no such person in this portfolio.")))
        numbered = _NUMBERED.search(one.task)
        code = one.project.lower()
        if numbered:
            tasks = [
                same
                for same in [by_number.get(int(numbered[1] or numbered[2]))]
                if same is not None and code in ("", same.project.code.lower())
            ]
        else:
            tasks = by_name.get((code, one.task.lower()), [])
        if len(tasks) != 1:
            reason = _("There is no such task in this program.")
            several = _("%(n)s tasks have this name; give its number, such as #12.") % {"n": len(tasks)}
            errors.append(RowError(one.row, "task", several if tasks else reason))
        elif person is not None:
            found.append(Hours(one.row, person, tasks[0], one.day, one.minutes, one.note))
    return found
