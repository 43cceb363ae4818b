"""The table of rights: every address and method, and what it needs. One line per method.

    row("programs:program-detail", "GET", "program.read", at="program")
    row("api:task-item", "PATCH", "plan.edit", at="task", see="plan.read")

``needs`` is a capability, or one of ANYBODY (signed in or not), OWN (signed in; only what is one's own, or a list that
is scoped to what one may see), ADMINISTRATOR. ``at`` names the object of tests/access/world.py that stands in the address
(a dict where there are several); ``see`` is the capability by which the object is visible at all: without it the answer is
404, with it but without ``needs`` 403. An object of the whole portfolio (a shared calendar) says ``shared=True``: the
members of a sibling program see it too. A row without ``at`` is a list: everybody who signed in may ask, and gets the
rows for which he holds the capability.
"""

from dataclasses import dataclass, field
from typing import Any

from programs.policies import CAPABILITIES

ANYBODY, OWN, ADMINISTRATOR = "anybody", "own", "administrator"

# By which capability an object is visible, unless its row says otherwise.
SEEN_BY = {
    "portfolio": "program.read",
    "program": "program.read",
    "project": "plan.read",
    "task": "plan.read",
    "free_task": "plan.read",
    "dependency": "plan.read",
    "calendar": "plan.read",
    "change_set": "plan.read",
    "baseline": "plan.read",
    "budget": "budget.read",
    "cost_line": "budget.read",
    "actual": "budget.read",
    "risk": "risk.read",
    "kpi": "plan.read",
    "report": "report.read",
    "draft": "report.compose",
    "grant": "member.read",
    "user": "",
}
SHARED = {"portfolio", "calendar"}


@dataclass(frozen=True)
class Row:
    route: str
    method: str
    needs: str
    at: dict[str, str] = field(default_factory=dict)
    see: str = ""
    shared: bool = False
    body: dict[str, Any] | None = None
    query: str = ""

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


TABLE: list[Row] = []


def row(
    route: str,
    method: str,
    needs: str,
    *,
    at: str | dict[str, str] = "",
    see: str = "",
    shared: bool | None = None,
    body: dict[str, Any] | None = None,
    query: str = "",
) -> None:
    """Add a line; see above."""
    assert needs in CAPABILITIES or needs in (ANYBODY, OWN, ADMINISTRATOR), needs
    where = {"pk": at} if isinstance(at, str) and at else dict(at or {})
    main = next(iter(where.values()), "")
    TABLE.append(
        Row(
            route,
            method,
            needs,
            where,
            see or SEEN_BY.get(main, ""),
            main in SHARED if shared is None else shared,
            body,
            query,
        )
    )


# The machine's own addresses
row("healthz", "GET", ANYBODY)
row("readyz", "GET", ANYBODY)
row("metrics", "GET", ANYBODY)

# REST API: the whole
row("api:schema", "GET", OWN)
row("api:docs", "GET", OWN)
row("api:me", "GET", OWN)

# REST API: structure
row("api:portfolio-list", "GET", "program.read")
row("api:portfolio-list", "POST", ADMINISTRATOR)
row("api:portfolio-item", "GET", "program.read", at="portfolio")
row("api:portfolio-item", "PATCH", "portfolio.edit", at="portfolio")
row("api:portfolio-members", "GET", "member.read", at="portfolio")
row("api:portfolio-members", "POST", "member.manage", at="portfolio")
row("api:portfolio-calendars", "POST", "calendar.edit", at="portfolio")
row("api:portfolio-programs", "POST", "program.create", at="portfolio")
row("api:program-list", "GET", "program.read")
row("api:program-item", "GET", "program.read", at="program")
row("api:program-item", "PATCH", "program.edit", at="program")
row("api:program-status", "GET", "program.read", at="program")
row("api:program-recompute", "POST", "recompute.force", at="program")
row("api:program-health", "GET", "program.read", at="program")
row("api:program-members", "GET", "member.read", at="program")
row("api:program-members", "POST", "member.manage", at="program")
row("api:member-item", "GET", "member.read", at="grant")
row("api:member-item", "DELETE", "member.manage", at="grant")
row("api:calendar-list", "GET", "plan.read")
row("api:calendar-item", "GET", "plan.read", at="calendar")
row("api:calendar-item", "PATCH", "calendar.edit", at="calendar")
row("api:indicator-list", "GET", "program.read")
row("api:indicator-history", "GET", "program.read")
row("api:kpi-list", "GET", "plan.read")
row("api:report-list", "GET", "report.read")
row("api:report-item", "GET", "report.read", at="report")
