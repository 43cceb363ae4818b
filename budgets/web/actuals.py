"""Actual cost in the browser: post one, post many from a table, take one back."""

import csv
import io
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budgets.models import Actual, Category
from budgets.selectors import categories, rates, rows
from budgets.services import actuals
from budgets.web.cost_lines import as_given
from budgets.web.pickers import TaskField
from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import Project, Task
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import htmx
from tpm.lib.forms import AmountField, DayField, add_errors

MOST_ROWS = 5_000
MOST_BYTES = 2 * 1024 * 1024
COLUMNS = ("posted_on", "amount", "currency", "project", "task", "category", "description")


class ActualForm(forms.Form):
    """One posting; a negative amount takes back an earlier one."""

    posted_on = DayField(label=gettext_lazy("Posted on"))
    amount = AmountField(
        label=gettext_lazy("Amount"), help_text=gettext_lazy("Negative takes back an earlier one.")
    )
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"),
        required=False,
        help_text=gettext_lazy("Foreign amounts are converted at the rate of their day."),
    )
    project = forms.ModelChoiceField(
        Project.objects.none(),
        label=gettext_lazy("Project"),
        required=False,
        empty_label=gettext_lazy("the program itself"),
    )
    task = TaskField(label=gettext_lazy("Task"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), initial=Category.OTHER)
    description = forms.CharField(label=gettext_lazy("Description"), max_length=300, required=False)
    accrual = forms.BooleanField(
        label=gettext_lazy("Accrual"),
        required=False,
        help_text=gettext_lazy(
            "Known before its invoice; taken back on the first day of the next open period."
        ),
    )

    def __init__(self, *args: Any, actor: Actor, program: Program, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["project"].queryset = rows.projects_for(actor, program, "actuals.post")  # type: ignore[attr-defined]
        self.fields["category"].choices = categories.choices(program.portfolio_id)  # type: ignore[attr-defined]
        self.fields["currency"].choices = rates.names(program.portfolio)  # type: ignore[attr-defined]
        self.own = program.portfolio.currency
        self.fields["task"].bind_to(actor, program, reverse("budgets:task-options", args=[program.pk]))  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        kept = ("posted_on", "project", "task", "category", "description")
        return {name: self.cleaned_data[name] for name in kept} | as_given(self.cleaned_data, self.own)


def context(actor: Actor, program: Program, after: str = "") -> dict[str, Any]:
    """Return what the list's template needs."""
    page = rows.page(rows.actuals(actor, program), after)
    following = reverse("budgets:actual-list", args=[program.pk])
    return {
        "program": program,
        "actuals": page.rows,
        "actuals_next": f"{following}?after={page.after}" if page.after else "",
        "categories": categories.names(program.portfolio_id),
        "may_post": programs.may_somewhere(actor, "actuals.post", program),
        "currency": program.portfolio.currency,
    }


@require_GET
def actual_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The next rows of the list."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    return render(
        request, "budgets/actuals/_rows.html", context(actor, program, request.GET.get("after", ""))
    )


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """Post one: the form as a row, then the posting itself."""
    actor, program = _allowed(request, pk)
    form = ActualForm(request.POST or None, actor=actor, program=program)
    if request.method == "POST" and form.is_valid():
        try:
            post = actuals.accrue if form.cleaned_data["accrual"] else actuals.post
            [actual] = post(actor=actor, program=program, rows=[form.values()])
        except ValidationError as error:
            add_errors(form, error)
        else:
            response = render(request, "budgets/actuals/_row.html", _row(program, actual))
            return htmx.toast(response, _("The cost was posted."))
    return render(
        request,
        "budgets/actuals/_form.html",
        {"form": form, "program": program},
        status=422 if form.is_bound else 200,
    )


@require_POST
def reverse_posting(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a posting back by its opposite: both rows, the opposite first."""
    actor = actors.from_request(request)
    actual = rows.actual_for(actor, pk)
    try:
        made = actuals.reverse(actor=actor, actual=actual)
    except ValidationError as error:
        return htmx.toast(HttpResponse(status=204), " ".join(error.messages), kind="bad")
    rendered = [
        render_to_string("budgets/actuals/_row.html", _row(actual.program, one), request)
        for one in (made, actual)
    ]
    said = _("It was taken back on %(day)s.") % {"day": made.posted_on.isoformat()}
    return htmx.toast(HttpResponse("".join(rendered)), said)


def _row(program: Program, actual: Actual) -> dict[str, Any]:
    names = categories.names(program.portfolio_id)
    return {"actual": actual, "may_post": True, "categories": names, "currency": program.portfolio.currency}


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a posting back; its row goes."""
    actor = actors.from_request(request)
    actual = rows.actual_for(actor, pk)
    actual.version = int(request.POST.get("version") or actual.version)
    try:
        actuals.delete(actor=actor, actual=actual)
    except ValidationError as error:
        return htmx.toast(HttpResponse(status=204), " ".join(error.messages), kind="bad")
    return htmx.toast(HttpResponse(), _("The posting was deleted."))


@require_http_methods(["GET", "POST"])
def paste(request: HttpRequest, pk: int) -> HttpResponse:
    """Post a table, pasted or uploaded: all of its rows, or none and what is wrong with which."""
    actor, program = _allowed(request, pk)
    errors: list[str] = []
    text = request.POST.get("table", "")
    if request.method == "POST":
        try:
            text = _uploaded(request) or text
            found, errors = parse(actor, program, text)
            if not errors:
                actuals.post(actor=actor, program=program, rows=found, reason=request.POST.get("reason", ""))
                said = ngettext("%(n)s posting was made.", "%(n)s postings were made.", len(found)) % {
                    "n": len(found)
                }
                return htmx.done(said, events=("tpm:close", "actuals-changed"))
        except actuals.RowsRefused as refused:
            numbers = [number for number, _row in _lines(text)]
            errors = [
                _("Line %(line)s, %(column)s: %(what)s")
                % {"line": numbers[index], "column": name or "–", "what": message}
                for index, fields in refused.rows.items()
                for name, messages in fields.items()
                for message in messages
            ]
        except ValidationError as error:
            errors = error.messages
    data = {
        "program": program,
        "errors": errors[:50],
        "more": max(0, len(errors) - 50),
        "table": text,
        "columns": COLUMNS,
    }
    return render(request, "budgets/actuals/_paste.html", data, status=422 if errors else 200)


def parse(actor: Actor, program: Program, text: str) -> tuple[list[dict[str, Any]], list[str]]:
    """Read rows of ``COLUMNS`` (named in the first line; separated by tab, semicolon or comma) and say what is wrong by line.

    Projects are named by code, tasks by number (``#12``) or by a name that is unique. Two queries.

    :raises ValidationError: if there is no table, or too much of it.
    """
    lines = list(_lines(text))
    if not lines:
        raise ValidationError(_("There is no row below the headings."))
    if len(lines) > MOST_ROWS:
        raise ValidationError(_("At most %(n)s rows at once.") % {"n": MOST_ROWS})
    offered = dict(categories.choices(program.portfolio_id))
    codes = {one.code.lower(): one for one in rows.projects_for(actor, program, "actuals.post")}
    tasks = _tasks(actor, program, {row.get("task", "") for _number, row in lines})
    whole = policies.holds(actor, "actuals.post", program.scope)
    found, errors = [], []
    for number, row in lines:
        try:
            found.append(_posting(row, codes, tasks, offered, program.portfolio.currency, whole=whole))
        except ValidationError as error:
            errors += [
                _("Line %(line)s, %(column)s: %(what)s") % {"line": number, "column": name, "what": message}
                for name, messages in error.message_dict.items()
                for message in messages
            ]
    return found, errors


def _allowed(request: HttpRequest, pk: int) -> tuple[Actor, Program]:
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    if not programs.may_somewhere(actor, "actuals.post", program):
        raise policies.NotAllowed("actuals.post")
    return actor, program


def _uploaded(request: HttpRequest) -> str:
    file = request.FILES.get("file")
    if file is None:
        return ""
    if (file.size or 0) > MOST_BYTES:
        raise ValidationError(_("The file is larger than 2 MB."))
    try:
        return str(file.read(), "utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValidationError(_("The file is not UTF-8 text. Save it as “CSV UTF-8”.")) from error


def _lines(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    text = text.lstrip("\ufeff").strip("\n")
    first = text.partition("\n")[0]
    separator = max("\t;,", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        head = [name.strip().lower().replace(" ", "_") for name in next(reader, [])]
        if not {"posted_on", "amount"} <= set(head):
            raise ValidationError(_("The first line must name the columns; posted_on and amount are needed."))
        if unknown := [name for name in head if name and name not in COLUMNS]:
            raise ValidationError(_("Unknown columns: %(names)s.") % {"names": ", ".join(unknown)})
        for row in reader:
            if any(cell.strip() for cell in row):
                yield reader.line_num, {name: cell.strip() for name, cell in zip(head, row, strict=False)}
    except csv.Error as error:
        raise ValidationError(_("This is no table: %(why)s.") % {"why": error}) from error


def _tasks(actor: Actor, program: Program, texts: set[str]) -> dict[str, Task | None]:
    """Return tasks by ``#number`` and by lower-case name; None where a name stands for several."""
    numbers = {
        int(text[1:]) for text in texts if text.startswith("#") and text[1:].isdecimal() and len(text) < 19
    }
    names = {text for text in texts if text and not text.startswith("#")}
    wanted = Q(pk__in=numbers) | Q(name__in=names)
    found: dict[str, Task | None] = {}
    for task in Task.objects.visible_to(actor).filter(wanted, program=program).select_related("project"):
        found[f"#{task.pk}"] = task
        found[task.name.lower()] = None if task.name.lower() in found else task
    return found


def _posting(
    row: dict[str, str],
    codes: dict[str, Project],
    tasks: dict[str, Task | None],
    offered: dict[str, str],
    own: str,
    *,
    whole: bool,
) -> dict[str, Any]:
    errors: dict[str, str] = {}
    posting: dict[str, Any] = {"description": row.get("description", "")[:300]}
    try:
        posting["posted_on"] = date.fromisoformat(row.get("posted_on", ""))
    except ValueError:
        errors["posted_on"] = _("it is no date such as 2026-03-31.")
    try:
        amount = Decimal(row.get("amount", "").replace(" ", "").replace("\u00a0", ""))
        if not amount.is_finite() or amount != round(amount, 2) or abs(amount) >= Decimal(10) ** 16:
            raise InvalidOperation
        currency = row.get("currency", "").upper()
        if currency in ("", own):
            posting["amount"] = amount
        else:
            posting |= {"currency": currency, "original_amount": amount}
    except InvalidOperation:
        errors["amount"] = _("it is no sum such as 1250.50.")
    code = row.get("project", "")
    if code and code.lower() not in codes:
        errors["project"] = _("there is no project “%(code)s” to which you post cost.") % {"code": code}
    posting["project"] = codes.get(code.lower())
    task = row.get("task", "")
    posting["task"] = tasks.get(task.lower()) if task else None
    if task and posting["task"] is None:
        errors["task"] = _(
            "the task “%(task)s” is not there, or not the only one of this name; name it by its number, as #12."
        ) % {"task": task}
    elif posting["task"] and code and posting["task"].project != posting["project"]:
        errors["task"] = _("the task “%(task)s” is in another project.") % {"task": task}
    if not code and posting["task"] is None and not whole:
        errors["project"] = _("name the project; you do not post cost for the whole program.")
    category = row.get("category", "").lower() or Category.OTHER.value
    if category not in offered:
        errors["category"] = _("there is no category “%(name)s”.") % {"name": category}
    posting["category"] = category
    if errors:
        raise ValidationError(errors)
    return posting
