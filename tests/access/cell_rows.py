"""Lines of the table of rights: cells that are edited in their place, and files that take long."""

from tests.access.table import OWN, OWNER, row

for _method in ("GET", "POST"):
    row("projects:task-cell", _method, "plan.edit", at={"pk": "task", "field": "cell_name"})
    row("risks:risk-cell", _method, "risk.edit", at={"pk": "risk", "field": "cell_title"})
    row("budgets:cost-line-cell", _method, "budget.edit", at={"pk": "cost_line", "field": "cell_name"})
row("budgets:cost-line-undo", "POST", "budget.edit", at={"pk": "cost_line", "change_set": "cost_change"})

row("download-list", "GET", OWN)
row("download-detail", "GET", OWNER, at="download")
row("download-cancel", "POST", OWNER, at="download")
row("download-file", "GET", OWNER, at="download")
