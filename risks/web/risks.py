"""The risk register in the browser: matrix and list side by side, a drawer to read and edit one risk."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from programs import policies
from programs.models import Program
from programs.selectors import programs
from projects.models import Project
from risks.engine.exposure import Scale
from risks.models import Risk
from risks.selectors import registers
from risks.selectors.registers import RankedRisk, Register
from risks.services import risks
from risks.web import bulk
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.accounts.models import User
from tpm.lib import charts, exports, htmx, pages
from tpm.lib.exports import Column
from tpm.lib.forms import AmountField, DayField, add_errors

FIELDS = (
    "title", "description", "project", "probability", "impact_days", "impact_cost", "owner", "response", "response_plan",
    "trigger", "review_on", "status", "is_confidential",
)  # fmt: skip
STATES = {
    "live": gettext_lazy("live"),
    "closed": gettext_lazy("closed or occurred"),
    "all": gettext_lazy("all"),
}


class RiskForm(forms.Form):
    """A risk as people enter it; the probability is given in percent."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=300)
    description = forms.CharField(
        label=gettext_lazy("Cause, event and effect"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    project = forms.ModelChoiceField(
        Project.objects.none(),
        label=gettext_lazy("Project"),
        required=False,
        empty_label=gettext_lazy("the program itself"),
    )
    probability = forms.FloatField(label=gettext_lazy("Probability, %"), min_value=0, max_value=100)
    impact_days = forms.FloatField(
        label=gettext_lazy("Impact, working days"), min_value=0, max_value=100_000, initial=0
    )
    impact_cost = AmountField(label=gettext_lazy("Impact, money"), min_value=0, initial=0)
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=gettext_lazy("Owner"),
        required=False,
        empty_label=gettext_lazy("nobody yet"),
    )
    response = forms.ChoiceField(
        label=gettext_lazy("Response"), choices=Risk.Response.choices, initial=Risk.Response.MITIGATE
    )
    response_plan = forms.CharField(
        label=gettext_lazy("What is done"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    trigger = forms.CharField(
        label=gettext_lazy("Trigger"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("How we notice that it happens."),
    )
    review_on = DayField(label=gettext_lazy("Next review"), required=False)
    status = forms.ChoiceField(
        label=gettext_lazy("Status"), choices=Risk.Status.choices, initial=Risk.Status.OPEN
    )
    is_confidential = forms.BooleanField(
        label=gettext_lazy("Confidential"), required=False,
        help_text=gettext_lazy("Seen by its owner and by those who read confidential risks; never in a report."),
    )  # fmt: skip
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, actor: Actor, program: Program, **options: Any) -> None:
        super().__init__(*args, **options)
        project: Any = self.fields["project"]
        project.queryset = (
            Project.objects.visible_to(actor, "risk.edit").filter(program=program).order_by("position", "pk")
        )
        owner: Any = self.fields["owner"]
        owner.queryset = registers.people_of(program)

    def values(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in FIELDS} | {
            "probability": self.cleaned_data["probability"] / 100
        }


@require_GET
def program_risks(request: HttpRequest, pk: int) -> HttpResponse:
    """The page."""
    actor, program = _opened(request, pk)
    try:
        data = _register(request, actor, program) | {"tab": "risks"}
    except pages.Gone:
        return redirect("risks:program-risks", pk)
    if data["may_bulk"]:
        data |= {"bulk_url": reverse("risks:risk-bulk", args=[pk]), "bulk_fields": bulk.fields(program)}
    return render(request, "risks/risks/list.html", data)


@require_GET
def risk_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Matrix, sums and list: what a filter, an edit or a computation changes."""
    actor, program = _opened(request, pk)
    try:
        data = _register(request, actor, program)
    except pages.Gone:
        return htmx.done(events=("risks-changed",))
    part = "_rows" if request.GET.get("after") else "_register"
    return render(request, f"risks/risks/{part}.html", data)


@require_GET
def risk_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """The largest risks, for the program's overview."""
    actor, program = _opened(request, pk)
    found = registers.register(actor, program)
    data = {
        "program": program,
        "register": found,
        "rows": [row for row in found.rows if row.risk.is_live][:5],
        "currency": program.portfolio.currency,
    }
    return render(request, "risks/risks/_panel.html", data)


@require_GET
def risk_drawer(request: HttpRequest, pk: int) -> HttpResponse:
    """One risk, to read."""
    actor = actors.from_request(request)
    return _drawer(request, actor, registers.get_for(actor, pk))


@require_http_methods(["GET", "POST"])
def risk_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One risk, to change."""
    actor = actors.from_request(request)
    risk = registers.get_for(actor, pk)
    policies.authorize(actor, "risk.edit", risk)
    initial = {name: getattr(risk, name) for name in FIELDS} | {"version": risk.version}
    initial["probability"] = round(risk.probability * 100, 4)
    form = RiskForm(request.POST or None, initial=initial, actor=actor, program=risk.program)
    if request.method == "POST" and form.is_valid():
        risk.version = form.cleaned_data["version"] or risk.version
        try:
            _allowed_there(actor, risk.program, form.cleaned_data["project"])
            risk = risks.update(actor=actor, risk=risk, **form.values())
        except ValidationError as error:
            add_errors(form, error)
        else:
            return htmx.trigger(_drawer(request, actor, risk), "risks-changed")
    return _form(request, form, risk.program, risk)


@require_http_methods(["GET", "POST"])
def risk_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter a risk, in a dialog."""
    actor, program = _opened(request, pk)
    if not programs.may_somewhere(actor, "risk.edit", program):
        raise policies.NotAllowed("risk.edit")
    form = RiskForm(request.POST or None, actor=actor, program=program)
    if request.method == "POST" and form.is_valid():
        try:
            _allowed_there(actor, program, form.cleaned_data["project"])
            risk = risks.create(actor=actor, program=program, **form.values())
        except ValidationError as error:
            add_errors(form, error)
        else:
            said = _("Risk R-%(number)s was entered.") % {"number": risk.number}
            return htmx.done(said, events=("tpm:close", "risks-changed"))
    return _form(request, form, program, None)


@require_POST
def risk_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a risk, or open it again."""
    actor = actors.from_request(request)
    risk = registers.get_for(actor, pk)
    risk.version = _version(request, risk)
    status = Risk.Status.CLOSED if risk.is_live else Risk.Status.OPEN
    risk = risks.update(actor=actor, risk=risk, status=status)
    return htmx.trigger(_drawer(request, actor, risk), "risks-changed")


@require_POST
def risk_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a risk that was entered by mistake."""
    actor = actors.from_request(request)
    risk = registers.get_for(actor, pk)
    risk.version = _version(request, risk)
    risks.delete(actor=actor, risk=risk)
    return htmx.go(reverse("risks:program-risks", args=[risk.program_id]))


@require_GET
def risk_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The register as CSV or XLSX, as far as the actor sees it."""
    actor, program = _opened(request, pk)
    if kind not in exports.FORMATS:
        raise Http404
    columns = [
        Column(_("Number"), 8), Column(_("Title"), 40), Column(_("Project"), 30), Column(_("Status")), Column(_("Probability, %")),
        Column(_("Impact, working days")), Column(_("Impact, money")), Column(_("Expected working days")), Column(_("Expected money")),
        Column(_("Owner"), 24), Column(_("Response")), Column(_("What is done"), 40), Column(_("Trigger"), 30),
        Column(_("Next review"), 12), Column(_("Confidential")), Column(_("Cause, event and effect"), 60),
    ]  # fmt: skip
    return exports.respond(
        kind, f"{program.code} risks", columns, map(_cells, registers.register(actor, program).rows)
    )


def _cells(row: RankedRisk) -> tuple[Any, ...]:
    risk = row.risk
    return (
        risk.number, risk.title, risk.project.name if risk.project else "", risk.get_status_display(),
        round(row.percent, 4), risk.impact_days, risk.impact_cost, row.days, row.money, str(risk.owner or ""),
        risk.get_response_display(), risk.response_plan, risk.trigger, risk.review_on,
        _("yes") if risk.is_confidential else "", risk.description,
    )  # fmt: skip


def _opened(request: HttpRequest, pk: int) -> tuple[Actor, Program]:
    actor = actors.from_request(request)
    return actor, programs.get_for(actor, pk, "risk.read")


def _version(request: HttpRequest, risk: Risk) -> int:
    given = request.POST.get("version", "")
    return int(given) if given.isdecimal() else risk.version


def _allowed_there(actor: Actor, program: Program, project: Project | None) -> None:
    """Who writes in one project's register only must name that project."""
    if project is None and not policies.holds(actor, "risk.edit", program.scope):
        raise ValidationError({"project": _("Choose one of your projects.")})


def _asked(request: HttpRequest) -> str:
    """The list's state in the address, without how much of it is shown."""
    query = request.GET.copy()
    for name in ("after", "shown"):
        query.pop(name, None)
    return query.urlencode()


def _level(text: str) -> int:
    return int(text) if text in set("12345") else 0


def _register(request: HttpRequest, actor: Actor, program: Program) -> dict[str, Any]:
    found = registers.register(actor, program)
    state = request.GET.get("state", "live")
    state = state if state in STATES else "live"
    chance, impact = _level(request.GET.get("p", "")), _level(request.GET.get("i", ""))
    rows = [
        row
        for row in found.rows
        if (state == "all" or row.risk.is_live == (state == "live"))
        and (not chance or row.probability_level == chance)
        and (not impact or row.impact_level == impact)
    ]
    words = request.GET.get("q", "").lower().split()
    rows = [row for row in rows if all(word in _searched(row) for word in words)]
    sort = request.GET.get("sort", "")
    rows = _ordered(rows, sort)
    here = reverse("risks:program-risks", args=[program.pk])
    parts = reverse("risks:risk-list", args=[program.pk])
    piece = pages.of_list(request, rows, lambda row: row.risk.pk, parts)
    may_edit = programs.may_somewhere(actor, "risk.edit", program)
    return {
        "program": program,
        "currency": program.portfolio.currency,
        "register": found,
        "rows": piece.rows,
        "piece": piece,
        "matrix": _matrix(found, here, chance, impact),
        "state": state,
        "states": [(key, label, key == state) for key, label in STATES.items()],
        "columns": _columns(program.portfolio.currency),
        "sort": sort or "-days",
        "text": request.GET.get("q", ""),
        "chance": chance,
        "impact": impact,
        "filtered": bool(chance),
        "here": here,
        "query": _asked(request),
        "may_edit_risks": may_edit,
        "editable": {row.risk.pk for row in piece.rows if policies.holds(actor, "risk.edit", row.risk.scope)},
        "may_bulk": may_edit,
    }


SORTS: dict[str, Any] = {
    "number": lambda row: row.risk.number,
    "title": lambda row: row.risk.title.lower(),
    "owner": lambda row: str(row.risk.owner).lower() if row.risk.owner else None,
    "probability": lambda row: row.risk.probability,
    "impact_days": lambda row: row.risk.impact_days,
    "impact_cost": lambda row: row.risk.impact_cost,
    "days": lambda row: row.days,
    "money": lambda row: row.money,
    "review": lambda row: row.risk.review_on,
    "status": lambda row: row.risk.get_status_display(),
}


def _ordered(rows: list[RankedRisk], sort: str) -> list[RankedRisk]:
    """By a key of ``SORTS``, those without the value last; by expected effect where nothing else is asked for."""
    key = SORTS.get(sort.removeprefix("-"))
    if key is None:
        return rows
    known = [row for row in rows if key(row) is not None]
    return sorted(known, key=key, reverse=sort.startswith("-")) + [row for row in rows if key(row) is None]


def _searched(row: RankedRisk) -> str:
    risk = row.risk
    return f"r-{risk.number} {risk.title} {risk.owner or ''} {risk.project or ''} {risk.trigger}".lower()


def _columns(currency: str) -> list[dict[str, Any]]:
    return [
        {"key": "number", "label": "R", "sort": True},
        {"key": "title", "label": _("Risk"), "sort": True, "css": "stick"},
        {"key": "owner", "label": _("Owner"), "sort": True},
        {"key": "probability", "label": _("Probability"), "num": True, "sort": True},
        {"key": "impact_days", "label": _("Impact"), "unit": _("wd"), "num": True, "sort": True},
        {"key": "impact_cost", "label": _("Impact"), "unit": currency, "num": True, "sort": True},
        {"key": "days", "label": _("Expected"), "unit": _("wd"), "num": True, "sort": True},
        {"key": "money", "label": _("Expected"), "unit": currency, "num": True, "sort": True},
        {"key": "review", "label": _("Review"), "sort": True},
        {"key": "status", "label": _("Status"), "sort": True},
    ]


def _matrix(found: Register, here: str, chance: int, impact: int) -> list[dict[str, Any]]:
    """The matrix as rows of cells, the likeliest first."""
    return [
        {
            "level": p + 1,
            "cells": [
                {
                    "count": found.counts[p][i],
                    "level": i + 1,
                    "url": f"{here}?p={p + 1}&i={i + 1}",
                    "band": charts.severity(p, i),
                    "chosen": (p + 1, i + 1) == (chance, impact),
                }
                for i in range(5)
            ],
        }
        for p in range(4, -1, -1)
    ]


def _drawer(request: HttpRequest, actor: Actor, risk: Risk) -> HttpResponse:
    data = {
        "risk": risk,
        "row": registers.rank([risk], Scale.for_budget(100))[0],
        "currency": risk.program.portfolio.currency,
        "may_edit": policies.holds(actor, "risk.edit", risk.scope),
        "reads_actions": policies.holds(actor, "action.read", risk.scope),
    }
    return render(request, "risks/risks/_drawer.html", data)


def _form(request: HttpRequest, form: RiskForm, program: Program, risk: Risk | None) -> HttpResponse:
    return render(
        request,
        "risks/risks/_form.html",
        {"form": form, "program": program, "risk": risk},
        status=422 if form.is_bound else 200,
    )
