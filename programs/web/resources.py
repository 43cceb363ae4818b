"""Resources of a program: add, change, delete. The list with what they have to do is served by the plan's app."""

from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from programs import policies
from programs.models import Program, Resource, WorkCalendar
from programs.selectors import programs, resources
from programs.services import resources as services
from tpm.accounts import actors
from tpm.accounts.models import User
from tpm.lib.forms import add_errors


class ResourceForm(forms.ModelForm):
    """A resource's own fields. The person it stands for holds a role in the portfolio."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Resource
        fields = (
            "name", "kind", "role", "team", "code", "person", "email", "calendar", "max_units", "is_active", "notes",
        )  # fmt: skip
        widgets = {"notes": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "max_units": gettext_lazy("1 is one full-time person; a team of three has 3."),
            "calendar": gettext_lazy("When it works. Empty: whenever the task's project does."),
            "is_active": gettext_lazy("An inactive resource keeps its tasks, but gets no new ones."),
        }

    def __init__(self, *args: Any, program: Program, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Q(grants__portfolio=program.portfolio_id) | Q(pk=self.instance.person_id)
        people = User.objects.filter(known, is_active=True).distinct().order_by("name", "pk")
        own = Q(portfolio=program.portfolio_id, program=None)
        if not self.instance.pk or self.instance.program_id:
            own |= Q(program=program)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["calendar"].queryset = WorkCalendar.objects.filter(own).order_by("name")  # type: ignore[attr-defined]
        self.fields["calendar"].empty_label = _("as the project")  # type: ignore[attr-defined]
        self.initial["max_units"] = f"{Decimal(self.instance.max_units).normalize():f}"
        self.fields["version"].initial = self.instance.version if self.instance.pk else None

    def values(self) -> dict[str, Any]:
        """Return what the services take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


@require_http_methods(["GET", "HEAD", "POST"])
def resource_create(request: HttpRequest, pk: int) -> HttpResponse:
    """A new resource of one program."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk)
    policies.authorize(actor, "resource.edit", program)
    form = ResourceForm(request.POST or None, program=program)
    if form.is_valid():
        try:
            made = services.create(actor=actor, portfolio=program.portfolio, program=program, **form.values())
            messages.success(request, _("%(name)s can be assigned to tasks now.") % {"name": made})
            return redirect(_back(program.pk))
        except ValidationError as error:
            add_errors(form, error)
    return _page(request, program, form)


@require_http_methods(["GET", "HEAD", "POST"])
def resource_edit(request: HttpRequest, pk: int, resource: int) -> HttpResponse:
    """Change a resource that a program may use."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk)
    row = resources.of_program(actor, program).get(pk=resource)
    policies.authorize(actor, "resource.edit", row)
    form = ResourceForm(request.POST or None, program=program, instance=row)
    if form.is_valid():
        fresh = resources.of_program(actor, program).get(pk=resource)
        fresh.version = form.cleaned_data["version"] or fresh.version
        try:
            services.update(actor=actor, resource=fresh, **form.values())
            messages.success(request, _("Saved."))
            return redirect(_back(program.pk))
        except ValidationError as error:
            add_errors(form, error)
    return _page(request, program, form, row)


@require_POST
def resource_delete(request: HttpRequest, pk: int, resource: int) -> HttpResponse:
    """Delete a resource that is assigned to nothing."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk)
    row = resources.of_program(actor, program).get(pk=resource)
    try:
        services.delete(actor=actor, resource=row)
        messages.success(request, _("%(name)s was deleted.") % {"name": row})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("programs:resource-edit", program.pk, row.pk)
    return redirect(_back(program.pk))


def _back(program_id: int) -> str:
    return reverse("projects:resource-list", args=[program_id])


def _page(
    request: HttpRequest, program: Program, form: ResourceForm, row: Resource | None = None
) -> HttpResponse:
    title = row.name if row else _("New resource")
    context = {
        "program": program,
        "tab": "resources",
        "form": form,
        "resource": row,
        "title": title,
        "back": _back(program.pk),
    }
    return render(request, "programs/resources/form.html", context, status=422 if form.errors else 200)
