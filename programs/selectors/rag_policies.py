"""A portfolio's rating policy: its versions with who made them and why, and what other thresholds would change."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs.engine import rag
from programs.models import Portfolio, RagPolicy
from programs.selectors import overviews, ratings
from programs.selectors.ratings import DimensionRating
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet
from tpm.activity.tracking import INSERT, event_model

THRESHOLDS: Final = tuple(one.name for one in fields(rag.Policy) if one.name not in ("name", "version"))


@dataclass(frozen=True)
class Version:
    """One version of the policy with all of its thresholds; ``changed`` names those that differ from the version before."""

    policy: RagPolicy
    values: dict[str, float]
    changed: frozenset[str]
    author: str
    at: datetime | None
    reason: str


@dataclass(frozen=True)
class Recoloured:
    """A program whose colour other thresholds would change: (before, after) of the dimensions that differ, and overall."""

    program: Any
    before: str
    after: str
    dimensions: tuple[tuple[DimensionRating, DimensionRating], ...]


def versions(actor: Actor, portfolio: Portfolio) -> list[Version]:
    """Return the policy's versions, the newest first, which is in force: three queries."""
    rows = list(RagPolicy.objects.visible_to(actor).filter(portfolio=portfolio).order_by("number", "pk"))
    acts = _acts([row.pk for row in rows])
    found: list[Version] = []
    for row in rows:
        values = values_of(rag.Policy.of(row.name, row.number, row.thresholds))
        before = found[-1].values if found else values
        act = acts.get(row.pk)
        found.append(
            Version(
                policy=row,
                values=values,
                changed=frozenset(name for name in values if values[name] != before[name]),
                author=str(act.actor) if act and act.actor else "",
                at=act.at if act else None,
                reason=act.reason if act else "",
            )
        )
    return found[::-1]


def values_of(policy: rag.Policy) -> dict[str, float]:
    """Return a policy's thresholds by name."""
    return {name: getattr(policy, name) for name in THRESHOLDS}


def preview(actor: Actor, portfolio: Portfolio, thresholds: Mapping[str, float]) -> list[Recoloured]:
    """Return the programs at work that other thresholds would colour differently, by name: nine queries.

    :raises ValidationError: for thresholds that do not fit together.
    """
    try:
        policy = rag.Policy.of("", 0, thresholds)
    except ValueError as error:
        raise ValidationError(_("A threshold of “off track” is milder than its “watch”.")) from error
    programs = list(overviews.active(actor).filter(portfolio=portfolio))
    ids = [program.pk for program in programs]
    now = ratings.for_programs(actor, ids)
    then = ratings.for_programs(actor, ids, by=policy)
    found = []
    for program in programs:
        old, new = now[program.pk], then[program.pk]
        pairs = tuple(
            (a, b) for a, b in zip(old.dimensions, new.dimensions, strict=True) if a.level != b.level
        )
        if pairs or old.level != new.level:
            found.append(Recoloured(program, old.level, new.level, pairs))
    return found


def _acts(ids: list[int]) -> dict[int, ChangeSet]:
    """The change set by which each version came."""
    events = event_model(RagPolicy)._base_manager.filter(pgh_obj_id__in=ids, pgh_label=INSERT)
    contexts = dict(events.values_list("pgh_obj_id", "pgh_context_id"))
    sets = {
        one.context_id: one
        for one in ChangeSet.objects.filter(context_id__in=contexts.values()).select_related("actor")
    }
    return {pk: sets[context] for pk, context in contexts.items() if context in sets}
