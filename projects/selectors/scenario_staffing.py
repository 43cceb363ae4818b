"""Who works on what in a scenario: what its edits make of a task's assignments, and how that differs from the plan."""

from collections.abc import Iterable
from typing import Any

from projects.models import Project, Scenario, ScenarioTask, Task
from projects.selectors import assignments, tasks
from tpm.accounts.actors import Actor

Json = dict[str, Any]


def plain(units: Any) -> str:
    """Return units as they are typed: 0.5, not 0.5000."""
    return f"{float(units):.4f}".rstrip("0").rstrip(".")


def of_task(actor: Actor, scenario: Scenario, task: int) -> list[Json]:
    """Return a task's assignments behind all edits of the scenario: ``id`` (−N for what edit N makes), ``version`` (the plan's),
    ``resource``, ``units``; two statements. ``task`` may be −N too. Edits that do not fit the plan any more count as they were
    meant.

    :raises Task.DoesNotExist: if the scenario has no such task that the actor may see.
    """
    commands = {step.number: step.command for step in scenario.steps.order_by("number")}
    found = _of_plan(actor, scenario, task) if task > 0 else _of_new(actor, commands.get(-task), scenario)
    for number, command in commands.items():
        op, new = command.get("op"), command.get("set", {})
        if op == "assign" and command["task"] == task:
            found[-number] = _row(-number, 1, command["resource"], new.get("units", 1))
        elif op == "reassign" and (row := found.get(command["assignment"])):
            row["units"] = plain(new["units"]) if "units" in new else row["units"]
        elif op == "unassign":
            found.pop(command["assignment"], None)
    return list(found.values())


def tell(scenario: Scenario, rows: Iterable[ScenarioTask]) -> list[Any]:
    """Give rows of the comparison ``who`` and ``plan_who``: who works on the task in the scenario and in the plan, both empty
    where no edit of the scenario changes that."""
    told: list[Any] = list(rows)
    for row in told:
        own = scenario.result.edited.get(str(row.task_id), {})
        pair = own.get("who", ""), own.get("plan_who", "")
        row.who, row.plan_who = pair if pair[0] != pair[1] else ("", "")
        row.is_staffed = pair[0] != pair[1]
    return told


def _of_plan(actor: Actor, scenario: Scenario, pk: int) -> dict[int, Json]:
    task = tasks.get_for(actor, pk)
    if task.program_id != scenario.program_id:
        raise Task.DoesNotExist
    rows = assignments.of_task(task)
    return {one.pk: _row(one.pk, one.version, one.resource_id, one.units) for one in rows}


def _of_new(actor: Actor, made: Json | None, scenario: Scenario) -> dict[int, Json]:
    projects = Project.objects.visible_to(actor).filter(program=scenario.program_id)
    if made is None or made.get("op") != "create" or not projects.filter(pk=made["project"]).exists():
        raise Task.DoesNotExist
    return {}


def _row(pk: int, version: int, resource: int, units: Any) -> Json:
    return {"id": pk, "version": version, "resource": resource, "units": plain(units)}
