"""Two baselines compared, or a baseline with the plan as it is: the page, its rows and its downloads."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from budgets.selectors import baselines as selectors
from budgets.selectors.baselines import Comparison, Row
from programs.models import Program
from programs.selectors import computation, programs
from projects.models import Baseline
from projects.selectors import baselines, plans
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports, htmx
from tpm.lib.exports import Column

WORKDAY = 480
LABELS: dict[str, str | Promise] = {
    "added": gettext_lazy("added"),
    "removed": gettext_lazy("removed"),
    "moved": gettext_lazy("moved"),
    "re_estimated": gettext_lazy("re-estimated"),
    "re_costed": gettext_lazy("re-costed"),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for: the two sides (None: the plan now) and the filter."""

    before: Baseline | None
    after: Baseline | None
    kind: str
    project: int | None

    def query(self, **other: Any) -> str:
        """Return the address's query with some of it replaced; what is empty is left out."""
        values = {
            "from": self.before.pk if self.before else baselines.PLAN,
            "to": self.after.pk if self.after else baselines.PLAN,
            "change": self.kind,
            "project": self.project or "",
            **other,
        }
        return "?" + urlencode({name: value for name, value in values.items() if value != ""})


@require_safe
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    """The page: ``?from=``, ``?to=`` (a baseline's id, or ``plan``), ``?change=``, ``?project=``, ``?after=`` (more rows)."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    context: dict[str, Any] = {"program": program, "tab": "plan", "view": "compare", "plan": baselines.PLAN}
    asked = _asked(request, actor, program)
    if asked is not None:
        context |= _context(request, actor, program, asked)
    if htmx.wants_fragment(request):
        part = "_compared_rows" if request.GET.get("after") else "_compared"
        return render(request, f"budgets/baselines/{part}.html", context)
    return render(request, "budgets/baselines/compare.html", context)


@require_safe
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """All rows of the comparison that the address asks for, as CSV or XLSX."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    asked = _asked(request, actor, program)
    if kind not in exports.FORMATS or asked is None:
        raise Http404
    found = selectors.compare(actor, program, asked.before, asked.after)
    rows, _next = found.rows(kind=asked.kind, project=asked.project, most=None)
    title = _("%(program)s, %(before)s to %(after)s") % {
        "program": program.code,
        "before": _name(asked.before),
        "after": _name(asked.after),
    }
    return exports.respond(kind, title, _columns(found), _cells(found, rows))


def _asked(request: HttpRequest, actor: Actor, program: Program) -> Asked | None:
    """Read the address; None if there is no baseline to compare with."""
    given = request.GET
    before = (
        baselines.side(actor, program, given["from"])
        if given.get("from")
        else baselines.usual(actor, program)
    )
    if before is None and given.get("from") != baselines.PLAN:
        return None
    after = baselines.side(actor, program, given.get("to") or baselines.PLAN)
    kind, project = given.get("change", ""), given.get("project", "")
    if kind and kind not in selectors.KINDS:
        raise Http404
    known = project.isascii() and project.isdigit() and len(project) < 19
    return Asked(before, after, kind, int(project) if known else None)


def _context(request: HttpRequest, actor: Actor, program: Program, asked: Asked) -> dict[str, Any]:
    found = selectors.compare(actor, program, asked.before, asked.after)
    rows, key = found.rows(kind=asked.kind, project=asked.project, after=request.GET.get("after", ""))
    shown = next((one for one in found.projects if one.project and one.project.id == asked.project), None)
    summed = shown if asked.project else found.total
    chips = [
        {"label": label, "count": summed.counts[name] if summed else 0, "url": asked.query(change=name),
         "active": asked.kind == name}
        for name, label in LABELS.items()
        if name != "re_costed" or found.reads_cost
    ]  # fmt: skip
    return {
        "found": found,
        "before": asked.before,
        "after": asked.after,
        "before_name": _name(asked.before),
        "after_name": _name(asked.after),
        "asked": asked,
        "baselines": plans.baselines(actor, program),
        "rows": [{"row": row, "kinds": [(kind, LABELS[kind]) for kind in row.kinds]} for row in rows],
        "next_url": asked.query(after=key) if key else "",
        "chips": chips,
        "all_url": asked.query(change=""),
        "all_count": summed.changed if summed else 0,
        "every_project_url": asked.query(project=""),
        "swap_url": asked.query(**{"from": _side(asked.after), "to": _side(asked.before)}),
        "project": shown.project if shown else None,
        "projects": [
            {"one": one, "url": asked.query(project=one.project.id)} for one in found.projects if one.project
        ],
        "query": asked.query(),
        "currency": program.portfolio.currency,
        "revision": computation.describe(program.computation),
    }


def _side(baseline: Baseline | None) -> str:
    return str(baseline.pk) if baseline else baselines.PLAN


def _name(baseline: Baseline | None) -> str:
    return baseline.name if baseline else _("the plan now")


def _columns(found: Comparison) -> Sequence[Column]:
    columns = [
        Column(_("Project"), 30), Column(_("WBS"), 10), Column(_("Task"), 40), Column(_("Changes"), 24),
        Column(_("Start before"), 12), Column(_("Start after"), 12), Column(_("Start moved, working days"), 12),
        Column(_("Finish before"), 12), Column(_("Finish after"), 12), Column(_("Finish moved, working days"), 12),
        Column(_("Finish moved, calendar days"), 12), Column(_("Duration before, days"), 12),
        Column(_("Duration after, days"), 12),
    ]  # fmt: skip
    if found.reads_cost:
        columns += [Column(_("Cost before")), Column(_("Cost after")), Column(_("Cost difference"))]
    return columns


def _cells(found: Comparison, rows: Iterable[Row]) -> Iterable[Sequence[Any]]:
    for row in rows:
        before, after = row.before, row.after
        cells: list[Any] = [
            row.project.name,
            row.wbs,
            row.name,
            ", ".join(str(LABELS[kind]) for kind in row.kinds),
            before and before.start,
            after and after.start,
            _days(row.start_minutes),
            before and before.finish,
            after and after.finish,
            _days(row.finish_minutes),
            row.finish_days,
            _days(before.duration if before else None),
            _days(after.duration if after else None),
        ]
        if found.reads_cost:
            cells += [before and before.cost, after and after.cost, row.cost_delta]
        yield cells


def _days(minutes: int | None) -> float | None:
    return None if minutes is None else round(minutes / WORKDAY, 2)
