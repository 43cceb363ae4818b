"""Lines of the table of rights: labour, timesheets and cost estimates."""

from tests.access.table import OWN, row

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
row("budgets:program-rate-card", "POST", "money.configure", at="program")
row("budgets:program-rate-card-export", "GET", "budget.read", at={"pk": "program", "kind": "file_kind"})
for _method in ("GET", "POST"):
    row("budgets:labour-rate-correct", _method, "money.configure", at="labour_rate", shared=True)
row("budgets:labour-rate-delete", "POST", "money.configure", at="labour_rate", shared=True)
row("budgets:program-labour", "GET", "budget.read", at="program")
row("budgets:labour-cost-work", "POST", "budget.edit", at="program")
row("budgets:labour-export", "GET", "budget.read", at={"pk": "program", "kind": "file_kind"})

row("api:timesheet-list", "GET", "program.read")
row("api:timesheet-item", "GET", "time.read", at="timesheet")
for _name in ("submit", "withdraw"):
    row(f"api:timesheet-{_name}", "POST", "time.import", at="timesheet")
for _name in ("approve", "return", "reopen"):
    row(f"api:timesheet-{_name}", "POST", "time.approve", at="timesheet")
    row(f"budgets:timesheet-{_name}", "POST", "time.approve", at="timesheet")
row("api:time-entries", "POST", "time.enter")
row("api:program-time-imports", "POST", "time.enter", at="program")
row("budgets:my-timesheet", "GET", OWN)
row("budgets:my-timesheet", "POST", OWN)
for _name in ("timesheet-tasks", "timesheet-list", "timesheet-export"):
    row(f"budgets:{_name}", "GET", OWN)
row("budgets:timesheet-detail", "GET", "time.read", at="timesheet")
row("budgets:timesheet-sheet-export", "GET", "time.read", at={"pk": "timesheet", "kind": "file_kind"})
for _name in ("csv", "xlsx"):
    row(f"budgets:my-timesheet-export-{_name}", "GET", OWN)
row("budgets:labour-people-export", "GET", "budget.read", at={"pk": "program", "kind": "file_kind"})
row(
    "budgets:estimate-compare-export",
    "GET",
    "budget.read",
    at={"pk": "estimate", "other": "estimate", "kind": "file_kind"},
)
row("budgets:timesheet-withdraw", "POST", "time.import", at="timesheet")
for _method in ("GET", "POST"):
    row("budgets:timesheet-import", _method, "time.enter", at="program")

row("api:estimate-list", "GET", "budget.read")
row("api:estimate-item", "GET", "budget.read", at="estimate")
row("api:estimate-item", "PATCH", "budget.edit", at="estimate")
row("api:estimate-item", "DELETE", "budget.edit", at="estimate")
row("api:estimate-lines", "PUT", "budget.edit", at="estimate")
for _name in ("import", "issue", "forecast"):
    row(f"api:estimate-{_name}", "POST", "budget.edit", at="estimate")
    row(f"budgets:estimate-{_name}", "POST", "budget.edit", at="estimate")
row("api:estimate-comparison", "GET", "budget.read", at={"pk": "estimate", "other": "estimate"})
row("api:program-estimates", "GET", "budget.read", at="program")
row("api:program-estimates", "POST", "budget.edit", at="program")
row("budgets:program-estimates", "GET", "budget.read", at="program")
row("budgets:program-estimates", "POST", "budget.edit", at="program")
row("budgets:program-estimates-export", "GET", "budget.read", at={"pk": "program", "kind": "file_kind"})
row("budgets:estimate-detail", "GET", "budget.read", at="estimate")
row("budgets:estimate-detail", "POST", "budget.edit", at="estimate")
row("budgets:estimate-delete", "POST", "budget.edit", at="estimate")
row("budgets:estimate-compare", "GET", "budget.read", at={"pk": "estimate", "other": "estimate"})
row("budgets:estimate-export", "GET", "budget.read", at={"pk": "estimate", "kind": "file_kind"})
for _method in ("GET", "POST"):
    row("budgets:estimate-line-create", _method, "budget.edit", at="estimate")
    row("budgets:estimate-line-edit", _method, "budget.edit", at="estimate_line")
row("budgets:estimate-line-delete", "POST", "budget.edit", at="estimate_line")
