"""Lines of the table of rights: what a capital request would change, postings, tolerances, earning rules, money as figures."""

from tests.access.table import row

row("budgets:capex-simulation", "GET", "budget.read", at="capital_request")
row("budgets:capex-simulate", "POST", "capex.request", at="capital_request")
row("api:capital-request-simulate", "POST", "capex.request", at="capital_request")
