"""Something was bought: who is there, and one order with two lines."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from budgets.models import PurchaseOrder, Vendor
from budgets.services import orders, vendors
from programs.models import Program
from projects.models import Project
from tests.factories import plans
from tpm.accounts import actors
from tpm.accounts.actors import Actor

DAY = date(2026, 3, 2)


@dataclass
class Purchase:
    program: Program
    project: Project
    vendor: Vendor
    order: PurchaseOrder
    orderer: Actor
    manager: Actor
    controller: Actor

    def line(self, position: int) -> int:
        pk: int = self.order.lines.get(position=position).pk
        return pk


def placed(**values: Any) -> Purchase:
    """Ten switches at 100.00, and a test environment at 5,000.00 that has to be installed and accepted; ordered on ``DAY``."""
    program = plans.program(data_date=DAY)
    project = plans.project(program)
    orderer, manager = plans.member("TPM", program), plans.member("PM", program)
    controller = plans.member("FC", program)
    vendor = vendors.create(
        actor=actors.system(), portfolio=program.portfolio, name="Halden A.S.", key="", category="hardware"
    )
    lines = [
        {"description": "Switch", "category": "hardware", "quantity": Decimal(10), "unit_price": Decimal(100)},
        {
            "description": "Test environment", "category": "hardware", "nature": "capex", "quantity": Decimal(1),
            "unit_price": Decimal(5000), "needs_acceptance": True, "expected_on": date(2026, 4, 15),
        },
    ]  # fmt: skip
    given = {
        "title": "Network of the lab", "vendor": vendor, "project": project, "currency": "EUR",
        "expected_on": date(2026, 3, 20), **values,
    }  # fmt: skip
    order = orders.create(actor=orderer, program=program, day=DAY, lines=given.pop("lines", lines), **given)
    order = orders.place(actor=orderer, order=order, on=DAY)
    return Purchase(program, project, vendor, order, orderer, manager, controller)
