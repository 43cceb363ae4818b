"""Business objectives in the browser: the list of a portfolio, one objective with its key results."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import policies
from programs.models import KeyResult, Objective, Portfolio, Program
from programs.selectors import objectives, people, portfolios, programs
from programs.services import objectives as services
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib.forms import DayInput, add_errors


class ObjectiveForm(forms.ModelForm):
    """What is to be reached, and in which period."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Objective
        fields = ("name", "description", "owner", "starts_on", "ends_on", "state")
        widgets = {
            "description": forms.Textarea(attrs={"rows": 3}),
            "starts_on": DayInput(),
            "ends_on": DayInput(),
        }

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = people.known_to(actor)  # type: ignore[attr-defined]
        self.fields["version"].initial = self.instance.version if self.instance.pk else None

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


class ResultForm(forms.ModelForm):
    """A measure of the objective."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = KeyResult
        fields = ("name", "unit", "start", "target", "current", "measured_on")
        widgets = {"measured_on": DayInput()}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("start", "target", "current"):
            value: Decimal | None = getattr(self.instance, name)
            self.initial[name] = "" if value is None else f"{Decimal(value).normalize():f}"
        self.fields["version"].initial = self.instance.version if self.instance.pk else None

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


@require_safe
def objective_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The objectives of a portfolio and of its programs that the reader sees."""
    actor = actors.from_request(request)
    portfolio = portfolios.get_for(actor, pk)
    context = {
        "portfolio": portfolio,
        "rows": objectives.of_portfolio(actor, portfolio),
        "may_edit": policies.holds(actor, services.CAPABILITY, portfolio.scope),
        "reads_plan": any(grant.portfolio_id == pk for grant in policies.holding(actor, "plan.read")),
    }
    return render(request, "programs/objectives/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def objective_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Set an objective of the portfolio."""
    actor = actors.from_request(request)
    portfolio = portfolios.get_for(actor, pk)
    policies.authorize(actor, services.CAPABILITY, portfolio)
    return _create(request, actor, portfolio, None)


@require_http_methods(["GET", "HEAD", "POST"])
def program_objective_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Set an objective of one program."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk)
    policies.authorize(actor, services.CAPABILITY, program)
    return _create(request, actor, program.portfolio, program)


@require_safe
def objective_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One objective: its key results, and what is aligned to it."""
    actor = actors.from_request(request)
    return _detail(request, actor, objectives.get_for(actor, pk), ResultForm())


@require_http_methods(["GET", "HEAD", "POST"])
def objective_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an objective."""
    actor = actors.from_request(request)
    objective = objectives.get_for(actor, pk)
    policies.authorize(actor, services.CAPABILITY, objective)
    form = ObjectiveForm(request.POST or None, instance=objectives.get_for(actor, pk), actor=actor)
    if form.is_valid():
        objective.version = form.cleaned_data["version"] or objective.version
        try:
            services.update(actor=actor, objective=objective, **form.values())
            return redirect("programs:objective-detail", pk)
        except ValidationError as error:
            add_errors(form, error)
    return _form(request, form, objective.portfolio, objective.name, _at(objective))


@require_POST
def objective_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete an objective."""
    actor = actors.from_request(request)
    objective = objectives.get_for(actor, pk)
    services.delete(actor=actor, objective=objective)
    messages.success(request, _("The objective is deleted."))
    return redirect("programs:objective-list", objective.portfolio_id)


@require_POST
def result_create(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a key result."""
    actor = actors.from_request(request)
    objective = objectives.get_for(actor, pk)
    policies.authorize(actor, services.CAPABILITY, objective)
    form = ResultForm(request.POST)
    if form.is_valid():
        try:
            services.add_result(actor=actor, objective=objective, **form.values())
            return redirect("programs:objective-detail", pk)
        except ValidationError as error:
            add_errors(form, error)
    return _detail(request, actor, objective, form)


@require_http_methods(["GET", "HEAD", "POST"])
def result_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a key result, or write its present value down."""
    actor = actors.from_request(request)
    result = objectives.result_for(actor, pk)
    policies.authorize(actor, services.CAPABILITY, result)
    form = ResultForm(request.POST or None, instance=objectives.result_for(actor, pk))
    if form.is_valid():
        result.version = form.cleaned_data["version"] or result.version
        try:
            services.update_result(actor=actor, result=result, **form.values())
            return redirect("programs:objective-detail", result.objective_id)
        except ValidationError as error:
            add_errors(form, error)
    return _form(request, form, result.objective.portfolio, result.name, _at(result.objective))


@require_POST
def result_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a key result off."""
    actor = actors.from_request(request)
    result = objectives.result_for(actor, pk)
    services.drop_result(actor=actor, result=result)
    return redirect("programs:objective-detail", result.objective_id)


def _at(objective: Objective) -> str:
    return reverse("programs:objective-detail", args=[objective.pk])


def _create(
    request: HttpRequest, actor: Actor, portfolio: Portfolio, program: Program | None
) -> HttpResponse:
    form = ObjectiveForm(request.POST or None, actor=actor)
    if form.is_valid():
        try:
            made = services.create(actor=actor, portfolio=portfolio, program=program, **form.values())
            return redirect("programs:objective-detail", made.pk)
        except ValidationError as error:
            add_errors(form, error)
    title = _("New objective of %(name)s") % {"name": program.name if program else portfolio.name}
    back = reverse("programs:objective-list", args=[portfolio.pk])
    return _form(request, form, portfolio, title, back)


def _form(
    request: HttpRequest, form: forms.BaseForm, portfolio: Portfolio, title: str, back: str
) -> HttpResponse:
    context = {"form": form, "portfolio": portfolio, "title": title, "back": back}
    return render(request, "programs/objectives/form.html", context, status=422 if form.errors else 200)


def _detail(request: HttpRequest, actor: Actor, objective: Objective, form: ResultForm) -> HttpResponse:
    context = {
        "row": objectives.row(objective),
        "objective": objective,
        "portfolio": objective.portfolio,
        "form": form,
        "may_edit": policies.holds(actor, services.CAPABILITY, objective.scope),
    }
    return render(request, "programs/objectives/detail.html", context, status=422 if form.errors else 200)
