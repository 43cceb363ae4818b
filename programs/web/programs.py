"""A program's own pages: overview, health, settings, create and edit."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs import policies
from programs.models import Portfolio, Program, WorkCalendar
from programs.selectors import computation, overviews, portfolios, programs, ratings
from programs.services import programs as services
from tpm.accounts import actors
from tpm.lib import htmx
from tpm.lib.forms import DayInput, add_errors


class ProgramForm(forms.ModelForm):
    """A program's fields; calendars are those of its portfolio and its own."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Program
        fields = (
            "code",
            "name",
            "description",
            "starts_on",
            "data_date",
            "time_zone",
            "calendar",
            "sponsor_note",
        )
        widgets = {
            "starts_on": DayInput(),
            "data_date": DayInput(),
            "description": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "code": gettext_lazy("Short and unique in the portfolio, such as ERP-26."),
            "data_date": gettext_lazy(
                "Status is known up to the end of this day; unfinished work can not lie before it."
            ),
            "time_zone": gettext_lazy(
                "The clock that all dates of the plan are read on, such as Europe/Berlin."
            ),
            "calendar": gettext_lazy("The working week of projects and tasks that name none of their own."),
        }

    def __init__(self, *args: Any, portfolio: Portfolio, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        calendars = WorkCalendar.objects.filter(portfolio=portfolio, program=None)
        if self.instance.pk:
            calendars |= WorkCalendar.objects.filter(program=self.instance)
        field = self.fields["calendar"]
        field.queryset = calendars.order_by("name")  # type: ignore[attr-defined]
        if not self.instance.pk:
            field.required = False
            field.empty_label = _("The portfolio's standard calendar")  # type: ignore[attr-defined]
        self.fields["version"].initial = self.instance.version if self.instance.pk else None

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


@require_safe
def program_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The overview: health, finish, money; projects, milestones, changes and risks come as panels from their apps."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk)
    [row] = overviews.rows(actor, [program])
    context = {
        "program": program,
        "row": row,
        "tab": "overview",
        "may": policies.capabilities_at(actor, program.scope),
        "reads_plan": programs.may_somewhere(actor, "plan.read", program),
    }
    if htmx.wants_fragment(request):
        return render(request, "programs/programs/_figures.html", context)
    # As much room as the panel of projects will take, so that nothing moves when it comes.
    projects: Any = program.projects
    context["project_lines"] = "xxx" + "xx" * min(projects.visible_to(actor).count(), 12)
    return render(request, "programs/programs/detail.html", context)


@require_safe
def program_health(request: HttpRequest, pk: int) -> HttpResponse:
    """Why each dimension is rated as it is: the rule with the values put in."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk)
    rating = ratings.for_programs(actor, [pk])[pk]
    policy = ratings.newest_policies([program.portfolio_id]).get(program.portfolio_id)
    context = {"program": program, "rating": rating, "policy": policy, "tab": "overview"}
    template = "_health.html" if htmx.wants_fragment(request) else "health.html"
    return render(request, f"programs/programs/{template}", context)


@require_safe
def program_stuck(request: HttpRequest, pk: int) -> HttpResponse:
    """The banner that says why results do not come; empty while all is well."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk)
    context = {
        "program": program,
        "status": computation.describe(program.computation),
        "archived": program.archived_at,
        "may_recompute": policies.holds(actor, "recompute.force", program.scope),
    }
    return render(request, "programs/programs/_stuck.html", context)


@require_POST
def program_star(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the program among one's favourites, or take it out."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk)
    starred = request.POST.get("starred") == "1"
    services.star(actor=actor, program=program, starred=starred)
    return render(request, "programs/programs/_star.html", {"program": program, "is_starred": starred})


@require_POST
def program_recompute(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a computation although nothing changed."""
    actor = actors.from_request(request)
    services.recompute(actor=actor, program=programs.get_for(actor, pk))
    return htmx.done(_("The computation is asked for."))


@require_http_methods(["GET", "HEAD", "POST"])
def program_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new program in a portfolio."""
    actor = actors.from_request(request)
    portfolio = portfolios.get_for(actor, pk)
    policies.authorize(actor, "program.create", portfolio)
    form = ProgramForm(request.POST or None, portfolio=portfolio)
    if form.is_valid():
        try:
            made = services.create(actor=actor, portfolio=portfolio, **form.values())
            messages.success(request, _("The program is there. Add its component projects next."))
            return redirect("programs:program-detail", made.pk)
        except ValidationError as error:
            add_errors(form, error)
    context = {"form": form, "portfolio": portfolio, "back": reverse("programs:portfolio-detail", args=[pk])}
    return render(request, "programs/programs/form.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
def program_settings(request: HttpRequest, pk: int) -> HttpResponse:
    """The program's fields; plan options, baselines and calendars stand beside them."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    may_edit = policies.holds(actor, "program.edit", program.scope)
    if request.method == "POST":
        policies.authorize(actor, "program.edit", program)
    form = ProgramForm(
        request.POST or None, instance=programs.get_for(actor, pk), portfolio=program.portfolio
    )
    if form.is_valid():
        program.version = form.cleaned_data["version"] or program.version
        try:
            services.update(actor=actor, program=program, **form.values())
            messages.success(request, _("Saved. What follows from it is being computed."))
            return redirect("programs:program-settings", pk)
        except ValidationError as error:
            add_errors(form, error)
    if not may_edit:
        for field in form.fields.values():
            field.disabled = True
    context = {"form": form, "program": programs.get_for(actor, pk), "tab": "settings", "may_edit": may_edit}
    return render(request, "programs/programs/settings.html", context, status=422 if form.errors else 200)
