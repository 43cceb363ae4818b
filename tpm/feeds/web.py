"""One's calendars: issue and revoke their secret addresses; and the door that reads one by its secret alone."""

from typing import Any

from axes.helpers import get_client_ip_address
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs.models import Program
from programs.selectors import programs
from programs.selectors.overviews import active
from tpm.accounts import actors, feeds
from tpm.accounts.actors import Actor
from tpm.accounts.models import CalendarFeed, User
from tpm.feeds import content
from tpm.lib import counting, exports, listing
from tpm.lib.listing import Head, Listing

HOUR = 3600
PER_FEED, WRONG_PER_PLACE = 120, 60
"""Readings of one calendar, and secrets that nobody issued from one address of the network, an hour."""


class FeedForm(forms.Form):
    """A new calendar."""

    name = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=100,
        help_text=gettext_lazy("Such as “Phone”, or “Calendar of the office”."),
    )
    program = forms.ModelChoiceField(
        Program.objects.none(),
        label=gettext_lazy("It shows"),
        required=False,
        empty_label=gettext_lazy("what is mine"),
        help_text=gettext_lazy("Mine: my actions, and the milestones and gates that I answer for."),
    )

    def __init__(self, *args: Any, actor: Actor, **options: Any) -> None:
        super().__init__(*args, **options)
        program: Any = self.fields["program"]
        program.queryset = active(actor)


@require_http_methods(["GET", "HEAD", "POST"])
def feed_list(request: HttpRequest) -> HttpResponse:
    """One's own calendars; a POST issues one and shows its address, this once."""
    actor = actors.from_request(request)
    user = _user(actor)
    form = FeedForm(request.POST or None, actor=actor)
    address = ""
    if form.is_valid():
        program = form.cleaned_data["program"]
        try:
            _feed, secret = feeds.issue(
                user=user, name=form.cleaned_data["name"], program_id=program.pk if program else None
            )
        except feeds.TooMany:
            form.add_error(None, _("You have as many calendars as one may have. Revoke one first."))
        else:
            address = request.build_absolute_uri(reverse("calendar-feed", args=[secret]))
            form = FeedForm(actor=actor)
    mine = list(CalendarFeed.objects.filter(user=user).order_by("revoked_at", "-created_at")[:100])
    names = _names(actor, mine)
    heads: list[Head[CalendarFeed]] = [
        Head("name", _("For"), lambda one: one.name, width=30),
        Head("shows", _("Shows"), lambda one: names[one.pk], width=40),
        Head("prefix", _("Begins with"), lambda one: one.prefix, sort=False),
        Head("created", _("Issued"), lambda one: one.created_at, width=20),
        Head("used", _("Last used"), lambda one: one.last_used_at, width=20),
        Head("revoked", _("Revoked"), lambda one: one.revoked_at, width=20, shown=False),
        listing.actions(),
    ]
    table = Listing(request, mine, heads)
    if kind := exports.wanted(request):
        return table.respond(kind, _("Calendar subscriptions"))
    context = {
        "form": form,
        "table": table,
        "feeds": [(one, names[one.pk]) for one in table.rows],
        "address": address,
    }
    return render(request, "accounts/feeds.html", context, status=422 if form.errors else 200)


@require_POST
def feed_revoke(request: HttpRequest) -> HttpResponse:
    """Revoke one of one's own calendars (``feed``: its id)."""
    user = _user(actors.from_request(request))
    wanted = request.POST.get("feed", "")
    if wanted.isdecimal() and len(wanted) < 18 and feeds.revoke(user=user, pk=int(wanted)):
        messages.success(request, _("The calendar is revoked: its address answers nobody any more."))
    else:
        messages.error(request, _("You have no such calendar, or it is revoked already."))
    return redirect("feed-list")


@login_not_required
@require_safe
def calendar_feed(request: HttpRequest, secret: str) -> HttpResponse:
    """A calendar, for whoever knows its address: as its person may see it now, and nothing else. A wrong secret is not found."""
    place = f"tpm:feed:wrong:{get_client_ip_address(request)}"
    found = feeds.resolve(secret)
    if found is None:
        if (counting.used(place, HOUR) or 0) > WRONG_PER_PLACE:
            return _too_often()
        raise Http404
    if (counting.used(f"tpm:feed:{found.pk}", HOUR) or 0) > PER_FEED:
        return _too_often()
    actor = Actor(user=found.user, via=actors.WEB, may_write=False)
    program = None
    if found.program_id is not None:
        program = programs.get_for(actor, found.program_id)  # gone, or no longer theirs: not found
    feeds.used(found)
    with translation.override(found.user.language):
        body = content.calendar(
            actor,
            program,
            today=timezone.localdate(),
            base=request.build_absolute_uri("/").removesuffix("/"),
            host=request.get_host(),
        )
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = 'inline; filename="calendar.ics"'
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _too_often() -> HttpResponse:
    text = _("This was asked for too often. Try again in an hour.")
    return HttpResponse(
        text, status=429, content_type="text/plain; charset=utf-8", headers={"Retry-After": str(HOUR)}
    )


def _names(actor: Actor, mine: list[CalendarFeed]) -> dict[int, str]:
    """What each calendar shows, in words: one query."""
    ids = {one.program_id for one in mine if one.program_id is not None}
    known = Program.objects.visible_to(actor).in_bulk(ids)
    return {
        one.pk: _("what is mine")
        if one.program_id is None
        else known[one.program_id].name
        if one.program_id in known
        else _("a program that you no longer see")
        for one in mine
    }


def _user(actor: Actor) -> User:
    assert actor.user is not None  # the sign-in middleware lets nobody else through
    return actor.user
