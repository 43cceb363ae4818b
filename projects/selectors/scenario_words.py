"""The edits of a scenario in words, as far as the reader sees the tasks that they name."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from programs.models import Resource
from projects.models import Assignment, Dependency, Project, Scenario, Task
from projects.selectors.scenario_staffing import plain
from tpm.accounts.actors import Actor
from tpm.activity.tracking import event_model
from tpm.lib import walltime

Commands = dict[int, dict[str, Any]]


@dataclass(frozen=True)
class _Named:
    """What the commands name: ``tasks`` by id the names that the reader may see, ``links`` by id their ends, ``assigned`` by id
    (−N for what edit N makes) the task and the resource of assignments, ``resources`` by id name and kind."""

    tasks: dict[int, str]
    links: dict[int, tuple[int, int]]
    assigned: dict[int, tuple[int, int]]
    resources: dict[int, tuple[str, str]]


@dataclass(frozen=True)
class Step:
    """One edit: its number, what it does, the command (None where it names a task that the reader may not see), and why it does
    not fit the plan (``problem``: see ``scenario_commands.problems``)."""

    number: int
    words: str
    command: dict[str, Any] | None
    problem: dict[str, Any] | None


def steps(actor: Actor, scenario: Scenario) -> list[Step]:
    """Return the edits in their order: at most eight statements."""
    commands = {step.number: step.command for step in scenario.steps.order_by("number")}
    known = _named(actor, commands)
    projects = set(
        Project.objects.visible_to(actor).filter(program=scenario.program).values_list("pk", flat=True)
    )
    problems = {problem["number"]: problem for problem in scenario.result.problems}
    if (
        actor.user_id != scenario.owner_id
    ):  # the message was written for the owner and may name what others do not see
        problems = {
            number: one | {"message": _("It does not fit the plan.")} for number, one in problems.items()
        }
    found = []
    for number, command in commands.items():
        named = _tasks_of(command, known, commands)
        hidden = any(pk not in known.tasks for pk in named) or command.get("project", 0) not in {0, *projects}
        words = _("An edit of a task that you can not see") if hidden else _words(command, known, commands)
        found.append(Step(number, words, None if hidden else command, problems.get(number)))
    return found


def _named(actor: Actor, commands: Commands) -> _Named:
    known = _Named({}, _links(actor, commands), _assigned(commands), {})
    known.tasks.update(_names(actor, commands, known))
    wanted = {resource for _task, resource in known.assigned.values()}
    if wanted:
        rows = Resource.objects.filter(pk__in=wanted).values_list("pk", "name", "kind")
        known.resources.update({pk: (name, kind) for pk, name, kind in rows})
    return known


def _assigned(commands: Commands) -> dict[int, tuple[int, int]]:
    """Return task and resource of the assignments that are made or named; of those that are gone by now as they last were."""
    found = {
        -number: (one["task"], one["resource"])
        for number, one in commands.items()
        if one.get("op") == "assign"
    }
    wanted = {one["assignment"] for one in commands.values() if one.get("assignment", 0) > 0}
    if wanted:
        rows = Assignment.objects.filter(pk__in=wanted).values_list("pk", "task_id", "resource_id")
        found |= {pk: (task, resource) for pk, task, resource in rows}
    if gone := wanted - found.keys():
        history: Any = event_model(Assignment)
        last = history._base_manager.filter(pgh_obj_id__in=gone).order_by("pgh_id")
        for pk, task, resource in last.values_list("pgh_obj_id", "task_id", "resource_id"):
            found[pk] = (task, resource)
    return found


def _links(actor: Actor, commands: Commands) -> dict[int, tuple[int, int]]:
    wanted = {one["link"] for one in commands.values() if one.get("link", 0) > 0}
    rows = Dependency.objects.visible_to(actor).filter(pk__in=wanted)
    return {pk: (pred, succ) for pk, pred, succ in rows.values_list("pk", "predecessor_id", "successor_id")}


def _names(actor: Actor, commands: Commands, known: _Named) -> dict[int, str]:
    """Names of tasks: the plan's, of deleted ones too (their rows stand in the plan until the scenario is applied)."""
    wanted = {pk for one in commands.values() for pk in _tasks_of(one, known, commands) if pk > 0}
    names = dict(Task.objects.visible_to(actor).filter(pk__in=wanted).values_list("pk", "name"))
    gone = wanted - set(Task.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    names |= dict.fromkeys(gone, _("a deleted task"))
    return names | {
        -number: str(one["name"]) for number, one in commands.items() if one.get("op") == "create"
    }


def _tasks_of(command: dict[str, Any], known: _Named, commands: Commands) -> list[int]:
    named = [command[name] for name in ("task", "parent", "pred", "succ") if command.get(name)]
    staffed = known.assigned.get(command.get("assignment", 0), ())[:1]
    return [*named, *staffed, *(_ends(command, known.links, commands) or ())]


def _ends(
    command: dict[str, Any], links: dict[int, tuple[int, int]], commands: Commands
) -> tuple[int, int] | None:
    link = command.get("link")
    if not link:
        return None
    if link > 0:
        return links.get(link)
    made = commands.get(-link, {})
    return (made["pred"], made["succ"]) if "pred" in made else None


def _words(command: dict[str, Any], known: _Named, commands: Commands) -> str:
    op, names = command.get("op"), known.tasks
    pred, succ = _ends(command, known.links, commands) or (command.get("pred", 0), command.get("succ", 0))
    task, resource = known.assigned.get(command.get("assignment", 0), (command.get("task", 0), 0))
    who, kind = known.resources.get(command.get("resource") or resource, (_("a resource"), ""))
    said = {
        "task": names.get(task, _("a task")),
        "who": who,
        "name": command.get("name", ""),
        "pred": names.get(pred, _("a task")),
        "succ": names.get(succ, _("a task")),
        "set": _values(
            {**command.get("set", {}), **{k: command[k] for k in ("kind", "lag") if k in command}}, kind
        ),
    }
    sentences = {
        "update": _("“%(task)s”: %(set)s"),
        "create": _("New task “%(name)s”"),
        "delete": _("Delete “%(task)s”"),
        "move": _("Move “%(task)s” in the outline"),
        "link": _("Link “%(pred)s” to “%(succ)s”"),
        "relink": _("Change the link from “%(pred)s” to “%(succ)s”: %(set)s"),
        "unlink": _("Remove the link from “%(pred)s” to “%(succ)s”"),
        "assign": _("Assign %(who)s to “%(task)s”: %(set)s")
        if said["set"]
        else _("Assign %(who)s to “%(task)s”"),
        "reassign": _("%(who)s on “%(task)s”: %(set)s"),
        "unassign": _("Take %(who)s off “%(task)s”"),
    }
    return sentences.get(str(op), "%(task)s") % said


def _values(new: dict[str, Any], kind: str = "") -> str:
    """Return new values in words; ``kind`` is that of the resource, if they are an assignment's."""
    if kind:
        labels = {field.name: str(field.verbose_name) for field in Assignment._meta.concrete_fields}
        return ", ".join(
            f"{labels.get(name, name)} {_amount(name, value, kind)}" for name, value in new.items()
        )
    labels = {field.name: str(field.verbose_name) for field in Task._meta.concrete_fields}
    labels |= {"owner": labels["responsible"], "kind": _("kind"), "lag": _("lag")}
    return ", ".join(f"{labels.get(name, name)} {_value(name, value)}" for name, value in new.items())


def _amount(name: str, value: Any, kind: str) -> str:
    if value is None:
        return "–"
    if name == "units":
        return f"{plain(float(value) * 100)} %" if kind == Resource.Kind.WORK else plain(value)
    return _("%(hours)s h") % {"hours": f"{value / 60:g}"}


def _value(name: str, value: Any) -> str:
    if value is None or value == "":
        return "–"
    if name in ("duration", "remaining", "lag") and isinstance(value, int):
        return _("%(days)s d") % {"days": f"{value / 480:g}"}
    if name == "constraint":
        kind = value if isinstance(value, int) else Task.Constraint[value].value
        return str(Task.Constraint(kind).label)
    if name == "percent_complete":
        return f"{value:g} %"
    if name.endswith(("_at", "_start", "_finish")) or name == "deadline":
        at = walltime.to_datetime(value) if isinstance(value, int) else datetime.fromisoformat(value)
        return f"{at:%Y-%m-%d %H:%M}" if at else "–"
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)
