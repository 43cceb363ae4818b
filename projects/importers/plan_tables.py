"""Reader of the project's own tables (``table_specs``): portfolio, programs, projects, tasks, dependencies, budget, risks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from projects.importers import cells, tables, task_tables
from projects.importers.cells import CellError
from projects.importers.plan import NONE, LagUnit, LinkKind
from projects.importers.portfolio import (
    UNASSIGNED_KEY,
    ImportedPortfolio,
    PortfolioBudgetLine,
    PortfolioLink,
    PortfolioProgram,
    PortfolioProject,
    PortfolioRisk,
    PortfolioTask,
    ProjectKind,
)
from projects.importers.reports import ImportEntry, Report, Severity
from projects.importers.table_specs import BY_NAME, PORTFOLIO
from projects.importers.tables import Row, Table

MANDATORY_TABLES = ("programs", "projects")
RESPONSES = ("avoid", "transfer", "mitigate", "accept", "escalate")
STATUSES = ("open", "closed", "occurred")
CURRENCY = "USD"

T = TypeVar("T")


def recognises(names: Mapping[str, Table]) -> bool:
    return "tasks" in names or all(name in names for name in MANDATORY_TABLES)


def read(
    found: Mapping[str, Table], report: Report, *, name: str = "Imported portfolio"
) -> ImportedPortfolio:
    """The portfolio in ``found``; problems go to ``report`` row by row.

    Raises ``ImportRefused`` when a mandatory table or column is missing.
    """
    tables.require_tables(found, MANDATORY_TABLES)
    for table_name, table in found.items():
        if table_name in BY_NAME:
            tables.require(table, BY_NAME[table_name].required)
            _unknown_columns(table, BY_NAME[table_name].names, report)
    head = _portfolio(found.get("portfolio"), report)
    programs = _programs(found["programs"], report)
    projects = _projects(found["projects"], programs, report)
    data_date = (head.read("data_date", _finish) if head else None) or NONE
    tasks = task_tables.read(found.get("tasks"), projects, report, data_date=data_date)
    keys = {task.key for task in tasks}
    if any(project.program_key == UNASSIGNED_KEY for project in projects.values()):
        programs.setdefault(UNASSIGNED_KEY, _unassigned())
    return ImportedPortfolio(
        name=(head.text("name") if head else "") or name,
        source="own-tables",
        currency=_currency(head),
        description=head.text("description") if head else "",
        data_date=data_date,
        programs=tuple(programs.values()),
        projects=tuple(projects.values()),
        tasks=tuple(tasks),
        links=tuple(_links(found.get("dependencies"), tasks, report)),
        budget_lines=tuple(_budget_lines(found.get("budget"), projects, keys, report)),
        risks=tuple(_risks(found.get("risks"), programs, projects, report)),
    )


def _unknown_columns(table: Table, known: Iterable[str], report: Report) -> None:
    for name in table.columns:
        if name and name not in set(known):
            reason = "not a column of this table; its texts are kept as notes of the row where the row can hold notes"
            report.add(ImportEntry(Severity.WARNING, "unknown_column", reason, table.file, 1, name))


def _portfolio(table: Table | None, report: Report) -> Row | None:
    rows = [Row(table, number, values, report) for number, values in table.rows] if table else []
    for row in rows[1:]:
        row.error(
            "second_portfolio", PORTFOLIO.columns[0].name, "a file holds one portfolio", row.text("name")
        )
    return rows[0] if rows else None


def _currency(head: Row | None) -> str:
    code = head.text("currency").upper() if head else ""
    if head and code and not (len(code) == 3 and code.isascii() and code.isalpha()):
        head.warn("bad_choice", "currency", f"not an ISO 4217 code; {CURRENCY} was taken", code)
        return CURRENCY
    return code or CURRENCY


def _unassigned() -> PortfolioProgram:
    return PortfolioProgram(
        key=UNASSIGNED_KEY,
        name="Unassigned projects",
        name_is_fallback=True,
        description="Projects that the imported tables place in no program. Move them to the program they belong to.",
    )


def _named(row: Row, key: str) -> tuple[str, bool]:
    name = row.text("name")
    if name:
        return name, False
    row.warn("no_name", "name", f"no name; called {key!r} instead")
    return key, True


def _programs(table: Table, report: Report) -> dict[str, PortfolioProgram]:
    programs: dict[str, PortfolioProgram] = {}
    for key, row in tables.rows_of(table, "program_id", report):
        name, fallback = _named(row, key)
        start = row.read("start", _start)
        programs[key] = PortfolioProgram(
            key=key,
            name=name,
            row=row.number,
            name_is_fallback=fallback,
            description=row.text("description"),
            organisation=row.text("organisation"),
            manager=row.text("manager"),
            sponsor=row.text("sponsor"),
            start=NONE if start is None else start,
            rating=row.read("rating", lambda text: cells.integer(text, 1, 5)),
            attributes=row.others(BY_NAME["programs"].names),
        )
    return programs


def _projects(
    table: Table, programs: Mapping[str, PortfolioProgram], report: Report
) -> dict[str, PortfolioProject]:
    projects: dict[str, PortfolioProject] = {}
    for key, row in tables.rows_of(table, "project_id", report):
        program_key = row.text("program_id")
        if program_key not in programs:
            reason = "no such program" if program_key else "no program"
            row.warn("no_program", "program_id", f"{reason}; placed in 'Unassigned projects'", program_key)
            program_key = UNASSIGNED_KEY
        name, fallback = _named(row, key)
        start, finish = row.read("planned_start", _start), row.read("planned_finish", _finish)
        if start is not None and finish is not None and finish < start:
            row.warn("finish_before_start", "planned_finish", "before the planned start; left empty")
            finish = None
        projects[key] = PortfolioProject(
            key=key,
            program_key=program_key,
            name=name,
            row=row.number,
            name_is_fallback=fallback,
            kind=row.read("kind", _kind),
            description=row.text("description"),
            manager=row.text("manager"),
            planned_start=NONE if start is None else start,
            planned_finish=NONE if finish is None else finish,
            planned_cost=_money(row, "planned_cost"),
            attributes=row.others(BY_NAME["projects"].names),
        )
    return projects


def _links(table: Table | None, tasks: list[PortfolioTask], report: Report) -> list[PortfolioLink]:
    parents = {task.key: task.parent_key for task in tasks}
    seen: dict[tuple[str, str, LinkKind], int] = {}
    links = []
    for number, values in table.rows if table else ():
        row = Row(table, number, values, report)  # type: ignore[arg-type]
        pair = _ends(row, parents)
        if pair is None:
            continue
        lag, unit = row.read("lag", cells.lag, lost="taken as no lag") or (0, LagUnit.WORKING)
        read = row.read("kind", _link_kind, lost="taken as FS")
        kind = LinkKind.FS if read is None else read
        if (earlier := seen.setdefault((*pair, kind), number)) != number:
            reason = f"row {earlier} already links these two tasks in this way"
            row.error("duplicate_link", "successor_id", reason, pair[1])
            continue
        links.append(PortfolioLink(pair[0], pair[1], number, kind, lag, unit))
    return links


def _ends(row: Row, parents: Mapping[str, str | None]) -> tuple[str, str] | None:
    predecessor, successor = row.key("predecessor_id"), row.key("successor_id")
    if predecessor is None or successor is None:
        return None
    for column, key in (("predecessor_id", predecessor), ("successor_id", successor)):
        if key not in parents:
            row.error("unknown_task", column, "no such task in the tasks table", key)
            return None
    if predecessor == successor:
        row.error("self_link", "successor_id", "a task can not depend on itself", successor)
        return None
    if successor in _above(predecessor, parents) or predecessor in _above(successor, parents):
        row.error(
            "link_to_own_summary",
            "successor_id",
            "a task can not depend on a summary it belongs to",
            successor,
        )
        return None
    return predecessor, successor


def _above(key: str, parents: Mapping[str, str | None]) -> set[str]:
    found: set[str] = set()
    parent = parents[key]
    while parent is not None and parent not in found:
        found.add(parent)
        parent = parents.get(parent)
    return found


def _budget_lines(
    table: Table | None, projects: Mapping[str, PortfolioProject], tasks: set[str], report: Report
) -> list[PortfolioBudgetLine]:
    lines = []
    for key, row in tables.rows_of(table, "line_id", report):
        project_key = row.key("project_id")
        if project_key is None:
            continue
        if project_key not in projects:
            row.error("unknown_project", "project_id", "no such project in the projects table", project_key)
            continue
        if not row.text("amount"):
            row.error("missing_value", "amount", "a budget line needs an amount")
            continue
        amount = row.read("amount", cells.cents, severity=Severity.ERROR, lost="the row was left out")
        if amount is None:
            continue
        task_key = row.text("task_id") or None
        if task_key is not None and task_key not in tasks:
            row.warn(
                "unknown_task", "task_id", "no such task; the line is phased over its own dates", task_key
            )
            task_key = None
        start, finish = row.read("start", _start), row.read("finish", _finish)
        if start is not None and finish is not None and finish < start:
            row.warn("finish_before_start", "finish", "before the start; both dates were left empty")
            start = finish = None
        lines.append(
            PortfolioBudgetLine(
                key=key,
                project_key=project_key,
                name=row.text("name") or row.text("category") or key,
                amount=amount,
                row=row.number,
                task_key=task_key,
                category=row.text("category"),
                is_capex=row.read("capital", cells.boolean, lost="taken as no") or False,
                start=NONE if start is None else start,
                finish=NONE if finish is None else finish,
                actual_amount=_money(row, "actual_amount"),
                actual_on=row.read("actual_date", cells.day),
            )
        )
    return lines


def _risks(
    table: Table | None,
    programs: Mapping[str, PortfolioProgram],
    projects: Mapping[str, PortfolioProject],
    report: Report,
) -> list[PortfolioRisk]:
    risks = []
    for key, row in tables.rows_of(table, "risk_id", report):
        project_key = row.text("project_id") or None
        if project_key is not None and project_key not in projects:
            row.warn(
                "unknown_project",
                "project_id",
                "no such project; the risk belongs to the program",
                project_key,
            )
            project_key = None
        program_key = row.text("program_id") or (projects[project_key].program_key if project_key else "")
        if program_key not in programs:
            reason = "no such program" if program_key else "neither a program nor a project"
            row.error("unknown_program", "program_id", reason, program_key)
            continue
        title = row.text("title")
        if not title:
            row.error("missing_value", "title", "a risk needs a title")
            continue
        risks.append(
            PortfolioRisk(
                key=key,
                program_key=program_key,
                title=title,
                row=row.number,
                project_key=project_key,
                description=row.text("description"),
                probability=row.read("probability", cells.probability),
                impact_days=row.read("impact_days", lambda text: cells.number(text, -36_525, 36_525)),
                impact_amount=_money(row, "impact_amount"),
                response=row.read("response", lambda text: _choice(text, RESPONSES)) or "",
                response_plan=row.text("response_plan"),
                owner=row.text("owner"),
                status=row.read("status", lambda text: _choice(text, STATUSES), lost="taken as open")
                or "open",
                due_on=row.read("due", cells.day),
            )
        )
    return risks


def _start(text: str) -> int:
    return cells.wall(text, is_finish=False)


def _finish(text: str) -> int:
    return cells.wall(text, is_finish=True)


def _kind(text: str) -> ProjectKind:
    return ProjectKind(_choice(text, [kind.value for kind in ProjectKind]))


def _link_kind(text: str) -> LinkKind:
    return LinkKind[_choice(text.upper(), [kind.name for kind in LinkKind], str.upper)]


def _choice(text: str, choices: Iterable[str], fold: Callable[[str], str] = str.lower) -> str:
    allowed = list(choices)
    if fold(text) not in allowed:
        raise CellError("bad_choice", f"write one of {', '.join(allowed)}")
    return fold(text)


def _money(row: Row, column: str) -> int:
    value = row.read(column, cells.cents)
    return NONE if value is None else value
