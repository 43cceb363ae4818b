"""One portfolio: its programs as a table or as bubbles, filtered, sorted, grouped by the address; as a file too."""

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programs import policies
from programs.models import Portfolio
from programs.selectors import overviews, portfolios
from programs.selectors.overviews import ProgramRow
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import bubbles, charts, exports, htmx
from tpm.lib.bubbles import Bubble
from tpm.lib.exports import Column
from tpm.lib.templatetags.tpm_ui import money_delta, money_short, rag_word, signed_days

LEVELS = ("bad", "watch", "ok", "none")
VIEWS = ("table", "bubbles")


def _columns(currency: str) -> list[dict[str, Any]]:
    """The heads of the table."""
    return [
        {"key": "name", "label": _("Program"), "sort": True},
        {"key": "health", "label": _("Health"), "sort": True, "hint": _("Overall, and below it schedule, cost, scope and risk. A click opens the rule.")},
        {"key": "finish", "label": _("Finish"), "sort": True},
        {"key": "slip", "label": _("Slip"), "unit": _("wd"), "num": True, "sort": True, "hint": _("Finish slippage: later than the baseline, in working days")},
        {"key": "trend", "label": _("Trend"), "hint": _("The last 12 data dates")},
        {"key": "spi", "label": "SPI", "num": True, "sort": True, "hint": _("Schedule performance index: earned / planned value")},
        {"key": "cpi", "label": "CPI", "num": True, "sort": True, "hint": _("Cost performance index: earned value / actual cost")},
        {"key": "eac", "label": "EAC", "unit": currency, "num": True, "sort": True, "hint": _("Estimate at completion")},
        {"key": "over", "label": _("To approved"), "num": True, "sort": True, "hint": _("Approved less EAC; negative is over budget")},
        {"key": "exposure", "label": _("Exposure"), "num": True, "sort": True, "hint": _("Expected cost of the open risks")},
        {"key": "next", "label": _("Next milestone"), "sort": True},
        {"key": "gate", "label": _("Next gate"), "sort": True, "hint": _("The next decision whether work goes on, and how many of its criteria are open")},
        {"key": "behind", "label": _("Rev."), "sort": True, "hint": _("Revision of the figures, and their age")},
    ]  # fmt: skip


@require_safe
def portfolio_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The programs of a portfolio with their sums."""
    actor = actors.from_request(request)
    portfolio = portfolios.get_for(actor, pk)
    may = policies.capabilities_at(actor, portfolio.scope)
    query = _query(request)
    rows = overviews.of_portfolio(
        actor,
        portfolio,
        text=query["q"],
        level=query["health"],
        person=int(query["person"] or 0),
        slip=query["slip"],
        trend=query["trend"],
        sort=query["sort"],
    )
    if kind := exports.wanted(request):
        return exports.respond(kind, portfolio.name, _file_columns(), map(_cells, rows))
    context = {
        "portfolio": portfolio,
        "rows": rows,
        "sums": overviews.sums(rows),
        "groups": _groups(rows, query["group"]),
        "trends": _trends(rows, query["trend"]),
        "columns": _columns(portfolio.currency),
        "query": query,
        "sort": query["sort"],
        "filtered": [name for name in ("q", "health", "person", "slip") if query[name]],
        "topics": " ".join(f"program:{row.program.pk}" for row in rows),
        "may": may,
        "tabs": _tabs(portfolio, may),
        "reads_plan": any(grant.portfolio_id == pk for grant in policies.holding(actor, "plan.read")),
    }
    if query["view"] == "bubbles":
        context |= _bubbles(rows, portfolio)
    if htmx.wants_fragment(request):
        return render(request, "programs/portfolios/_programs.html", context)
    return render(request, "programs/portfolios/detail.html", context | _choices(actor, portfolio, query))


def _query(request: HttpRequest) -> dict[str, str]:
    """What the address says, as far as it makes sense."""
    given = {name: request.GET.get(name, "") for name in ("q", "sort")}
    allowed: dict[str, Sequence[str]] = {
        "health": LEVELS,
        "slip": tuple(overviews.SLIPS),
        "group": tuple(overviews.GROUPINGS),
        "view": VIEWS,
        "trend": tuple(overviews.TRENDS),
    }
    for name, values in allowed.items():
        value = request.GET.get(name, "")
        given[name] = value if value in values else ""
    person = request.GET.get("person", "")
    given["person"] = person if person.isascii() and person.isdecimal() and len(person) < 18 else ""
    return given | {"view": given["view"] or "table", "trend": given["trend"] or "slip"}


def _choices(actor: Actor, portfolio: Portfolio, query: dict[str, str]) -> dict[str, Any]:
    """What the filters offer: one more query, for the people."""
    people = {one.pk: one for held in overviews.managers(actor, portfolio).values() for one in held}
    return {
        "levels": [(level, rag_word(level)) for level in LEVELS],
        "people": sorted(
            ((str(pk), one.name or one.email) for pk, one in people.items()), key=lambda p: p[1].lower()
        ),
        "slips": [(key, label) for key, (label, _test) in overviews.SLIPS.items()],
        "groupings": list(overviews.GROUPINGS.items()),
        "trend_choices": [(key, label) for key, (label, _key) in overviews.TRENDS.items()],
        "kinds": {"rating": reverse("programs:program-health", args=[0])},
    }


def _groups(rows: Sequence[ProgramRow], by: str) -> list[overviews.Group]:
    """Groups with sums; without grouping one group that has no head."""
    if by:
        return overviews.grouped(rows, by, rag_word)
    return [overviews.Group("", list(rows), overviews.sums(rows))]


def _trends(rows: Sequence[ProgramRow], trend: str) -> dict[int, str]:
    """The sparkline of each program."""
    label = str(overviews.TRENDS[trend][0])
    return {row.program.pk: charts.sparkline(row.trend, label=label, zero=trend == "slip") for row in rows}


def _bubbles(rows: Sequence[ProgramRow], portfolio: Portfolio) -> dict[str, Any]:
    """The chart, and the programs that it can not show with what they lack."""
    currency = portfolio.currency
    points, left_out = [], []
    for row in rows:
        if row.slip_wd is None or row.over is None or row.approved is None:
            lacks = (
                _("no baseline to compare with")
                if row.slip_wd is None
                else _("no estimate against an approved budget")
            )
            left_out.append((row.program, lacks))
            continue
        figures = (
            signed_days(row.slip_wd),
            money_delta(row.over, currency),
            money_short(row.approved, currency),
        )
        words = _("%(rating)s, finish slippage %(slip)s, to approved %(over)s, approved %(budget)s") % {
            "rating": rag_word(row.rating.level), "slip": figures[0], "over": figures[1], "budget": figures[2],
        }  # fmt: skip
        points.append(
            Bubble(
                row.program.name, float(row.slip_wd), float(row.over), float(row.approved), row.rating.level,
                reverse("programs:program-detail", args=[row.program.pk]), words, (rag_word(row.rating.level), *figures),
            )
        )  # fmt: skip
    if not points:
        return {"left_out": left_out}
    chart = bubbles.bubbles(
        title=_("Programs by slippage, cost and size"),
        desc=_("To the right late, downwards over budget; the area is the approved budget."),
        points=points,
        x_label=_("Finish slippage, working days (late to the right)"),
        y_label=_("Approved less EAC, %(currency)s (over budget downwards)") % {"currency": currency},
        head=[_("Program"), _("Health"), _("Slippage"), _("To approved"), _("Approved")],
        x_text=lambda value: signed_days(value).split("\N{NO-BREAK SPACE}")[0],
        y_text=lambda value: money_delta(value) if value else "0",
        corner=_("late and over budget"),
        height=390,
    )
    return {"chart": chart, "left_out": left_out}


def _file_columns() -> list[Column]:
    return [
        Column(_("Code"), 12), Column(_("Program"), 36), Column(_("Manager"), 24), Column(_("Health")), Column(_("Why"), 60),
        Column(_("Schedule")), Column(_("Cost")), Column(_("Scope")), Column(_("Risk")), Column(_("Finish"), 12),
        Column(_("Baseline finish"), 12), Column(_("Slippage, wd")), Column("SPI"), Column("CPI"), Column("EAC"),
        Column(_("Approved")), Column(_("To approved")), Column(_("Exposure")), Column(_("Next milestone"), 36),
        Column(_("Next milestone on"), 12), Column(_("Next gate"), 30), Column(_("Next gate on"), 12), Column(_("Open criteria")), Column(_("Revision")), Column(_("Computed at"), 20),
    ]  # fmt: skip


def _cells(row: ProgramRow) -> tuple[Any, ...]:
    step, gate, status = row.outlook.next_step, row.outlook.next_gate, row.status
    return (
        row.program.code, row.program.name, ", ".join(one.name for one in row.managers), rag_word(row.rating.level),
        row.rating.overall.sentence, *(rag_word(one.level) for one in row.rating.dimensions), row.finish, row.baseline_finish,
        row.slip_wd, row.spi, row.cpi, row.eac, row.approved, row.over, row.exposure_cost, step.name if step else "",
        row.next_on, gate.name if gate else "", row.gate_on, gate.open if gate else None, status.computed_revision, status.computed_at,
    )  # fmt: skip


def _tabs(portfolio: Portfolio, may: frozenset[str]) -> list[dict[str, Any]]:
    """The pages of a portfolio that this person may open; those of other apps where they are served."""
    offered = (
        (_("Programs"), "programs:portfolio-detail", "program.read"),
        (_("People"), "programs:portfolio-members", "member.read"),
        (_("Calendars"), "programs:calendar-list", ""),
        (_("Cash flow"), "budgets:portfolio-cash-flow", "budget.read"),
        (_("Earned value"), "budgets:portfolio-earned-value", "budget.read"),
        (_("Capital"), "budgets:portfolio-capex", "budget.read"),
        (_("Vendors"), "budgets:vendor-list", "budget.read"),
        (_("Rating policy"), "programs:rag-policy", ""),
        (_("Settings"), "programs:portfolio-edit", "portfolio.edit"),
    )
    shown = []
    for label, name, capability in offered:
        try:
            url = reverse(name, args=[portfolio.pk])
        except NoReverseMatch:
            continue
        if not capability or capability in may or capability == "program.read":
            shown.append({"label": label, "url": url, "active": name == "programs:portfolio-detail"})
    return shown
