"""Cost lines in the browser: a list that is edited in place."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from budgets.models import Category, CostLine, Nature
from budgets.selectors import categories, rates, rows
from budgets.services import cost_lines
from budgets.web.pickers import TaskField, label
from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import Project
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import htmx
from tpm.lib.forms import AmountField, DayField, add_errors

FIELDS = ("name", "project", "task", "category", "nature", "starts_on", "ends_on", "from_assignments")


class CostLineForm(forms.Form):
    """With a task the line follows the task's dates; without, it has its own."""

    name = forms.CharField(label=gettext_lazy("What it is"), max_length=300)
    amount = AmountField(label=gettext_lazy("Amount"), required=False)
    currency = forms.ChoiceField(
        label=gettext_lazy("Currency"),
        required=False,
        help_text=gettext_lazy("Foreign amounts are converted at the rate of the data date."),
    )
    task = TaskField(
        label=gettext_lazy("Task"),
        required=False,
        help_text=gettext_lazy("The cost follows the task's dates."),
    )
    from_assignments = forms.BooleanField(
        label=gettext_lazy("Computed from the task's assignments and the rate card"), required=False
    )
    project = forms.ModelChoiceField(
        Project.objects.none(),
        label=gettext_lazy("Project"),
        required=False,
        empty_label=gettext_lazy("the program itself"),
    )
    starts_on = DayField(
        label=gettext_lazy("From"),
        required=False,
        help_text=gettext_lazy("Without a task: the days it is spent over."),
    )
    ends_on = DayField(label=gettext_lazy("To"), required=False)
    category = forms.ChoiceField(label=gettext_lazy("Category"), initial=Category.OTHER)
    nature = forms.ChoiceField(
        label=gettext_lazy("Opex or capex"), choices=Nature.choices, initial=Nature.OPEX
    )
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, program: Program, **options: Any) -> None:
        super().__init__(*args, **options)
        allowed = rows.projects_for(actor, program, "budget.edit")
        self.fields["project"].queryset = allowed  # type: ignore[attr-defined]
        chosen = str((self.initial or {}).get("category", ""))
        self.fields["category"].choices = categories.choices(program.portfolio_id, also=chosen)  # type: ignore[attr-defined]
        self.fields["currency"].choices = rates.names(program.portfolio)  # type: ignore[attr-defined]
        self.own = program.portfolio.currency
        self.fields["task"].bind_to(actor, program, reverse("budgets:task-options", args=[program.pk]))  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        computed = cleaned.get("from_assignments")
        if not computed and cleaned.get("amount") is None and "amount" not in self.errors:
            self.add_error("amount", _("An amount is needed."))
        return cleaned

    def values(self) -> dict[str, Any]:
        plain = {name: self.cleaned_data[name] for name in FIELDS}
        if self.cleaned_data["from_assignments"]:
            return plain
        return plain | as_given(self.cleaned_data, self.own)


def as_given(cleaned: dict[str, Any], own: str) -> dict[str, Any]:
    """Return an amount and the currency beside it as services take them."""
    code, amount = cleaned["currency"] or own, cleaned["amount"]
    if code == own:
        return {"currency": None, "amount": amount}
    return {"currency": code, "original_amount": amount}


def context(actor: Actor, program: Program, after: str = "") -> dict[str, Any]:
    """Return what the list's template needs."""
    page = rows.page(rows.cost_lines(actor, program), after)
    following = reverse("budgets:cost-line-list", args=[program.pk])
    return {
        "program": program,
        "lines": page.rows,
        "lines_next": f"{following}?after={page.after}" if page.after else "",
        "categories": categories.names(program.portfolio_id),
        "may_edit_budget": _may_edit(actor, program),
        "currency": program.portfolio.currency,
    }


@require_GET
def line_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The next rows of the list."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    return render(
        request, "budgets/cost_lines/_rows.html", context(actor, program, request.GET.get("after", ""))
    )


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new line: the form as a row, then the line itself."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    if not _may_edit(actor, program):
        raise policies.NotAllowed("budget.edit")
    form = CostLineForm(request.POST or None, actor=actor, program=program)
    if request.method == "POST" and form.is_valid():
        try:
            line = cost_lines.create(actor=actor, program=program, **form.values())
        except ValidationError as error:
            add_errors(form, error)
        else:
            shown = rows.cost_line_for(actor, line.pk)
            return htmx.toast(_row(request, actor, shown), _("“%(name)s” was added.") % {"name": line.name})
    return _form(request, form, program, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a line in its place."""
    actor = actors.from_request(request)
    line = rows.cost_line_for(actor, pk)
    policies.authorize(actor, "budget.edit", line)
    initial = {name: getattr(line, name) for name in FIELDS} | {
        "amount": _given(line),
        "currency": line.currency or line.program.portfolio.currency,
        "task": label(line.task),
        "version": line.version,
    }
    form = CostLineForm(request.POST or None, initial=initial, actor=actor, program=line.program)
    if request.method == "POST" and form.is_valid():
        line.version = form.cleaned_data["version"] or line.version
        try:
            line = cost_lines.update(actor=actor, line=line, **form.values())
            line = rows.cost_line_for(actor, line.pk)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return _row(request, actor, line)
    return _form(request, form, line.program, line)


@require_GET
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One row as it stands: the way out of the form."""
    actor = actors.from_request(request)
    line = rows.cost_line_for(actor, pk)
    return _row(request, actor, line)


@require_GET
def blank(request: HttpRequest, pk: int) -> HttpResponse:
    """Nothing: what takes the place of a new row's form that is given up."""
    programs.get_for(actors.from_request(request), pk, "budget.read")
    return HttpResponse()


@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a line; its row goes."""
    actor = actors.from_request(request)
    line = rows.cost_line_for(actor, pk)
    line.version = int(request.POST.get("version") or line.version)
    cost_lines.delete(actor=actor, line=line)
    return htmx.toast(HttpResponse(), _("“%(name)s” was deleted.") % {"name": line.name})


def _given(line: CostLine) -> Decimal | None:
    if line.from_assignments:
        return None
    return line.original_amount if line.currency else line.amount


def _may_edit(actor: Actor, program: Program) -> bool:
    return programs.may_somewhere(actor, "budget.edit", program)


def _row(request: HttpRequest, actor: Actor, line: CostLine) -> HttpResponse:
    may = policies.holds(actor, "budget.edit", line.scope)
    data = {
        "line": line,
        "may_edit_budget": may,
        "categories": categories.names(line.program.portfolio_id),
        "currency": line.program.portfolio.currency,
    }
    return render(request, "budgets/cost_lines/_row.html", data)


def _form(request: HttpRequest, form: CostLineForm, program: Program, line: CostLine | None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(
        request,
        "budgets/cost_lines/_form.html",
        {"form": form, "program": program, "line": line},
        status=status,
    )
