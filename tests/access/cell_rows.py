"""Lines of the table of rights: cells that are edited in their place."""

from tests.access.table import row

for _method in ("GET", "POST"):
    row("projects:task-cell", _method, "plan.edit", at={"pk": "task", "field": "cell_name"})
    row("risks:risk-cell", _method, "risk.edit", at={"pk": "risk", "field": "cell_title"})
    row("budgets:cost-line-cell", _method, "budget.edit", at={"pk": "cost_line", "field": "cell_name"})
row("budgets:cost-line-undo", "POST", "budget.edit", at={"pk": "cost_line", "change_set": "change_set"})
