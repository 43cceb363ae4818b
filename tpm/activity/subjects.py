"""What people talk about, watch and are told about: a row of any app above, named by kind and id.

The foundation knows no task and no risk; the roof registers every kind once. A row is reached in one way only:
:func:`look` asks the model's own ``visible_to`` and answers with a :class:`Seen`, which everything that reads or writes
about the row takes instead of kind and id. Lists go through :meth:`AboutQuerySet.visible_to`. A kind that nobody
registered, or a row that the actor does not see, is nothing – so that a check that somebody forgot shows nothing, not
everything.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self, TypeVar

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.db.models import Exists, OuterRef, Q, Value

from tpm.accounts.actors import Actor
from tpm.accounts.models import User

M = TypeVar("M", bound=models.Model, covariant=True)
AT_ONCE = 100  # readers that one statement asks for


class Unknown(ObjectDoesNotExist):
    """There is no such kind of thing, no such row, or the actor does not see it."""


def _nobody(actor: Actor, row: Any) -> None:
    raise PermissionError("This is nothing that people talk about.")


@dataclass(frozen=True)
class Subject:
    """A kind of row.

    :ivar model: its manager has ``visible_to(actor)``: that, and nothing here, says who sees a row.
    :ivar narrow: a filter on top of it, by the actor; it can only take away.
    :ivar people: everybody who might see a row, each with the rights of this moment; who really does is asked.
    :ivar authorize: lets an actor who sees the row write about it, or raises ``PermissionError``. By default nobody.
    :ivar marker: what a watcher has been told of the row so far, as text; compared later.
    """

    kind: str
    model: type[models.Model]
    noun: Callable[[], str]
    name: Callable[[Any], str]
    address: Callable[[Any], str]
    program: Callable[[Any], int | None]
    people: Callable[[Any], Iterable[Actor]]
    authorize: Callable[[Actor, Any], None] = _nobody
    narrow: Callable[[Actor], Q] | None = None
    marker: Callable[[Any], str] | None = None
    related: tuple[str, ...] = ()

    @property
    def is_talked_about(self) -> bool:
        return self.authorize is not _nobody

    def rows(self, actor: Actor) -> models.QuerySet[Any]:
        """Return the rows that the actor sees."""
        manager: Any = self.model._default_manager
        found: models.QuerySet[Any] = manager.visible_to(actor)
        return found.filter(self.narrow(actor)) if self.narrow and not actor.is_system else found


_kinds: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Let rows of a kind be talked about, watched, told of.

    :raises TypeError: for a model that can not say who sees its rows.
    """
    if not hasattr(subject.model._default_manager, "visible_to"):
        raise TypeError(f"{subject.model.__name__} has no visible_to(): nobody could be kept out")
    _kinds[subject.kind] = subject


@dataclass(frozen=True)
class Seen:
    """A row that the actor sees. Only this module makes one (``tests/architecture`` holds it)."""

    actor: Actor
    subject: Subject
    row: Any

    @property
    def kind(self) -> str:
        return self.subject.kind

    @property
    def pk(self) -> int:
        return int(self.row.pk)

    @property
    def name(self) -> str:
        return self.subject.name(self.row)

    @property
    def address(self) -> str:
        return self.subject.address(self.row)

    @property
    def program_id(self) -> int | None:
        return self.subject.program(self.row)

    @property
    def may_comment(self) -> bool:
        """Whether the actor may write about it."""
        try:
            self.subject.authorize(self.actor, self.row)
        except PermissionError:
            return False
        return self.actor.may_write and self.actor.user is not None


def look(actor: Actor, kind: str, pk: int) -> Seen:
    """Return a row that the actor sees: one query.

    :raises Unknown: if there is none.
    """
    found = look_all(actor, [(kind, pk)]).get((kind, pk))
    if found is None:
        raise Unknown(f"{kind} {pk}")
    return found


def look_all(actor: Actor, named: Iterable[tuple[str, int]]) -> dict[tuple[str, int], Seen]:
    """Return those of the named rows that the actor sees: a query per kind."""
    by_kind: dict[str, set[int]] = {}
    for kind, pk in named:
        if kind in _kinds:
            by_kind.setdefault(kind, set()).add(pk)
    found = {}
    for kind, ids in by_kind.items():
        subject = _kinds[kind]
        for row in subject.rows(actor).filter(pk__in=ids).select_related(*subject.related):
            found[kind, int(row.pk)] = Seen(actor, subject, row)
    return found


def readers(seen: Seen) -> list[User]:
    """Return the people who see the row, by name; no service accounts. Two queries for a hundred people."""
    people = {
        one.user_id: one for one in seen.subject.people(seen.row) if one.user and not one.user.is_service
    }
    found: set[int] = set()
    everybody = list(people.values())
    for first in range(0, len(everybody), AT_ONCE):
        legs = [
            seen.subject.rows(one)
            .filter(pk=seen.pk)
            .order_by()
            .values_list(Value(one.user_id, models.BigIntegerField()))
            for one in everybody[first : first + AT_ONCE]
        ]
        found |= {pk for (pk,) in legs[0].union(*legs[1:], all=True)}
    return sorted((one.user for pk, one in people.items() if pk in found and one.user), key=_by_name)


def neighbours(seen: Seen) -> list[User]:
    """Return the people who might see rows like this one, readers or not: whom the actor may name at all."""
    return sorted((one.user for one in seen.subject.people(seen.row) if one.user), key=_by_name)


def kinds() -> Sequence[str]:
    """Return the kinds that are registered."""
    return list(_kinds)


def noun_of(kind: str) -> str:
    """Return what a kind of thing is called, empty if it is not registered."""
    return _kinds[kind].noun() if kind in _kinds else ""


def kinds_of(model: type[models.Model]) -> Iterator[str]:
    """Return the kinds whose rows are of a model."""
    return (kind for kind, subject in _kinds.items() if subject.model is model)


def rows_of(actor: Actor, kind: str) -> models.QuerySet[Any]:
    """Return the rows of a kind that the actor sees; of an unknown kind an error.

    :raises Unknown:
    """
    if kind not in _kinds:
        raise Unknown(kind)
    return _kinds[kind].rows(actor)


def _by_name(user: User) -> tuple[str, int]:
    return str(user).casefold(), int(user.pk)


# ---- rows about rows ------------------------------------------------------------------------------------------------


class AboutQuerySet(models.QuerySet[M]):
    def visible_to(self, actor: Actor) -> Self:
        """Rows about something that the actor sees: each kind asks its own model, row by row through its key."""
        if actor.is_system:
            return self
        allowed = Q(pk__in=[])
        for subject in _kinds.values():
            row = subject.rows(actor).filter(pk=OuterRef("subject_id")).order_by()
            allowed |= Q(subject_kind=subject.kind) & Q(Exists(row))
        return self.filter(allowed)


class AboutManager(models.Manager[M]):
    """There is no ``objects.all()``: who asks has to be said."""

    def get_queryset(self) -> Any:
        raise TypeError(f"Say who asks: {self.model.__name__}.objects.visible_to(actor)")

    def visible_to(self, actor: Actor) -> Any:
        return AboutQuerySet(self.model, using=self._db).visible_to(actor)


class About(models.Model):
    """A row about a row of an app above. No foreign key: the foundation does not know the table, and the row may go."""

    subject_kind = models.CharField(max_length=24)
    subject_id = models.BigIntegerField()
    program_id = models.BigIntegerField(null=True)

    class Meta:
        abstract = True
