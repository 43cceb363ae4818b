"""Which pages keep views, and who shares them with whom: said to the foundation by the roof, which knows the apps."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from programs import policies
from programs.policies import Scope
from tpm.accounts import saved_views
from tpm.accounts.actors import Actor
from tpm.accounts.saved_views import Page


def register() -> None:
    """Let lists keep their views."""
    saved_views.sharing.portfolios_of = _portfolios_of
    saved_views.sharing.curates = lambda actor, portfolio: policies.holds(
        actor, "portfolio.edit", Scope(portfolio)
    )
    saved_views.pages.update(
        {
            "programs:portfolio-detail": Page(_("Portfolio"), "portfolio"),
            "programs:kpi-list": Page(_("KPIs"), "program"),
            "programs:report-list": Page(_("Reports"), "program"),
            "projects:program-plan": Page(_("Plan"), "program"),
            "projects:task-list": Page(_("Task list"), "program"),
            "projects:program-board": Page(_("Board"), "program"),
            "projects:program-roadmap": Page(_("Road map"), "program"),
            "projects:program-dependencies": Page(_("Dependencies"), "program"),
            "projects:milestone-list": Page(_("Milestones"), "program"),
            "projects:gate-list": Page(_("Gates"), "program"),
            "programs:action-list": Page(pgettext_lazy("action items", "Actions"), "program"),
            "projects:milestone-trend": Page(_("Milestone trend"), "program"),
            "projects:program-calendar": Page(_("Calendar"), "program"),
            "projects:program-load": Page(_("Load"), "program"),
            "projects:portfolio-roadmap": Page(_("Road map of the portfolio"), "portfolio"),
            "projects:portfolio-dependencies": Page(_("Dependencies of the portfolio"), "portfolio"),
            "projects:portfolio-load": Page(_("Load of the portfolio"), "portfolio"),
            "projects:change-list": Page(_("Changes"), "program"),
            "projects:resource-list": Page(_("Resources"), "program"),
            "budgets:program-money": Page(_("Money"), "program"),
            "budgets:budget-grid": Page(_("Budget grid"), "program"),
            "budgets:cash-flow": Page(_("Cash flow of the program"), "program"),
            "budgets:earned-value": Page(_("Earned value of the program"), "program"),
            "budgets:program-estimates": Page(_("Estimates"), "program"),
            "budgets:program-orders": Page(_("Orders"), "program"),
            "budgets:program-capex": Page(_("Capital requests"), "program"),
            "budgets:vendor-list": Page(_("Vendors"), "portfolio"),
            "budgets:portfolio-capex": Page(_("Capital of the portfolio"), "portfolio"),
            "budgets:portfolio-cash-flow": Page(_("Cash flow"), "portfolio"),
            "budgets:portfolio-earned-value": Page(_("Earned value"), "portfolio"),
            "risks:program-risks": Page(_("Risks"), "program"),
        }
    )


def _portfolios_of(actor: Actor) -> set[int]:
    return {grant.portfolio_id for grant in policies.holding(actor, "program.read")}
