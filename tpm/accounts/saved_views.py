"""Saved views: who sees which, and how they are kept. They are nobody's data, so there is no change set for them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils.translation import gettext as _

from tpm.accounts.actors import Actor
from tpm.accounts.models import SavedView, User

NOT_KEPT: Final = (
    "task",
    "risk",
    "rating",
    "export",
    "after",
    "before",
    "page",
    "shown",
    "plain",
    "csrfmiddlewaretoken",
)
"""What an address says of the moment: an open drawer, a place in a long list, a file."""
LONGEST: Final = 2000


@dataclass
class Sharing:
    """What the apps above know of portfolios; they put it here when the project starts.

    :ivar portfolios_of: the portfolios in which somebody has a role. :ivar curates: may they change what is shared there?
    """

    portfolios_of: Callable[[Actor], set[int]] = lambda actor: set()
    curates: Callable[[Actor, int], bool] = lambda actor, portfolio: False


@dataclass(frozen=True)
class Page:
    """A page whose address says what it shows.

    :ivar noun: what stands in the address: ``program``, ``portfolio`` or nothing.
    """

    label: Any
    noun: str = ""


sharing = Sharing()
pages: dict[str, Page] = {}
"""By the name of the address; filled by the project, which knows all pages."""


def clean_query(query: str) -> str:
    """Return what an address says after its question mark, without what is of the moment and without empty values.

    :raises ValidationError: if it is longer than a view can keep.
    """
    given = QueryDict(query.removeprefix("?"))
    kept = QueryDict(mutable=True)
    for name, values in given.lists():
        if name not in NOT_KEPT and any(values):
            kept.setlist(name, [value for value in values if value])
    written = kept.urlencode()
    if len(written) > LONGEST:
        raise ValidationError(_("This view says more than can be kept. Take some filters off."))
    return written


def get_for(actor: Actor, pk: int) -> SavedView:
    """Return one view.

    :raises SavedView.DoesNotExist: if there is none that the actor may see.
    """
    return SavedView.objects.visible_to(actor).select_related("owner").get(pk=pk)


def of_page(actor: Actor, page: str, place: int) -> list[SavedView]:
    """Return the views that a page offers: its own and those for everywhere, one's own first, by name; one query."""
    found = (
        SavedView.objects.visible_to(actor)
        .filter(Q(place=place) | Q(everywhere=True), page=page)
        .select_related("owner")
        .order_by("name", "pk")
    )
    return sorted(found, key=lambda view: (view.owner_id != actor.user_id, view.name.lower()))


def favourites(user: User) -> list[SavedView]:
    """Return the views of a person's side bar: one query, none where there is none."""
    if not user.favourite_views:
        return []
    actor = Actor(user=user, via="web")
    return list(
        SavedView.objects.visible_to(actor).filter(pk__in=user.favourite_views).order_by("name", "pk")
    )


def default_of(actor: Actor, page: str, place: int) -> SavedView | None:
    """Return the view by which the actor opens a page: that of the place before one for everywhere; none without a query."""
    if actor.user is None or not actor.user.default_views:
        return None
    found = SavedView.objects.visible_to(actor).filter(
        Q(place=place) | Q(everywhere=True), pk__in=actor.user.default_views, page=page
    )
    return min(found, key=lambda view: (view.place != place, -view.pk), default=None)


def may_edit(actor: Actor, view: SavedView) -> bool:
    """Tell whether the actor may rename, change or delete a view: its owner, and who curates what it is shared with."""
    if view.owner_id == actor.user_id:
        return True
    return view.portfolio_id is not None and sharing.curates(actor, view.portfolio_id)


def create(*, actor: Actor, page: str, place: int = 0, name: str, query: str, **fields: Any) -> SavedView:
    """Keep a view.

    :raises ValidationError: for a page that keeps no views, a name that is taken, a portfolio that is not the actor's.
    """
    assert actor.user is not None
    _writes(actor)
    if page not in pages:
        raise ValidationError({"page": _("This page keeps no views.")})
    view = SavedView(
        owner=actor.user, page=page, place=place, name=name.strip(), query=clean_query(query), **fields
    )
    _check(actor, view)
    return _saved(view)


def update(*, actor: Actor, view: SavedView, **new: Any) -> SavedView:
    """Rename a view, share it, or give it another query.

    :raises PermissionError: unless the actor may edit it.
    :raises ValidationError:
    """
    _writes(actor)
    _authorize(actor, view)
    if "query" in new:
        new["query"] = clean_query(new["query"])
    for name, value in new.items():
        setattr(view, name, value)
    view.name = view.name.strip()
    if "portfolio_id" in new:
        _check(actor, view)
    view.version += 1
    return _saved(view)


def delete(*, actor: Actor, view: SavedView) -> None:
    """Delete a view, for everybody whom it is shared with.

    :raises PermissionError: unless the actor may edit it.
    """
    _writes(actor)
    _authorize(actor, view)
    view.delete()


def mark(
    *, actor: Actor, view: SavedView, favourite: bool | None = None, default: bool | None = None
) -> None:
    """Put a view into one's own side bar or take it out; open its page by it or no more. What is None stays."""
    assert actor.user is not None
    _writes(actor)
    user = User.objects.get(pk=actor.user.pk)
    if favourite is not None:
        user.favourite_views = _with(user.favourite_views, view.pk, wanted=favourite)
    if default is not None:
        others = SavedView.objects.filter(pk__in=user.default_views, page=view.page, place=view.place)
        alone = [pk for pk in user.default_views if pk not in set(others.values_list("pk", flat=True))]
        user.default_views = _with(alone, view.pk, wanted=default)
    user.save(update_fields=["favourite_views", "default_views"])
    actor.user.favourite_views, actor.user.default_views = user.favourite_views, user.default_views


def _with(ids: Iterable[int], pk: int, *, wanted: bool) -> list[int]:
    others = [one for one in ids if one != pk]
    return [*others, pk] if wanted else others


def _writes(actor: Actor) -> None:
    if not actor.may_write:
        raise PermissionError("This token may only read.")


def _authorize(actor: Actor, view: SavedView) -> None:
    if not may_edit(actor, view):
        raise PermissionError("view")


def _check(actor: Actor, view: SavedView) -> None:
    if view.portfolio_id is not None and view.portfolio_id not in sharing.portfolios_of(actor):
        raise ValidationError({"portfolio": _("Share a view with a portfolio in which you have a role.")})


def _saved(view: SavedView) -> SavedView:
    view.clean_fields(exclude=["owner", "portfolio_id"])
    if not view.name:
        raise ValidationError({"name": _("Give the view a name.")})
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError as error:
        [constraint] = SavedView._meta.constraints
        raise ValidationError({"name": str(constraint.get_violation_error_message())}) from error
    return view
