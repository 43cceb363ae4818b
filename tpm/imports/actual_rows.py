"""The postings of a ledger as rows of our table: projects, tasks, categories and rates found; what can not be posted is said
by row, and then nothing is posted."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from budgets.importers.postings import Posting, Postings
from budgets.models import Actual, Category
from budgets.selectors import categories, periods, rates
from budgets.selectors.periods import why_not
from budgets.services import pricing
from programs.models import Program
from projects.importers.reports import ImportEntry, ImportRefused, Report, Severity
from projects.models import Project, Task
from tpm.imports.merging import Difference
from tpm.imports.rows import Sheet, text

PREFIX = "ledger:"
Known = tuple[dict[str, int], dict[str, tuple[int, int] | None]]


def sheets_of(postings: Postings, program: Program) -> list[Sheet]:
    """Return the one sheet.

    :raises ImportRefused: naming every row that can not be posted, its column and the reason.
    """
    sheet = Sheet(
        Actual,
        "actuals",
        Actual.objects.filter(program=program, external_key__startswith=PREFIX),
    )
    report = Report()
    report.extend(entry for entry in postings.report.entries if entry.severity == Severity.ERROR)
    reader = _Reader(postings.file, program, postings.rows, report)
    for posting in postings.rows:
        values = reader.values(posting)
        if values is not None:
            key = PREFIX + posting.key
            sheet.add(key, values, program_id=program.pk, external_key=key, kind=Actual.Kind.POSTING)
    if report.has_errors:
        errors = report.counts[Severity.ERROR]
        reason = _("%(n)s findings; nothing is posted before all rows can be.") % {"n": errors}
        raise ImportRefused("rows_refused", reason, report.entries)
    return [sheet]


def check_changed(difference: Difference, program: Program) -> None:
    """Refuse to correct postings of closed periods, and such as were taken back.

    :raises ImportRefused:
    """
    if not difference.changed:
        return
    books = periods.books(program.portfolio_id)
    ids = [row["id"] for row, _new in difference.changed]
    reversed_ids = set(Actual.objects.filter(reverses__in=ids).values_list("reverses_id", flat=True))
    entries = []
    for row, new in difference.changed:
        if not new.keys() - {"description", "task_id"}:
            continue
        said = why_not(books, row["posted_on"])
        if not said and row["id"] in reversed_ids:
            said = _("It was taken back; post the cost anew under another key.")
        if said:
            key = row["external_key"].removeprefix(PREFIX)
            entries.append(ImportEntry(Severity.ERROR, "posted_already", said, column="key", value=key))
    if entries:
        raise ImportRefused(
            "rows_refused", _("Postings that are there already can not be corrected."), tuple(entries)
        )


class _Reader:
    """Finds what the rows name: a fixed number of queries."""

    def __init__(self, file: str, program: Program, rows: tuple[Posting, ...], report: Report) -> None:
        self.file, self.program, self.report = file, program, report
        self.projects = {
            code.lower(): pk for pk, code in Project.objects.filter(program=program).values_list("pk", "code")
        }
        self.tasks = tasks_named(program, {posting.task for posting in rows if posting.task})
        self.offered = {code for code, _name in categories.choices(program.portfolio_id)}
        self.own = program.portfolio.currency
        books = periods.books(program.portfolio_id)
        self.refusal: Callable[[date], str] = cache(lambda day: why_not(books, day))
        self.rates = cache(lambda: rates.of_portfolio(program.portfolio_id))

    def values(self, posting: Posting) -> dict[str, Any] | None:
        """Return the columns of a posting, None (and findings) if it can not be posted."""
        wrong: list[tuple[str, str, str]] = []
        if said := self.refusal(posting.posted_on):
            wrong.append(("period", "posted_on", said))
        project = self.projects.get(posting.project.lower()) if posting.project else None
        if posting.project and project is None:
            wrong.append(("unknown_project", "project", _("there is no project of this code in the program")))
        task, project = self._task(posting, project, wrong)
        category = posting.category or Category.OTHER.value
        if category not in self.offered:
            known = ", ".join(sorted(self.offered))
            wrong.append(
                ("unknown_category", "category", _("there is no such category; choose one of %s") % known)
            )
        money = self._money(posting, wrong)
        for code, column, reason in wrong:
            value = str(getattr(posting, column))[:120]
            self.report.add(ImportEntry(Severity.ERROR, code, reason, self.file, posting.row, column, value))
        if wrong:
            return None
        return {
            "project_id": project,
            "task_id": task,
            "posted_on": posting.posted_on,
            "category": category,
            "description": text(posting.description, 300),
            **money,
        }

    def _task(
        self, posting: Posting, project: int | None, wrong: list[tuple[str, str, str]]
    ) -> tuple[int | None, int | None]:
        if not posting.task:
            return None, project
        found = self.tasks.get(posting.task.lower())
        if found is None:
            said = _("there is no such task, or several of this name; name it by its number, as #12")
            wrong.append(("unknown_task", "task", said))
            return None, project
        task, its_project = found
        if posting.project and project is not None and project != its_project:
            wrong.append(("task_elsewhere", "task", _("the task is in another project")))
        return task, its_project

    def _money(self, posting: Posting, wrong: list[tuple[str, str, str]]) -> dict[str, Any]:
        foreign = posting.currency not in ("", self.own)
        if foreign:
            given = {"currency": posting.currency, "original_amount": posting.amount}
        elif posting.amount != round(posting.amount, 2):
            wrong.append(("bad_amount", "amount", _("an amount has two decimals at most")))
            return {}
        else:
            return {"amount": posting.amount, "currency": None, "original_amount": None, "rate_id": None}
        try:
            priced = pricing.priced(self.program.portfolio, self.rates, given, posting.posted_on)
        except ValidationError as error:
            column = "currency" if "currency" in error.message_dict else "amount"
            wrong.append(("currency", column, " ".join(error.messages)))
            return {}
        rate = priced.pop("rate", None)
        return priced | {"rate_id": rate.pk if rate else None}


def tasks_named(program: Program, names: set[str]) -> dict[str, tuple[int, int] | None]:
    """Return (task, project) by ``#number`` and by lower-case name; None where a name stands for several: one query."""
    numbers = {
        int(name[1:]) for name in names if name.startswith("#") and name[1:].isdecimal() and len(name) < 19
    }
    wanted = Q(pk__in=numbers) | Q(name__in={name for name in names if not name.startswith("#")})
    found: dict[str, tuple[int, int] | None] = {}
    if not names:
        return found
    rows = Task.objects.filter(wanted, program=program).values_list("pk", "project_id", "name")
    for pk, project, name in rows:
        found[f"#{pk}"] = (pk, project)
        found[name.lower()] = None if name.lower() in found else (pk, project)
    return found
