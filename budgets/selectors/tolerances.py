"""Versions of the tolerance of the three-way match, and who agreed on them when."""

from dataclasses import dataclass
from datetime import date, datetime

from budgets.models import Tolerance
from budgets.selectors import matches
from programs.models import Portfolio
from tpm.accounts.actors import Actor
from tpm.activity.tracking import event_model


@dataclass(frozen=True)
class Version:
    """A version with its history: when it was written, when the second person agreed (None: not yet)."""

    tolerance: Tolerance
    written_at: datetime | None
    confirmed_at: datetime | None
    is_in_force: bool


def versions(actor: Actor, portfolio: Portfolio, day: date) -> list[Version]:
    """Return all versions, the newest first: three queries."""
    rows = list(
        Tolerance.objects.visible_to(actor)
        .filter(portfolio=portfolio)
        .select_related("author", "confirmed_by", "portfolio")
        .order_by("-number")[:100]
    )
    written: dict[int, datetime] = {}
    confirmed: dict[int, datetime] = {}
    events = event_model(Tolerance)._base_manager.filter(pgh_obj_id__in=[row.pk for row in rows])
    for event in events.order_by("pgh_id").values("pgh_obj_id", "pgh_created_at", "confirmed_by_id"):
        written.setdefault(event["pgh_obj_id"], event["pgh_created_at"])
        if event["confirmed_by_id"] is not None:
            confirmed.setdefault(event["pgh_obj_id"], event["pgh_created_at"])
    now = matches.tolerance_on(portfolio.pk, day)
    return [
        Version(row, written.get(row.pk), confirmed.get(row.pk), now is not None and row.pk == now.pk)
        for row in rows
    ]
