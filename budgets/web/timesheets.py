"""Timesheets in the browser: one's own week, what waits for agreement, hours from a file."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budgets.importers.time_entries import minutes_of
from budgets.models import Timesheet
from budgets.selectors import timesheets as selectors
from budgets.services import time_imports, timesheets
from budgets.services.row_errors import RowError, RowsRefused
from budgets.services.timesheets import Hours
from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.importers.cells import CellError
from projects.models import Task
from tpm.accounts import actors
from tpm.accounts.actors import Actor

_CELL = re.compile(r"^h-(\d{1,18})-([0-6])$")
_CLOCK = re.compile(r"^(\d{1,2}):([0-5]\d)$")
_NUMBERED = re.compile(r"#(\d{1,18})$")
SIXTY = Decimal(60)


def hours(minutes: int) -> str:
    """Return minutes as hours are written in a cell: 7.5, 0.25; nothing for none."""
    if not minutes:
        return ""
    return f"{(Decimal(minutes) / SIXTY).quantize(Decimal('0.01')).normalize():f}"


@require_http_methods(["GET", "POST"])
def week(request: HttpRequest) -> HttpResponse:
    """One's own week (that of ``week``, else of today) as a grid; saving, submitting and copying last week are acts of one form."""
    actor = actors.from_request(request)
    monday = monday_of(request.GET.get("week", "") or timezone.localdate().isoformat())
    if request.method == "POST":
        try:
            said = _acted(actor, monday, request)
        except RowsRefused as refused:
            return _week(request, actor, monday, refused.errors)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, said)
        also = "".join(f"&task={pk}" for pk in _also(actor, request.POST))
        return redirect(f"{request.path}?week={monday.isoformat()}{also}")
    return _week(request, actor, monday)


def monday_of(day: str) -> date:
    """Return the Monday of a day as it stands in an address."""
    try:
        return timesheets.monday(date.fromisoformat(day))
    except ValueError as error:
        raise Http404 from error


def _also(actor: Actor, given: Any) -> list[int]:
    """Return the tasks that somebody adds to the week."""
    found = [
        int(text) for text in given.getlist("task") if text.isascii() and text.isdigit() and len(text) < 19
    ]
    if numbered := _NUMBERED.search(given.get("add", "").strip()):
        found.append(int(numbered[1]))
    return list(dict.fromkeys(found))[:50]


def _acted(actor: Actor, monday: date, request: HttpRequest) -> str:
    act = request.POST.get("act", "save")
    if act == "copy":
        return _copied(actor, monday)
    _entered(actor, monday, request)
    if act != "submit":
        return _("The hours were saved.")
    drafts = selectors.week(actor, monday).drafts
    if not drafts:
        raise ValidationError(_("There are no hours to submit."))
    done = timesheets.submit(actor=actor, sheets=drafts, at=timezone.now())
    said = ngettext("%(n)s timesheet was submitted.", "%(n)s timesheets were submitted.", len(done))
    return said % {"n": len(done)}


def _given(actor: Actor, monday: date, request: HttpRequest) -> list[Hours]:
    """Return the cells that differ from what is kept.

    :raises RowsRefused: for cells that are no hours.
    """
    assert actor.user is not None
    cells = {
        (int(place[1]), int(place[2])): str(text).strip()
        for name, text in request.POST.items()
        if (place := _CELL.match(name))
    }
    ids = {pk for pk, _day in cells}
    tasks = {
        one.pk: one for one in Task.objects.filter(pk__in=ids).select_related("project", "program")
    }  # whose hours may be entered is asked by the service
    kept = {
        (row.task.pk, n): minutes
        for part in selectors.week(actor, monday, ids).parts
        for row in part.rows
        for n, minutes in enumerate(row.minutes)
    }
    errors: list[RowError] = []
    found: list[Hours] = []
    for (pk, n), text in cells.items():
        if pk not in tasks or (not text and not kept.get((pk, n))):
            continue
        try:
            minutes = _minutes(text)
        except (CellError, ValueError, ArithmeticError) as error:
            reason = (
                error.reason
                if isinstance(error, CellError)
                else _("“%(text)s” is no number of hours.") % {"text": text}
            )
            errors.append(RowError(pk, str(n), reason))
            continue
        if minutes != kept.get((pk, n), 0):
            found.append(Hours(pk, actor.user, tasks[pk], monday + timedelta(days=n), minutes))
    if errors:
        raise RowsRefused(errors)
    return found


def _entered(actor: Actor, monday: date, request: HttpRequest) -> None:
    """Enter what differs; what is refused is said of its cell.

    :raises RowsRefused: with the task as row and the weekday (0 is Monday) as column.
    """
    given = _given(actor, monday, request)
    by_number = [replace(one, row=number) for number, one in enumerate(given)]
    try:
        timesheets.enter(actor=actor, rows=by_number)
    except RowsRefused as refused:
        cells = [given[one.row] for one in refused.errors]
        raise RowsRefused(
            [
                RowError(cell.task.pk, str((cell.day - monday).days), one.reason)
                for cell, one in zip(cells, refused.errors, strict=True)
            ]
        ) from refused


def _minutes(text: str) -> int:
    """Return ``7.5``, ``7,5`` or ``7:30`` as minutes."""
    if not text:
        return 0
    if clock := _CLOCK.match(text):
        return int(clock[1]) * 60 + int(clock[2])
    return minutes_of(Decimal(text.replace(",", ".")))


def _copied(actor: Actor, monday: date) -> str:
    """Take over the hours of last week where this week has none and is a draft."""
    assert actor.user is not None
    last = selectors.week(actor, monday - timedelta(days=7))
    here = selectors.week(actor, monday)
    open_ = {part.project.pk: part.is_open for part in here.parts}
    there = {(row.task.pk, n) for part in here.parts for row in part.rows for n in range(7) if row.minutes[n]}
    rows = [
        Hours(row.task.pk, actor.user, row.task, monday + timedelta(days=n), minutes)
        for part in last.parts
        for row in part.rows
        for n, minutes in enumerate(row.minutes)
        if minutes and (row.task.pk, n) not in there and open_.get(part.project.pk, True)
    ]
    if not rows:
        raise ValidationError(_("Last week has nothing that could be copied."))
    timesheets.enter(actor=actor, rows=rows)
    return _("The hours of last week were copied; change what was different.")


def _week(
    request: HttpRequest, actor: Actor, monday: date, errors: list[RowError] | None = None
) -> HttpResponse:
    found = selectors.week(actor, monday, _also(actor, request.POST if errors else request.GET))
    wrong = {(error.row, error.column): error.reason for error in errors or []}
    names = {row.task.pk: row.task.name for part in found.parts for row in part.rows}
    today = timezone.localdate()
    parts = [
        (
            part,
            [
                (
                    row,
                    [
                        (
                            f"h-{row.task.pk}-{n}",
                            request.POST.get(f"h-{row.task.pk}-{n}", hours(minutes))
                            if errors
                            else hours(minutes),
                            found.days[n],
                            wrong.get((row.task.pk, str(n)), ""),
                        )
                        for n, minutes in enumerate(row.minutes)
                    ],
                    hours(row.total),
                )
                for row in part.rows
            ],
        )
        for part in found.parts
    ]
    data = {
        "week": found,
        "parts": parts,
        "errors": [_placed(error, names, found.days) for error in errors or []],
        "days": [(one, one == today, one.weekday() > 4) for one in found.days],
        "totals": [hours(minutes) for minutes in found.totals],
        "total": hours(found.total) or "0",
        "before": (monday - timedelta(days=7)).isoformat(),
        "after": (monday + timedelta(days=7)).isoformat(),
        "here": monday.isoformat(),
        "is_now": monday == timesheets.monday(today),
        "name": formats.date_format(monday, "j M Y"),
        "may_submit": bool(found.drafts),
        "waiting": selectors.waiting(actor).count(),
        "may_read": any(policies.holding(actor, "time.read")),
    }
    return render(request, "budgets/timesheets/week.html", data, status=422 if errors else 200)


def _placed(error: RowError, names: Mapping[int, str], days: Sequence[date]) -> str:
    """Return what is wrong with its task and day, where it has them."""
    day = formats.date_format(days[int(error.column)], "D j M") if error.column.isdecimal() else ""
    place = ", ".join(filter(None, (names.get(error.row, ""), day)))
    return f"{place}: {error.reason}" if place else error.reason


@require_GET
def task_options(request: HttpRequest) -> HttpResponse:
    """The suggestions of the task picker: options of a datalist."""
    actor = actors.from_request(request)
    text = request.GET.get("add", "").partition(" #")[0].strip()
    found = [
        (f"{one.name} #{one.pk}", f"{one.program.name} · {one.project.name}")
        for one in selectors.tasks_like(actor, text)
    ]
    return render(request, "budgets/_task_options.html", {"options": found})


@require_GET
def sheet_list(request: HttpRequest) -> HttpResponse:
    """What waits for one's agreement, and the latest timesheets that one sees."""
    actor = actors.from_request(request)
    data = {
        "waiting": [(one, hours(one.minutes or 0)) for one in selectors.waiting(actor)[: selectors.SHOWN]],
        "sheets": [(one, hours(one.minutes or 0)) for one in selectors.rows(actor)[: selectors.SHOWN]],
        "programs": programs_to_import(actor),
    }
    return render(request, "budgets/timesheets/list.html", data)


def programs_to_import(actor: Actor) -> list[Program]:
    """Return the programs into which the actor may load hours from a file."""
    return list(Program.objects.visible_to(actor, "time.import").filter(archived_at=None).order_by("name"))


@require_GET
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One timesheet: its entries, what they cost, and what may be done with it."""
    actor = actors.from_request(request)
    return _detail(request, actor, selectors.get_for(actor, pk))


def _detail(
    request: HttpRequest, actor: Actor, sheet: Timesheet, refused: RowsRefused | None = None
) -> HttpResponse:
    entries = list(selectors.entries_for(sheet))
    reads_money = policies.holds(actor, "budget.read", sheet.scope)
    mine = actor.user is not None and actor.user.pk == sheet.person_id
    decides = (
        policies.holds(actor, "time.approve", sheet.scope)
        and not mine
        and (actor.user is None or actor.user.pk != sheet.submitted_by_id)
    )
    data = {
        "sheet": sheet,
        "currency": sheet.program.portfolio.currency,
        "entries": [(one, hours(one.minutes)) for one in entries],
        "total": hours(sum(one.minutes for one in entries)),
        "cost": sum((one.actual.amount for one in entries if one.actual), Decimal(0))
        if reads_money
        else None,
        "reads_money": reads_money,
        "errors": [str(error.reason) for error in refused.errors] if refused else [],
        "mine": mine,
        "decides": decides,
    }
    return render(request, "budgets/timesheets/detail.html", data, status=422 if refused else 200)


@require_POST
def act(request: HttpRequest, pk: int, act: str) -> HttpResponse:
    """Agree, send back, take back, or open again."""
    actor = actors.from_request(request)
    sheet = selectors.get_for(actor, pk)
    sheet.version = int(request.POST.get("version") or sheet.version)
    now, reason = timezone.now(), request.POST.get("reason", "")
    acts: dict[str, tuple[Any, str]] = {
        "approve": (
            lambda: timesheets.approve(actor=actor, sheet=sheet, at=now),
            _("The hours were agreed and posted."),
        ),
        "return": (
            lambda: timesheets.send_back(actor=actor, sheet=sheet, reason=reason, at=now),
            _("The timesheet was sent back."),
        ),
        "reopen": (
            lambda: timesheets.reopen(actor=actor, sheet=sheet, reason=reason),
            _("The postings were reversed; the timesheet is a draft again."),
        ),
        "withdraw": (
            lambda: timesheets.withdraw(actor=actor, sheet=sheet),
            _("The timesheet is a draft again."),
        ),
    }
    do, said = acts[act]
    try:
        do()
    except RowsRefused as refused:
        return _detail(request, actor, selectors.get_for(actor, pk), refused)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, said)
    return redirect("budgets:timesheet-detail", sheet.pk)


class ImportForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("CSV or workbook with the columns person (e-mail), task (#number or name), day, hours; project and note if you like."),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def load(request: HttpRequest, pk: int) -> HttpResponse:
    """Hours from a file: tried first, every row that is wrong named, nothing written before all can be."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk)
    policies.authorize_within(actor, "time.enter", program)
    form = ImportForm(request.POST or None, request.FILES or None)
    found, errors, dry_run = None, [], request.POST.get("act") != "write"
    if form.is_valid():
        file = form.cleaned_data["file"]
        try:
            found = time_imports.load(actor=actor, program=program, files={file.name: file}, dry_run=dry_run)
        except RowsRefused as refused:
            errors = refused.errors
        except ValidationError as error:
            form.add_error("file", error)
        if found is not None and not dry_run:
            messages.success(request, _("%(n)s entries were added.") % {"n": found.added})
            return redirect("budgets:timesheet-list")
    data = {
        "form": form,
        "program": program,
        "found": found,
        "errors": errors[:500],
        "count": len(errors),
        "tab": "money",
    }
    return render(
        request, "budgets/timesheets/import.html", data, status=422 if errors or form.errors else 200
    )
