"""My day: what moved lately, what waits for somebody, what will hurt next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programs.selectors import overviews
from projects.selectors import attention, commitments, ledger
from tpm.accounts import actors, visits
from tpm.lib import htmx


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The first page after signing in."""
    actor = actors.from_request(request)
    rows = overviews.rows(actor, list(overviews.active(actor)))
    now = timezone.now()
    refresh = htmx.wants_fragment(request)
    since = visits.began(actor, now) if refresh else visits.note(actor, now)
    context = {
        "rows": rows,
        "since": since,
        "moved": ledger.moved(actor, [row.program for row in rows], since),
        "recent": attention.recent_changes(actor, [row.program for row in rows]),
        "waiting": [row for row in rows if row.status.state in ("stuck", "late")],
        "overdue": attention.overdue(actor),
        "promises": commitments.overdue(actor),
        "tight": attention.tight_milestones(actor),
        "troubled": [
            row for row in overviews.ordered(rows, "-health") if row.rating.level in ("bad", "watch")
        ][:8],
        "topics": " ".join(f"program:{row.program.pk}" for row in rows),
    }
    return render(request, "tpm/_day.html" if refresh else "tpm/home.html", context)
