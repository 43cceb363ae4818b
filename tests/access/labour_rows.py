"""Lines of the table of rights: labour, timesheets and cost estimates."""

from tests.access.table import row

row("api:labour-rate-list", "GET", "budget.read")
row("api:labour-cost-list", "GET", "budget.read")
row("api:labour-rate-item", "GET", "budget.read", at="labour_rate", shared=True)
for _method in ("PATCH", "DELETE"):
    row("api:labour-rate-item", _method, "money.configure", at="labour_rate", shared=True)
row("api:portfolio-labour-rates", "POST", "money.configure", at="portfolio")
row("api:program-labour-rates", "POST", "money.configure", at="program")
row("api:program-labour-lines", "POST", "budget.edit", at="program")
row("budgets:rate-card", "GET", "budget.read", at="portfolio", see="budget.read")
row("budgets:rate-card", "POST", "money.configure", at="portfolio", see="budget.read")
row(
    "budgets:rate-card-export",
    "GET",
    "budget.read",
    at={"pk": "portfolio", "kind": "file_kind"},
    see="budget.read",
)
row("budgets:program-rate-card", "GET", "budget.read", at="program")
row("budgets:program-rate-card", "POST", "money.configure", at="program", see="budget.read")
row("budgets:program-rate-card-export", "GET", "budget.read", at={"pk": "program", "kind": "file_kind"})
for _method in ("GET", "POST"):
    row("budgets:labour-rate-correct", _method, "money.configure", at="labour_rate", shared=True)
row("budgets:labour-rate-delete", "POST", "money.configure", at="labour_rate", shared=True)
row("budgets:program-labour", "GET", "budget.read", at="program")
row("budgets:labour-cost-work", "POST", "budget.edit", at="program", see="budget.read")
row("budgets:labour-export", "GET", "budget.read", at={"pk": "program", "kind": "file_kind"})
