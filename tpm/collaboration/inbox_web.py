"""What a person was told, in the browser: the list behind the bell, and how they want to be told."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.activity import subjects
from tpm.collaboration import words
from tpm.lib import htmx
from tpm.notify import delivery, inbox, watching
from tpm.notify.models import Delivery, Kind, Notification

PAGE = 40
FILTERS: dict[str, tuple[Any, dict[str, Any]]] = {
    "unread": (gettext_lazy("Unread"), {"read_at": None}),
    "all": (gettext_lazy("All"), {}),
    "mentions": (gettext_lazy("Mentions"), {"kind": Kind.MENTION}),
    "approvals": (gettext_lazy("Approvals"), {"kind__in": [Kind.APPROVAL, Kind.DECIDED]}),
    "dates": (gettext_lazy("Dates moved"), {"kind": Kind.MOVED}),
}


class DeliveryForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    """How a person wants to be told."""

    hour = forms.TypedChoiceField(
        label=gettext_lazy("at"), coerce=int, choices=[(hour, f"{hour:02d}:00") for hour in range(24)]
    )

    class Meta:
        model = Delivery
        fields = ("watches_by_itself", "mails_mentions", "mails_approvals", "digest", "weekday", "hour")
        help_texts = {
            "digest": gettext_lazy("What you have not read by then, in one mail; none if there is nothing."),
            "weekday": gettext_lazy("for a weekly summary"),
        }


@require_safe
def notification_list(request: HttpRequest) -> HttpResponse:
    """The list; ``?show=`` a filter, ``?before=`` an id gives the next page as rows."""
    actor = actors.from_request(request)
    if htmx.wants_fragment(request):
        return render(request, "collaboration/_notifications.html", _list(request, actor))
    return render(request, "collaboration/notifications.html", _list(request, actor))


@require_safe
def notification_open(request: HttpRequest) -> HttpResponse:
    """Go to what a notification (``?id=``) is about; it is read then. To the list, if it is no longer there to be seen."""
    actor = actors.from_request(request)
    wanted = _id(request.GET.get("id", ""))
    told = words.told(actor, list(inbox.mine(actor).filter(pk=wanted))) if wanted else []
    if not told:
        messages.info(request, _("What this was about is no longer there, or no longer yours to see."))
        return redirect("collaboration:notification-list")
    if actor.may_write:
        inbox.mark(actor=actor, ids=[wanted], is_read=True, at=timezone.now())
    return redirect(told[0].address)


@require_POST
def notification_mark(request: HttpRequest) -> HttpResponse:
    """Mark one (``id``) or all as read (``read``: 1), or as unread again (0)."""
    actor = actors.from_request(request)
    wanted = _id(request.POST.get("id", ""))
    is_read = request.POST.get("read", "1") == "1"
    if wanted or is_read:  # nobody wants everything they ever read to be unread again
        inbox.mark(actor=actor, ids=[wanted] if wanted else None, is_read=is_read, at=timezone.now())
    response = render(request, "collaboration/_notifications.html", _list(request, actor))
    return response if wanted else htmx.toast(response, _("Everything is read."))


@require_http_methods(["GET", "HEAD", "POST"])
def delivery_form(request: HttpRequest) -> HttpResponse:
    """The part of the preferences that says how to be told, and what one watches."""
    actor = actors.from_request(request)
    if actor.user is None:
        raise Http404
    form = DeliveryForm(request.POST or None, instance=delivery.of(actor.user))
    saved = False
    if request.method == "POST" and form.is_valid():
        delivery.keep(form.instance)
        saved = True
    context = {"form": form, "sends_mail": settings.SENDS_MAIL, "watched": _watched(actor)}
    response = render(request, "collaboration/_delivery.html", context, status=422 if form.errors else 200)
    return htmx.toast(response, _("Saved.")) if saved else response


def _id(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0


def _watched(actor: Actor) -> list[Any]:
    rows = watching.watched_by(actor)
    seen = subjects.look_all(actor, [(one.subject_kind, one.subject_id) for one in rows])
    return [
        (one, seen[one.subject_kind, one.subject_id])
        for one in rows
        if (one.subject_kind, one.subject_id) in seen
    ]


def _list(request: HttpRequest, actor: Actor) -> dict[str, Any]:
    asked = request.GET.get("show", "") or request.POST.get("show", "")
    show = asked if asked in FILTERS else "unread"
    rows = inbox.mine(actor).filter(**FILTERS[show][1]).select_related("actor")
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    page: list[Notification] = list(rows.order_by("-pk")[: PAGE + 1])
    unread = inbox.unread(actor)
    return {
        "told": words.told(actor, page[:PAGE]),
        "more": page[PAGE - 1].pk if len(page) > PAGE else None,
        "is_next": bool(before),
        "show": show,
        "filters": [
            (key, label, unread if key == "unread" else None) for key, (label, _q) in FILTERS.items()
        ],
        "unread": unread,
    }
