"""Take a baseline of a program, dates and cost together."""

from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from budgets.services import baselines
from programs import policies
from programs.models import Program
from programs.selectors import computation, programs
from projects.engine.network import NetworkError
from projects.selectors import quality, quality_words
from projects.selectors.quality import Standing
from tpm.accounts import actors
from tpm.lib import htmx
from tpm.lib.forms import add_errors


class BaselineForm(forms.Form):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("Such as “Approved at gate 2”.")
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Who decided it, and why; kept in the history."),
    )
    refer = forms.BooleanField(
        label=gettext_lazy("Measure slippage and value against it from now on"), required=False, initial=True
    )
    waiver = forms.CharField(
        label=gettext_lazy("Waiver"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy(
            "Why the plan is agreed though it does not pass the quality checks; kept with the baseline for ever."
        ),
    )

    def __init__(self, *args: Any, needs_waiver: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not needs_waiver:
            del self.fields["waiver"]


@require_http_methods(["GET", "POST"])
def take(request: HttpRequest, pk: int) -> HttpResponse:
    """The dialog, and the act. Refused while results are behind: it would keep dates that nobody planned."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk)
    policies.authorize(actor, "baseline.take", program)
    standing = _standing(program)
    form = BaselineForm(request.POST or None, needs_waiver=bool(standing and standing.needs_waiver))
    if request.method == "POST" and form.is_valid():
        try:
            taken = baselines.take(actor=actor, program=program, **form.cleaned_data)
        except baselines.NotCurrent as error:
            text = _(
                "The results are %(behind)s revisions behind the plan, so a baseline of them would keep dates that nobody "
                "planned. Try again when the badge beside the title says “computed”."
            )
            form.add_error(None, text % {"behind": error.behind})
        except baselines.BelowGate as error:
            form.add_error("waiver" if "waiver" in form.fields else None, str(error))
        except ValidationError as error:
            add_errors(form, error)
        else:
            said = _("Baseline “%(name)s” was taken.") % {"name": taken.name}
            if getattr(request, "htmx", None) and not _stands_alone(request):
                return htmx.done(said, events=("tpm:close", "baseline-taken"))
            settings = reverse("programs:program-settings", args=[program.pk])
            return htmx.go(settings) if getattr(request, "htmx", None) else redirect(settings)
    data = {
        "form": form,
        "program": program,
        "status": computation.status(program.pk),
        "standing": standing,
        "failed": quality_words.titles(standing.failed) if standing else "",
        "tab": "settings",
    }
    template = "_take" if getattr(request, "htmx", None) else "take"
    return render(request, f"budgets/baselines/{template}.html", data, status=422 if form.is_bound else 200)


def _stands_alone(request: HttpRequest) -> bool:
    """Whether the form is a page of its own, not a dialog of another."""
    return urlsplit(request.headers.get("HX-Current-URL", "")).path == request.path


def _standing(program: Program) -> Standing | None:
    """How the plan stands against what a baseline needs; None for a plan that can not be scheduled."""
    try:
        return quality.standing(program)
    except NetworkError:
        return None
