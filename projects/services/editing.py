"""What the commands of one edit share: the rows they name, loaded once through the actor's eyes, and the errors found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, time

from django.db import models
from django.utils.translation import gettext as _

from programs import policies
from programs.models import Program, WorkCalendar
from projects.models import Assignment, Dependency, Project, Task, TaskSchedule
from projects.services.commands import Applied, Command, EditError
from tpm.accounts.actors import Actor
from tpm.activity.writing import Change

TASK_NAMES = ("task", "parent", "after", "pred", "succ")


@dataclass
class Editing:
    actor: Actor
    program: Program
    change: Change
    applied: Applied = field(default_factory=Applied)
    errors: list[EditError] = field(default_factory=list)
    tasks: dict[int, Task] = field(default_factory=dict)
    projects: dict[int, Project] = field(default_factory=dict)
    links: dict[int, Dependency] = field(default_factory=dict)
    assignments: dict[int, Assignment] = field(default_factory=dict)
    schedules: dict[int, TaskSchedule] = field(default_factory=dict)
    new_links: list[tuple[int, Dependency]] = field(default_factory=list)
    moved: list[int] = field(default_factory=list)
    _calendars: dict[int, WorkCalendar] | None = None

    def load(self, commands: Sequence[Command]) -> None:
        """Read all rows that the commands name, in a fixed number of queries."""
        link_ids = _named(commands, "link")
        self.links = {
            link.pk: link
            for link in Dependency.objects.visible_to(self.actor)
            .filter(pk__in=link_ids)
            .select_related("predecessor__project", "successor__project")
        }
        assigned = Assignment.objects.visible_to(self.actor).filter(pk__in=_named(commands, "assignment"))
        self.assignments = {one.pk: one for one in assigned.select_related("task__project", "resource")}
        task_ids = _named(commands, *TASK_NAMES)
        visible = Task.objects.visible_to(self.actor).select_related("project", "program")
        self.tasks = {task.pk: task for task in visible.filter(pk__in=task_ids)}
        self.projects = {
            project.pk: project
            for project in Project.objects.visible_to(self.actor).filter(
                program=self.program, pk__in=_named(commands, "project")
            )
        }
        self.schedules = {row.task_id: row for row in TaskSchedule.objects.filter(pk__in=self.tasks)}

    def resolved(self, index: int, command: Command) -> Command | None:
        """Return the command with ids in the place of −N, what command N created; refuse it if that created none."""
        real: dict[str, int] = {}
        for name, made in (
            *((name, self.applied.created) for name in TASK_NAMES),
            ("link", self.applied.created_links),
            ("assignment", self.applied.created_assignments),
        ):
            number = getattr(command, name, None)
            if not isinstance(number, int) or number >= 0:
                continue
            if -number - 1 not in made:
                self.refuse(
                    index,
                    "not_found",
                    _("Edit %(number)s made no such row.") % {"number": -number},
                    field=name,
                )
                return None
            real[name] = made[-number - 1]
        changed: Command = replace(command, **real)  # type: ignore[arg-type]
        return changed

    def refuse(
        self, index: int, code: str, message: str, *, field: str = "", current: models.Model | None = None
    ) -> None:
        self.errors.append(EditError(index, code, message, field, current))

    def own_task(self, index: int, pk: int) -> Task | None:
        """Return a task of this program, or refuse the command."""
        task = self.tasks.get(pk)
        if task is None or task.program_id != self.program.pk:
            self.refuse(index, "not_found", _("There is no task %(id)s in this program.") % {"id": pk})
            return None
        return task

    def at_version(self, obj: Task | Dependency | Assignment, version: int) -> bool:
        """Remember the version that the person saw, unless an earlier command of this edit made the present one."""
        known = self.applied.versions
        if isinstance(obj, Dependency):
            known = self.applied.link_versions
        elif isinstance(obj, Assignment):
            known = self.applied.assignment_versions
        if known.get(obj.pk) != obj.version:
            obj.version = version
        return True

    def authorize(self, capability: str, project: Project) -> None:
        scope = policies.Scope(self.program.portfolio_id, project.program_id, project.pk)
        if not policies.holds(self.actor, capability, scope):
            raise policies.NotAllowed(capability)

    def calendar(self, pk: int) -> WorkCalendar | None:
        """Return a calendar that this program's plan may use: the portfolio's, or its own."""
        if self._calendars is None:
            usable = WorkCalendar.objects.filter(portfolio_id=self.program.portfolio_id)
            usable = usable.filter(models.Q(program=None) | models.Q(program=self.program))
            self._calendars = {calendar.pk: calendar for calendar in usable}
        return self._calendars.get(pk)

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.program.starts_on, time(8))


def _named(commands: Iterable[Command], *attributes: str) -> set[int]:
    values = (getattr(command, name, None) for command in commands for name in attributes)
    return {value for value in values if isinstance(value, int)}
