"""People: who holds which role in a program or portfolio."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from programs import policies
from programs.models import Grant, Portfolio, Program
from programs.policies import Role
from programs.selectors import members, portfolios, programs
from programs.services import members as services
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.accounts.models import User
from tpm.lib import exports
from tpm.lib.forms import DayInput, add_errors
from tpm.lib.listing import Head, Listing, actions


class GrantForm(forms.Form):
    """A person, a role, and until when."""

    user = forms.EmailField(label=gettext_lazy("E-mail address"))
    role = forms.ChoiceField(label=gettext_lazy("Role"))
    ends_on = forms.DateField(
        label=gettext_lazy("Until"),
        required=False,
        widget=DayInput(),
        help_text=gettext_lazy("The last day of the role. Empty: until it is taken away."),
    )

    def __init__(self, *args: Any, roles: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(role, f"{Role(role).label}: {policies.ROLE_HELP[role]}") for role in roles]
        self.fields["role"].choices = choices  # type: ignore[attr-defined]

    def clean_user(self) -> User:
        user = User.objects.filter(email__iexact=self.cleaned_data["user"], is_active=True).first()
        if user is None:
            raise ValidationError(_("Nobody signs in with this address. An administrator adds people first."))
        return user


@require_http_methods(["GET", "HEAD", "POST"])
def member_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of a program; a POST gives a role."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "member.read")
    grants = members.of_program(actor, program)
    form, answer = _grant(request, actor, program.portfolio, program)
    table = Listing(request, _rows(actor, grants), _heads())
    if kind := exports.wanted(request):
        return table.respond(kind, f"{program.code} people")
    context = {"program": program, "tab": "people", "form": form, "members": table.rows, "table": table}
    return answer or render(
        request, "programs/members/list.html", context, status=422 if form and form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
def portfolio_members(request: HttpRequest, pk: int) -> HttpResponse:
    """The people of a whole portfolio; a POST gives a role."""
    actor = actors.from_request(request)
    portfolio = portfolios.get_for(actor, pk)
    grants = members.of_portfolio(actor, portfolio)
    form, answer = _grant(request, actor, portfolio, None)
    table = Listing(request, _rows(actor, grants), _heads())
    if kind := exports.wanted(request):
        return table.respond(kind, _("People of %(name)s") % {"name": portfolio.name})
    context = {"portfolio": portfolio, "form": form, "members": table.rows, "table": table}
    return answer or render(
        request, "programs/members/portfolio.html", context, status=422 if form and form.errors else 200
    )


@require_POST
def member_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a role away."""
    actor = actors.from_request(request)
    grant = members.get_for(actor, pk)
    try:
        services.revoke(actor=actor, grant=grant)
        messages.success(request, _("%(user)s no longer holds this role.") % {"user": grant.user})
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    if grant.program_id:
        return redirect("programs:member-list", grant.program_id)
    return redirect("programs:portfolio-members", grant.portfolio_id)


def _heads() -> list[Head[dict[str, Any]]]:
    def place(row: dict[str, Any]) -> str:
        grant = row["grant"]
        if grant.project_id:
            return _("a project of this program")
        return _("this program") if grant.program_id else _("the whole portfolio")

    return [
        Head("name", _("Name"), lambda row: row["grant"].user.name, width=30),
        Head("email", _("E-mail address"), lambda row: row["grant"].user.email, width=30, shown=False),
        Head("role", _("Role"), lambda row: str(row["role"]), width=30),
        Head("place", _("Holds for"), place, width=24),
        Head("until", _("Until"), lambda row: row["grant"].ends_on, width=12),
        actions(),
    ]


def _rows(actor: Actor, grants: QuerySet[Grant]) -> list[dict[str, Any]]:
    today = timezone.localdate()
    return [
        {
            "grant": grant,
            "role": Role(grant.role).label,
            "is_over": bool(grant.ends_on and grant.ends_on < today),
            "may_revoke": members.revocable(actor, grant),
        }
        for grant in grants
    ]


def _grant(
    request: HttpRequest, actor: Actor, portfolio: Portfolio, program: Program | None
) -> tuple[GrantForm | None, HttpResponse | None]:
    """Return the form, if this person gives roles here, and the answer to a role that was given."""
    here = program or portfolio
    roles = members.assignable(actor, here.scope)
    if not roles:
        if request.method == "POST":
            raise policies.NotAllowed("member.manage")
        return None, None
    form = GrantForm(request.POST or None, roles=roles)
    if form.is_valid():
        try:
            services.grant(actor=actor, portfolio=portfolio, program=program, **form.cleaned_data)
            messages.success(request, _("%(user)s has the role now.") % {"user": form.cleaned_data["user"]})
            return form, redirect(request.path)
        except ValidationError as error:
            add_errors(form, error)
    return form, None
