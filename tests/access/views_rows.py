"""Lines of the table of rights: the views of a program."""

from tests.access.table import row

# Dependencies between projects
row("projects:program-dependencies", "GET", "plan.read", at="program", see="program.read")
row("projects:portfolio-dependencies", "GET", "plan.read", at="portfolio", see="plan.read")
row(
    "projects:dependency-export",
    "GET",
    "plan.read",
    at={"pk": "program", "kind": "file_kind"},
    see="program.read",
)
row(
    "projects:portfolio-dependency-export",
    "GET",
    "plan.read",
    at={"pk": "portfolio", "kind": "file_kind"},
    see="plan.read",
)
row("projects:commitment-drawer", "GET", "plan.read", at="cross_link")
for _name in ("ask", "promise", "answer", "deliver"):
    row(f"projects:commitment-{_name}", "POST", "commitment.edit", at="cross_link")
row("api:commitment-list", "GET", "plan.read")
row("api:commitment-item", "GET", "plan.read", at="commitment")
row("api:commitment-history", "GET", "plan.read", at="commitment")
for _method in ("PATCH", "DELETE"):
    row("api:commitment-item", _method, "commitment.edit", at="commitment")
for _name in ("promise", "answer", "delivery"):
    row(f"api:commitment-{_name}", "POST", "commitment.edit", at="commitment")
row("api:dependency-commitment", "POST", "commitment.edit", at="cross_link")

# Load of resources
row("projects:program-load", "GET", "plan.read", at="program", see="program.read")
row("projects:portfolio-load", "GET", "plan.read", at="portfolio", see="plan.read")
row("projects:load-cell", "GET", "plan.read", at={"pk": "program", "cell": "load_cell"}, see="program.read")
row(
    "projects:portfolio-load-cell",
    "GET",
    "plan.read",
    at={"pk": "portfolio", "cell": "shared_load_cell"},
    see="plan.read",
)
row("projects:load-export", "GET", "plan.read", at={"pk": "program", "kind": "file_kind"}, see="program.read")
row(
    "projects:portfolio-load-export",
    "GET",
    "plan.read",
    at={"pk": "portfolio", "kind": "file_kind"},
    see="plan.read",
)

# Objectives and road map
row("programs:objective-list", "GET", "program.read", at="portfolio")
row("programs:objective-detail", "GET", "program.read", at="objective")
for _method in ("GET", "POST"):
    row("programs:objective-create", _method, "objective.edit", at="portfolio")
    row("programs:program-objective-create", _method, "objective.edit", at="program")
    row("programs:objective-edit", _method, "objective.edit", at="objective")
    row("programs:result-edit", _method, "objective.edit", at="key_result")
row("programs:objective-delete", "POST", "objective.edit", at="objective")
row("programs:result-create", "POST", "objective.edit", at="objective")
row("programs:result-delete", "POST", "objective.edit", at="key_result")
row("projects:alignment-panel", "GET", "program.read", at="objective")
row("projects:alignment-panel", "POST", "program.read", at="objective")
row("projects:alignment-remove", "POST", "project.edit", at="alignment")
row("projects:program-roadmap", "GET", "plan.read", at="program", see="program.read")
row("projects:portfolio-roadmap", "GET", "plan.read", at="portfolio", see="plan.read")
row(
    "projects:roadmap-export",
    "GET",
    "plan.read",
    at={"pk": "program", "kind": "file_kind"},
    see="program.read",
)
row(
    "projects:portfolio-roadmap-export",
    "GET",
    "plan.read",
    at={"pk": "portfolio", "kind": "file_kind"},
    see="plan.read",
)
row("api:objective-list", "GET", "program.read")
row("api:objective-item", "GET", "program.read", at="objective")
row("api:key-result-list", "GET", "program.read")
row("api:key-result-item", "GET", "program.read", at="key_result")
row("api:portfolio-objectives", "POST", "objective.edit", at="portfolio")
row("api:program-objectives", "POST", "objective.edit", at="program")
row("api:objective-results", "POST", "objective.edit", at="objective")
for _method in ("PATCH", "DELETE"):
    row("api:objective-item", _method, "objective.edit", at="objective")
    row("api:key-result-item", _method, "objective.edit", at="key_result")
row("api:alignment-list", "GET", "plan.read")
row("api:alignment-item", "GET", "plan.read", at="alignment")
row("api:alignment-item", "DELETE", "project.edit", at="alignment")
row("api:project-alignments", "POST", "project.edit", at="project")

# Milestone trend
row("projects:milestone-trend", "GET", "plan.read", at="program", see="program.read")
row(
    "projects:trend-export", "GET", "plan.read", at={"pk": "program", "kind": "file_kind"}, see="program.read"
)

# Board
row("projects:program-board", "GET", "plan.read", at="program", see="program.read")
row(
    "projects:board-export", "GET", "plan.read", at={"pk": "program", "kind": "file_kind"}, see="program.read"
)
row("projects:board-limits", "POST", "project.edit", at="project")
row("projects:task-move", "POST", "progress.update", at="task")

# Calendar
row("projects:program-calendar", "GET", "plan.read", at="program", see="program.read")
row("projects:calendar-export", "GET", "plan.read", at="program", see="program.read")

# Overview
row("projects:decision-panel", "GET", "plan.read", at="program", see="program.read")
row("budgets:program-approval-panel", "GET", "budget.read", at="program", see="program.read")
