"""KPIs of a program in the browser: what was promised, what was measured, and how it stands."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import policies
from programs.models import Kpi, KpiValue, Program
from programs.selectors import kpis, programs
from programs.selectors.kpis import KpiRow
from programs.services import kpis as services
from tpm.accounts import actors
from tpm.lib import charts, exports
from tpm.lib.charts import Chart, Series
from tpm.lib.forms import add_errors
from tpm.lib.listing import Head, Listing
from tpm.lib.templatetags.tpm_ui import rag_word


def _plain(value: Decimal | None) -> str:
    """Write a decimal without superfluous zeros, as a form field takes it."""
    return "" if value is None else f"{value.normalize():f}"


class KpiForm(forms.ModelForm):
    """What is promised, and from where on it is to be watched or bad."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Kpi
        fields = (
            "description", "category", "unit", "higher_is_better", "target", "watch_at", "bad_at", "result",
        )  # fmt: skip
        widgets = {"description": forms.Textarea(attrs={"rows": 2})}
        labels = {"description": gettext_lazy("What is measured")}
        help_texts = {
            "unit": gettext_lazy("Such as %, days or EUR a month."),
            "higher_is_better": gettext_lazy(
                "Off where a lower value is the better one, such as for failures."
            ),
            "watch_at": gettext_lazy("At the threshold it is fine; beyond it is to be watched."),
            "bad_at": gettext_lazy("Beyond this it is off track."),
            "result": gettext_lazy("The verdict, when the time has come for one."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("target", "watch_at", "bad_at"):
            self.initial[name] = _plain(getattr(self.instance, name))
        self.fields["version"].initial = self.instance.version if self.instance.pk else None

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ValueForm(forms.ModelForm):
    """One measured value."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = KpiValue
        fields = ("measured_on", "value", "note")
        widgets = {"measured_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["value"] = _plain(self.instance.value)
            self.fields["version"].initial = self.instance.version

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


@require_safe
def kpi_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The KPIs of a program with their newest values and trends."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk)
    policies.authorize(actor, "plan.read", program)
    table = Listing(request, kpis.of_program(actor, program), _heads())
    if kind := exports.wanted(request):
        return table.respond(kind, f"{program.code} KPIs")
    rows = [(row, _spark(row)) for row in table.rows]
    context = {
        "table": table,
        "program": program,
        "tab": "kpis",
        "rows": rows,
        "may_edit": policies.holds(actor, "indicator.edit", program.scope),
    }
    return render(request, "programs/kpis/list.html", context)


@require_safe
def kpi_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One KPI: its values as a chart and a table."""
    actor = actors.from_request(request)
    return _detail(request, kpis.get_for(actor, pk), ValueForm())


@require_POST
def kpi_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """Write a value down."""
    actor = actors.from_request(request)
    kpi = kpis.get_for(actor, pk)
    policies.authorize(actor, "indicator.edit", kpi)
    form = ValueForm(request.POST)
    if form.is_valid():
        try:
            services.measure(actor=actor, kpi=kpi, **form.values())
            messages.success(request, _("Saved."))
            return redirect("programs:kpi-detail", kpi.pk)
        except ValidationError as error:
            add_errors(form, error)
    return _detail(request, kpi, form)


@require_http_methods(["GET", "HEAD", "POST"])
def kpi_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new KPI."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk)
    policies.authorize(actor, "indicator.edit", program)
    form = KpiForm(request.POST or None)
    if form.is_valid():
        try:
            made = services.create(actor=actor, program=program, **form.values())
            return redirect("programs:kpi-detail", made.pk)
        except ValidationError as error:
            add_errors(form, error)
    return _form(request, program, form, _("New KPI"), reverse("programs:kpi-list", args=[program.pk]))


@require_http_methods(["GET", "HEAD", "POST"])
def kpi_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is promised."""
    actor = actors.from_request(request)
    kpi = kpis.get_for(actor, pk)
    policies.authorize(actor, "indicator.edit", kpi)
    fresh = kpis.get_for(actor, pk)  # the form writes into its instance; the service compares with this one
    form = KpiForm(request.POST or None, instance=kpi)
    if form.is_valid():
        fresh.version = form.cleaned_data["version"] or fresh.version
        try:
            services.update(actor=actor, kpi=fresh, **form.values())
            messages.success(request, _("Saved."))
            return redirect("programs:kpi-detail", pk)
        except ValidationError as error:
            add_errors(form, error)
    back = reverse("programs:kpi-detail", args=[pk])
    return _form(request, fresh.program, form, _("Change the KPI"), back)


@require_POST
def kpi_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a KPI and its values."""
    actor = actors.from_request(request)
    kpi = kpis.get_for(actor, pk)
    services.delete(actor=actor, kpi=kpi)
    messages.success(request, _("The KPI was deleted."))
    return redirect("programs:kpi-list", kpi.program_id)


@require_http_methods(["GET", "HEAD", "POST"])
def kpi_value_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct a value."""
    actor = actors.from_request(request)
    value = kpis.value_for(actor, pk)
    policies.authorize(actor, "indicator.edit", value)
    fresh = kpis.value_for(actor, pk)
    form = ValueForm(request.POST or None, instance=value)
    back = reverse("programs:kpi-detail", args=[value.kpi_id])
    if form.is_valid():
        fresh.version = form.cleaned_data["version"] or fresh.version
        try:
            services.correct(actor=actor, row=fresh, **form.values())
            messages.success(request, _("Saved."))
            return redirect(back)
        except ValidationError as error:
            add_errors(form, error)
    return _form(request, fresh.kpi.program, form, _("Correct a value"), back)


@require_POST
def kpi_value_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a value off."""
    actor = actors.from_request(request)
    value = kpis.value_for(actor, pk)
    services.discard(actor=actor, row=value)
    messages.success(request, _("The value was taken off."))
    return redirect("programs:kpi-detail", value.kpi_id)


def _detail(request: HttpRequest, kpi: Kpi, form: ValueForm) -> HttpResponse:
    row = kpis.row(kpi)
    context = {
        "program": kpi.program,
        "tab": "kpis",
        "kpi": kpi,
        "row": row,
        "values": [(one, kpis.level(kpi, one.value)) for one in reversed(row.values)],
        "chart": _chart(row),
        "form": form,
        "may_edit": policies.holds(actors.from_request(request), "indicator.edit", kpi.scope),
    }
    return render(request, "programs/kpis/detail.html", context, status=422 if form.errors else 200)


def _form(
    request: HttpRequest, program: Program, form: forms.ModelForm, title: str, back: str
) -> HttpResponse:
    context = {"program": program, "tab": "kpis", "form": form, "title": title, "back": back}
    return render(request, "programs/kpis/form.html", context, status=422 if form.errors else 200)


def _heads() -> list[Head[KpiRow]]:
    levels = ("bad", "watch", "ok", "none")
    return [
        Head("kpi", _("KPI"), lambda row: row.kpi.description, width=50),
        Head("category", _("Category"), lambda row: row.kpi.category, shown=False),
        Head(
            "stands", _("Stands"), lambda row: levels.index(row.level), said=lambda row: rag_word(row.level)
        ),
        Head("last", _("Newest value"), lambda row: row.last.value if row.last else None, num=True),
        Head(
            "measured", _("Measured on"), lambda row: row.last.measured_on if row.last else None, shown=False
        ),
        Head("target", _("Target"), lambda row: row.kpi.target, num=True),
        Head("unit", _("Unit"), lambda row: row.kpi.unit, shown=False),
        Head("trend", _("Trend"), lambda row: None, sort=False, filed=False),
        Head("result", _("Result"), lambda row: row.kpi.get_result_display()),
    ]


def _spark(row: KpiRow) -> str:
    return charts.sparkline(row.trend, label=str(row.kpi)) if len(row.values) > 1 else ""


def _chart(row: KpiRow) -> Chart | None:
    """Draw the values with their target; None where there are less than two."""
    if len(row.values) < 2:
        return None
    series = [Series(_("Measured"), [one.value for one in row.values], "actual")]
    if row.kpi.target is not None:
        series.insert(0, Series(_("Target"), [row.kpi.target] * len(row.values), "plan"))
    return charts.line(
        title=str(row.kpi),
        labels=[formats.date_format(one.measured_on, "j M y") for one in row.values],
        series=series,
        unit=row.kpi.unit,
        decimals=2,
        width=760,
        height=260,
    )
