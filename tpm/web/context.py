"""What the shell around every page shows."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from programs import policies
from programs.selectors import portfolios
from tpm.accounts import actors, saved_views
from tpm.web import saved_views as addresses


@dataclass(frozen=True)
class RailLink:
    """An entry of the rail."""

    label: str
    url: str
    icon: str


@dataclass(frozen=True)
class RailItem:
    """A program of the rail."""

    id: int
    name: str
    url: str


@dataclass(frozen=True)
class RailBranch:
    """A portfolio of the rail with its programs."""

    id: int
    name: str
    url: str
    programs: list[RailItem]


@dataclass(frozen=True)
class Shell:
    """The navigation around a page."""

    links: list[RailLink]
    portfolios: list[RailBranch]
    favourites: list[RailItem]
    views: list[RailItem]


def shell(request: HttpRequest) -> dict[str, Any]:
    """The rail: portfolios with their programs, favourites; read only if a template asks for it."""
    if not getattr(request, "user", None) or not request.user.is_authenticated:
        return {"shell": None}
    return {"shell": SimpleLazyObject(lambda: _shell(request))}


def _shell(request: HttpRequest) -> Shell:
    actor = actors.from_request(request)
    rail = portfolios.rail(actor)
    links = []
    if any(policies.holding(actor, "time.enter")):
        links.append(RailLink(_("My timesheet"), reverse("budgets:my-timesheet"), "clock"))
    if any(policies.holding(actor, "time.read")):
        links.append(RailLink(_("Timesheets"), reverse("budgets:timesheet-list"), "calendar"))
    if getattr(request.user, "is_administrator", False):
        links.append(RailLink(_("People"), reverse("accounts:person-list"), "users"))
    return Shell(
        links,
        [
            RailBranch(
                p.id,
                p.name,
                reverse("programs:portfolio-detail", args=[p.id]),
                [_item(one) for one in p.programs],
            )
            for p in rail.portfolios
        ],
        [_item(one) for one in rail.favourites],
        [
            RailItem(view.pk, view.name, url)
            for view in saved_views.favourites(request.user)  # type: ignore[arg-type]  # signed in, so it is a User
            if (url := addresses.address(view))
        ],
    )


def _item(program: portfolios.RailProgram) -> RailItem:
    return RailItem(program.id, program.name, reverse("programs:program-detail", args=[program.id]))
