"""Portfolios and programs as lists and trees."""

from dataclasses import dataclass, field

from programs import policies
from programs.models import Favourite, Portfolio, Program
from tpm.accounts.actors import Actor


@dataclass(frozen=True)
class RailProgram:
    id: int
    name: str
    code: str


@dataclass
class RailPortfolio:
    id: int
    name: str
    programs: list[RailProgram] = field(default_factory=list)


@dataclass(frozen=True)
class Rail:
    """The navigation: what the actor may open."""

    portfolios: list[RailPortfolio]
    favourites: list[RailProgram]


def get_for(actor: Actor, pk: int) -> Portfolio:
    """Return one portfolio.

    :raises Portfolio.DoesNotExist: if there is none that the actor may see.
    """
    return Portfolio.objects.visible_to(actor).get(pk=pk)


def readable(actor: Actor, pk: int, capability: str) -> Portfolio:
    """Return one portfolio in which the actor holds a capability somewhere.

    :raises Portfolio.DoesNotExist: if there is none.
    """
    portfolio = get_for(actor, pk)
    held = {grant.portfolio_id for grant in policies.holding(actor, capability)}
    if not actor.is_system and pk not in held:
        raise Portfolio.DoesNotExist
    return portfolio


def rail(actor: Actor) -> Rail:
    """Return the navigation in three queries."""
    tree = {p.pk: RailPortfolio(p.pk, p.name) for p in Portfolio.objects.visible_to(actor).order_by("name")}
    by_id: dict[int, RailProgram] = {}
    for program in (
        Program.objects.visible_to(actor)
        .filter(archived_at=None)
        .order_by("name")
        .only("id", "name", "code", "portfolio_id")
    ):
        by_id[program.pk] = RailProgram(program.pk, program.name, program.code)
        if program.portfolio_id in tree:
            tree[program.portfolio_id].programs.append(by_id[program.pk])
    starred = Favourite.objects.filter(user=actor.user).values_list("program_id", flat=True)
    return Rail(list(tree.values()), [by_id[pk] for pk in starred if pk in by_id])
