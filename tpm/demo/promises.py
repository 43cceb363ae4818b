"""What the projects of the demo promised each other: kept, moved, refused, overdue, or only asked for."""

from dataclasses import dataclass
from datetime import date

from projects.models import Commitment, Dependency
from projects.services import commitments
from tpm.demo.building import World


@dataclass(frozen=True)
class Said:
    """One thing that was said: ``act`` is ask, promise, accept, reject or deliver."""

    act: str
    on: date | None = None
    why: str = ""
    what: str = ""


STORY: dict[tuple[str, str], tuple[Said, ...]] = {
    ("METER.COMMS.commission0", "METER.HEADEND.system"): (
        Said("promise", date(2026, 10, 15), what="North substations on the air"),
        Said("accept"),
        Said("promise", date(2026, 11, 13), "Communication modules came eight weeks late"),
        Said("accept", why="The system test starts with the coast in the meantime"),
    ),
    ("METER.COMMS.live", "METER.HEADEND.acceptance"): (
        Said("promise", date(2026, 12, 1), what="Network in service, all four rings"),
        Said("accept"),
        Said("promise", date(2027, 1, 22), "Installation follows the modules"),
    ),
    ("METER.HEADEND.system", "METER.METEROPS.shadow"): (
        Said("promise", date(2026, 11, 9)),
        Said("accept"),
        Said("promise", date(2026, 12, 18), "Three device types answer out of order"),
        Said("reject", why="Shift plans for January are fixed on 2 December"),
    ),
    ("METER.METEROPS.live", "METER.HEADEND.cutover"): (
        Said("ask", what="A team on duty around the clock", why="Needed for the cut-over weekend"),
    ),
    ("METER.HEADEND.live", "METER.SWAP.wave1"): (Said("promise", date(2027, 1, 8)), Said("accept")),
    ("FIELD.MOBILE.acceptance", "METER.SWAP.wave1"): (
        Said("ask", what="Mobile work orders for meter exchange"),
        Said("promise", date(2026, 12, 18)),
        Said("accept"),
    ),
    ("METER.HEADEND.complete", "CUST.TARIFF.acceptance"): (
        Said("promise", date(2026, 9, 11), what="Quarter-hour readings of the test meters"),
        Said("accept"),
        Said("deliver", date(2026, 9, 14), "Readings of 40 test meters since Monday"),
    ),
    ("EXIT.WAN.commission0", "EXIT.WAVES.acceptance"): (
        Said("promise", date(2026, 11, 10)),
        Said("accept"),
        Said("deliver", date(2026, 11, 10), "Measured: 10 Gbit/s both ways"),
    ),
}


def tell(world: World) -> None:
    """Let the managers of both sides say it, in turn."""
    for (giver, taker), said in STORY.items():
        link = Dependency.objects.select_related(
            "predecessor__program", "predecessor__project", "successor__program", "successor__project"
        ).get(predecessor=world.work[giver].pk, successor=world.work[taker].pk)
        gives, takes = (world.cast.manager(key.partition(".")[0]) for key in (giver, taker))
        found: Commitment | None = None
        for one in said:
            what = {"deliverable": one.what} if one.what else {}
            if one.act == "ask":
                found = commitments.ask(actor=takes, link=link, reason=one.why, **what)
            elif one.act == "promise" and one.on:
                found = commitments.promise(
                    actor=gives, link=link, commitment=found, promised_on=one.on, reason=one.why, **what
                )
            elif one.act == "deliver" and one.on and found:
                found = commitments.deliver(
                    actor=gives, commitment=found, delivered_on=one.on, reason=one.why
                )
            elif found:
                found = commitments.answer(
                    actor=takes, commitment=found, accepts=one.act == "accept", reason=one.why
                )
