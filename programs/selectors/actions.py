"""Action items that the actor may see: of a program, of what they came from, and one's own."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Action, Grant, Program
from tpm.accounts.actors import Actor
from tpm.accounts.models import User
from tpm.activity import subjects
from tpm.activity.subjects import Seen

LIVE = (Action.State.OPEN, Action.State.IN_PROGRESS)
SHOWS: Final = {
    "live": _("to do"),
    "mine": _("mine"),
    "overdue": _("overdue"),
    "closed": _("closed"),
    "all": _("all"),
}
SORTS: Final[dict[str, tuple[str, ...]]] = {
    "number": ("number",),
    "title": ("title",),
    "owner": ("owner__name",),
    "due": ("due_on",),
    "priority": ("priority",),
    "state": ("state",),
    "raised": ("raised_at",),
}
WEEK = timedelta(days=7)


@dataclass(frozen=True)
class ActionRow:
    """An action, with what it came from where the reader sees that."""

    action: Action
    origin: Seen | None
    is_overdue: bool
    may_edit: bool


def get_for(actor: Actor, pk: int) -> Action:
    """Return one action with its program and people.

    :raises Action.DoesNotExist: if there is none that the actor may see.
    """
    return visible(actor).get(pk=pk)


def visible(actor: Actor) -> QuerySet[Action]:
    """Return all actions that the actor sees, with program and people."""
    rows: QuerySet[Action] = Action.objects.visible_to(actor).select_related(
        "program__portfolio", "owner", "raised_by"
    )
    return rows


def of_program(
    actor: Actor,
    program: Program,
    *,
    today: date,
    show: str = "live",
    text: str = "",
    owner: int = 0,
    origin: str = "",
    sort: str = "",
) -> QuerySet[Action]:
    """Return a program's actions, the urgent first; ``show`` is a key of ``SHOWS``, ``sort`` one of ``SORTS`` (``-`` descending)."""
    rows = visible(actor).filter(program=program)
    narrowed: dict[str, Q] = {
        "live": Q(state__in=LIVE),
        "mine": Q(state__in=LIVE, owner=actor.user),
        "overdue": Q(state__in=LIVE, due_on__lt=today),
        "closed": ~Q(state__in=LIVE),
    }
    rows = rows.filter(narrowed.get(show, Q()))
    if owner:
        rows = rows.filter(owner=owner)
    if origin:
        rows = rows.filter(origin_kind=origin)
    for word in text.split()[:6]:
        digits = word.upper().removeprefix("A-")
        found = Q(title__icontains=word) | Q(detail__icontains=word) | Q(owner__name__icontains=word)
        rows = rows.filter(found | Q(number=int(digits)) if digits.isdecimal() and len(digits) < 9 else found)
    key = SORTS.get(sort.removeprefix("-"))
    if key is None:
        return rows.order_by(F("due_on").asc(nulls_last=True), "priority", "number")
    down = sort.startswith("-")
    ways = [F(name).desc(nulls_last=True) if down else F(name).asc(nulls_last=True) for name in key]
    return rows.order_by(*ways, "number")


def of_origin(seen: Seen) -> QuerySet[Action]:
    """Return the actions that came from a thing that the reader sees, those to do first."""
    rows = visible(seen.actor).filter(origin_kind=seen.kind, origin_id=seen.pk)
    return rows.order_by(F("closed_on").desc(nulls_first=True), F("due_on").asc(nulls_last=True), "number")


def rows(actor: Actor, found: Sequence[Action], today: date) -> list[ActionRow]:
    """Return actions with what they came from: a query per kind of origin."""
    named = [(one.origin_kind, one.origin_id) for one in found if one.origin_id is not None]
    seen = subjects.look_all(actor, named)
    return [
        ActionRow(
            one,
            seen.get((one.origin_kind, one.origin_id or 0)),
            is_overdue(one, today),
            may_update(actor, one),
        )
        for one in found
    ]


def is_overdue(action: Action, today: date) -> bool:
    """Tell whether it is to do still, and was due before today."""
    return action.is_live and action.due_on is not None and action.due_on < today


def may_update(actor: Actor, action: Action) -> bool:
    """Tell whether the actor may say how far it is: who edits actions there, and who has to do it."""
    return policies.holds(actor, "action.edit", action.scope) or (
        actor.user is not None and action.owner_id == actor.user_id
    )


def mine(actor: Actor, until: date) -> list[Action]:
    """Return what the actor has to do that is due by a day, or has no day, the oldest first: one query."""
    found = visible(actor).filter(owner=actor.user, state__in=LIVE, program__archived_at=None)
    found = found.filter(Q(due_on=None) | Q(due_on__lte=until))
    return list(found.order_by(F("due_on").asc(nulls_last=True), "priority", "pk")[:50])


def overdue_of_others(actor: Actor, today: date) -> list[Action]:
    """Return what others owe in programs whose actions the actor edits or that he raised, the oldest first: one query."""
    found = visible(actor).filter(state__in=LIVE, due_on__lt=today, program__archived_at=None)
    found = found.exclude(owner=actor.user)
    cares = policies.within(actor, "action.edit") | Q(raised_by=actor.user)
    return list(found.filter(cares).order_by("due_on", "priority", "pk")[:50])


def due(since: date, until: date) -> list[Action]:
    """Return what is to do and due between two days (both included), of all programs: for who tells people."""
    found = Action.objects.filter(
        state__in=LIVE, owner__isnull=False, due_on__gte=since, due_on__lte=until, program__archived_at=None
    )
    return list(found.select_related("program").order_by("pk"))


def people_of(program: Program) -> QuerySet[User]:
    """Return who may own an action: everybody with a role at the program, its projects or its portfolio; one query."""
    held = Grant.objects.filter(Q(program=None) | Q(program=program), portfolio=program.portfolio_id)
    return User.objects.filter(pk__in=held.values("user"), is_active=True, is_service=False).order_by(
        "name", "pk"
    )


def projects(actor: Actor, program: Program, capability: str = "") -> list[tuple[int, str]]:
    """Return the projects of a program that the actor reads (and, if given, where he holds a capability), as (id, name): one query.
    Projects live in the app above, which says who sees them."""
    if "project" not in subjects.kinds():
        return []
    found = subjects.rows_of(actor, "project").filter(program=program.pk).order_by("position", "pk")
    return [
        (pk, name)
        for pk, name in found.values_list("pk", "name")
        if not capability
        or policies.holds(actor, capability, policies.Scope(program.portfolio_id, program.pk, pk))
    ]


def origins(found: Sequence[str]) -> list[tuple[str, Any]]:
    """Return kinds of origins with their words, those that are known here."""
    return [(kind, subjects.noun_of(kind)) for kind in found if kind in subjects.kinds()]
