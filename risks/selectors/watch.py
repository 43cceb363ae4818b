"""Risks that want a look soon."""

from datetime import date, timedelta

from django.db.models import QuerySet

from risks.models import Risk
from risks.selectors.registers import LIVE
from tpm.accounts.actors import Actor

MOST = 8
NEAR = timedelta(days=14)


def near(actor: Actor, today: date) -> QuerySet[Risk]:
    """Return the live risks whose review falls within a fortnight, or is missed: the first review first. One query."""
    rows: QuerySet[Risk] = (
        Risk.objects.visible_to(actor)
        .filter(status__in=LIVE, review_on__lte=today + NEAR, program__archived_at=None)
        .select_related("program", "owner")
        .order_by("review_on", "-probability", "pk")
    )
    return rows[:MOST]
