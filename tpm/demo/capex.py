"""Capital requests of the demo: one of each state, two that count together, one that will overrun."""

import time
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from budgets.models import Actual, CapitalRequest, Category, Contract
from budgets.services import approvals, capex, capital_bookings
from programs.services import resources
from projects.models import Assignment, Task
from projects.selectors import scenarios as scenario_reads
from projects.services import plan_edits, scenarios
from projects.services.commands import Assign
from tpm import activity
from tpm import scenarios as what_ifs
from tpm.accounts import actors
from tpm.demo import building
from tpm.demo.building import World

TIERS = [
    {"up_to": "25000.00", "steps": [{"roles": ["ES", "PO"], "quorum": 1}]},
    {"up_to": "100000.00", "steps": [{"roles": ["ES"], "quorum": 1}, {"roles": ["FC"], "quorum": 1}]},
    {
        "up_to": None,
        "steps": [
            {"roles": ["ES"], "quorum": 1},
            {"roles": ["FC"], "quorum": 1},
            {"roles": ["SC"], "quorum": 1},
        ],
    },
]
YEAR = 2026
ASKED: dict[str, dict[str, Any]] = {
    "servers": {
        "program": "METER",
        "title": "Head-end servers and storage",
        "asset_class": "hardware",
        "vendor": "Norvik Systems",
        "business_case": "Two million readings a day do not fit on the servers of the pilot.",
        "alternatives": "Rented capacity: cheaper for eighteen months, dearer from then on. Later: go-live slips by a quarter.",
        "benefits": "Rent of the pilot environment ends; fewer night shifts in operations.",
        "risks": "Delivery times of storage have doubled since spring.",
        "planned_in_service_on": date(YEAR, 11, 2),
        "years": [(YEAR, 84_000, 0), (YEAR + 1, 0, 31_000), (YEAR + 2, 0, 36_000), (YEAR + 3, 0, 36_000)],
    },
    "first lot": {
        "program": "METER",
        "title": "Communication modules, first lot",
        "asset_class": "network",
        "vendor": "Halden Metering AS",
        "business_case": "3,000 modules for the first two districts.",
        "years": [(YEAR, 48_000, 0), (YEAR + 1, 0, 21_000), (YEAR + 2, 0, 21_000), (YEAR + 3, 0, 21_000)],
    },
    "second lot": {
        "program": "METER",
        "title": "Communication modules, second lot",
        "asset_class": "network",
        "vendor": "Halden Metering A.S.",
        "business_case": "4,000 modules for the next three districts; the price holds until the end of the quarter.",
        "alternatives": "Wait for the framework contract: five weeks later, four per cent cheaper.",
        "years": [(YEAR, 62_000, 0), (YEAR + 1, 0, 26_000), (YEAR + 2, 0, 26_000), (YEAR + 3, 0, 26_000)],
    },
    "test bench": {
        "program": "CUST",
        "title": "Load test bench for the portal",
        "asset_class": "software",
        "vendor": "Brightload",
        "business_case": "The last release was tested by hand; the annual statement brings ten times the load.",
        "years": [(YEAR, 18_500, 0), (YEAR + 1, 2_000, 9_000), (YEAR + 2, 2_000, 9_000), (YEAR + 3, 2_000, 9_000)],
    },
    "routers": {
        "program": "EXIT",
        "title": "Routers for the branch offices",
        "asset_class": "network",
        "vendor": "",
        "business_case": "",
        "years": [(YEAR + 1, 36_000, 0)],
    },
    "tablets": {
        "program": "FIELD",
        "title": "Rugged tablets, premium model",
        "asset_class": "equipment",
        "vendor": "Fjell Devices",
        "business_case": "Crews ask for larger screens.",
        "years": [(YEAR, 92_000, 0), (YEAR + 1, 0, 14_000)],
    },
}  # fmt: skip


def tell(world: World) -> None:
    """Write the policy and the requests, and let people vote."""
    policy = approvals.draft_policy(
        actor=world.cast.actor("ingrid"),
        portfolio=world.portfolio,
        tiers=TIERS,
        effective_from=date(YEAR, 1, 1),
        note="As agreed by the steering committee in December.",
    )
    approvals.confirm_policy(actor=world.cast.actor("samuel"), policy=policy, at=timezone.now())
    made = {name: _ask(world, **given) for name, given in ASKED.items()}
    for name in ("servers", "first lot", "test bench", "tablets"):
        _submit(world, made[name])
    _vote(world, "tomas", made["servers"], "Needed for go-live.")
    _vote(world, "samuel", made["servers"], "Pays back within three years.")
    _vote(world, "tomas", made["first lot"], "Agreed.")
    _vote(world, "samuel", made["first lot"], "Within the plan of the year.")
    _vote(
        world,
        "tomas",
        made["tablets"],
        "The standard model does it, says the field trial.",
        decision="reject",
    )
    _book(world, _now(made["servers"]))


def _ask(world: World, *, program: str, years: list[tuple[int, int, int]], **given: Any) -> CapitalRequest:
    return capex.create(
        actor=world.cast.manager(program),
        program=world.programs[program],
        currency=world.portfolio.currency,
        amounts=[{"year": year, "amount": cost, "benefit": benefit} for year, cost, benefit in years],
        **given,
    )


def tell_simulated(world: World) -> None:
    """The last request waits with what it buys: the waves in the field go faster, with more crews than there are."""
    request = CapitalRequest.objects.get(title=ASKED["second lot"]["title"])
    program, actor = world.programs["METER"], world.cast.manager("METER")
    crews = resources.create(
        actor=actor,
        portfolio=world.portfolio,
        program=program,
        name="Exchange crews",
        max_units=Decimal(3),
        is_generic=True,
    )
    waves = [Task.objects.get(pk=world.work[f"METER.SWAP.wave{n}"].pk) for n in (1, 2, 3)]
    plan_edits.apply(
        actor=actor,
        program=program,
        commands=[Assign(wave.pk, crews.pk, {"units": Decimal(1)}) for wave in waves],
        reason="Crews of the exchange waves",
    )
    building.bring_up_to_date(world)
    waves = [Task.objects.get(pk=wave.pk) for wave in waves]
    kept = {one.task_id: one for one in Assignment.objects.filter(resource=crews)}
    scenario = scenarios.create(
        actor=actor,
        program=program,
        name="Second lot now: faster waves",
        note="Modules for three more districts in January: waves of 15 days with two crews each.",
        is_shared=True,
        commands=[
            *(
                {"op": "update", "task": wave.pk, "version": wave.version, "set": {"duration": 15 * 480}}
                for wave in waves
            ),
            *(
                {
                    "op": "reassign",
                    "assignment": kept[wave.pk].pk,
                    "version": kept[wave.pk].version,
                    "set": {"units": "2"},
                }
                for wave in waves
            ),
        ],
    )
    capex.update(actor=actor, request=_now(request), scenario=scenario)
    for _again in range(300):  # a worker that runs already may be at it: then its result is waited for
        building.bring_up_to_date(world)
        what_ifs.drain(scenario.pk)
        if not scenario_reads.is_stale(scenario_reads.get_for(actors.system(), scenario.pk)):
            break
        time.sleep(0.1)
    _submit(world, _now(request))


def _submit(world: World, request: CapitalRequest) -> None:
    actor = world.cast.manager(request.program.code)
    capex.submit(actor=actor, request=request, at=timezone.now())


def _vote(world: World, who: str, request: CapitalRequest, reason: str, decision: str = "approve") -> None:
    now = _now(request)
    capex.vote(
        actor=world.cast.actor(who),
        request=now,
        content_sha256=now.content_sha256,
        decision=decision,
        reason=reason,
        at=timezone.now(),
    )


def _book(world: World, request: CapitalRequest) -> None:
    """A contract, the postings of hardware, and an extension that is expected: more than was authorised."""
    program = request.program
    with activity.change(
        actor=actors.system(), event="budgets.budget.changed", programs=[program], reason="Contract signed"
    ) as change:
        contract = change.create(
            Contract(
                program=program,
                supplier="Norvik Systems",
                description="Servers and storage, delivery in two lots",
                value=Decimal(79_000),
            )
        )
    capital_bookings.book(actor=actors.system(), row=contract, request=request)
    posted = Actual.objects.filter(program=program, category=Category.HARDWARE, amount__lt=40_000)
    for actual in posted.select_related("program").order_by("-amount", "pk")[:1]:
        capital_bookings.book(actor=world.cast.actor("samuel"), row=actual, request=request)
    capex.record(actor=world.cast.manager("METER"), request=_now(request), still_expected=Decimal(9_500))


def _now(request: CapitalRequest) -> CapitalRequest:
    return CapitalRequest.objects.select_related("program__portfolio", "project").get(pk=request.pk)
