"""Why a task's dates are what they are, and the paths into it."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from projects.api.dependencies import DependencyOut
from projects.engine.network import Driver, NetworkError
from projects.models import Task
from projects.selectors import paths, reasons, tasks
from projects.selectors.paths import PathTask
from projects.selectors.reasons import Step
from tpm.activity.rest import Endpoint, operation
from tpm.activity.rest_fields import WallTime
from tpm.lib.api.problems import FieldError, Problem

USUAL = 5
DRIVERS = [driver.name.lower() for driver in Driver]


class PlacedTaskOut(serializers.Serializer[Any]):
    """A task with its dates; ``total_float`` in working minutes of its calendar."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    program = serializers.IntegerField()
    project = serializers.IntegerField()
    start = WallTime(allow_null=True)
    finish = WallTime(allow_null=True)
    total_float = serializers.IntegerField(allow_null=True)
    is_critical = serializers.BooleanField()


class StepOut(serializers.Serializer[Any]):
    """``kind``: what holds the task; ``link``: the dependency over which the task of the next step holds it (of a task as late
    as possible: over which a successor holds it back). A task that you may not see is null and ends the chain."""

    kind = serializers.ChoiceField(DRIVERS)
    task = PlacedTaskOut(allow_null=True)
    link = DependencyOut(allow_null=True)
    text = serializers.CharField(help_text="The reason as a sentence.")


class WhyOut(serializers.Serializer[Any]):
    task = serializers.IntegerField()
    computed_revision = serializers.IntegerField()
    steps = StepOut(many=True)
    is_cut = serializers.BooleanField(help_text="The chain goes on beyond these steps.")


class FloatPathOut(serializers.Serializer[Any]):
    """``relative_float``: working minutes by which the path may slip before it drives; path 1 drives. Tasks that you may not
    see are null, several in a row once."""

    number = serializers.IntegerField()
    relative_float = serializers.IntegerField()
    tasks = PlacedTaskOut(many=True)
    is_cut = serializers.BooleanField(help_text="The path begins with more tasks than are listed.")


class PathsOut(serializers.Serializer[Any]):
    task = serializers.IntegerField()
    revision = serializers.IntegerField(help_text="Of the inputs that this was computed from.")
    driving = serializers.ListField(
        child=serializers.IntegerField(),
        help_text="All tasks on a driving path, side chains that drive too included.",
    )
    paths = FloatPathOut(many=True)


class TaskWhy(Endpoint):
    @operation("plan.read", gives=WhyOut, summary="Say why a task's dates are what they are")
    def get(self, request: Request, pk: int) -> Response:
        task = tasks.get_for(self.actor, pk)
        reason = reasons.why(self.actor, task)
        return Response(
            {
                "task": task.pk,
                "computed_revision": task.program.computation.computed_revision,
                "steps": [_step(step) for step in reason.steps],
                "is_cut": reason.cut,
            }
        )


class TaskPaths(Endpoint):
    @operation(
        "plan.read",
        gives=PathsOut,
        summary="List the float paths into a task",
        parameters=[
            OpenApiParameter("count", int, description=f"At most {paths.MOST_PATHS}; {USUAL} if not given.")
        ],
    )
    def get(self, request: Request, pk: int) -> Response:
        task = tasks.get_for(self.actor, pk)
        try:
            found = paths.into(self.actor, task, count=_count(request))
        except NetworkError as error:
            raise Problem(409, str(error), code="not_schedulable") from None
        return Response(
            {
                "task": task.pk,
                "revision": found.revision,
                "driving": found.driving,
                "paths": [
                    {
                        "number": path.number,
                        "relative_float": path.relative_float,
                        "tasks": [_placed(one.task, one) if one.task else None for one in path.tasks],
                        "is_cut": path.is_cut,
                    }
                    for path in found.paths
                ],
            }
        )


def _count(request: Request) -> int:
    given = request.query_params.get("count", str(USUAL))
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= paths.MOST_PATHS):
        wrong = f"Give a number from 1 to {paths.MOST_PATHS}."
        raise Problem(400, wrong, errors=[FieldError("?count", wrong)])
    return int(given)


def _step(step: Step) -> dict[str, Any]:
    return {
        "kind": step.kind.name.lower(),
        "task": _placed(step.task, step) if step.task else None,
        "link": DependencyOut(step.link).data if step.link else None,
        "text": step.text,
    }


def _placed(task: Task, dates: Step | PathTask) -> dict[str, Any]:
    return {
        "id": task.pk,
        "name": task.name,
        "program": task.program_id,
        "project": task.project_id,
        "start": dates.start.isoformat(timespec="minutes") if dates.start else None,
        "finish": dates.finish.isoformat(timespec="minutes") if dates.finish else None,
        "total_float": dates.total_float,
        "is_critical": dates.is_critical,
    }
