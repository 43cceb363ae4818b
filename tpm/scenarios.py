"""Compute what-if scenarios by the very code that computes plans: carry the edits out on the real tables, read the inputs, roll
back, and run the engines beside those of the plan as it is (docs/adr/0008-scenarios.md)."""

from __future__ import annotations

import time

import structlog
from django.utils.translation import gettext as _

from programs.models import RecomputeState
from programs.policies import NotAllowed
from projects.engine.network import NetworkError
from projects.engine.workload import Assigned
from projects.models import Scenario
from projects.selectors import workload
from projects.services import scenario_commands, scenario_results, scenarios
from projects.services.commands import EditRefused
from projects.services.scenario_results import Side
from tpm import live, recompute
from tpm.accounts import actors
from tpm.accounts.actors import Actor

log = structlog.get_logger(__name__)
ROUNDS = 5  # edits that arrive while a scenario is computed are computed by the same job, so often


def drain(scenario_id: int) -> int:
    """Bring a scenario's result up to date with its edits and the plan; returns how often it was computed."""
    if not scenario_results.claim(scenario_id):
        return 0
    done = 0
    try:
        while done < ROUNDS and scenario_results.is_behind(scenario_id):
            _compute(scenario_id)
            done += 1
    finally:
        scenario_results.release(scenario_id)
        live.tell(scenario_id, kind="scenario")
    return done


def _compute(scenario_id: int) -> None:
    """Compute plan and scenario at one revision of the plan.

    The plan is read first and the scenario under the program's lock; if the plan changed in between, it is read again.
    """
    started = time.perf_counter()
    scenario = Scenario.objects.select_related("program__portfolio", "owner").get(pk=scenario_id)
    program, edits = scenario.program, scenario.edits
    steps = {step.number: step.command for step in scenario.steps.order_by("number")}
    revision = RecomputeState.objects.values_list("input_revision", flat=True).get(pk=program.pk)
    try:
        numbers, commands = scenarios.commands_of(scenario)
        plan, assigned = recompute.snapshot(program.pk), workload.load(program.pk)
        while True:
            owner = Actor(user=scenario.owner, via=actors.WEB)
            with scenarios.rehearsal(actor=owner, program=program, commands=commands) as applied:
                revision = applied.revision
                if plan.revision == revision:
                    changed = recompute.snapshot(program.pk) if applied.change_set else plan
                    then = workload.load(program.pk)
                    own = scenario_results.read_own(program, applied, commands, numbers)
            if plan.revision == revision:
                break
            plan, assigned = recompute.snapshot(program.pk), workload.load(program.pk)
        scenario_results.publish(
            scenario_id,
            edits=edits,
            revision=revision,
            plan=_side(plan, assigned),
            what_if=_side(changed, then),
            own=own,
            milliseconds=round((time.perf_counter() - started) * 1000),
        )
    except EditRefused as refused:
        _refuse(scenario_id, edits, revision, scenario_commands.problems(refused, steps))
    except NotAllowed:
        message = _("The owner may no longer make these edits.")
        _refuse(scenario_id, edits, revision, [{"number": 0, "code": "not_allowed", "message": message}])
    except NetworkError as error:
        _refuse(scenario_id, edits, revision, [{"number": 0, "code": error.code, "message": str(error)}])


def _side(inputs: recompute.Inputs, assigned: Assigned) -> Side:
    results = recompute.compute(inputs)
    return Side(results.plan, results.cost.tasks.bac, results.cost.tasks.eac, results.readings, assigned)


def _refuse(scenario_id: int, edits: int, revision: int, problems: list[dict[str, object]]) -> None:
    scenario_results.publish_problems(scenario_id, edits=edits, revision=revision, problems=problems)
    log.info("scenario_does_not_fit", scenario=scenario_id, problems=len(problems))
