"""Load the demo: people, plans, baseline, history."""

from collections.abc import Iterator
from contextlib import contextmanager

from budgets.services import baselines
from programs.models import Portfolio
from tpm.activity.writing import listeners
from tpm.demo import (
    building,
    capex,
    history,
    labour,
    objectives,
    people,
    promises,
    purchases,
    steering,
    talk,
    team,
    views,
)
from tpm.demo.building import World


def is_wanted() -> bool:
    """Tell whether nothing is here yet that people could have made."""
    return not Portfolio.objects.exists()


def load(password: str) -> World:
    """Write the whole demo into the database."""
    with _quietly():
        return _load(password)


@contextmanager
def _quietly() -> Iterator[None]:
    """Wake nobody: there is no screen to tell, and everything is computed here, date by date."""
    kept = list(listeners)
    listeners.clear()
    try:
        yield
    finally:
        listeners.extend(kept)


def _load(password: str) -> World:
    world = building.build(people.create(password))
    building.bring_up_to_date(world)
    for code, program in world.programs.items():
        baselines.take(
            actor=world.cast.manager(code),
            program=program,
            name="Approved plan",
            reason="Agreed by the steering committee",
        )
    building.bring_up_to_date(world)
    history.replay(world)
    capex.tell(world)
    purchases.tell(world)
    promises.tell(world)
    team.tell(world)
    objectives.tell(world)
    steering.tell(world)
    labour.tell(world)
    views.tell(world)
    building.bring_up_to_date(world)
    capex.tell_simulated(world)
    building.bring_up_to_date(world)
    talk.tell(world)
    return world
