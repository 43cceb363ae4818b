"""Lines of the table of rights: portfolio, rating policy, saved views, search, bulk edits."""

from tests.access.table import OWN, row

_THRESHOLDS = {
    "slippage_watch": 3, "slippage_bad": 10, "spi_watch": 0.95, "spi_bad": 0.85,
    "cpi_watch": 0.95, "cpi_bad": 0.85, "exposure_watch": 0.05, "exposure_bad": 0.1,
}  # fmt: skip
row("programs:rag-policy", "GET", "program.read", at="portfolio")
row("programs:rag-policy", "POST", "portfolio.edit", at="portfolio")
row("programs:rag-policy-preview", "GET", "portfolio.edit", at="portfolio")
row("api:rag-policy-list", "GET", "program.read")
row("api:portfolio-rag-policies", "POST", "portfolio.edit", at="portfolio")
row("api:rag-policy-preview", "POST", "portfolio.edit", at="portfolio", body=_THRESHOLDS)
row("projects:task-list", "GET", "plan.read", at="program")
row("projects:task-bulk", "POST", "progress.update", at="program")  # and each task by its own right
row("imports:import-cancel", "POST", "import.run", at="import_run")
row("api:import-cancel", "POST", "import.run", at="import_run")
row("risks:risk-bulk", "POST", "risk.edit", at="program")
row("risks:risk-undo", "POST", "risk.edit", at={"pk": "program", "change_set": "register_change"})

_ON_A_PAGE = "?page=programs:portfolio-detail&place=1"
row("saved-view-list", "GET", OWN)
row("saved-view-open", "GET", OWN, at="saved_view")
row("saved-view-menu", "GET", OWN, query=_ON_A_PAGE)
for _method in ("GET", "POST"):
    row("saved-view-create", _method, OWN, query=_ON_A_PAGE)
    row("saved-view-edit", _method, "portfolio.edit", at="saved_view")
for _name in ("update", "delete"):
    row(f"saved-view-{_name}", "POST", "portfolio.edit", at="saved_view")
row("saved-view-mark", "POST", OWN, at="saved_view")
row("api:saved-view-list", "GET", OWN)
row("api:saved-view-list", "POST", OWN)
row("api:saved-view-item", "GET", OWN, at="saved_view")
for _method in ("PATCH", "DELETE"):
    row("api:saved-view-item", _method, "portfolio.edit", at="saved_view")
