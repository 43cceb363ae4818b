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
