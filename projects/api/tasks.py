"""Tasks: lists, single ones, and many edits in one revision."""

from typing import Any, ClassVar

import django_filters
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from programs import policies
from programs.models import Program
from programs.selectors import computation, programs
from projects.api.problems import answer, carried_out
from projects.api.task_json import TaskIn, TaskOut, TaskPatch, TaskWritten, render
from projects.models import Task
from projects.selectors import task_list
from projects.services import command_json, plan_edits
from projects.services.commands import Command, DeleteTask, EditRefused, MoveTask, UpdateTask
from projects.services.tasks import is_progress
from tpm.activity.rest import Endpoint, Revisions, operation
from tpm.lib.api.filters import FlagFilter, IdField, IdFilter, IdsFilter, TextFilter


class RevisionFilter(django_filters.NumberFilter):
    field_class = IdField


class TaskFilters(django_filters.FilterSet):
    id = IdsFilter("pk", label="Task ids, separated by commas")
    program = IdFilter("program_id")
    project = IdFilter("project_id")
    parent = IdFilter("parent_id", label="Children of this task")
    critical = FlagFilter("schedule__is_critical")
    late = FlagFilter(method="is_late", label="Finishes later than its baseline")
    milestone = FlagFilter("is_milestone")
    summary = FlagFilter("schedule__is_summary")
    changed_since = RevisionFilter(method="after_revision", label="With program: written after this revision")
    text = TextFilter("name", "responsible")

    def is_late(self, rows: QuerySet[Task], name: str, value: bool) -> QuerySet[Task]:  # noqa: FBT001
        late = {"schedule__finish_slip__gt": 0}
        return rows.filter(**late) if value else rows.exclude(**late)

    def after_revision(self, rows: QuerySet[Task], name: str, value: Any) -> QuerySet[Task]:
        program = self.form.cleaned_data.get("program")
        if program is None:
            raise ValidationError(
                {"?changed_since": _("A revision is of one program: give program as well.")}
            )
        return task_list.changed_since(rows, int(program), int(value))


class TaskList(Endpoint):
    out = TaskOut
    serializer_class = TaskOut
    filterset_class = TaskFilters
    orderings: ClassVar = {"id": ("pk",), "name": ("name", "pk")}

    @operation("plan.read", gives=TaskOut(many=True), summary="List tasks with dates and values")
    def get(self, request: Request) -> Response:
        return self.page(task_list.visible(self.actor), lambda rows: render(self.actor, rows))


class _Edits(Endpoint):
    def task(self, pk: int) -> Task:
        return task_list.visible(self.actor).get(pk=pk)

    def represent(self, obj: Any) -> Any:
        return render(self.actor, [self.task(obj.pk)])[0]

    def apply(
        self, program: Program, commands: list[Command], reason: str = "", *, single: bool = True
    ) -> Any:
        try:
            return plan_edits.apply(actor=self.actor, program=program, commands=commands, reason=reason)
        except EditRefused as refused:
            raise answer(refused, commands, self.represent, single=single) from None


class ProgramTasks(_Edits):
    @operation("plan.edit", takes=TaskIn, gives=TaskWritten, status=201, summary="Add a task")
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        command = {"op": "create", **_split(_object(request.data), ("project", "name", "parent", "after"))}
        commands = _parsed(command)
        done = self.apply(program, commands)
        made = self.task(done.created[0])
        at = f"/api/v1/tasks/{made.pk}/"
        return self.written(self.represent(made), computation.revisions(program.pk), status=201, at=at)


class TaskItem(_Edits):
    @operation("plan.read", gives=TaskOut, summary="Read a task")
    def get(self, request: Request, pk: int) -> Response:
        return Response(self.represent(self.task(pk)))

    @operation(
        "progress.update",
        takes=TaskPatch(partial=True),
        gives=TaskWritten,
        versioned=True,
        summary="Change a task (progress alone needs progress.update, all else plan.edit)",
    )
    def patch(self, request: Request, pk: int) -> Response:
        task = self.task(pk)
        given = request.data
        more = isinstance(given, dict) and given and not is_progress(given)
        policies.authorize(self.actor, "plan.edit" if more else self.capability, task)
        self.match(task)
        body = _split(_object(given), ("parent", "after"))
        commands: list[Command] = [UpdateTask(task.pk, task.version, command_json.fields(body["set"]))]
        if "parent" in body or "after" in body:
            place = {"parent": task.parent_id, "after": None, **{k: v for k, v in body.items() if k != "set"}}
            [move] = _parsed({"op": "move", "task": task.pk, "version": task.version, **place})
            assert isinstance(move, MoveTask)
            commands.append(move)
        self.apply(task.program, commands)
        return self.written(self.represent(task), computation.revisions(task.program_id))

    @operation(
        "plan.edit",
        gives=carried_out("Deleted"),
        versioned=True,
        summary="Delete a task with what is below it",
    )
    def delete(self, request: Request, pk: int) -> Response:
        task = self.task(pk)
        policies.authorize(self.actor, self.capability, task)
        self.match(task)
        self.apply(task.program, [DeleteTask(task.pk, task.version)])
        return self.written({"deleted": True}, computation.revisions(task.program_id))


class EditsIn(serializers.Serializer[Any]):
    """Each command is an object with ``op``: update, create, delete, move, link, relink, unlink, assign,
    reassign, unassign or revert; see the guide."""

    commands = serializers.ListField(child=serializers.DictField(), max_length=plan_edits.MOST)
    reason = serializers.CharField(required=False, allow_blank=True)


class CreatedOut(serializers.Serializer[Any]):
    op_index = serializers.IntegerField()
    task = serializers.IntegerField(required=False)
    link = serializers.IntegerField(required=False)
    assignment = serializers.IntegerField(required=False)
    version = serializers.IntegerField()


class EditsOut(Revisions):
    input_revision = serializers.IntegerField()
    change_set = serializers.IntegerField(allow_null=True)
    versions = serializers.DictField(child=serializers.IntegerField(), help_text="New versions by task id.")
    link_versions = serializers.DictField(
        child=serializers.IntegerField(), help_text="New versions by link id."
    )
    assignment_versions = serializers.DictField(
        child=serializers.IntegerField(), help_text="New versions by assignment id."
    )
    created = CreatedOut(many=True)
    undo = serializers.ListField(child=serializers.DictField(), help_text="Commands that take the edit back.")


class PlanEdits(_Edits):
    @operation(
        "progress.update",
        takes={"application/json": EditsIn},
        gives=EditsOut,
        summary="Carry out many edits in one revision, all or nothing",
    )
    def post(self, request: Request, pk: int) -> Response:
        program = programs.get_for(self.actor, pk)
        policies.authorize_within(self.actor, self.capability, program)
        commands = command_json.parse(request.data)
        done = self.apply(program, commands, command_json.reason(_object(request.data)), single=False)
        return self.written(command_json.render(done), computation.revisions(program.pk))


def _object(data: Any) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ValidationError(_("Give an object."))
    return data


def _split(given: dict[str, Any], own: tuple[str, ...]) -> dict[str, Any]:
    """Return a command's own fields, and under ``set`` those of the task."""
    return {
        **{name: value for name, value in given.items() if name in own},
        "set": {name: value for name, value in given.items() if name not in own},
    }


def _parsed(command: dict[str, Any]) -> list[Command]:
    """Parse one command whose fields stood at the top of the body."""
    if command["op"] == "move":
        command = {name: value for name, value in command.items() if name != "set"}
    try:
        return command_json.parse({"commands": [command]})
    except ValidationError as error:
        moved = {
            pointer.removeprefix("/commands/0").removeprefix("/set"): messages
            for pointer, messages in error.message_dict.items()
        }
        raise ValidationError(moved) from None
