"""The project's own tables for a user's plans: columns, meaning and an example of each. Templates, the reader and the
documentation are all made from this one list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Column:
    """``example`` is what the template's example row holds; ``required`` cells must not be empty."""

    name: str
    meaning: str
    example: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class TableSpec:
    name: str
    purpose: str
    columns: tuple[Column, ...]

    @property
    def required(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns if column.required)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


DATE = "YYYY-MM-DD, or YYYY-MM-DD HH:MM"
DURATION = "number and unit: m h d w mo (8-hour days), em eh ed ew emo (elapsed); a bare number is days"

PORTFOLIO = TableSpec(
    "portfolio",
    "One row: the portfolio itself. May be left out.",
    (
        Column("name", "name of the portfolio", "Customer platform portfolio", required=True),
        Column("currency", "ISO 4217 code of all amounts; USD when empty", "EUR"),
        Column("data_date", f"status date: work before it is history, {DATE}", "2026-03-31"),
        Column("description", "what the portfolio is for", "Programs that replace the customer platform"),
    ),
)
PROGRAMS = TableSpec(
    "programs",
    "One row for each program.",
    (
        Column("program_id", "your identifier, unique; the other tables refer to it", "CRM", required=True),
        Column("name", "name of the program; the identifier when empty", "Customer records renewal"),
        Column("description", "goal of the program", "One record for each customer, everywhere"),
        Column("organisation", "unit that owns it", "Customer services"),
        Column("manager", "name or e-mail of the program manager", "ana@example.org"),
        Column("sponsor", "name or e-mail of the sponsor", "ravi@example.org"),
        Column("start", f"start of the program, {DATE}; the earliest planned start when empty", "2026-01-05"),
        Column("rating", "own health rating, 1 (high risk) to 5 (low risk)", "4"),
    ),
)
PROJECTS = TableSpec(
    "projects",
    "One row for each component project.",
    (
        Column("project_id", "your identifier, unique", "CRM-DATA", required=True),
        Column("program_id", "the program it belongs to; 'Unassigned projects' when empty", "CRM"),
        Column("name", "name of the project; the identifier when empty", "Data migration"),
        Column("kind", "software, infrastructure, process or capability", "software"),
        Column("manager", "name or e-mail of the project manager", "lena@example.org"),
        Column("description", "scope of the project", "Move customer records to the new store"),
        Column("planned_start", f"{DATE}; derived from the tasks when empty", "2026-01-05"),
        Column("planned_finish", f"{DATE}; the day is included", "2026-06-30"),
        Column("planned_cost", "budget in the portfolio's currency", "250000.00"),
    ),
)
TASKS = TableSpec(
    "tasks",
    "One row for each task, summary or milestone. A task that others name as parent is a summary.",
    (
        Column("task_id", "your identifier, unique in the whole file", "T-1", required=True),
        Column("project_id", "the project it belongs to", "CRM-DATA", required=True),
        Column("parent_id", "the summary task above it", ""),
        Column("name", "name of the task; the identifier when empty", "Profile source data"),
        Column("description", "what is to be done", "Counts, gaps and duplicates of every source"),
        Column("milestone", "yes or no; a milestone has no duration", "no"),
        Column("duration", f"{DURATION}; or give both planned dates instead", "10d"),
        Column("planned_start", f"earliest start, {DATE}", "2026-01-05"),
        Column(
            "planned_finish",
            f"{DATE}; with planned_start and no duration, both dates are kept as they are",
            "",
        ),
        Column(
            "constraint", "ASAP ALAP MSO MFO SNET SNLT FNET FNLT; SNET when only planned_start is given", ""
        ),
        Column("constraint_date", f"date of the constraint, {DATE}", ""),
        Column(
            "deadline", f"promised date: never moves the task, shows when it is missed, {DATE}", "2026-01-30"
        ),
        Column("percent_complete", "0 to 100", "20"),
        Column("actual_start", DATE, "2026-01-05"),
        Column("actual_finish", f"{DATE}; the day is included", ""),
        Column("remaining_duration", f"work still to do, {DURATION}", ""),
        Column("planned_cost", "budget of the task", "12000.00"),
        Column("owner", "name or e-mail of the person who answers for it", "lena@example.org"),
        Column("status", "your own status text; kept, never computed with", ""),
    ),
)
DEPENDENCIES = TableSpec(
    "dependencies",
    "One row for each link between two tasks, also across projects and programs.",
    (
        Column("predecessor_id", "task that drives", "T-1", required=True),
        Column("successor_id", "task that follows", "T-2", required=True),
        Column("kind", "FS SS FF SF; FS when empty", "FS"),
        Column("lag", f"{DURATION}; negative for a lead, or a percentage of the predecessor (50%)", "2d"),
    ),
)
BUDGET = TableSpec(
    "budget",
    "One row for each cost line.",
    (
        Column("line_id", "your identifier, unique", "B-1", required=True),
        Column("project_id", "the project that pays", "CRM-DATA", required=True),
        Column("task_id", "the task whose dates phase the cost; optional", "T-1"),
        Column("name", "what is paid for; the category when empty", "Data engineers"),
        Column("category", "your own cost category", "Labour"),
        Column("capital", "yes for capital expenditure, no for operating expenditure", "no"),
        Column("amount", "planned amount", "12000.00", required=True),
        Column("start", f"first day, when the line has dates of its own, {DATE}", ""),
        Column("finish", f"last day, {DATE}", ""),
        Column("actual_amount", "paid so far", "2500.00"),
        Column("actual_date", "date of that figure, YYYY-MM-DD", "2026-01-15"),
    ),
)
RISKS = TableSpec(
    "risks",
    "One row for each risk.",
    (
        Column("risk_id", "your identifier, unique", "R-1", required=True),
        Column("program_id", "the program it threatens; may be empty when project_id is given", "CRM"),
        Column("project_id", "the project it threatens; optional", "CRM-DATA"),
        Column("title", "the risk in one line", "Source data is worse than sampled", required=True),
        Column("description", "cause, event, effect", ""),
        Column("probability", "0 to 1, or a percentage (35%)", "35%"),
        Column("impact_days", "effect on the plan in working days", "15"),
        Column("impact_amount", "effect on cost", "30000.00"),
        Column("response", "avoid, transfer, mitigate, accept or escalate", "mitigate"),
        Column("response_plan", "what is done about it", "Profile all sources in January"),
        Column("owner", "name or e-mail of the risk owner", "ana@example.org"),
        Column("status", "open, closed or occurred", "open"),
        Column("due", "next review, YYYY-MM-DD", "2026-02-15"),
    ),
)

SPECS: tuple[TableSpec, ...] = (PORTFOLIO, PROGRAMS, PROJECTS, TASKS, DEPENDENCIES, BUDGET, RISKS)
BY_NAME: Mapping[str, TableSpec] = {spec.name: spec for spec in SPECS}

GUIDE_SHEET = "read me"
"""The workbook template's sheet of explanations; never a table."""

EXTRA_EXAMPLES: Mapping[str, tuple[Mapping[str, str], ...]] = {
    "tasks": (
        {
            "task_id": "T-2",
            "project_id": "CRM-DATA",
            "name": "Source data approved",
            "milestone": "yes",
            "deadline": "2026-02-06",
        },
    ),
}
"""Second example rows, where the first alone would refer to nothing."""
