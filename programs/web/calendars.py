"""Working calendars: the week in hours, and the days that differ from it."""

import re
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from programs import policies
from programs.models import Portfolio, WorkCalendar
from programs.models.calendars import standard_week
from programs.selectors import calendars, portfolios
from programs.services import calendars as services
from tpm.accounts import actors
from tpm.lib import exports
from tpm.lib.forms import add_errors
from tpm.lib.listing import Head, Listing

_HOURS = re.compile(r"^(\d{1,2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2})(?::(\d{2}))?$")
_EXCEPTION = re.compile(
    r"^(\d{4}-\d{2}-\d{2})(?:\s*(?:\.\.|–|to)\s*(\d{4}-\d{2}-\d{2}))?\s*(?:\|\s*([^|]*))?(?:\|\s*(.*))?$"
)


def write_hours(intervals: list[list[int]]) -> str:
    """Return hours as people write them: ``08:00-12:00, 13:00-17:00``."""
    return ", ".join(f"{a // 60:02}:{a % 60:02}-{b // 60:02}:{b % 60:02}" for a, b in intervals)


def read_hours(text: str) -> list[list[int]]:
    """Return the minutes of written hours; an empty text is a free day.

    :raises ValidationError: if the text is no list of hours.
    """
    intervals = []
    for part in filter(None, (part.strip() for part in text.split(","))):
        match = _HOURS.match(part)
        if match is None:
            raise ValidationError(
                _("“%(text)s” are no hours. Write 08:00-12:00, 13:00-17:00.") % {"text": part}
            )
        a, a_min, b, b_min = (int(group or 0) for group in match.groups())
        intervals.append([a * 60 + a_min, b * 60 + b_min])
    return intervals


class CalendarForm(forms.Form):
    """A name, seven days of hours, and one line per exception: ``2026-12-24..2026-12-26 | Christmas | 08:00-12:00``."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    exceptions = forms.CharField(
        label=gettext_lazy("Days that differ"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false", "class": "mono"}),
        help_text=gettext_lazy(
            "One a line: 2026-12-24..2026-12-26 | Christmas. Nobody works on them, unless hours follow: "
            "2026-12-24 | Christmas Eve | 08:00-12:00"
        ),
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in range(7):
            self.fields[f"day{day}"] = forms.CharField(label=WEEKDAYS[day], required=False)

    @property
    def days(self) -> list[forms.BoundField]:
        return [self[f"day{day}"] for day in range(7)]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        week = []
        for day in range(7):
            try:
                week.append(read_hours(values.get(f"day{day}", "")))
            except ValidationError as error:
                self.add_error(f"day{day}", error)
        values["week"] = week
        return values

    def clean_exceptions(self) -> list[dict[str, Any]]:
        found = []
        for number, line in enumerate(self.cleaned_data["exceptions"].splitlines(), 1):
            if line.strip():
                found.append(_exception(number, line.strip()))
        return sorted(found, key=lambda one: one["first_on"])


def _exception(number: int, line: str) -> dict[str, Any]:
    match = _EXCEPTION.match(line)
    try:
        if match is None:
            raise ValueError(line)
        first = date.fromisoformat(match[1])
        last = date.fromisoformat(match[2]) if match[2] else first
    except ValueError as error:
        hint = _("Line %(n)s: write 2026-12-24 | Christmas Eve, or 2026-12-24..2026-12-26 | Christmas.") % {
            "n": number
        }
        raise ValidationError(hint) from error
    if last < first:
        raise ValidationError(_("Line %(n)s: the last day lies before the first.") % {"n": number})
    return {
        "name": (match[3] or "").strip(),
        "first_on": first,
        "last_on": last,
        "intervals": read_hours(match[4] or ""),
    }


@require_safe
def calendar_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The calendars of a portfolio."""
    actor = actors.from_request(request)
    portfolio = portfolios.get_for(actor, pk)
    heads: list[Head[Any]] = [
        Head("name", _("Calendar"), lambda one: one.name, width=30),
        Head(
            "of",
            _("Belongs to"),
            lambda one: one.program.name if one.program else _("the portfolio"),
            width=30,
        ),
        Head("days", _("Days that differ"), lambda one: one.differing, num=True),
    ]
    table = Listing(request, calendars.of_portfolio(actor, portfolio), heads)
    if kind := exports.wanted(request):
        return table.respond(kind, _("Calendars of %(name)s") % {"name": portfolio.name})
    context = {
        "portfolio": portfolio,
        "table": table,
        "calendars": table.rows,
        "may_edit": policies.holds(actor, "calendar.edit", portfolio.scope),
    }
    return render(request, "programs/calendars/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new calendar for a portfolio, beginning with office hours."""
    actor = actors.from_request(request)
    portfolio = portfolios.get_for(actor, pk)
    policies.authorize(actor, "calendar.edit", portfolio)
    form = CalendarForm(request.POST or None, initial=_hours(standard_week()))
    if form.is_valid():
        try:
            services.create(
                actor=actor,
                portfolio=portfolio,
                name=form.cleaned_data["name"],
                week=form.cleaned_data["week"],
                exceptions=form.cleaned_data["exceptions"],
            )
            messages.success(
                request, _("The calendar is there. Programs, projects and tasks can use it now.")
            )
            return redirect("programs:calendar-list", pk)
        except ValidationError as error:
            add_errors(form, error)
    return _page(request, form, portfolio, None, may_edit=True)


@require_http_methods(["GET", "HEAD", "POST"])
def calendar_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One calendar; those who may change it find a form."""
    actor = actors.from_request(request)
    calendar = calendars.get_for(actor, pk)
    may_edit = policies.holds(actor, "calendar.edit", calendar.scope)
    if request.method == "POST":
        policies.authorize(actor, "calendar.edit", calendar)
    lines = [_line(one) for one in calendar.exceptions.order_by("first_on", "pk")]
    initial = {
        "name": calendar.name,
        "exceptions": "\n".join(lines),
        "version": calendar.version,
        **_hours(calendar.week),
    }
    form = CalendarForm(request.POST or None, initial=initial)
    if form.is_valid():
        calendar.version = form.cleaned_data["version"] or calendar.version
        try:
            values = {name: form.cleaned_data[name] for name in ("name", "week", "exceptions")}
            services.update(actor=actor, calendar=calendar, **values)
            messages.success(request, _("Saved. The plans that use this calendar are being computed again."))
            return redirect("programs:calendar-detail", pk)
        except ValidationError as error:
            add_errors(form, error)
    return _page(request, form, calendar.portfolio, calendar, may_edit=may_edit)


def _hours(week: list[list[list[int]]]) -> dict[str, str]:
    return {f"day{day}": write_hours(hours) for day, hours in enumerate(week)}


def _line(one: Any) -> str:
    days = str(one.first_on) if one.first_on == one.last_on else f"{one.first_on}..{one.last_on}"
    parts = [days, one.name] if one.name or one.intervals else [days]
    return " | ".join([*parts, write_hours(one.intervals)] if one.intervals else parts)


def _page(
    request: HttpRequest,
    form: CalendarForm,
    portfolio: Portfolio,
    calendar: WorkCalendar | None,
    *,
    may_edit: bool,
) -> HttpResponse:
    if not may_edit:
        for field in form.fields.values():
            field.disabled = True
    context = {"form": form, "portfolio": portfolio, "calendar": calendar, "may_edit": may_edit}
    return render(request, "programs/calendars/detail.html", context, status=422 if form.errors else 200)
