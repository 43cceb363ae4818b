"""The road map over quarters, of a program and of a portfolio, by objective or by program; downloads."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from programs import policies
from programs.models import Portfolio
from programs.selectors import portfolios, programs
from projects.selectors import roadmaps
from projects.selectors.gates import GateRow
from projects.selectors.roadmaps import Band, Bar, Mark, Roadmap
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports, htmx, road_map
from tpm.lib.charts import Chart
from tpm.lib.exports import Column
from tpm.lib.road_map import Diamond, Lane
from tpm.lib.templatetags.tpm_ui import day, rag_word, slip_words, wd

GROUPS = {"program": gettext_lazy("By program"), "objective": gettext_lazy("By objective")}
SPANS = {"all": gettext_lazy("All"), "4": gettext_lazy("4 quarters"), "8": gettext_lazy("8 quarters")}


@require_safe
def program_roadmap(request: HttpRequest, pk: int) -> HttpResponse:
    """The projects of one program."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    chosen = _chosen(request.GET)
    found = roadmaps.roadmap(actor, program.portfolio, program=program, by=chosen["by"])
    here = reverse("projects:program-roadmap", args=[pk])
    context = _shown(actor, program.portfolio, found, chosen, here, program.data_date) | {
        "program": program,
        "tab": "plan",
        "topics": f"program:{pk}",
        "export": reverse("projects:roadmap-export", args=[pk, "csv"]).removesuffix("csv"),
        "may_edit": policies.holds(actor, "project.edit", program.scope),
        "partial": not policies.holds(actor, "plan.read", program.scope),
    }
    part = htmx.wants_fragment(request)
    return render(request, f"projects/roadmaps/{'_map' if part else 'program'}.html", context)


@require_safe
def portfolio_roadmap(request: HttpRequest, pk: int) -> HttpResponse:
    """The projects of all programs of a portfolio that the reader sees."""
    actor = actors.from_request(request)
    portfolio = portfolios.readable(actor, pk, "plan.read")
    chosen = _chosen(request.GET)
    found = roadmaps.roadmap(actor, portfolio, by=chosen["by"])
    known = [bar.project.program.data_date for bar in found.bars if bar.project.program.data_date]
    here = reverse("projects:portfolio-roadmap", args=[pk])
    context = _shown(actor, portfolio, found, chosen, here, max(known, default=None)) | {
        "portfolio": portfolio,
        "topics": " ".join(
            f"program:{one}" for one in sorted({bar.project.program_id for bar in found.bars})
        ),
        "export": reverse("projects:portfolio-roadmap-export", args=[pk, "csv"]).removesuffix("csv"),
    }
    part = htmx.wants_fragment(request)
    return render(request, f"projects/roadmaps/{'_map' if part else 'portfolio'}.html", context)


@require_safe
def roadmap_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The rows behind a program's map as CSV or XLSX: projects and their milestones."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    found = roadmaps.roadmap(actor, program.portfolio, program=program, by=_chosen(request.GET)["by"])
    return _file(kind, f"{program.code} road map", found)


@require_safe
def portfolio_roadmap_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The rows behind a portfolio's map."""
    actor = actors.from_request(request)
    portfolio = portfolios.readable(actor, pk, "plan.read")
    found = roadmaps.roadmap(actor, portfolio, by=_chosen(request.GET)["by"])
    return _file(kind, f"{portfolio.name} road map", found)


def _chosen(query: QueryDict) -> dict[str, Any]:
    span, begin = query.get("span", ""), query.get("from", "")
    try:
        first = road_map.quarter_start(date.fromisoformat(begin)) if begin else None
    except ValueError:
        first = None
    return {
        "by": query.get("by", "") if query.get("by") in GROUPS else "program",
        "span": span if span in SPANS else "all",
        "first": first,
    }


def _shown(
    actor: Actor, portfolio: Portfolio, found: Roadmap, chosen: dict[str, Any], here: str, known: date | None
) -> dict[str, Any]:
    def address(**new: Any) -> str:
        given = {"by": chosen["by"], "span": chosen["span"], "from": chosen["first"]} | new
        plain = {"by": "program", "span": "all", "from": None}
        return "?" + urlencode({name: value for name, value in given.items() if value != plain[name]})

    first, last = found.first, found.last
    steps = {}
    if first and last and chosen["span"] != "all":
        count = int(chosen["span"])
        first = chosen["first"] or road_map.next_quarter(known or first, -1)
        last = road_map.next_quarter(first, count - 1)
        steps = {
            "before": address(**{"from": road_map.next_quarter(first, -count)}),
            "after": address(**{"from": road_map.next_quarter(first, count)}),
        }
    chart = _draw(found, first, last, known) if first and last else None
    return {
        "chart": chart,
        "here": here,
        "query": address(),
        "by": chosen["by"],
        "groups": [(label, address(by=name), name == chosen["by"]) for name, label in GROUPS.items()],
        "spans": [
            (label, address(span=name, **{"from": None}), name == chosen["span"])
            for name, label in SPANS.items()
        ],
        "anything": bool(found.bars),
        "no_objective": chosen["by"] == "objective" and all(band.row is None for band in found.bands),
        "objectives": reverse("programs:objective-list", args=[portfolio.pk]),
        "partial": not policies.holds(actor, "plan.read", portfolio.scope),
        **steps,
    }


def _draw(found: Roadmap, first: date, last: date, known: date | None) -> Chart:
    rows = [_told(band, bar) for band in found.bands for bar in band.bars]
    head = [
        _("Project"), _("Under"), _("Start"), _("Finish"), _("Baseline finish"), _("Slippage"), _("State"), _("Milestones"),
    ]  # fmt: skip
    return road_map.road_map(
        title=_("Road map"),
        desc=_(
            "Projects as bars over quarters, the baseline as a shadow below, milestones as diamonds, gates as diamonds with a G."
        ),
        lanes=list(_lanes(found)),
        first=first,
        last=last,
        quarter=_("Q{n} {year}"),
        head=head,
        rows=rows,
        now=known,
        now_label=_("data date"),
    )


def _lanes(found: Roadmap) -> Iterator[Lane]:
    for band in found.bands:
        yield _heading(band)
        for bar in band.bars:
            yield Lane(
                label=bar.project.name,
                sub=" · ".join(filter(None, (bar.project.program.code, str(bar.project.manager or "")))),
                url=reverse("projects:program-plan", args=[bar.project.program_id]),
                start=_date(bar.start),
                finish=_date(bar.finish),
                baseline_start=_date(bar.baseline_start),
                baseline_finish=_date(bar.baseline_finish),
                share=None if bar.percent is None else float(bar.percent) / 100,
                tone=bar.level,
                said=_said(bar),
                name=_words(bar),
                marks=_diamonds(bar),
            )


def _heading(band: Band) -> Lane:
    if band.row is not None:
        objective, percent = band.row.objective, band.row.percent
        reached = _("not measured") if percent is None else _("%(n)s %% reached") % {"n": round(percent)}
        period = f"{day(objective.starts_on)} – {day(objective.ends_on)}"
        return Lane(
            label=f"◎ {objective.name} · {reached}", url=reverse("programs:objective-detail", args=[objective.pk]),
            is_heading=True, start=objective.starts_on, finish=objective.ends_on, name=f"{objective.name}: {period}",
        )  # fmt: skip
    if band.program is not None:
        url = reverse("programs:program-detail", args=[band.program.pk])
        return Lane(label=band.name, url=url, is_heading=True, marks=[_pass(row) for row in band.gates])
    return Lane(label=_("Aligned to no objective"), is_heading=True)


def _said(bar: Bar) -> str:
    sign = {"bad": "■ ", "watch": "▲ ", "ok": "● ", "none": ""}[bar.level]
    return f"{sign}{wd(bar.slip_wd)}" if bar.slip_wd is not None else ""


def _words(bar: Bar) -> str:
    return f"{bar.project.name}: {day(bar.start)} – {day(bar.finish)}, {slip_words(bar.slip_wd)}, {rag_word(bar.level)}"


def _diamonds(bar: Bar) -> list[Diamond]:
    """Milestones and gates; a milestone that stands for a gate is drawn as that gate."""
    stand_in = {row.gate.task_id for row in bar.gates}
    return [_diamond(mark) for mark in bar.marks if mark.task not in stand_in] + [
        _pass(row) for row in bar.gates
    ]


def _pass(row: GateRow) -> Diamond:
    assert row.forecast is not None  # by the selector
    gate = row.gate
    words = [f"{_gate_word(row)}: {day(row.forecast)}", str(gate.get_state_display())]
    if row.open and gate.is_open:
        words.append(ngettext("%(n)s criterion open", "%(n)s criteria open", row.open) % {"n": row.open})
    if row.baseline:
        words.append(_("baseline %(date)s") % {"date": day(row.baseline)})
    url = reverse("projects:gate-detail", args=[gate.pk])
    return Diamond(
        row.forecast, " · ".join(words), row.baseline, gate.is_behind, row.level == "bad", "G", url
    )


def _gate_word(row: GateRow) -> str:
    return _("Gate “%(name)s”") % {"name": row.gate.name}


def _diamond(mark: Mark) -> Diamond:
    state = _("done") if mark.is_done else _("critical") if mark.is_critical else ""
    name = ", ".join(filter(None, (f"{mark.name}: {day(mark.at)}", state)))
    if mark.baseline:
        name += " · " + _("baseline %(date)s") % {"date": day(mark.baseline)}
    return Diamond(mark.at.date(), name, _date(mark.baseline), mark.is_done, mark.is_critical)


def _told(band: Band, bar: Bar) -> tuple[str, ...]:
    under = band.name or _("no objective")
    marks = "; ".join(
        [f"{mark.name} {day(mark.at)}" for mark in bar.marks]
        + [f"{_gate_word(row)} {day(row.forecast)}" for row in bar.gates]
    )
    return (
        bar.project.name, under, day(bar.start), day(bar.finish), day(bar.baseline_finish), wd(bar.slip_wd),
        rag_word(bar.level), marks or "–",
    )  # fmt: skip


def _date(at: datetime | None) -> date | None:
    return at.date() if at else None


def _file(kind: str, title: str, found: Roadmap) -> HttpResponse:
    if kind not in exports.FORMATS:
        raise Http404
    columns = [
        Column(_("Under"), 36), Column(_("Program"), 12), Column(_("Project"), 36), Column(_("Milestone"), 36),
        Column(_("Manager"), 22), Column(_("Start"), 12), Column(_("Finish"), 12), Column(_("Baseline start"), 12),
        Column(_("Baseline finish"), 12), Column(_("Slippage, working days")), Column(_("Done, %")), Column(_("State")),
    ]  # fmt: skip
    return exports.respond(kind, title, columns, _cells(found))


def _cells(found: Roadmap) -> Iterator[tuple[Any, ...]]:
    for band in found.bands:
        under = band.name or _("no objective")
        code = band.program.code if band.program else ""
        for row in band.gates:
            yield (
                under, code, "", _gate_word(row), "", None, row.forecast, None, row.baseline, row.slip_wd, None,
                row.gate.get_state_display(),
            )  # fmt: skip
        for bar in band.bars:
            project = bar.project
            place = (under, project.program.code, project.name)
            yield (
                *place, "", str(project.manager or ""), _date(bar.start), _date(bar.finish), _date(bar.baseline_start),
                _date(bar.baseline_finish), bar.slip_wd, bar.percent, rag_word(bar.level),
            )  # fmt: skip
            for mark in bar.marks:
                state = _("done") if mark.is_done else _("critical") if mark.is_critical else ""
                yield (
                    *place,
                    mark.name,
                    "",
                    None,
                    mark.at.date(),
                    None,
                    _date(mark.baseline),
                    None,
                    None,
                    state,
                )
            for row in bar.gates:
                yield (
                    *place, _gate_word(row), "", None, row.forecast, None, row.baseline, row.slip_wd, None,
                    row.gate.get_state_display(),
                )  # fmt: skip
