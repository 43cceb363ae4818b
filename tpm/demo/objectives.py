"""What the demo's portfolio is run for: objectives with key results, and the projects that serve them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from programs.services import objectives
from projects.services import alignments
from tpm.demo.building import World


@dataclass(frozen=True)
class Goal:
    name: str
    why: str
    owner: str
    starts_on: date
    ends_on: date
    results: tuple[dict[str, Any], ...]
    projects: tuple[str, ...]


GOALS = (
    Goal(
        "Bills follow real consumption", "Estimated readings are the first cause of complaints.", "tomas",
        date(2026, 4, 1), date(2027, 3, 31),
        (
            {"name": "Meters read remotely", "unit": "%", "start": 0, "target": 90, "current": 11},
            {"name": "Bills corrected afterwards", "unit": "a month", "start": 5200, "target": 900, "current": 4300},
        ),
        ("METER.HEADEND", "METER.COMMS", "METER.SWAP", "METER.METEROPS", "CUST.TARIFF"),
    ),
    Goal(
        "Seven of ten requests need no call", "Calls cost eleven euros each, and people wait.", "ingrid",
        date(2026, 2, 1), date(2026, 12, 31),
        (
            {"name": "Requests solved in the portal", "unit": "%", "start": 22, "target": 70, "current": 51},
            {"name": "Minutes until an answer", "unit": "min", "start": 14, "target": 2, "current": 5},
        ),
        ("CUST.PORTAL", "CUST.SERVICE", "CUST.DESK"),
    ),
    Goal(
        "No own data centre", "The lease of the building ends.", "tomas", date(2026, 3, 1), date(2027, 4, 30),
        ({"name": "Applications moved", "unit": "of 214", "start": 0, "target": 214, "current": 96},),
        ("EXIT.LANDING", "EXIT.WAN", "EXIT.WAVES", "EXIT.CLOUDOPS"),
    ),
)  # fmt: skip


def tell(world: World) -> None:
    """Set them and align the projects."""
    for goal in GOALS:
        made = objectives.create(
            actor=world.cast.actor("ingrid"), portfolio=world.portfolio, name=goal.name, description=goal.why,
            owner=world.cast.users[goal.owner], starts_on=goal.starts_on, ends_on=goal.ends_on,
        )  # fmt: skip
        for result in goal.results:
            values = {
                name: Decimal(value) if isinstance(value, int) else value for name, value in result.items()
            }
            objectives.add_result(
                actor=world.cast.actor("ingrid"), objective=made, measured_on=date(2026, 11, 16), **values
            )
        for key in goal.projects:
            alignments.align(
                actor=world.cast.manager(key.partition(".")[0]), project=world.projects[key], objective=made
            )
