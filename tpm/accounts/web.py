"""Sign in and out, one's own preferences and tokens; for administrators, the people."""

import zoneinfo
from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import views as auth
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tpm.accounts import people, resetting, tokens
from tpm.accounts.models import ApiToken, User
from tpm.lib import exports, listing
from tpm.lib.listing import Head, Listing


class _SignIn(auth.LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"sends_mail": settings.SENDS_MAIL}


_signin = _SignIn.as_view(template_name="accounts/signin.html", redirect_authenticated_user=True)
_reset = auth.PasswordResetView.as_view(
    template_name="accounts/password_reset.html",
    email_template_name="accounts/password_reset_email.txt",
    subject_template_name="accounts/password_reset_subject.txt",
    form_class=resetting.ResetForm,
)
_reset_sent = auth.PasswordResetDoneView.as_view(template_name="accounts/password_reset_done.html")
_signout = auth.LogoutView.as_view()
_choose = auth.PasswordResetConfirmView.as_view(
    template_name="accounts/password_reset_confirm.html", success_url=reverse_lazy("password_reset_complete")
)
_chosen = auth.PasswordResetCompleteView.as_view(template_name="accounts/password_reset_complete.html")
_change = auth.PasswordChangeView.as_view(
    template_name="accounts/password_change.html", success_url=reverse_lazy("accounts:password-changed")
)
_changed = auth.PasswordChangeDoneView.as_view(template_name="accounts/password_change_done.html")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def signin(request: HttpRequest) -> HttpResponseBase:
    """Sign in; too many wrong passwords lock the door for a while."""
    return _signin(request)


@require_POST
def signout(request: HttpRequest) -> HttpResponseBase:
    """Sign out."""
    return _signout(request)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def password_reset(request: HttpRequest) -> HttpResponseBase:
    """Ask for a link to choose a new password; where no mail is sent it says whom to ask."""
    if not settings.SENDS_MAIL:
        return render(request, "accounts/password_ask.html")
    if request.method == "POST" and resetting.is_too_often(request, request.POST.get("email", "")):
        return render(request, "accounts/password_reset_often.html", status=429)
    return _reset(request)


@login_not_required
@require_safe
def password_reset_sent(request: HttpRequest) -> HttpResponseBase:
    """The link is on its way, if there is such an account."""
    return _reset_sent(request)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: HttpRequest, uidb64: str, token: str) -> HttpResponseBase:
    """Where a one-time link leads: choose a password."""
    return _choose(request, uidb64=uidb64, token=token)


@login_not_required
@require_safe
def password_chosen(request: HttpRequest) -> HttpResponseBase:
    """The password is saved."""
    return _chosen(request)


@require_http_methods(["GET", "HEAD", "POST"])
def password_change(request: HttpRequest) -> HttpResponseBase:
    """Change one's own password."""
    return _change(request)


@require_safe
def password_changed(request: HttpRequest) -> HttpResponseBase:
    """The password is changed."""
    return _changed(request)


class PreferencesForm(forms.ModelForm):
    """What a person chooses for themselves."""

    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy(
            "For moments such as “changed at”. Plans keep to the time zone of their program."
        ),
    )
    language = forms.ChoiceField(label=gettext_lazy("Language"), choices=settings.LANGUAGES)
    theme = forms.ChoiceField(
        label=gettext_lazy("Theme"),
        choices=User.Theme.choices,
        help_text=gettext_lazy("The button in the top bar changes it, too."),
    )

    class Meta:
        model = User
        fields = ("name", "time_zone", "language", "theme")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(zoneinfo.available_timezones())
        self.fields["time_zone"].choices = [(name, name.replace("_", " ")) for name in zones]  # type: ignore[attr-defined]


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest) -> HttpResponse:
    """Name, time zone, language, theme."""
    form = PreferencesForm(request.POST or None, instance=_user(request))
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("accounts:preferences")
    return render(request, "accounts/preferences.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Save the theme (``theme``: auto, light or dark) that the button in the top bar chose."""
    try:
        people.choose_theme(user=_user(request), theme=request.POST.get("theme", ""))
    except ValidationError as error:
        return HttpResponse(" ".join(error.messages), status=422, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)


class TokenForm(forms.Form):
    """A new API token."""

    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=100,
        help_text=gettext_lazy("Such as “Nightly export to finance”."),
    )
    scope = forms.ChoiceField(label=gettext_lazy("It may"), choices=ApiToken.Scope.choices)
    days = forms.TypedChoiceField(
        label=gettext_lazy("It expires in"),
        coerce=int,
        choices=[
            (30, gettext_lazy("30 days")),
            (90, gettext_lazy("90 days")),
            (180, gettext_lazy("180 days")),
            (365, gettext_lazy("a year")),
        ],
        initial=90,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def token_list(request: HttpRequest) -> HttpResponse:
    """One's own tokens; a POST issues one and shows its secret, this once."""
    user = _user(request)
    form = TokenForm(request.POST or None)
    secret = ""
    if form.is_valid():
        expires = timezone.now() + timedelta(days=form.cleaned_data["days"])
        _token, secret = tokens.issue(
            user=user, name=form.cleaned_data["name"], scope=form.cleaned_data["scope"], expires_at=expires
        )
        form = TokenForm()
    mine = ApiToken.objects.filter(user=user).order_by("revoked_at", "-created_at")[:100]
    heads: list[Head[ApiToken]] = [
        Head("name", _("For"), lambda one: one.name, width=30),
        Head("prefix", _("Begins with"), lambda one: one.prefix, sort=False),
        Head("scope", pgettext("permission", "May"), lambda one: one.get_scope_display()),
        Head(
            "expires",
            _("Expires"),
            lambda one: one.revoked_at or one.expires_at,
            said=lambda one: one.expires_at,
            width=20,
        ),
        Head("revoked", _("Revoked"), lambda one: one.revoked_at, width=20, shown=False),
        Head("used", _("Last used"), lambda one: one.last_used_at, width=20),
        listing.actions(),
    ]
    table = Listing(request, mine, heads)
    if kind := exports.wanted(request):
        return table.respond(kind, _("API tokens"))
    context = {"form": form, "tokens": table.rows, "table": table, "secret": secret, "now": timezone.now()}
    return render(request, "accounts/tokens.html", context, status=422 if form.errors else 200)


@require_POST
def token_revoke(request: HttpRequest) -> HttpResponse:
    """Revoke one of one's own tokens (``token``: its id)."""
    wanted = request.POST.get("token", "")
    if wanted.isdecimal() and tokens.revoke(user=_user(request), pk=int(wanted)):
        messages.success(request, _("The token is revoked."))
    else:
        messages.error(request, _("You have no such token, or it is revoked already."))
    return redirect("accounts:token-list")


class PersonForm(forms.Form):
    """A new account."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    email = forms.EmailField(label=gettext_lazy("E-mail address"))
    is_administrator = forms.BooleanField(
        label=gettext_lazy("Administrator"),
        required=False,
        help_text=gettext_lazy("May add people and portfolios. It gives no right to read any program."),
    )
    is_service = forms.BooleanField(
        label=gettext_lazy("Service account"),
        required=False,
        help_text=gettext_lazy("An integration, not a person."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def person_list(request: HttpRequest) -> HttpResponse:
    """All accounts; a POST adds one and shows the link by which its owner chooses a password."""
    _administrator(request)
    form = PersonForm(request.POST or None)
    added = None
    if form.is_valid():
        try:
            added = people.add(**form.cleaned_data)
            form = PersonForm()
        except ValidationError as error:
            form.add_error(None, error)
    heads: list[Head[User]] = [
        Head("name", _("Name"), lambda one: one.name, width=30),
        Head("email", _("E-mail address"), lambda one: one.email, width=30),
        Head("seen", _("Last signed in"), lambda one: one.last_login, width=20),
        Head(
            "administrator",
            _("Administrator"),
            lambda one: _("yes") if one.is_administrator else "",
            shown=False,
        ),
        Head("closed", _("Closed"), lambda one: "" if one.is_active else _("yes"), shown=False),
        listing.actions(),
    ]
    table = Listing(request, User.objects.order_by("-is_active", "name", "pk")[:2000], heads)
    if kind := exports.wanted(request):
        return table.respond(kind, _("Accounts"))
    context: dict[str, Any] = {"form": form, "added": added, "people": table.rows, "table": table}
    if added:
        context["link"] = request.build_absolute_uri(people.password_path(added))
    return render(request, "accounts/people.html", context, status=422 if form.errors else 200)


@require_POST
def person_link(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a new link by which a person chooses a password."""
    _administrator(request)
    person = get_object_or_404(User, pk=pk, is_active=True)
    link = request.build_absolute_uri(people.password_path(person))
    context = {"form": PersonForm(), "people": User.objects.order_by("-is_active", "name", "pk")[:2000]}
    return render(request, "accounts/people.html", {**context, "added": person, "link": link})


@require_POST
def person_active(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, or open it again."""
    by = _administrator(request)
    person = get_object_or_404(User, pk=pk)
    try:
        people.set_active(user=person, is_active=request.POST.get("active") == "1", by=by)
        messages.success(request, _("Saved."))
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect("accounts:person-list")


def _user(request: HttpRequest) -> User:
    user = request.user
    if not isinstance(user, User):  # pragma: no cover - the sign-in middleware lets nobody else through
        raise PermissionDenied
    return user


def _administrator(request: HttpRequest) -> User:
    user = _user(request)
    if not user.is_administrator:
        raise PermissionDenied
    return user
