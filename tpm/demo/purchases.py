"""What the demo buys: head-end servers that come in two lots, one of which is accepted, and a support contract that ends soon."""

from datetime import date, timedelta
from decimal import Decimal

from budgets.models import Acceptance, Vendor
from budgets.models.vendors import key_of
from budgets.services import contracts, deliveries, invoices, orders, tolerances, vendors
from projects.models import Task
from tpm.accounts import actors
from tpm.demo.building import World


def tell(world: World) -> None:
    """Order, receive, accept, and match invoices: one is posted, one is refused because not everything came."""
    program = world.programs["METER"]
    orderer, manager, controller = (world.cast.actor(who) for who in ("marta", "jonas", "samuel"))
    today = program.data_date or program.starts_on
    vendor = _vendor(world, "Norvik Systems", "Elin Dahl")
    tolerance = tolerances.draft(
        actor=controller, portfolio=world.portfolio, effective_from=date(2026, 1, 1),
        price_percent=Decimal(2), quantity_percent=Decimal(0), amount=Decimal(500),
    )  # fmt: skip
    tolerances.confirm(actor=world.cast.actor("ingrid"), tolerance=tolerance)
    tested = Task.objects.get(project=world.projects["METER.HEADEND"], name="User acceptance test")
    contracts.create(
        actor=orderer, program=program, vendor=vendor, reference="NS-2026-14", value=Decimal(18_000),
        description="Support of the head-end environment", starts_on=today - timedelta(days=300),
        ends_on=today + timedelta(days=65), renewal="automatic", notice_days=60,
        milestones=[
            {"name": "Environment accepted", "task": tested, "amount": Decimal(6_000)},
            {"name": "Second payment", "due_on": today + timedelta(days=40), "amount": Decimal(3_000)},
        ],
    )  # fmt: skip
    contracts.create(
        actor=orderer, program=program, vendor=vendor, reference="NS-2026-31", value=Decimal(9_600),
        description="Backup of meter data", starts_on=date(2026, 2, 1), ends_on=date(2027, 1, 31), renewal="automatic",
        notice_days=60,
    )  # fmt: skip
    lines = [
        {
            "description": "Rack server", "category": "hardware", "nature": "capex", "quantity": Decimal(4),
            "unit_price": Decimal(3_200),
        },
        {
            "description": "Head-end test environment", "category": "hardware", "nature": "capex", "quantity": Decimal(1),
            "unit_price": Decimal(6_500), "needs_acceptance": True,
        },
        {
            "description": "Monitoring licences, one year", "category": "software", "quantity": Decimal(10),
            "unit_price": Decimal(180), "expected_on": today + timedelta(days=45),
        },
    ]  # fmt: skip
    order = orders.create(
        actor=orderer, program=program, day=today, title="Head-end, second lot", vendor=vendor, lines=lines,
        currency=world.portfolio.currency, expected_on=today - timedelta(days=5),
    )  # fmt: skip
    order = orders.place(actor=orderer, order=order, on=today - timedelta(days=40))
    servers, environment, _licences = order.lines.order_by("position")
    deliveries.receive(
        actor=manager, order=order, delivered_on=today - timedelta(days=8), note="First lot",
        rows=[
            {"order_line": servers.pk, "quantity": Decimal(3)},
            {"order_line": environment.pk, "quantity": Decimal(1)},
        ],
    )  # fmt: skip
    acceptance = Acceptance.objects.select_related("program", "order__program").get(order=order)
    for step in acceptance.steps.order_by("position"):
        deliveries.set_step(
            actor=manager, step=step, done_on=today - timedelta(days=3), responsible="Jonas Weber",
            evidence="Protocol of the acceptance test, page 4",
        )  # fmt: skip
    deliveries.decide(actor=manager, acceptance=acceptance, accept=True, on=today - timedelta(days=2))
    first = invoices.enter(
        actor=controller, order=order, number="NS 20871", invoiced_on=today, total=Decimal(6_500),
        rows=[{"order_line": environment.pk, "quantity": Decimal(1), "unit_price": Decimal(6_500)}],
    )  # fmt: skip
    invoices.post(actor=controller, invoice=first, on=today)
    invoices.enter(
        actor=controller, order=order, number="NS 20872", invoiced_on=today, total=Decimal(12_800),
        rows=[{"order_line": servers.pk, "quantity": Decimal(4), "unit_price": Decimal(3_200)}],
    )  # fmt: skip


def _vendor(world: World, name: str, contact: str) -> Vendor:
    found = Vendor.objects.filter(portfolio=world.portfolio, key=key_of(name)).first()
    return found or vendors.create(
        actor=actors.system(), portfolio=world.portfolio, name=name, key="", category="hardware",
        contacts=[{"name": contact, "role": "Account manager", "email": "orders@example.org", "phone": ""}],
    )  # fmt: skip
