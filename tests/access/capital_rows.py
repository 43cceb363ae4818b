"""Lines of the table of rights: capital expenditure and approvals."""

from tests.access.table import OWN, row

row("api:capital-request-list", "GET", "budget.read")
row("api:program-capital-requests", "POST", "capex.request", at="program")
row("api:capital-report", "GET", "budget.read", at="program")
row("api:capital-request-item", "GET", "budget.read", at="capital_request")
for _name, _method in (("item", "PATCH"), ("item", "DELETE"), ("submit", "POST"), ("withdraw", "POST"), ("facts", "POST"),
                       ("close", "POST")):  # fmt: skip
    row(f"api:capital-request-{_name}", _method, "capex.request", at="capital_request")
row("api:capital-request-votes", "GET", "budget.read", at="capital_request")
row("api:capital-request-votes", "POST", "capex.approve", at="capital_request")
row("api:actual-capital-request", "POST", "actuals.post", at="actual")
row("api:contract-capital-request", "POST", "budget.edit", at="contract")
row("api:approval-inbox", "GET", OWN)
row("api:approval-policy-list", "GET", "budget.read")
row("api:portfolio-approval-policies", "POST", "policy.edit", at="portfolio")
row("api:approval-policy-item", "GET", "budget.read", at="approval_policy", shared=True)
row("api:approval-policy-item", "PATCH", "policy.edit", at="approval_policy", shared=True)
row("api:approval-policy-item", "DELETE", "policy.edit", at="approval_policy", shared=True)
row("api:approval-policy-confirm", "POST", "policy.edit", at="approval_policy", shared=True)
row("api:delegation-list", "GET", OWN)
row("api:delegation-list", "POST", OWN)
row("api:delegation-revoke", "POST", OWN, body={"delegation": 0})
for _name in ("program-capex", "capex-report"):
    row(f"budgets:{_name}", "GET", "budget.read", at="program")
row("budgets:cash-flow", "GET", "budget.read", at="program")
row("api:budget-grid", "GET", "budget.read", at="program")
row("api:budget-grid", "POST", "budget.edit", at="program")
row("budgets:budget-grid", "GET", "budget.read", at="program")
row("budgets:budget-grid-table", "GET", "budget.read", at="program")
row("budgets:budget-grid-cell", "GET", "budget.read", at={"pk": "program", "cell": "grid_cell"})
row("budgets:cash-flow-rows", "GET", "budget.read", at={"pk": "program", "cell": "flow_cell"})
row("budgets:cash-flow-export", "GET", "budget.read", at={"pk": "program", "kind": "file_kind"})
row("budgets:portfolio-cash-flow", "GET", "budget.read", at="portfolio", see="budget.read")
row(
    "budgets:portfolio-cash-flow-export",
    "GET",
    "budget.read",
    at={"pk": "portfolio", "kind": "file_kind"},
    see="budget.read",
)
row("budgets:portfolio-capex", "GET", "budget.read", at="portfolio", see="budget.read")
row("budgets:approval-policy-list", "GET", "budget.read", at="portfolio", see="budget.read")
_at_capex = {"pk": "program", "table": "capex_table", "kind": "file_kind"}
row("budgets:capex-export", "GET", "budget.read", at=_at_capex)
row("budgets:capex-detail", "GET", "budget.read", at="capital_request")
_at_request = {"pk": "capital_request", "table": "request_table", "kind": "file_kind"}
row("budgets:capex-table-export", "GET", "budget.read", at=_at_request)
for _name in ("csv", "xlsx"):
    row(f"budgets:delegation-export-{_name}", "GET", OWN)
row("budgets:capex-book-actual", "POST", "actuals.post", at="capital_request")
row("budgets:capex-book-contract", "POST", "budget.edit", at="capital_request")
row("budgets:capex-vote", "POST", "capex.approve", at="capital_request", body={"decision": "approve"})
for _name in ("submit", "withdraw", "facts", "close", "delete"):
    row(f"budgets:capex-{_name}", "POST", "capex.request", at="capital_request")
for _method in ("GET", "POST"):
    row("budgets:capex-create", _method, "capex.request", at="program")
    row("budgets:capex-edit", _method, "capex.request", at="capital_request")
    row("budgets:approval-policy-create", _method, "policy.edit", at="portfolio", see="budget.read")
    row("budgets:delegation-list", _method, OWN)
for _name in ("confirm", "end", "discard"):
    row(f"budgets:approval-policy-{_name}", "POST", "policy.edit", at="approval_policy", shared=True)
row("budgets:approval-inbox", "GET", OWN)
row("budgets:delegation-revoke", "POST", OWN)
