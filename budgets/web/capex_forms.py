"""The form of a capital request: what, why, and a grid of years."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from budgets.models import AssetClass, CapitalRequest, CostLine
from budgets.selectors import capex, rates, rows, simulations
from budgets.services import capex as services
from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import Project, Scenario
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib.forms import DayField, add_errors

FIRST_YEARS, BLANK_YEARS = 5, 3
LONG = forms.Textarea(attrs={"rows": 4})


class CapitalRequestForm(forms.Form):
    """What is asked for; the years stand in a grid of their own."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    project = forms.ModelChoiceField(
        Project.objects.none(),
        label=gettext_lazy("Project"),
        required=False,
        empty_label=gettext_lazy("the program itself"),
    )
    asset_class = forms.ChoiceField(label=gettext_lazy("Asset class"), choices=AssetClass.choices)
    vendor = forms.CharField(
        label=gettext_lazy("Vendor"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Requests with the same vendor within some weeks count together."),
    )
    cost_line = forms.ModelChoiceField(
        CostLine.objects.none(),
        label=gettext_lazy("Budget line"),
        required=False,
        empty_label=gettext_lazy("none"),
        help_text=gettext_lazy("The planned cost that it draws on. Who wrote that amount can not approve."),
    )
    currency = forms.ChoiceField(label=gettext_lazy("Currency"))
    planned_in_service_on = DayField(label=gettext_lazy("Planned in service"), required=False)
    scenario = forms.ModelChoiceField(
        Scenario.objects.none(),
        label=gettext_lazy("What-if of the plan"),
        required=False,
        empty_label=gettext_lazy("none"),
        help_text=gettext_lazy(
            "What it would do to dates, people and cost is simulated and shown to those who approve. Shared what-ifs of the"
            " program."
        ),
    )
    business_case = forms.CharField(
        label=gettext_lazy("Business case"), widget=LONG, required=False,
        help_text=gettext_lazy("Why it is needed, and what happens without it."),
    )  # fmt: skip
    alternatives = forms.CharField(
        label=gettext_lazy("Alternatives"), widget=LONG, required=False,
        help_text=gettext_lazy("What else was looked at, and why not that."),
    )  # fmt: skip
    benefits = forms.CharField(label=gettext_lazy("Benefits"), widget=LONG, required=False)
    risks = forms.CharField(label=gettext_lazy("Risks"), widget=LONG, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, program: Program, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["project"].queryset = rows.projects_for(actor, program, "capex.request")  # type: ignore[attr-defined]
        self.fields["cost_line"].queryset = rows.cost_lines(actor, program)  # type: ignore[attr-defined]
        self.fields["currency"].choices = rates.names(program.portfolio)  # type: ignore[attr-defined]
        carried = getattr(self.initial.get("scenario"), "pk", None)
        self.fields["scenario"].queryset = simulations.offered(actor, program, carried)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


@require_http_methods(["GET", "POST"])
def create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new request, as a draft."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    if not programs.may_somewhere(actor, "capex.request", program):
        raise policies.NotAllowed("capex.request")
    form = CapitalRequestForm(request.POST or None, actor=actor, program=program)
    this_year = timezone.localdate().year
    years: list[dict[str, Any]] = [{"year": this_year + n} for n in range(FIRST_YEARS)]
    if request.method == "POST":
        years, given, errors = _years(request)
        if form.is_valid() and not errors:
            try:
                made = services.create(actor=actor, program=program, amounts=given, **form.values())
            except ValidationError as error:
                add_errors(form, error)
            else:
                return redirect("budgets:capex-detail", made.pk)
        for one in errors:
            form.add_error(None, one)
    return _page(request, form, program, years, None)


@require_http_methods(["GET", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is asked for; approvals given so far are void then."""
    actor = actors.from_request(request)
    found = capex.get_for(actor, pk)
    policies.authorize(actor, "capex.request", found)
    program = programs.get_for(actor, found.program_id, "budget.read")
    names = [name for name in CapitalRequestForm.base_fields if name != "version"]
    initial = {name: getattr(found, name) for name in names} | {"version": found.version}
    form = CapitalRequestForm(request.POST or None, initial=initial, actor=actor, program=program)
    kept: list[dict[str, Any]] = [
        {"year": one.year, "amount": one.amount, "benefit": one.benefit} for one in capex.amounts_of(found)
    ]
    following = (kept[-1]["year"] if kept else timezone.localdate().year - 1) + 1
    years = [*kept, *({"year": following + n} for n in range(BLANK_YEARS))]
    if request.method == "POST":
        years, given, errors = _years(request)
        if form.is_valid() and not errors:
            found.version = form.cleaned_data["version"] or found.version
            try:
                services.update(actor=actor, request=found, amounts=given, **form.values())
            except ValidationError as error:
                add_errors(form, error)
            else:
                return redirect("budgets:capex-detail", pk)
        for one in errors:
            form.add_error(None, one)
    return _page(request, form, program, years, found)


def _years(request: HttpRequest) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[str]]:
    """Return the grid as typed (to show it again), its filled rows, and what is wrong with them."""
    columns = (request.POST.getlist(name) for name in ("year", "amount", "benefit"))
    typed = [
        {"year": year.strip(), "amount": amount.strip(), "benefit": benefit.strip()}
        for year, amount, benefit in zip(*columns, strict=False)
    ]
    given, errors = [], []
    for number, row in enumerate((row for row in typed if row["amount"] or row["benefit"]), 1):
        column, why = "year", _("“%(text)s” is no year such as 2027.") % {"text": row["year"]}
        try:
            if not row["year"].isdecimal() or not 1990 <= int(row["year"]) <= 2200:
                raise ValueError
            year: dict[str, Any] = {"year": int(row["year"])}
            for column in ("amount", "benefit"):
                why = _("“%(text)s” is no sum such as 1250.50.") % {"text": row[column]}
                year[column] = _amount(row[column])
            given.append(year)
        except (InvalidOperation, ValueError):
            where = {"row": number, "column": column, "why": why}
            errors.append(_("Row %(row)s, %(column)s: %(why)s") % where)
    return typed, given, errors


def _amount(text: str) -> Decimal:
    value = Decimal(text.replace(" ", "").replace("\u00a0", "").replace("−", "-") or "0")
    if not value.is_finite() or value != round(value, 2) or abs(value) >= Decimal(10) ** 16:
        raise InvalidOperation
    return value


def _page(
    request: HttpRequest,
    form: CapitalRequestForm,
    program: Program,
    years: list[dict[str, Any]],
    found: CapitalRequest | None,
) -> HttpResponse:
    short = (
        "title",
        "project",
        "asset_class",
        "vendor",
        "cost_line",
        "currency",
        "planned_in_service_on",
        "scenario",
    )
    data = {
        "form": form,
        "program": program,
        "years": years,
        "found": found,
        "short": [form[name] for name in short],
        "long": [form[name] for name in ("business_case", "alternatives", "benefits", "risks")],
        "tab": "money",
        "voids": found is not None and found.state in ("submitted", "approved"),
    }
    return render(request, "budgets/capex/form.html", data, status=422 if form.is_bound else 200)
