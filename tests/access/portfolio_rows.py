"""Lines of the table of rights: portfolio, rating policy, saved views, search, bulk edits."""

from tests.access.table import row

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
