"""Imports as people see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from programs import policies
from programs.models import Portfolio, Program
from projects.models import ImportRun
from tpm.accounts.actors import Actor

AT_WORK = (ImportRun.State.WAITING, ImportRun.State.READING, ImportRun.State.WRITING)
ORDER = (
    "programs", "projects", "calendars", "exceptions", "resources", "tasks", "dependencies", "assignments", "budgets", "cost_lines", "actuals",
    "vendors", "contracts", "kpis", "risks", "earning_rules",
)  # fmt: skip


@dataclass(frozen=True)
class TableCounts:
    """What an import does to one table."""

    name: str
    new: int
    changed: int
    dropped: int
    same: int
    kept: int
    absent: int


@dataclass(frozen=True)
class Targets:
    """Where the actor may import."""

    portfolios: list[Portfolio]
    programs: list[Program]
    ledgers: list[Program]
    budgets: list[Program]


def get_for(actor: Actor, pk: int) -> ImportRun:
    """Return one import.

    :raises ImportRun.DoesNotExist: if there is none that the actor may see.
    """
    return runs_for(actor).get(pk=pk)


def runs_for(actor: Actor) -> QuerySet[ImportRun]:
    """Return the imports that the actor may see, the newest first."""
    runs = ImportRun.objects.visible_to(actor).select_related("portfolio", "program", "started_by")
    return runs.order_by("-pk")


def targets(actor: Actor) -> Targets:
    """Return portfolios and programs into which the actor may import."""
    held = list(policies.holding(actor, "import.run")) if not actor.is_system else []
    whole = {grant.portfolio_id for grant in held if grant.program_id is None}
    portfolios = Portfolio.objects.all() if actor.is_system else Portfolio.objects.filter(pk__in=whole)
    programs = (
        Program.objects.visible_to(actor, "import.run").filter(archived_at=None).select_related("portfolio")
    )
    allowed = [
        program for program in programs.order_by("name") if policies.holds(actor, "import.run", program.scope)
    ]
    posts = (
        Program.objects.visible_to(actor, "actuals.post").filter(archived_at=None).select_related("portfolio")
    )
    ledgers = [one for one in posts.order_by("name") if policies.holds(actor, "actuals.post", one.scope)]
    money = (
        Program.objects.visible_to(actor, "budget.edit").filter(archived_at=None).select_related("portfolio")
    )
    budgets = [one for one in money.order_by("name") if policies.holds(actor, "budget.edit", one.scope)]
    return Targets(list(portfolios.order_by("name")), allowed, ledgers, budgets)


def tables(counts: Mapping[str, Any]) -> list[TableCounts]:
    """Return the preview's figures in the order in which people think of the tables."""
    labels = {
        "programs": _("Programs"),
        "projects": _("Projects"),
        "calendars": _("Calendars"),
        "exceptions": _("Calendar exceptions"),
        "tasks": _("Tasks"),
        "dependencies": _("Dependencies"),
        "budgets": _("Budgets"),
        "resources": _("Resources"),
        "assignments": _("Assignments"),
        "cost_lines": _("Cost lines"),
        "actuals": _("Actuals"),
        "vendors": _("Vendors"),
        "contracts": _("Contracts"),
        "kpis": _("KPIs"),
        "risks": _("Risks"),
        "earning_rules": _("Earning rules"),
    }
    found: Mapping[str, Mapping[str, int]] = counts.get("tables", {})
    return [TableCounts(name=labels[key], **found[key]) for key in ORDER if key in found]


def programs_written(run: ImportRun, actor: Actor) -> list[Program]:
    """Return the programs that an import wrote to and that the actor may open."""
    if run.change_set is None:
        return []
    ids = list(run.change_set.revisions.values_list("program_id", flat=True))
    return list(Program.objects.visible_to(actor).filter(pk__in=ids).order_by("name")[:100])
