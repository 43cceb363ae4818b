"""The edits of a plan as values: what the Gantt, the API and undo send. ``plan_edits.apply`` carries them out."""

from dataclasses import dataclass, field
from typing import Any

from django.db import models


@dataclass(frozen=True)
class UpdateTask:
    """Set fields of a task that was read at ``version``."""

    task: int
    version: int
    set: dict[str, Any]


@dataclass(frozen=True)
class CreateTask:
    """Add a task below ``parent`` (None: top of the project), behind its sibling ``after`` (None: last)."""

    project: int
    name: str
    parent: int | None = None
    after: int | None = None
    set: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class DeleteTask:
    """Delete a task with everything below it."""

    task: int
    version: int


@dataclass(frozen=True)
class MoveTask:
    """Put a task below ``parent`` behind its sibling ``after`` (None: first)."""

    task: int
    version: int
    parent: int | None = None
    after: int | None = None


@dataclass(frozen=True)
class LinkTasks:
    """Let ``succ`` follow ``pred``, which may lie in another program. ``lag_unit`` as in ``Dependency``."""

    pred: int
    succ: int
    kind: int = 0
    lag: int = 0
    lag_unit: int = 0


@dataclass(frozen=True)
class Relink:
    """Change kind or lag of a link that was read at ``version``."""

    link: int
    version: int
    set: dict[str, Any]


@dataclass(frozen=True)
class Unlink:
    link: int
    version: int


@dataclass(frozen=True)
class Assign:
    """Assign a resource to a task; ``set``: units (1 is full time), work, actual_work, delay (working minutes)."""

    task: int
    resource: int
    set: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reassign:
    """Change an assignment that was read at ``version``."""

    assignment: int
    version: int
    set: dict[str, Any]


@dataclass(frozen=True)
class Unassign:
    assignment: int
    version: int


@dataclass(frozen=True)
class Revert:
    """Take a whole change set back (undo), or a taking back (redo)."""

    change_set: int


Command = (
    UpdateTask
    | CreateTask
    | DeleteTask
    | MoveTask
    | LinkTasks
    | Relink
    | Unlink
    | Assign
    | Reassign
    | Unassign
    | Revert
)


@dataclass(frozen=True)
class EditError:
    """Why one command can not be carried out. ``current`` is the row as it is now, for a conflict."""

    index: int
    code: str
    message: str
    field: str = ""
    current: models.Model | None = None


class EditRefused(Exception):
    """One or more commands can not be carried out; nothing was written."""

    def __init__(self, errors: list[EditError]) -> None:
        self.errors = errors
        super().__init__("; ".join(error.message for error in errors))

    @property
    def is_conflict(self) -> bool:
        return any(error.code == "conflict" for error in self.errors)


@dataclass
class Applied:
    """What was written: new versions by id, created tasks and links by the index of their command, and the tasks that were
    given people, other amounts of them, or from which some were taken (``staffed``)."""

    change_set: int | None = None
    revision: int = 0
    versions: dict[int, int] = field(default_factory=dict)
    link_versions: dict[int, int] = field(default_factory=dict)
    created: dict[int, int] = field(default_factory=dict)
    created_links: dict[int, int] = field(default_factory=dict)
    assignment_versions: dict[int, int] = field(default_factory=dict)
    created_assignments: dict[int, int] = field(default_factory=dict)
    staffed: set[int] = field(default_factory=set)
