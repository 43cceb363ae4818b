"""The rows of the file in outline order: component projects that need a summary of their own, and the tasks below."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from projects.models import Project
from tpm.exports.numbering import numbered
from tpm.exports.reading import TaskRow
from tpm.imports.portfolio_rows import PLAN_PREFIX


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the file: a task, or (``task`` None) the summary that stands for a component project."""

    uid: int
    level: int
    parent_uid: int | None
    project: Project
    task: TaskRow | None
    is_summary: bool
    number: str


@dataclass
class Outline:
    """``uid_of`` finds the number of a task by its id; ``empty`` are the projects without a task, which a file can not hold."""

    lines: list[Line]
    uid_of: dict[int, int]
    projects: list[Project]
    empty: list[Project] = field(default_factory=list)


def of(projects: Sequence[Project], tasks: Sequence[TaskRow]) -> Outline:
    """Lay the tasks out. One project is the whole file; of several, each becomes a summary at the top."""
    roots: dict[int, list[TaskRow]] = {project.pk: [] for project in projects}
    children: dict[int, list[TaskRow]] = {}
    for task in tasks:
        into = roots[task.project_id] if task.parent_id is None else children.setdefault(task.parent_id, [])
        into.append(task)
    filled = [project for project in projects if roots[project.pk]] or list(projects[:1])
    on_top = {
        project.pk
        for project in filled
        if len(filled) > 1 and not _stands_for(project, roots[project.pk], children)
    }
    wanted = {("project", project.pk): top_uid(project) for project in filled if project.pk in on_top}
    wanted |= {("task", task.id): task.external_key.removeprefix(PLAN_PREFIX) for task in tasks}
    numbers = numbered(wanted)
    lines: list[Line] = []
    counts: list[int] = []
    for project in filled:
        above = None
        if project.pk in on_top:
            above = numbers["project", project.pk]
            lines.append(Line(above, 1, None, project, None, is_summary=True, number=_number(counts, 1)))
        level = 1 if above is None else 2
        for task, depth, parent in _walk(roots[project.pk], children):
            uid = numbers["task", task.id]
            over = above if parent is None else numbers["task", parent]
            number = _number(counts, level + depth)
            lines.append(Line(uid, level + depth, over, project, task, task.id in children, number))
    return Outline(
        lines,
        {task.id: numbers["task", task.id] for task in tasks},
        filled,
        [project for project in projects if project not in filled],
    )


def _number(counts: list[int], level: int) -> str:
    """Return the next outline number at a level, such as 2.1.3; ``counts`` are those of the open branch."""
    del counts[level:]
    counts += [0] * (level - len(counts))
    counts[-1] += 1
    return ".".join(str(count) for count in counts)


def top_uid(project: Project) -> str:
    """Return the number of the summary that a project was made from by an import, empty if it was not."""
    plan, _, uid = project.external_key.rpartition("#")
    return uid if plan.startswith(PLAN_PREFIX) else ""


def _stands_for(project: Project, roots: list[TaskRow], children: dict[int, list[TaskRow]]) -> bool:
    """Tell whether the only task at a project's top is the summary that it was made from."""
    uid = top_uid(project)
    return len(roots) == 1 and roots[0].id in children and roots[0].external_key == f"{PLAN_PREFIX}{uid}"


def _walk(
    roots: list[TaskRow], children: dict[int, list[TaskRow]]
) -> Iterator[tuple[TaskRow, int, int | None]]:
    """Yield (task, depth, id of its parent), parents before children; not recursive: outlines may be deep."""
    open_: list[tuple[TaskRow, int, int | None]] = [(task, 0, None) for task in reversed(roots)]
    while open_:
        task, depth, parent = open_.pop()
        yield task, depth, parent
        open_ += [(child, depth + 1, task.id) for child in reversed(children.get(task.id, []))]
