"""The content of a report: words of the draft, figures and ratings of the program's present revision.

Everything is read as the system: a report says the same to all of its readers, and what must not be said (confidential
risks) is left out by the part's own app.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from programs.engine import rag, report_content
from programs.engine.calendars import wall_minutes, working_between
from programs.engine.report_content import (
    FigureLine,
    MoneyLine,
    Movement,
    ProjectLine,
    RatingLine,
    ReportContent,
    Tone,
)
from programs.models import Program, StatusReport
from programs.selectors import calendars, computation, ratings, readings, reports
from programs.selectors.readings import NO_FIGURES, Figures
from programs.services import report_sections
from tpm.accounts import actors

WORKDAY = 480
CENT, HUNDREDTH, FINE = Decimal("0.01"), Decimal("0.01"), Decimal("0.0001")


def content_of(report: StatusReport) -> ReportContent:
    """Return the content that the report has, or would have if it were published now; a fixed number of queries."""
    program = report.program
    everybody = actors.system()
    figures = readings.for_programs(everybody, [program.pk]).get(program.pk, NO_FIGURES)
    by_project = readings.for_projects(everybody, program.pk)
    policy = ratings.newest_policies([program.portfolio_id]).get(program.portfolio_id, rag.Policy())
    status = computation.describe(program.computation)
    previous = reports.last_published(program, before=report.number)
    before: Mapping[str, Any] = (previous.content if previous else None) or {}
    sections = report_sections.collect(program, policy)
    projects = tuple(
        _project(code, name, by_project.get(pk, NO_FIGURES)) for pk, (code, name) in sections.projects.items()
    )
    return ReportContent(
        portfolio=program.portfolio.name,
        program=program.name,
        number=report.number,
        title=report.title,
        data_date=program.data_date or report.data_date,
        revision=status.computed_revision,
        currency=program.portfolio.currency,
        headline=report.headline,
        achievements=report.achievements,
        outlook=report.outlook,
        decisions=tuple(line.strip() for line in report.decisions.splitlines() if line.strip()),
        ratings=tuple(
            RatingLine.of(one) for one in rag.rate(ratings.figures_of(figures, status.state), policy)
        ),
        figures=_five(figures, before),
        movements=_movements(program, projects, before),
        moved_since=date.fromisoformat(before["data_date"]) if before.get("data_date") else None,
        milestones=sections.milestones,
        money=tuple(
            _money(name, by_project.get(pk, NO_FIGURES)) for pk, (_code, name) in sections.projects.items()
        ),
        money_total=_money(program.name, figures),
        curve=sections.curve,
        risks=sections.risks,
        projects=projects,
        supersedes=report.supersedes.number if report.supersedes else None,
        baseline=sections.baseline,
        gates=sections.gates,
    )


def _five(figures: Figures, before: Mapping[str, Any]) -> tuple[FigureLine, ...]:
    """Return finish, EAC, CPI, SPI and risk exposure, each with what it is compared with."""
    last = {line.get("key"): line.get("value") for line in before.get("figures", ())}
    finish, agreed = figures.moment("plan.finish"), figures.moment("plan.baseline_finish")
    slip = _rounded(figures.number("plan.slip_wd"), HUNDREDTH)
    eac, approved = (_rounded(figures.number(key), CENT) for key in ("cost.eac", "cost.approved"))
    over = eac - approved if eac is not None and approved is not None else None
    exposure = _rounded(figures.number("risk.exposure_cost"), CENT)
    return (
        FigureLine(
            "finish", "date", _day(finish), "baseline" if agreed else "", _day(agreed), slip, "wd", _tone(slip),
            "latest finish of all tasks; slippage in working days of the program's calendar",
        ),
        FigureLine(
            "eac", "money", eac, "approved" if approved is not None else "", approved, over, "money", _tone(over),
            _with("BAC / CPI", figures, "cost.bac", "cost.cpi"),
        ),
        _against_last("cpi", "ratio", _rounded(figures.number("cost.cpi"), FINE), last, _with("EV / AC", figures, "cost.ev", "cost.ac"), rising_is="good"),
        _against_last("spi", "ratio", _rounded(figures.number("cost.spi"), FINE), last, _with("EV / PV", figures, "cost.ev", "cost.pv"), rising_is="good"),
        _against_last("exposure", "money", exposure, last, "sum of probability × impact of all live risks", rising_is="bad"),
    )  # fmt: skip


def _against_last(
    key: str,
    unit: report_content.Unit,
    value: Decimal | None,
    last: Mapping[Any, Any],
    formula: str,
    *,
    rising_is: str,
) -> FigureLine:
    then = Decimal(last[key]) if last.get(key) is not None else None
    change = value - then if value is not None and then is not None else None
    worse = None if change is None else change if rising_is == "bad" else -change
    return FigureLine(
        key, unit, value, "last_report" if then is not None else "", then, change, unit, _tone(worse), formula
    )


def _with(formula: str, figures: Figures, first: str, second: str) -> str:
    """Return the formula with its amounts put in, where both are known."""
    a, b = figures.number(first), figures.number(second)
    if a is None or b is None:
        return formula
    return f"{formula} = {_text(a)} / {_text(b)}"


def _text(value: Decimal) -> str:
    return f"{_rounded(value, FINE):f}".rstrip("0").rstrip(".")


def _project(code: str, name: str, figures: Figures) -> ProjectLine:
    finish = figures.moment("plan.finish")
    return ProjectLine(
        code=code,
        name=name,
        finish=_day(finish),
        baseline=_day(figures.moment("plan.baseline_finish")),
        slippage=_rounded(figures.number("plan.slip_wd"), HUNDREDTH),
        percent=_rounded(figures.number("plan.percent"), HUNDREDTH),
        finish_at=finish.isoformat(timespec="minutes") if finish else "",
    )


def _money(name: str, figures: Figures) -> MoneyLine:
    amounts = {
        key: _rounded(figures.number(f"cost.{key}"), CENT)
        for key in ("approved", "bac", "pv", "ev", "ac", "eac")
    }
    budget = amounts["approved"] if amounts["approved"] is not None else amounts["bac"]
    zero = Decimal(0)
    return MoneyLine(
        name=name,
        budget=budget or zero,
        planned=amounts["pv"] or zero,
        earned=amounts["ev"] or zero,
        actual=amounts["ac"] or zero,
        eac=amounts["eac"],
        spi=_rounded(figures.number("cost.spi"), FINE),
        cpi=_rounded(figures.number("cost.cpi"), FINE),
    )


def _movements(
    program: Program, now: Sequence[ProjectLine], before: Mapping[str, Any]
) -> tuple[Movement, ...]:
    """Return by how much each project moved the program's finish since the last report, in working days.

    The program ends with its last project. In plan order each project's finish is changed from then to now, and what
    the latest of all finishes moves by is that project's share; so the shares sum to the whole movement, and a project
    that moved within the shadow of a later one has none.
    """
    then = {str(line.get("code")): str(line.get("finish_at") or "") for line in before.get("projects", ())}
    present = {line.code: line.finish_at for line in now}
    names = {str(line.get("code")): str(line.get("name")) for line in before.get("projects", ())}
    names |= {line.code: line.name for line in now}
    finishes = {code: text for code, text in then.items() if text}
    if not finishes:
        return ()
    _ids, compiled = calendars.for_engine(program.portfolio_id, program.pk)
    calendar = compiled[_ids.index(program.calendar_id)]
    found = []
    for code in [*present, *(code for code in then if code not in present)]:
        was = max(finishes.values(), default="")
        finishes[code] = present.get(code, "")
        if not finishes[code]:
            del finishes[code]
        is_ = max(finishes.values(), default="")
        if was and is_ and was != is_:
            minutes = int(working_between(calendar, _minutes(was), _minutes(is_)))
            found.append(Movement(names[code], (Decimal(minutes) / WORKDAY).quantize(HUNDREDTH)))
    return tuple(found)


def _minutes(text: str) -> int:
    return wall_minutes(datetime.fromisoformat(text))


def _rounded(value: Decimal | None, step: Decimal) -> Decimal | None:
    return None if value is None else value.quantize(step)


def _day(value: datetime | None) -> date | None:
    return value.date() if value else None


def _tone(worse_by: Decimal | None) -> Tone:
    return "neutral" if not worse_by else "bad" if worse_by > 0 else "good"
