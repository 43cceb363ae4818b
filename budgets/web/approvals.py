"""The approval inbox, its lines on the overview of a program, and the delegations of one's own vote."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST, require_safe

from budgets.models import Delegation
from budgets.selectors import approvals
from budgets.services import approvals as services
from budgets.web.approval_policies import APPROVING
from programs.selectors import programs
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.accounts.models import User
from tpm.lib import exports
from tpm.lib.exports import Column
from tpm.lib.forms import DayField, add_errors


class DelegationForm(forms.Form):
    """Whom, for which role, from the start of one day to the end of another in one's own time zone."""

    delegate = forms.ModelChoiceField(User.objects.none(), label=gettext_lazy("Delegate to"))
    role = forms.ChoiceField(
        label=gettext_lazy("My vote as"),
        required=False,
        choices=[("", gettext_lazy("any of my roles")), *APPROVING],
    )
    first_on = DayField(label=gettext_lazy("From"))
    last_on = DayField(label=gettext_lazy("To (included)"))
    note = forms.CharField(label=gettext_lazy("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["delegate"].queryset = approvals.delegates_for(actor)  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        zone = timezone.get_current_timezone()
        given = self.cleaned_data
        first = datetime.combine(given["first_on"], time.min, tzinfo=zone)
        after = datetime.combine(given["last_on"] + timedelta(days=1), time.min, tzinfo=zone)
        return {
            "to": given["delegate"], "role": given["role"], "note": given["note"], "starts_at": first, "ends_at": after,
        }  # fmt: skip


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for my vote, what I asked for, what I decided."""
    actor = actors.from_request(request)
    return render(request, "budgets/approvals/list.html", {"inbox": approvals.inbox(actor, timezone.now())})


@require_safe
def program_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits for an approval in a program, as lines of its overview."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "budget.read")
    context = {"items": approvals.open_in(actor, program)[:8]}
    return render(request, "budgets/approvals/_lines.html", context)


@require_http_methods(["GET", "POST"])
def delegations(request: HttpRequest) -> HttpResponse:
    """One's own delegations; a POST gives one."""
    actor = actors.from_request(request)
    form = DelegationForm(request.POST or None, actor=actor)
    if request.method == "POST" and form.is_valid():
        try:
            services.delegate(actor=actor, **form.values())
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, _("Your vote is lent."))
            return redirect("budgets:delegation-list")
    data = {
        "form": form,
        "delegations": approvals.delegations(actor)[:100],
        "now": timezone.now(),
    }
    return render(request, "budgets/approvals/delegations.html", data, status=422 if form.is_bound else 200)


@require_POST
def revoke(request: HttpRequest) -> HttpResponse:
    """Take back a delegation that one gave or got (``delegation``: its id)."""
    actor = actors.from_request(request)
    wanted = request.POST.get("delegation", "")
    found = (
        approvals.delegations(actor).filter(pk=int(wanted)).first()
        if wanted.isdecimal() and len(wanted) < 19
        else None
    )
    try:
        if found is None:
            raise ValidationError(_("There is no such delegation."))
        services.revoke(actor=actor, delegation=found, at=timezone.now())
        messages.success(request, _("It is revoked."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("budgets:delegation-list")


@require_GET
def delegations_export(request: HttpRequest, kind: str) -> HttpResponse:
    """One's own delegations, given and got, as a file."""
    actor = actors.from_request(request)
    if kind not in exports.FORMATS:
        raise Http404
    now = timezone.now()
    columns = [
        Column(_("Who votes"), 30), Column(_("For"), 30), Column(_("As"), 24), Column(_("From"), 20), Column(_("Until"), 20),
        Column(_("State")), Column(_("Note"), 40),
    ]  # fmt: skip
    body = (
        (
            str(one.delegate), str(one.giver), one.get_role_display() or _("any role"), one.starts_at, one.ends_at,
            _standing(one, now), one.note,
        )
        for one in approvals.delegations(actor)
    )  # fmt: skip
    return exports.respond(kind, _("Delegations"), columns, body)


def _standing(one: Delegation, now: datetime) -> str:
    if one.revoked_at:
        return _("revoked")
    if one.ends_at <= now:
        return _("over")
    return _("not yet") if one.starts_at > now else _("in force")
