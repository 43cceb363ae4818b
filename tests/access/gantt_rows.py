"""Lines of the table of rights: the Gantt's files, and what its cells ask for."""

from tests.access.table import row

for _method in ("GET", "POST"):
    row(
        "projects:plan-chart",
        _method,
        "plan.read",
        at={"pk": "program", "kind": "chart_kind"},
        see="program.read",
    )
row("projects:task-staffing", "GET", "plan.read", at="task")
row("projects:scenario-staffing", "GET", "plan.read", at={"pk": "scenario", "task": "task"})
