"""The fourteen checks of schedule quality on a plan file."""

import json
from collections.abc import Iterator
from typing import Any

from programs.engine.calendars import NONE
from projects.engine import quality
from projects.engine.quality import Check
from projects.importers import assessments
from projects.management.plan_command import PlanCommand, Scheduled

FAILING = 1
SHOWN = 5
INDEXES = ("cpli", "bei")
WORDS = {True: "pass", False: "FAIL", None: "-"}


class Command(PlanCommand):
    help = (
        "Schedule an MS Project XML or Primavera XER file, without a database, and print the fourteen checks of schedule"
        " quality (DCMA): count, population, share or index, limit, and the offending tasks by uid. A check without a population"
        " or without a limit neither passes nor fails."
    )
    formats = ("text", "json")
    codes = """  0  no check fails
  1  at least one check fails
  2  wrong arguments
  3  the file can not be read: not there, damaged, or no plan
  4  the plan can not be scheduled (a circle of links, a calendar without working time, dates out of range)"""

    def answer(self, computed: Scheduled, options: dict[str, Any]) -> int:
        plan, network, schedule = computed
        inputs = assessments.quality_inputs(plan, network, schedule, status=options["status_date"])
        checks = quality.assess(inputs)
        uids = network.task_id.tolist()
        self.write(_json(checks, uids) if options["format"] == "json" else _text(checks, uids, inputs))
        return 0 if quality.passes(checks) else FAILING


def _text(checks: list[Check], uids: list[int], inputs: quality.Inputs) -> Iterator[str]:
    if inputs.status == NONE:
        yield "no status date: checks 9, 11, 13 and 14 do not apply (--status-date gives one)\n"
    yield f"{'#':>2}  {'check':<28}{'result':<8}{'found':>7} of {'all':<7}{'value':>9}  {'limit':<9} tasks\n"
    for check in checks:
        found = f"{check.count:>7} of {check.population:<7}" if check.population else f"{'-':>7}    {'-':<7}"
        shown = ", ".join(str(uids[task]) for task in check.tasks[:SHOWN])
        if len(check.tasks) > SHOWN:
            shown += f", … {len(check.tasks) - SHOWN} more"
        line = f"{check.number:>2}  {check.title:<28}{WORDS[check.passed]:<8}{found}{_value(check):>9}  {_limit(check):<9}"
        yield f"{line} {shown}".rstrip() + "\n"
    failing = sum(check.passed is False for check in checks)
    yield f"{failing} of {sum(check.passed is not None for check in checks)} checks that apply fail\n"


def _value(check: Check) -> str:
    if check.value is not None:
        return f"{check.value:.3f}"
    return "-" if check.percent is None else f"{check.percent:.1f} %"


def _limit(check: Check) -> str:
    if check.limit is None:
        return "-"
    return f">= {check.limit:g}" if check.code in INDEXES else f"<= {check.limit:g} %"


def _json(checks: list[Check], uids: list[int]) -> Iterator[str]:
    yield json.dumps(
        {"passed": quality.passes(checks), "checks": [_object(check, uids) for check in checks]}, indent=1
    )
    yield "\n"


def _object(check: Check, uids: list[int]) -> dict[str, Any]:
    def named(value: Any) -> Any:
        return [uids[task] for task in value] if isinstance(value, tuple) else value

    return {
        "number": check.number,
        "code": check.code,
        "title": check.title,
        "passed": check.passed,
        "count": check.count,
        "population": check.population,
        "percent": check.percent,
        "value": check.value,
        "limit": check.limit,
        "tasks": [uids[task] for task in check.tasks],
        "notes": {
            name: uids[int(value)]
            if name in ("stretched", "end") and not isinstance(value, tuple)
            else named(value)
            for name, value in check.notes.items()
        },
    }
