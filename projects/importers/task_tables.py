"""Reader of the tasks table: outline, dates, constraints and progress, with every contradiction reported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from projects.importers import cells, tables
from projects.importers.cells import CellError
from projects.importers.plan import NONE, Constraint
from projects.importers.portfolio import PortfolioProject, PortfolioTask, day_of
from projects.importers.reports import Report
from projects.importers.table_specs import TASKS
from projects.importers.tables import Row, Table

FINISHES = (Constraint.MFO, Constraint.FNET, Constraint.FNLT)
DATELESS = (Constraint.ASAP, Constraint.ALAP)
DAY = 480


def read(
    table: Table | None, projects: Mapping[str, PortfolioProject], report: Report, *, data_date: int = NONE
) -> list[PortfolioTask]:
    """The tasks in outline order: parents before children, otherwise as in the table."""
    read_rows: dict[str, tuple[PortfolioTask, Row]] = {}
    for key, row in tables.rows_of(table, "task_id", report):
        project_key = row.key("project_id")
        if project_key is None:
            continue
        if project_key not in projects:
            row.error("unknown_project", "project_id", "no such project in the projects table", project_key)
            continue
        read_rows[key] = (_task(key, project_key, row, data_date), row)
    return _outlined(read_rows)


def _outlined(read_rows: dict[str, tuple[PortfolioTask, Row]]) -> list[PortfolioTask]:
    """Checks the parents, turns tasks with children into summaries and sorts the outline without recursion."""
    tasks = {key: _with_parent(task, row, read_rows) for key, (task, row) in read_rows.items()}
    for key in _in_circles(tasks):
        read_rows[key][1].warn(
            "parent_circle", "parent_id", "is its own parent in a circle; placed at the top"
        )
        tasks[key] = replace(tasks[key], parent_key=None)
    children: dict[str | None, list[str]] = {}
    for key, task in tasks.items():
        children.setdefault(task.parent_key, []).append(key)
    ordered: list[PortfolioTask] = []
    stack = children.get(None, [])[::-1]
    while stack:
        key = stack.pop()
        below = children.get(key, [])
        ordered.append(_as_summary(*(tasks[key], read_rows[key][1])) if below else tasks[key])
        stack.extend(reversed(below))
    return ordered


def _with_parent(
    task: PortfolioTask, row: Row, read_rows: Mapping[str, tuple[PortfolioTask, Row]]
) -> PortfolioTask:
    if task.parent_key is None:
        return task
    parent = read_rows.get(task.parent_key)
    if parent is None:
        row.warn(
            "unknown_parent", "parent_id", "no such task; placed at the top of its project", task.parent_key
        )
    elif parent[0].project_key != task.project_key:
        row.warn(
            "foreign_parent", "parent_id", "belongs to another project; placed at the top", task.parent_key
        )
    else:
        return task
    return replace(task, parent_key=None)


def _in_circles(tasks: Mapping[str, PortfolioTask]) -> list[str]:
    """One task of every circle of parents: cutting it there opens the circle."""
    done: set[str] = set()
    cut = []
    for key in tasks:
        path: list[str] = []
        on_path: set[str] = set()
        here: str | None = key
        while here is not None and here not in done and here not in on_path:
            path.append(here)
            on_path.add(here)
            here = tasks[here].parent_key
        if here is not None and here in on_path:
            cut.append(here)
        done.update(path)
    return cut


def _as_summary(task: PortfolioTask, row: Row) -> PortfolioTask:
    """A summary's dates, duration and progress are rolled up, never stated."""
    stated = [
        name
        for name in (
            "duration",
            "percent_complete",
            "actual_start",
            "actual_finish",
            "remaining_duration",
            "milestone",
        )
        if row.text(name) and row.text(name).lower() not in ("no", "0", "false", "n")
    ]
    if stated:
        row.warn(
            "summary_value",
            stated[0],
            f"a summary rolls this up from its tasks; ignored: {', '.join(stated)}",
        )
    return replace(
        task,
        is_milestone=False,
        keep_dates=False,
        duration=NONE,
        is_elapsed=False,
        constraint=Constraint.ASAP,
        constraint_at=NONE,
        percent_complete=None,
        actual_start=NONE,
        actual_finish=NONE,
        remaining_duration=NONE,
    )


def _task(key: str, project_key: str, row: Row, data_date: int) -> PortfolioTask:
    name = row.text("name")
    if not name:
        row.warn("no_name", "name", f"no name; called {key!r} instead")
    task = PortfolioTask(
        key=key,
        project_key=project_key,
        name=name or key,
        row=row.number,
        parent_key=row.text("parent_id") or None,
        description=row.text("description"),
        status=row.text("status"),
        owner=row.text("owner"),
        deadline=_instant(row, "deadline", is_finish=True),
        planned_cost=_money(row, "planned_cost"),
        attributes=row.others(TASKS.names),
    )
    return _with_progress(_with_constraint(_with_dates(task, row), row), row, data_date)


def _with_dates(task: PortfolioTask, row: Row) -> PortfolioTask:
    milestone = row.read("milestone", cells.boolean, lost="taken as no") or False
    start = _instant(row, "planned_start", is_finish=False)
    finish = _instant(row, "planned_finish", is_finish=True)
    if start != NONE and finish != NONE and finish < start:
        row.warn("finish_before_start", "planned_finish", "before the planned start; left empty")
        finish = NONE
    minutes, elapsed = row.read("duration", cells.duration) or (NONE, False)
    if milestone:
        if minutes not in (NONE, 0):
            row.warn(
                "milestone_duration",
                "duration",
                "a milestone has no duration; taken as 0",
                row.text("duration"),
            )
        minutes, elapsed = 0, False
    keep = minutes == NONE and start != NONE and finish != NONE
    if minutes == NONE and not keep:
        minutes = DAY
        row.info(
            "default_duration", "duration", "neither a duration nor two planned dates; one day was taken"
        )
    return replace(
        task,
        is_milestone=milestone,
        keep_dates=keep,
        planned_start=start,
        planned_finish=finish,
        duration=minutes,
        is_elapsed=elapsed,
    )


def _with_constraint(task: PortfolioTask, row: Row) -> PortfolioTask:
    """The stated constraint; without one, a planned start is kept by start-no-earlier-than."""
    kind = row.read("constraint", _constraint, lost="taken as ASAP")
    if kind is None:
        if row.text("constraint_date"):
            row.warn("constraint_without_kind", "constraint", "a constraint date without its kind; ignored")
        if task.planned_start == NONE:
            if task.is_milestone and task.planned_finish != NONE:
                return replace(task, constraint=Constraint.FNET, constraint_at=task.planned_finish)
            return task
        return replace(task, constraint=Constraint.SNET, constraint_at=task.planned_start)
    if kind in DATELESS:
        return replace(task, constraint=kind, constraint_at=NONE)
    at = _instant(row, "constraint_date", is_finish=kind in FINISHES)
    if at == NONE:
        planned = task.planned_finish if kind in FINISHES else task.planned_start
        if planned == NONE:
            row.warn(
                "constraint_without_date", "constraint_date", "the constraint needs a date; taken as ASAP"
            )
            return task
        at = planned
    return replace(task, constraint=kind, constraint_at=at)


def _with_progress(task: PortfolioTask, row: Row, data_date: int) -> PortfolioTask:
    percent = row.read("percent_complete", cells.percent)
    begun = _instant(row, "actual_start", is_finish=False)
    done = _instant(row, "actual_finish", is_finish=True)
    left, _ = row.read("remaining_duration", cells.duration) or (NONE, False)
    if done != NONE:
        if begun == NONE:
            begun = task.planned_start if NONE < task.planned_start <= done else done - 1440
            row.warn(
                "no_actual_start", "actual_start", f"finished but never begun; {day_of(begun)} was taken"
            )
        if done < begun:
            row.warn("finish_before_start", "actual_finish", "before the actual start; ignored")
            done = NONE
    if done != NONE:
        if percent is not None and percent < 100:
            row.warn(
                "status_contradicts",
                "percent_complete",
                "has an actual finish, so it counts as 100",
                f"{percent:g}",
            )
        percent, left = 100.0, 0
    elif percent == 100:
        reason = (
            "100 percent without an actual finish: begun, nothing left, but not finished until a date says so"
        )
        row.warn("no_actual_finish", "actual_finish", reason)
    if percent and begun == NONE:
        begun = task.planned_start
        taken = "it begins where the plan puts it" if begun == NONE else f"{day_of(begun)} was taken"
        row.warn("no_actual_start", "actual_start", f"has progress but no actual start; {taken}")
    if data_date != NONE and (begun >= data_date or done > data_date):
        column = "actual_finish" if done > data_date else "actual_start"
        row.warn(
            "after_data_date", column, "an actual date after the portfolio's data date", row.text(column)
        )
    return replace(
        task, percent_complete=percent, actual_start=begun, actual_finish=done, remaining_duration=left
    )


def _constraint(text: str) -> Constraint:
    try:
        return Constraint[text.upper()]
    except KeyError:
        raise CellError("bad_choice", f"write one of {', '.join(kind.name for kind in Constraint)}") from None


def _instant(row: Row, column: str, *, is_finish: bool) -> int:
    value = row.read(column, lambda text: cells.wall(text, is_finish=is_finish))
    return NONE if value is None else value


def _money(row: Row, column: str) -> int:
    value = row.read(column, cells.cents)
    return NONE if value is None else value
