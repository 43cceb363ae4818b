"""What the committee was told: one published report of each program, and one draft for the next meeting."""

from datetime import UTC, date, datetime

from programs.models import Program, StatusReport
from programs.services import reports
from tpm.demo.building import World

PUBLISHED_FOR = date(2026, 10, 30)
PUBLISHED_AT = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
WORDS = {
    "METER": {
        "headline": "The communication modules come eight weeks late; the roll-out can not hold its date without a decision.",
        "achievements": "Meter data store integrated. Two thirds of the operations team recruited.",
        "outlook": "Second source under contract by mid November; installation from January.",
        "decisions": "Let the pilot start with meters that are read by hand, so that the field process is proven meanwhile.",
    },
    "CUST": {
        "headline": "On course. Consent management was added to the portal at the cost of some reserve.",
        "achievements": "Portal feature-complete; system test has begun.",
        "outlook": "Smart tariffs wait for the head-end of the metering program: their acceptance test moves with it.",
        "decisions": "None.",
    },
    "EXIT": {
        "headline": "Landing zone is nearly there; the harbour depot waits for a building permit.",
        "achievements": "Identity and network in service.",
        "outlook": "First office applications move in November.",
        "decisions": "Prepare a radio link for the harbour depot as a fall-back?",
    },
    "FIELD": {
        "headline": "On course.",
        "achievements": "Order list and plans work on the device.",
        "outlook": "Integration with the landing zone in November.",
        "decisions": "None.",
    },
}


def publish(world: World) -> None:
    """Compose and publish the reports of the month."""
    for code, program in world.programs.items():
        report = reports.compose(
            actor=world.cast.manager(code),
            program=Program.objects.get(pk=program.pk),
            title="October 2026",
            **WORDS[code],
        )
        report = StatusReport.objects.get(pk=report.pk)
        reports.publish(actor=world.cast.actor("tomas"), report=report, at=PUBLISHED_AT)


def draft(world: World) -> None:
    """Leave a draft on the desk of the manager in trouble."""
    reports.compose(
        actor=world.cast.manager("METER"),
        program=Program.objects.get(pk=world.programs["METER"].pk),
        title="November 2026",
        headline="The pilot is under way by hand; the vendor confirmed the new delivery date.",
    )
