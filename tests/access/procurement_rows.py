"""Lines of the table of rights: procurement."""

from tests.access.table import row

for _name in ("vendor", "order", "invoice", "tolerance"):
    row(f"api:{_name}-list", "GET", "budget.read")
for _name in ("vendor", "contract", "order", "invoice"):
    row(f"api:{_name}-item", "GET", "budget.read", at=_name)
row("api:portfolio-vendors", "POST", "vendor.edit", at="portfolio")
row("api:portfolio-tolerances", "POST", "policy.edit", at="portfolio")
row("api:tolerance-confirm", "POST", "policy.edit", at="tolerance")
row("api:program-contracts", "POST", "budget.edit", at="program")
row("api:program-orders", "POST", "purchase.order", at="program")
for _method in ("PATCH", "DELETE"):
    row("api:vendor-item", _method, "vendor.edit", at="vendor")
    row("api:contract-item", _method, "budget.edit", at="contract")
row("api:order-item", "PUT", "purchase.order", at="order")
for _name in ("place", "close", "cancel"):
    row(f"api:order-{_name}", "POST", "purchase.order", at="order")
row("api:order-deliveries", "POST", "purchase.receive", at="order")
row("api:order-invoices", "POST", "invoice.enter", at="order")
for _name in ("steps", "decision", "retry"):
    row(f"api:acceptance-{_name}", "POST", "purchase.receive", at="acceptance")
row("api:acceptance-step-item", "PUT", "purchase.receive", at="acceptance_step")
row("api:invoice-item", "DELETE", "invoice.enter", at="invoice")
for _name in ("post", "reverse"):
    row(f"api:invoice-{_name}", "POST", "actuals.post", at="invoice")
row("budgets:vendor-list", "GET", "budget.read", at="portfolio", see="budget.read")
row("budgets:vendor-detail", "GET", "budget.read", at="vendor")
row("budgets:program-orders", "GET", "budget.read", at="program")
row(
    "budgets:order-export",
    "GET",
    "budget.read",
    at={"pk": "program", "table": "procurement_table", "kind": "file_kind"},
)
row("budgets:order-detail", "GET", "budget.read", at="order")
row(
    "budgets:order-table-export",
    "GET",
    "budget.read",
    at={"pk": "order", "table": "order_table", "kind": "file_kind"},
)
row(
    "budgets:vendor-export",
    "GET",
    "budget.read",
    at={"pk": "vendor", "table": "vendor_table", "kind": "file_kind"},
)
for _method in ("GET", "POST"):
    row("budgets:vendor-create", _method, "vendor.edit", at="portfolio", see="budget.read")
    row("budgets:vendor-edit", _method, "vendor.edit", at="vendor")
    row("budgets:contract-create", _method, "budget.edit", at="program")
    row("budgets:contract-edit", _method, "budget.edit", at="contract")
    row("budgets:order-create", _method, "purchase.order", at="program")
    row("budgets:order-edit", _method, "purchase.order", at="order")
for _name in ("place", "close", "cancel"):
    row(f"budgets:order-{_name}", "POST", "purchase.order", at="order")
row("budgets:order-receive", "POST", "purchase.receive", at="order")
row("budgets:order-invoice", "POST", "invoice.enter", at="order")
row("budgets:acceptance-step", "POST", "purchase.receive", at="acceptance_step")
for _name in ("accept", "reject", "retry"):
    row(f"budgets:acceptance-{_name}", "POST", "purchase.receive", at="acceptance")
for _name in ("post", "reverse"):
    row(f"budgets:invoice-{_name}", "POST", "actuals.post", at="invoice")
row("budgets:invoice-delete", "POST", "invoice.enter", at="invoice")
