"""My day: what moved lately, what waits for me, what will hurt next."""

from datetime import datetime, time, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from programs.selectors import overviews
from projects.selectors import attention, ledger
from tpm.accounts import actors, visits
from tpm.lib import htmx
from tpm.web import day_sources
from tpm.web.day import Day, gather

SINCE = {"visit": _("my last visit"), "yesterday": _("yesterday"), "week": _("7 days")}


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    actor = actors.from_request(request)
    rows = overviews.rows(actor, list(overviews.active(actor)))
    now = timezone.now()
    refresh = htmx.wants_fragment(request)
    visit = visits.began(actor, now) if refresh else visits.note(actor, now)
    choice = request.GET.get("since", "")
    choice = choice if choice in SINCE else "visit"
    since = _since(choice, visit, now)
    day = Day(actor, rows, now, timezone.localdate())
    programs = [row.program for row in rows]
    context = {
        "rows": rows,
        "since": since,
        "choice": choice,
        "choices": [(key, label, key == choice) for key, label in SINCE.items()],
        "moved": ledger.moved(actor, programs, since),
        "recent": [one for one in attention.recent_changes(actor, programs) if one.change_set.at > since],
        "needs": gather(day, day_sources.NEEDS),
        "hurts": gather(day, day_sources.HURTS),
        "topics": " ".join(f"program:{row.program.pk}" for row in rows),
    }
    return render(request, "tpm/_day.html" if refresh else "tpm/home.html", context)


def _since(choice: str, visit: datetime, now: datetime) -> datetime:
    """From when on things are news: the last visit, the start of yesterday, or of the day a week ago."""
    if choice == "visit":
        return visit
    days = 1 if choice == "yesterday" else 7
    start = datetime.combine(timezone.localdate(now) - timedelta(days=days), time.min)
    return timezone.make_aware(start, timezone.get_current_timezone())
