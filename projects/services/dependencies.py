"""Link tasks and refuse circles, within an open edit (``plan_edits.apply``)."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.utils.translation import gettext as _

from programs.models import Program
from projects.engine import circles
from projects.models import Dependency, Project, Task
from projects.selectors import graphs
from projects.services.commands import Command, DeleteTask, LinkTasks, Relink, Unlink
from projects.services.editing import Editing
from tpm.accounts.actors import Actor
from tpm.lib import locks

EDITABLE = frozenset({"kind", "lag", "lag_unit"})


def programs_touched(actor: Actor, program: Program, commands: Sequence[Command]) -> set[int]:
    """Return the other programs whose dates a link among the commands decides: they get a revision of their own.

    Links that go with a deleted task are among them.
    """
    tasks = {pk for c in commands if isinstance(c, LinkTasks) for pk in (c.pred, c.succ)}
    links = {c.link for c in commands if isinstance(c, Relink | Unlink)}
    gone = {c.task for c in commands if isinstance(c, DeleteTask)}
    if not tasks and not links and not gone:
        return set()
    beyond = _linked_beyond(Q(pk__in=_with_descendants(gone))) if gone else set()
    found = beyond | set(
        Task.objects.visible_to(actor).filter(pk__in=tasks).values_list("program_id", flat=True)
    )
    for pair in (
        Dependency.objects.visible_to(actor)
        .filter(pk__in=links)
        .values_list("program_id", "predecessor_program_id")
    ):
        found.update(pair)
    return found - {program.pk}


def programs_linked(project: Project) -> set[int]:
    """Return the other programs that a link of the project's tasks leads to."""
    return _linked_beyond(Q(project=project)) - {project.program_id}


def _linked_beyond(tasks: Q) -> set[int]:
    """Return both programs of each link that leaves its program at one of the tasks."""
    ends = Task.objects.filter(tasks).values("pk")
    links = Dependency.objects.filter(Q(predecessor__in=ends) | Q(successor__in=ends)).exclude(
        program=F("predecessor_program")
    )
    return {pk for pair in links.values_list("program_id", "predecessor_program_id") for pk in pair}


def _with_descendants(tasks: set[int]) -> set[int]:
    """Return the tasks and all below them: a query for each level of the outline."""
    found, below = set(tasks), set(tasks)
    while below:
        below = set(Task.objects.filter(parent__in=below).values_list("pk", flat=True)) - found
        found |= below
    return found


def link(editing: Editing, index: int, command: LinkTasks) -> None:
    """Let a task follow another, which may lie in another program; the successor's plan must be the actor's to edit."""
    before, after = editing.tasks.get(command.pred), editing.tasks.get(command.succ)
    if before is None or after is None:
        missing = command.pred if before is None else command.succ
        editing.refuse(index, "not_found", _("There is no task %(id)s.") % {"id": missing})
        return
    if editing.program.pk not in (before.program_id, after.program_id):
        editing.refuse(index, "not_found", _("Neither task lies in this program."))
        return
    editing.authorize("plan.edit", after.project)
    if before.pk == after.pk:
        raise ValidationError({"succ": _("A task can not follow itself.")})
    if Dependency.objects.filter(predecessor=before, successor=after, kind=command.kind).exists():
        raise ValidationError(
            _("“%(after)s” follows “%(before)s” in this way already.") % {"after": after, "before": before}
        )
    made = editing.change.create(
        Dependency(
            program_id=after.program_id,
            predecessor_program_id=before.program_id,
            predecessor=before,
            successor=after,
            kind=command.kind,
            lag=command.lag,
            lag_unit=command.lag_unit,
        )
    )
    editing.new_links.append((index, made))
    editing.links[made.pk] = made
    editing.applied.created_links[index] = made.pk
    editing.applied.link_versions[made.pk] = made.version


def relink(editing: Editing, index: int, command: Relink) -> None:
    """Change a link's kind or lag."""
    found = _own_link(editing, index, command.link)
    if found is None:
        return
    for name in sorted(command.set.keys() - EDITABLE):
        editing.refuse(index, "unknown_field", _("“%(name)s” can not be set.") % {"name": name}, field=name)
        return
    editing.at_version(found, command.version)
    editing.change.update(found, **command.set)
    editing.applied.link_versions[found.pk] = found.version


def unlink(editing: Editing, index: int, command: Unlink) -> None:
    """Remove a link."""
    found = _own_link(editing, index, command.link)
    if found is not None:
        editing.at_version(found, command.version)
        editing.change.delete(found)
        editing.new_links = [new for new in editing.new_links if new[1].pk != found.pk]


def _own_link(editing: Editing, index: int, pk: int) -> Dependency | None:
    found = editing.links.get(pk)
    if found is None or editing.program.pk not in (found.program_id, found.predecessor_program_id):
        editing.refuse(index, "not_found", _("There is no link %(id)s in this program.") % {"id": pk})
        return None
    editing.authorize("plan.edit", found.successor.project)
    return found


def check_circles(editing: Editing) -> None:
    """Refuse what would close a circle. The lock is global and short: two links, each safe alone, can close a loop together."""
    if not editing.new_links and not editing.moved:
        return
    locks.hold("dependency-graph")
    graph = graphs.around(
        [editing.program.pk, *(made.predecessor_program_id for _i, made in editing.new_links)]
    )
    if editing.moved:
        if circle := circles.find_circle(graph):
            editing.refuse(0, "circle", _circle_message(editing.actor, circle))
        return
    for index, made in editing.new_links:
        if path := circles.find_path(graph, made.successor_id, made.predecessor_id):
            editing.refuse(index, "circle", _circle_message(editing.actor, [*path, path[0]]))


def _circle_message(actor: Actor, circle: list[int]) -> str:
    names = dict(Task.objects.visible_to(actor).filter(pk__in=circle).values_list("pk", "name"))
    hidden = _("a task you can not see")
    chain = " → ".join(f"“{names[pk]}”" if pk in names else hidden for pk in circle)
    return _("The link would close a circle: %(chain)s.") % {"chain": chain}
