"""What the search looks through: one entry per kind of thing. All entries together make one statement.

A new kind is one more ``Source``: rows under the actor's own rights, the columns that are searched, what is shown, and the address.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import BigIntegerField, Case, CharField, F, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Concat, Left
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from budgets.models import CapitalRequest, Contract, PurchaseOrder, Vendor
from programs import policies
from programs.models import Action, Grant, Kpi, Objective, Portfolio, Program, StatusReport
from projects.models import Gate, Project, Scenario, Task
from risks.models import Risk
from tpm.accounts.actors import Actor
from tpm.accounts.models import SavedView

Rows = QuerySet[Any]
KINDS: Final = {
    "portfolio": _("Portfolios"),
    "program": _("Programs"),
    "project": _("Projects"),
    "milestone": _("Milestones"),
    "task": _("Tasks"),
    "risk": _("Risks"),
    "gate": _("Gates"),
    "action": pgettext_lazy("action items", "Actions"),
    "objective": _("Objectives"),
    "report": _("Reports"),
    "capital": _("Capital requests"),
    "vendor": _("Vendors"),
    "contract": _("Contracts"),
    "order": _("Orders"),
    "kpi": _("KPIs"),
    "scenario": _("What-if"),
    "person": _("People"),
    "view": _("Saved views"),
}
"""Kinds of results in the order in which they are shown."""


@dataclass(frozen=True)
class Source:
    """One kind of thing that can be found.

    :ivar rows: what the actor may see, with the columns below. :ivar fields: the columns that are searched.
    :ivar title, hint: what is shown. :ivar place: an id that the address needs beside the row's own.
    :ivar url: the address by the row's id and its place.
    """

    kind: str
    rows: Callable[[Actor], Rows]
    fields: tuple[str, ...]
    title: Any
    url: Callable[[int, int], str]
    hint: Any = ""
    place: Any = 0
    found_as: Any = None  # an expression for the kind, where rows are of several


def _numbered(letters: str) -> Concat:
    """The short name that people say, such as ``R-14``."""
    return Concat(Value(f"{letters}-"), Cast("number", CharField()))


def _people(actor: Actor) -> Rows:
    """One of the roles of each person, in what the actor may read people of."""
    allowed = policies.within(
        actor, "member.read", portfolio="portfolio_id", program="program_id", project="project_id"
    )
    return (
        Grant.objects.filter(allowed, user__is_active=True)
        .order_by("user_id", "program_id", "pk")
        .distinct("user_id")
    )


def _of_person(_pk: int, place: int) -> str:
    name = "programs:member-list" if place > 0 else "programs:portfolio-members"
    return reverse(name, args=[abs(place)])


def _plan(pk: int, place: int) -> str:
    return f"{reverse('projects:program-plan', args=[place])}?task={pk}"


SOURCES: list[Source] = [
    Source(
        "portfolio", lambda actor: Portfolio.objects.visible_to(actor), ("name",), "name",
        lambda pk, place: reverse("programs:portfolio-detail", args=[pk]),
    ),
    Source(
        "program", lambda actor: Program.objects.visible_to(actor), ("name", "code"), "name",
        lambda pk, place: reverse("programs:program-detail", args=[pk]),
        hint=Concat("code", Value(" · "), "portfolio__name"),
    ),
    Source(
        "project", lambda actor: Project.objects.visible_to(actor), ("name", "code"), "name",
        lambda pk, place: f"{reverse('projects:task-list', args=[place])}?project={pk}",
        hint=Concat("code", Value(" · "), "program__name"), place="program_id",
    ),
    Source(
        "task", lambda actor: Task.objects.visible_to(actor), ("name",), "name", _plan, hint="program__name",
        place="program_id", found_as=Case(When(is_milestone=True, then=Value("milestone")), default=Value("task")),
    ),
    Source(
        "risk", lambda actor: Risk.objects.visible_to(actor).annotate(said=_numbered("R")), ("title", "said"),
        Concat("said", Value(" "), "title"), lambda pk, place: f"{reverse('risks:program-risks', args=[place])}?state=all&risk={pk}",
        hint="program__name", place="program_id",
    ),
    Source(
        "gate", lambda actor: Gate.objects.visible_to(actor), ("name",), "name",
        lambda pk, place: reverse("projects:gate-detail", args=[pk]),
        hint=Coalesce(F("project__name"), F("program__name")),
    ),
    Source(
        "action", lambda actor: Action.objects.visible_to(actor).annotate(said=_numbered("A")), ("title", "said"),
        Concat("said", Value(" "), "title"),
        lambda pk, place: f"{reverse('programs:action-list', args=[place])}?show=all&action={pk}", hint="program__name",
        place="program_id",
    ),
    Source(
        "objective", lambda actor: Objective.objects.visible_to(actor), ("name",), "name",
        lambda pk, place: reverse("programs:objective-detail", args=[pk]), hint="portfolio__name",
    ),
    Source(
        "report", lambda actor: StatusReport.objects.visible_to(actor), ("title",), "title",
        lambda pk, place: reverse("programs:report-edit" if place else "programs:report-detail", args=[pk]),
        hint="program__name", place=Case(When(state="draft", then=Value(1)), default=Value(0)),
    ),
    Source(
        "capital", lambda actor: CapitalRequest.objects.visible_to(actor).annotate(said=_numbered("CX")), ("title", "said"),
        Concat("said", Value(" "), "title"), lambda pk, place: reverse("budgets:capex-detail", args=[pk]), hint="program__name",
    ),
    Source(
        "vendor", lambda actor: Vendor.objects.visible_to(actor), ("name", "key"), "name",
        lambda pk, place: reverse("budgets:vendor-detail", args=[pk]), hint="portfolio__name",
    ),
    Source(
        "contract", lambda actor: Contract.objects.visible_to(actor), ("supplier", "reference", "description"),
        Concat("supplier", Value(": "), Left("description", 60)), lambda pk, place: reverse("budgets:program-orders", args=[place]),
        hint=Concat("reference", Value(" · "), "program__name"), place="program_id",
    ),
    Source(
        "order", lambda actor: PurchaseOrder.objects.visible_to(actor).annotate(said=_numbered("PO")), ("title", "said"),
        Concat("said", Value(" "), "title"), lambda pk, place: reverse("budgets:order-detail", args=[pk]), hint="program__name",
    ),
    Source(
        "kpi", lambda actor: Kpi.objects.visible_to(actor), ("description", "category"), Left("description", 120),
        lambda pk, place: reverse("programs:kpi-detail", args=[pk]), hint="program__name",
    ),
    Source(
        "scenario", lambda actor: Scenario.objects.visible_to(actor), ("name",), "name",
        lambda pk, place: reverse("projects:scenario-detail", args=[pk]), hint="program__name",
    ),
    Source(
        "person", _people, ("user__name", "user__email"), "user__name", _of_person, hint="user__email",
        place=Coalesce(F("program_id"), -F("portfolio_id")),
    ),
    Source(
        "view", lambda actor: SavedView.objects.visible_to(actor), ("name",), "name",
        lambda pk, place: reverse("saved-view-open", args=[pk]),
    ),
]  # fmt: skip


def shown(source: Source, name: str) -> Any:
    """An entry's column as an expression of the type that all share."""
    value = getattr(source, name)
    if name == "place":
        return Cast(Value(value) if isinstance(value, int) else value, BigIntegerField())
    if name == "hint" and not value:
        return Value("", output_field=TextField())
    return Cast(value, TextField())
