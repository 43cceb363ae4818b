"""The head that all pages of a program share, whatever app serves them: crumbs, rating, revision, the fixed tabs."""

from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from programs import policies
from programs.models import Program
from programs.selectors import computation, ratings
from programs.selectors.programs import may_somewhere
from tpm.accounts import actors, saved_views
from tpm.accounts.actors import Actor

register = template.Library()
WHOLE, ANY = "whole", "any"
# Shortcuts of the tabs, beside those of the shell (g h, g p, g a, g v).
KEYS = {
    "overview": "g o",
    "plan": "g l",
    "dependencies": "g d",
    "milestones": "g m",
    "money": "g b",
    "risks": "g r",
    "actions": "g n",
    "kpis": "g k",
    "reports": "g t",
    "changes": "g c",
    "resources": "g e",
    "people": "g u",
    "settings": "g s",
}


def tabs(actor: Actor, program: Program, active: str) -> list[dict[str, Any]]:
    """Return the tabs that this person may open; a page that is not served here is left out."""
    offered = (
        ("overview", _("Overview"), "programs:program-detail", "program.read", ANY),
        ("plan", _("Plan"), "projects:program-plan", "plan.read", ANY),
        ("dependencies", _("Dependencies"), "projects:program-dependencies", "plan.read", ANY),
        ("milestones", _("Milestones"), "projects:milestone-list", "plan.read", ANY),
        ("money", _("Money"), "budgets:program-money", "budget.read", ANY),
        ("risks", _("Risks"), "risks:program-risks", "risk.read", ANY),
        ("actions", pgettext("action items", "Actions"), "programs:action-list", "action.read", ANY),
        ("kpis", _("KPIs"), "programs:kpi-list", "plan.read", WHOLE),
        ("reports", _("Reports"), "programs:report-list", "report.read", ANY),
        ("changes", _("Changes"), "projects:change-list", "plan.read", WHOLE),
        ("resources", _("Resources"), "projects:resource-list", "plan.read", ANY),
        ("people", _("People"), "programs:member-list", "member.read", ANY),
        ("settings", _("Settings"), "programs:program-settings", "plan.read", WHOLE),
    )
    shown = []
    for key, label, name, capability, where in offered:
        may = (
            policies.holds(actor, capability, program.scope)
            if where == WHOLE
            else may_somewhere(actor, capability, program)
        )
        url = reverse_or_nothing(name, program.pk) if may else ""
        if url:
            shown.append({"label": label, "url": url, "active": key == active, "keys": KEYS.get(key, "")})
    return shown


def reverse_or_nothing(name: str, *args: Any) -> str:
    """Return an address, or an empty text if this installation serves no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""


def revision(program: Program) -> dict[str, Any]:
    """Return a program's computation as the revision badge takes it."""
    status = computation.describe(program.computation)
    return {
        "program": program.pk,
        "computed": status.computed_revision,
        "input": status.input_revision,
        "state": status.state,
        "reason": "",
        "at": status.computed_at,
    }


@register.inclusion_tag("programs/programs/_head.html", takes_context=True)
def program_head(context: template.Context, program: Program, active: str) -> dict[str, Any]:
    """The head of a page of a program; ``active`` is the tab: overview, plan, dependencies, milestones, money, risks, reports, changes,
    people, settings. The program was read by ``programs.selectors.programs.get_for``."""
    request = context["request"]
    actor = actors.from_request(request)
    rating = ratings.for_programs(actor, [program.pk])[program.pk]
    status = computation.describe(program.computation)
    portfolio = {
        "label": program.portfolio.name,
        "url": reverse("programs:portfolio-detail", args=[program.portfolio_id]),
    }
    return {
        "request": request,
        "keeps_views": request.resolver_match.view_name in saved_views.pages,
        "program": program,
        "crumbs": [{"label": _("Portfolios"), "url": reverse("programs:portfolio-list")}, portfolio],
        "tabs": tabs(actor, program, active),
        "rating": rating,
        "revision": revision(program),
        "status": status,
        "is_starred": any(one.id == program.pk for one in context["shell"].favourites),
        "may_recompute": policies.holds(actor, "recompute.force", program.scope),
        "archived": program.archived_at,
    }


@register.inclusion_tag("components/_drawer.html")
def program_drawer() -> dict[str, Any]:
    """The drawer of a program's pages: tasks, and what the apps above put into it."""
    offered = {
        "task": "projects:task-drawer",
        "risk": "risks:risk-drawer",
        "link": "projects:commitment-drawer",
        "action": "programs:action-drawer",
    }
    return {"kinds": {kind: url for kind, name in offered.items() if (url := reverse_or_nothing(name, 0))}}


@register.simple_tag
def url_if_served(name: str, *args: Any) -> str:
    """An address of a page that another app may serve; empty where it does not."""
    return reverse_or_nothing(name, *args)
