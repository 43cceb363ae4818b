"""Why a date moved: the slippage ledger of a milestone and of a program's finish."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from programs import policies
from programs.selectors import programs
from projects.selectors import ledger, ledger_lines, tasks
from projects.selectors.ledger import Item, Since
from projects.selectors.ledger_lines import Line
from tpm.accounts import actors
from tpm.accounts.actors import Actor

LINES = 10
MOST = 500


@dataclass(frozen=True)
class Bar:
    """A step of the waterfall as parts of a hundred of its width."""

    x: float
    width: float
    css: str


@require_safe
def program_movement(request: HttpRequest, pk: int) -> HttpResponse:
    """What moved the program's finish since the last data date, the last report, the baseline or the beginning."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    policies.authorize(actor, "plan.read", program)
    choices: dict[str, Callable[[], Since | None]] = {
        "data_date": lambda: ledger.since_data_date(program),
        "report": lambda: ledger.since_report(actor, program),
        **_common(ledger.of_program(program)),
    }
    return _rendered(request, actor, ledger.of_program(program), choices, "_panel.html")


@require_safe
def task_movement(request: HttpRequest, pk: int) -> HttpResponse:
    """Why a milestone moved: against the baseline, or since the beginning."""
    actor = actors.from_request(request)
    item = ledger.of_task(tasks.get_for(actor, pk))
    return _rendered(request, actor, item, _common(item), "_section.html")


def _common(item: Item) -> dict[str, Callable[[], Since | None]]:
    return {
        "baseline": lambda: ledger.since_baseline(ledger.reference(item.program)),
        "record": ledger.beginning,
    }


def _rendered(
    request: HttpRequest,
    actor: Actor,
    item: Item,
    choices: dict[str, Callable[[], Since | None]],
    template: str,
) -> HttpResponse:
    """Show the movement since what was asked for, else since the first of the choices that there is."""
    there = {key: since for key, find in choices.items() if (since := find()) is not None}
    since = there.get(request.GET.get("since", "")) or next(iter(there.values()))
    found = ledger.movement(actor, item, since)
    told = [line for line in ledger_lines.status_updates(found.lines) if line.minutes or line.days]
    lines = ledger_lines.shortened(told, MOST if request.GET.get("all") == "1" else LINES)
    context = {
        "program": item.program,
        "task": item.task_id,
        "movement": found,
        "causes": ledger_lines.headline(found.causes),
        "lines": list(zip(lines, _waterfall(lines), strict=True)),
        "shortened": len(lines) < len(told) <= MOST,
        "since": since.key,
        "choices": [(key, _name(key)) for key in there],
    }
    return render(request, f"projects/movements/{template}", context)


def _waterfall(lines: list[Line]) -> list[Bar]:
    at, ends = Decimal(0), [Decimal(0)]
    for line in lines:
        at += line.minutes
        ends.append(at)
    low, span = min(ends), (max(ends) - min(ends)) or Decimal(1)
    bars = []
    for line, before, after in zip(lines, ends, ends[1:], strict=False):
        x = float((min(before, after) - low) / span * 100)
        css = "late" if line.minutes > 0 else "early"
        bars.append(Bar(round(x, 1), round(max(float(abs(after - before) / span * 100), 1.0), 1), css))
    return bars


def _name(key: str) -> str:
    return {
        "data_date": _("Data date"),
        "report": _("Report"),
        "baseline": _("Baseline"),
        "record": _("Whole record"),
    }[key]
