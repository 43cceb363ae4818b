"""Lines of the table of rights: what a capital request would change, postings, tolerances, earning rules, money as figures."""

from tests.access.table import OWN, row

row("budgets:capex-simulation", "GET", "budget.read", at="capital_request")
row("budgets:capex-simulate", "POST", "capex.request", at="capital_request")
row("api:capital-request-simulate", "POST", "capex.request", at="capital_request")
for _method in ("GET", "POST"):
    row("budgets:actual-edit", _method, "actuals.post", at="actual")
row("budgets:actual-row", "GET", "budget.read", at="actual")
row("budgets:actual-take-back", "POST", "actuals.post", at="actual")
row("budgets:portfolio-tolerances", "GET", "budget.read", at="portfolio", see="budget.read")
row("budgets:portfolio-tolerances", "POST", "policy.edit", at="portfolio", see="budget.read")
for _name in ("confirm", "discard"):
    row(f"budgets:tolerance-{_name}", "POST", "policy.edit", at="tolerance")
row("api:program-earnings-imports", "POST", "budget.edit", at="program")
for _name in ("cash-flow", "cost-by-period", "budget-sums", "capital-board"):
    row(f"api:{_name}", "GET", "budget.read", at="program")
row("api:cost-curve", "GET", "budget.read", at="program")
row("api:cash-flow-rows", "GET", "budget.read", at="program", query="?on=2026-01-01")
for _name in ("portfolio-cash-flow", "portfolio-budget-sums", "portfolio-capital-board"):
    row(f"api:{_name}", "GET", "budget.read", at="portfolio", see="budget.read")
row("api:expiring-contracts", "GET", "budget.read")
row("api:tolerance-item", "GET", "budget.read", at="tolerance")
row("api:tolerance-item", "DELETE", "policy.edit", at="tolerance")
for _name in ("cost-moves-export", "budget-grid-export"):
    row(f"budgets:{_name}", "GET", "budget.read", at={"pk": "program", "kind": "file_kind"})
for _name in ("csv", "xlsx"):
    row(f"budgets:approval-export-{_name}", "GET", OWN)
row(
    "budgets:portfolio-money-export",
    "GET",
    "budget.read",
    at={"pk": "portfolio", "table": "portfolio_table", "kind": "file_kind"},
    see="budget.read",
)
