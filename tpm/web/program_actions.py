"""What the palette offers within a program: its pages, and what may be done there. Shown is what the actor's role allows."""

from collections.abc import Callable
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from programs.models import Program
from programs.policies import holds
from programs.selectors.programs import may_somewhere
from tpm.accounts.actors import Actor

WHOLE, ANY = "whole", "any"
PAGES: Final = (
    (gettext_lazy("Task list"), "projects:task-list", "plan.read", ANY, "task"),
    (gettext_lazy("Board"), "projects:program-board", "plan.read", ANY, "columns"),
    (gettext_lazy("Calendar"), "projects:program-calendar", "plan.read", ANY, "calendar"),
    (gettext_lazy("Road map"), "projects:program-roadmap", "plan.read", ANY, "flag"),
    (gettext_lazy("Milestone trend"), "projects:milestone-trend", "plan.read", ANY, "chart"),
    (gettext_lazy("Plan quality"), "projects:program-quality", "plan.read", ANY, "check"),
    (gettext_lazy("What-if scenarios"), "projects:scenario-list", "plan.read", ANY, "whatif"),
    (gettext_lazy("Compare baselines"), "budgets:baseline-compare", "plan.read", ANY, "baseline"),
    (gettext_lazy("Budget grid"), "budgets:budget-grid", "budget.read", ANY, "money"),
    (gettext_lazy("Earned value"), "budgets:earned-value", "budget.read", ANY, "chart"),
    (gettext_lazy("Cash flow"), "budgets:program-cash-flow", "budget.read", ANY, "chart"),
    (gettext_lazy("Capital requests"), "budgets:program-capex", "budget.read", ANY, "contract"),
    (gettext_lazy("Orders"), "budgets:program-orders", "budget.read", ANY, "contract"),
    (gettext_lazy("Health by rule"), "programs:program-health", "program.read", ANY, "target"),
)
ACTIONS: Final = (
    (gettext_lazy("Enter a risk"), "risks:program-risks", "#risk-dialog", "risk.edit", ANY, "risk"),
    (gettext_lazy("Take a baseline"), "budgets:baseline-take", "", "baseline.take", WHOLE, "baseline"),
    (
        gettext_lazy("Add a component project"),
        "projects:project-create",
        "",
        "project.edit",
        WHOLE,
        "project",
    ),
    (gettext_lazy("Compose a report"), "programs:report-create", "", "report.compose", WHOLE, "report"),
    (gettext_lazy("Add a KPI"), "programs:kpi-create", "", "indicator.edit", WHOLE, "target"),
    (gettext_lazy("Ask for capital"), "budgets:capex-create", "", "capex.request", ANY, "contract"),
    (gettext_lazy("Place an order"), "budgets:order-create", "", "purchase.order", ANY, "contract"),
    (gettext_lazy("Enter a contract"), "budgets:contract-create", "", "budget.edit", ANY, "contract"),
    (gettext_lazy("Add a resource"), "programs:resource-create", "", "resource.edit", ANY, "people"),
    (gettext_lazy("Move the data date"), "programs:program-settings", "", "program.edit", WHOLE, "calendar"),
    (gettext_lazy("Give a role"), "programs:member-list", "", "member.manage", WHOLE, "user"),
)


def of_program(
    actor: Actor, program: Program, tabs: list[dict[str, Any]], address: Callable[..., str]
) -> list[dict[str, Any]]:
    """Return pages and actions as the palette takes them; ``tabs`` are the program's, ``address`` gives an empty text for what
    is not served here."""

    def may(capability: str, where: str) -> bool:
        return (
            holds(actor, capability, program.scope)
            if where == WHOLE
            else may_somewhere(actor, capability, program)
        )

    found = [
        {"label": tab["label"], "url": tab["url"], "icon": "arrow", "keys": tab.get("keys", "")}
        for tab in tabs
    ]
    for label, name, capability, where, icon in PAGES:
        if may(capability, where) and (url := address(name, program.pk)):
            found.append({"label": str(label), "url": url, "icon": icon})
    for one in found:
        one |= {"kind": program.name, "type": "page", "group": "pages"}
    for label, name, fragment, capability, where, icon in ACTIONS:
        if may(capability, where) and (url := address(name, program.pk)):
            found.append({"label": str(label), "url": url + fragment, "icon": icon, "kind": _("Actions"), "type": "action", "hint": program.name})  # fmt: skip
    return found
