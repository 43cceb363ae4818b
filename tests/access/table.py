"""The table of rights: every address and method, and what it needs. One line per method.

    row("programs:program-detail", "GET", "program.read", at="program")
    row("api:task-item", "PATCH", "plan.edit", at="task", see="plan.read")

``needs`` is a capability, or one of ANYBODY (signed in or not), OWN (signed in; only what is one's own, or a list that
is scoped to what one may see), OWNER (whose it is: hidden from all who ask here), AUTHOR (who wrote it: none of those who ask
here), ADMINISTRATOR, SECRET (whoever knows the secret in the address, signed in or not, and nobody else). ``at`` names the object of tests/access/world.py that stands in the address
(a dict where there are several); ``see`` is the capability by which the object is visible at all: without it the answer is
404, with it but without ``needs`` 403. An object of the whole portfolio (a shared calendar) says ``shared=True``: the
members of a sibling program see it too. A row without ``at`` is a list: everybody who signed in may ask, and gets the
rows for which he holds the capability.
"""

from dataclasses import dataclass, field
from typing import Any

from programs.policies import CAPABILITIES

ANYBODY, OWN, OWNER, AUTHOR, ADMINISTRATOR, SECRET = (
    "anybody", "own", "owner", "author", "administrator", "secret",
)  # fmt: skip

# By which capability an object is visible, unless its row says otherwise.
SEEN_BY = {
    "portfolio": "program.read",
    "program": "program.read",
    "project": "plan.read",
    "task": "plan.read",
    "free_task": "plan.read",
    "dependency": "plan.read",
    "cross_link": "plan.read",
    "commitment": "plan.read",
    "objective": "program.read",
    "key_result": "program.read",
    "gate": "plan.read",
    "criterion": "plan.read",
    "action": "action.read",
    "alignment": "plan.read",
    "calendar": "plan.read",
    "resource": "plan.read",
    "assignment": "plan.read",
    "change_set": "plan.read",
    "baseline": "plan.read",
    "scenario": "plan.read",
    "comment": "plan.read",
    "budget": "budget.read",
    "cost_line": "budget.read",
    "capital_request": "budget.read",
    "contract": "budget.read",
    "vendor": "budget.read",
    "order": "budget.read",
    "acceptance": "budget.read",
    "acceptance_step": "budget.read",
    "invoice": "budget.read",
    "tolerance": "budget.read",
    "approval_policy": "budget.read",
    "actual": "budget.read",
    "budget_revision": "budget.read",
    "rate": "budget.read",
    "period": "budget.read",
    "labour_rate": "budget.read",
    "timesheet": "time.read",
    "estimate": "budget.read",
    "estimate_line": "budget.read",
    "risk": "risk.read",
    "kpi": "plan.read",
    "kpi_value": "plan.read",
    "report": "report.read",
    "draft": "report.compose",
    "grant": "member.read",
    "import_run": "import.run",
    "user": "",
    "saved_view": "program.read",
}
SHARED = {"saved_view", "portfolio", "calendar", "rate", "period", "vendor", "tolerance"}


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
    assert needs in CAPABILITIES or needs in (ANYBODY, OWN, OWNER, AUTHOR, ADMINISTRATOR, SECRET), needs
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
row("api:schema", "GET", OWN, query="?format=json")  # as YAML it takes ten times as long
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
row("api:portfolio-resources", "POST", "resource.edit", at="portfolio")
row("api:program-resources", "POST", "resource.edit", at="program")
row("api:resource-list", "GET", "plan.read")
row("api:resource-item", "GET", "plan.read", at="resource")
row("api:resource-item", "PATCH", "resource.edit", at="resource")
row("api:resource-item", "DELETE", "resource.edit", at="resource")
row("api:assignment-list", "GET", "plan.read")
row("api:assignment-item", "GET", "plan.read", at="assignment")
row("api:assignment-item", "PATCH", "progress.update", at="assignment", body={"actual_work": 60})
row("api:assignment-item", "DELETE", "plan.edit", at="assignment")
row("api:task-assignments", "POST", "plan.edit", at="task")
row("api:indicator-list", "GET", "program.read")
row("api:indicator-history", "GET", "program.read")
for _name, _at in (("kpi", "kpi"), ("kpi-value", "kpi_value")):
    row(f"api:{_name}-list", "GET", "plan.read")
    for _method, _needs in {
        "GET": "plan.read",
        "PATCH": "indicator.edit",
        "DELETE": "indicator.edit",
    }.items():
        row(f"api:{_name}-item", _method, _needs, at=_at)
    for _method in ("GET", "POST"):
        row(f"programs:{_name}-edit", _method, "indicator.edit", at=_at)
    row(f"programs:{_name}-delete", "POST", "indicator.edit", at=_at)
for _name in ("api:kpi-values", "programs:kpi-measure"):
    row(_name, "POST", "indicator.edit", at="kpi")
for _route in ("GET programs:kpi-create", "POST programs:kpi-create", "POST api:program-kpis"):
    row(_route.split()[1], _route.split()[0], "indicator.edit", at="program")
row("programs:kpi-list", "GET", "plan.read", at="program")
row("programs:kpi-detail", "GET", "plan.read", at="kpi")
row("api:report-list", "GET", "report.read")
row("api:report-item", "GET", "report.read", at="report")

# REST API: plan
row("api:project-list", "GET", "plan.read")
row("api:project-item", "GET", "plan.read", at="project")
row("api:project-item", "PATCH", "project.edit", at="project")
row("api:project-item", "DELETE", "project.edit", at="project")
row("api:program-projects", "POST", "project.edit", at="program")
row("api:task-list", "GET", "plan.read")
row("api:task-item", "GET", "plan.read", at="task")
row("api:task-movement", "GET", "plan.read", at="task")
row("api:project-movement", "GET", "plan.read", at="project")
row("api:program-movement", "GET", "plan.read", at="program")
row("api:task-why", "GET", "plan.read", at="task")
row("api:task-paths", "GET", "plan.read", at="task")
row("api:task-item", "PATCH", "progress.update", at="task", body={"percent_complete": 10})
row("api:task-item", "DELETE", "plan.edit", at="free_task")
row("api:program-tasks", "POST", "plan.edit", at="program")
row("api:plan-edits", "POST", "progress.update", at="program")
row("api:dependency-list", "GET", "plan.read")
row("api:dependency-item", "GET", "plan.read", at="dependency")
row("api:dependency-item", "PATCH", "plan.edit", at="dependency")
row("api:dependency-item", "DELETE", "plan.edit", at="dependency")
row("api:program-dependencies", "POST", "plan.edit", at="program")
row("api:scenario-list", "GET", "plan.read")
row("api:program-scenarios", "POST", "scenario.edit", at="program")
row("api:scenario-item", "GET", "plan.read", at="scenario")
row("api:scenario-item", "PATCH", "scenario.edit", at="scenario")
row("api:scenario-item", "DELETE", "scenario.edit", at="scenario")
row("api:scenario-edits", "GET", "plan.read", at="scenario")
row("api:scenario-edits", "POST", "scenario.edit", at="scenario")
row("api:scenario-edits", "PUT", "scenario.edit", at="scenario")
row("api:scenario-comparison", "GET", "plan.read", at="scenario")
row("api:scenario-apply", "POST", "scenario.edit", at="scenario")
row("api:baseline-list", "GET", "plan.read")
row("api:baseline-item", "GET", "plan.read", at="baseline")
row("api:baseline-tasks", "GET", "plan.read", at="baseline")
row("api:program-baseline", "POST", "baseline.take", at="program")
row("api:plan-options", "GET", "plan.read", at="program")
row("api:plan-options", "PATCH", "program.edit", at="program")
row("api:program-quality", "GET", "plan.read", at="program")
row("api:project-quality", "GET", "plan.read", at="project")
row("api:program-baseline-comparison", "GET", "plan.read", at="program")

# REST API: money
for _noun, _at, _needs in (
    ("budget", "budget", "budget.edit"),
    ("cost-line", "cost_line", "budget.edit"),
    ("actual", "actual", "actuals.post"),
):
    row(f"api:{_noun}-list", "GET", "budget.read")
    row(f"api:{_noun}-item", "GET", "budget.read", at=_at)
    row(f"api:{_noun}-item", "PATCH", _needs, at=_at)
    row(f"api:{_noun}-item", "DELETE", _needs, at=_at)
    row(f"api:program-{_noun}s", "POST", _needs, at="program")
row("api:program-actuals-batch", "POST", "actuals.post", at="program")
row("api:program-accruals", "POST", "actuals.post", at="program")
row("api:actual-reversal", "POST", "actuals.post", at="actual")
row("api:budget-forecast", "POST", "budget.edit", at="budget")
row("api:budget-revision-list", "GET", "budget.read")
row("api:budget-revision-item", "GET", "budget.read", at="budget_revision")
row("api:program-budget-transfers", "POST", "budget.edit", at="program")
row("api:exchange-rate-list", "GET", "budget.read")
row("api:exchange-rate-item", "GET", "budget.read", at="rate", shared=True)
row("api:exchange-rate-item", "PATCH", "money.configure", at="rate", shared=True)
row("api:exchange-rate-item", "DELETE", "money.configure", at="rate", shared=True)
row("api:portfolio-rates", "POST", "money.configure", at="portfolio")
row("api:fiscal-calendar", "GET", "budget.read", at="portfolio", see="budget.read")
row("api:fiscal-calendar", "PUT", "money.configure", at="portfolio")
row("api:fiscal-years", "POST", "money.configure", at="portfolio")
row("api:fiscal-period-list", "GET", "budget.read")
for _name in ("close", "reopen", "confirm", "refuse"):
    row(f"api:fiscal-period-{_name}", "POST", "period.close", at="period", shared=True)
row("api:cost-categories", "GET", "program.read", at="portfolio")
row("api:cost-categories", "PUT", "money.configure", at="portfolio")
row("api:contract-list", "GET", "budget.read")
row("api:program-baselines", "POST", "baseline.take", at="program")

# REST API: risk
row("api:risk-list", "GET", "risk.read")
row("api:risk-item", "GET", "risk.read", at="risk")
row("api:risk-item", "PATCH", "risk.edit", at="risk")
row("api:risk-item", "DELETE", "risk.edit", at="risk")
row("api:program-risks", "POST", "risk.edit", at="program")

# Pages: people and the shell
row("home", "GET", OWN)
row("search", "GET", OWN, query="?q=a")
row("signin", "GET", ANYBODY)
row("signin", "POST", ANYBODY)
row("signout", "POST", OWN)
row("password_reset_confirm", "GET", ANYBODY, at={"uidb64": "user", "token": "user"})
row("password_reset_confirm", "POST", ANYBODY, at={"uidb64": "user", "token": "user"})
row("password_reset_complete", "GET", ANYBODY)
for _method in ("GET", "POST"):
    row("password_reset", _method, ANYBODY)
row("password_reset_done", "GET", ANYBODY)
row("events", "GET", OWN)
row("live-status", "GET", OWN, query="?topic=program:1")
for _name in ("preferences", "password-change", "token-list"):
    row(f"accounts:{_name}", "GET", OWN)
    row(f"accounts:{_name}", "POST", OWN)
row("accounts:password-changed", "GET", OWN)
row("accounts:token-revoke", "POST", OWN)
row("accounts:theme", "POST", OWN)
row("accounts:person-list", "GET", ADMINISTRATOR)
row("accounts:person-list", "POST", ADMINISTRATOR)
row("accounts:person-link", "POST", ADMINISTRATOR, at="user")
row("accounts:person-active", "POST", ADMINISTRATOR, at="user")

# Pages: structure
row("programs:portfolio-list", "GET", "program.read")
row("programs:portfolio-create", "GET", ADMINISTRATOR)
row("programs:portfolio-create", "POST", ADMINISTRATOR)
row("programs:portfolio-detail", "GET", "program.read", at="portfolio")
row("programs:calendar-list", "GET", "program.read", at="portfolio")
for _name, _needs in (
    ("portfolio-edit", "portfolio.edit"),
    ("program-create", "program.create"),
    ("calendar-create", "calendar.edit"),
):
    row(f"programs:{_name}", "GET", _needs, at="portfolio")
    row(f"programs:{_name}", "POST", _needs, at="portfolio")
row("programs:portfolio-members", "GET", "member.read", at="portfolio")
row("programs:portfolio-members", "POST", "member.manage", at="portfolio")
row("programs:calendar-detail", "GET", "plan.read", at="calendar")
row("programs:calendar-detail", "POST", "calendar.edit", at="calendar")
row("programs:program-detail", "GET", "program.read", at="program")
row("programs:program-health", "GET", "program.read", at="program")
row("programs:program-stuck", "GET", "program.read", at="program")
row("programs:program-star", "POST", "program.read", at="program")
row("programs:program-recompute", "POST", "recompute.force", at="program")
row("programs:program-settings", "GET", "plan.read", at="program")
row("programs:program-settings", "POST", "program.edit", at="program")
row("programs:member-list", "GET", "member.read", at="program")
row("programs:member-list", "POST", "member.manage", at="program")
row("programs:member-revoke", "POST", "member.manage", at="grant")

# Pages: plan
for _name in ("scenario-detail", "scenario-banner", "scenario-data"):
    row(f"projects:{_name}", "GET", "plan.read", at="scenario")
for _name in ("scenario-edits", "scenario-apply", "scenario-drop"):
    row(f"projects:{_name}", "POST", "scenario.edit", at="scenario")
row("projects:scenario-step", "POST", "scenario.edit", at={"pk": "scenario", "number": "step"})
row("projects:scenario-export", "GET", "plan.read", at={"pk": "scenario", "file_kind": "file_kind"})
row("projects:scenario-list", "GET", "plan.read", at="program", see="program.read")
row("projects:scenario-list", "POST", "scenario.edit", at="program", see="program.read")
for _name in ("program-plan", "gantt-data", "milestone-list", "milestone-panel", "change-list", "change-panel",
              "project-panel", "baseline-list", "program-quality"):  # fmt: skip
    row(f"projects:{_name}", "GET", "plan.read", at="program")
row("projects:plan-edit", "POST", "progress.update", at="program")
row("projects:plan-options", "GET", "plan.read", at="program")
row("projects:plan-options", "POST", "program.edit", at="program")
row("projects:change-detail", "GET", "plan.read", at={"pk": "program", "change_set": "change_set"})
row("projects:change-undo", "POST", "plan.edit", at={"pk": "program", "change_set": "change_set"})
row("projects:baseline-choose", "POST", "baseline.take", at="program")
row("projects:project-create", "GET", "project.edit", at="program")
row("projects:project-create", "POST", "project.edit", at="program")
row("projects:project-edit", "GET", "project.edit", at="project")
row("projects:project-edit", "POST", "project.edit", at="project")
row("projects:project-delete", "POST", "project.edit", at="project")
row("projects:resource-list", "GET", "plan.read", at="program", see="program.read")
for _method in ("GET", "POST"):
    row("programs:resource-create", _method, "resource.edit", at="program")
    row(
        "programs:resource-edit",
        _method,
        "resource.edit",
        at={"pk": "program", "resource": "resource"},
        see="plan.read",
    )
row(
    "programs:resource-delete",
    "POST",
    "resource.edit",
    at={"pk": "program", "resource": "resource"},
    see="plan.read",
)
row("projects:task-assignments", "GET", "plan.read", at="task")
row("projects:task-assign", "POST", "plan.edit", at="task")
row("projects:assignment-update", "POST", "plan.edit", at="assignment")
row("projects:task-drawer", "GET", "plan.read", at="task")
row("projects:program-movement", "GET", "plan.read", at="program")
row("projects:task-movement", "GET", "plan.read", at="task")
row("projects:task-paths", "GET", "plan.read", at="task")
row("projects:path-export", "GET", "plan.read", at={"pk": "task", "kind": "file_kind"})
row("projects:task-update", "POST", "plan.edit", at="task")
row("projects:task-progress", "POST", "progress.update", at="task")
row("projects:task-link", "POST", "plan.edit", at="task")
row("projects:task-unlink", "POST", "plan.edit", at="dependency")

# Pages: money
for _name in ("program-money", "money-computed", "money-panel", "project-table-panel", "task-options", "cost-line-list",
              "cost-line-blank", "actual-list", "contract-list"):  # fmt: skip
    row(f"budgets:{_name}", "GET", "budget.read", at="program")
row("budgets:month-rows", "GET", "budget.read", at={"pk": "program", "cell": "month_cell"})
row(
    "budgets:money-export",
    "GET",
    "budget.read",
    at={"pk": "program", "table": "money_table", "kind": "file_kind"},
)
row("api:cost-moves", "GET", "budget.read", at="program")
for _name in ("earned-value", "earned-value-computed", "cost-moves"):
    row(f"budgets:{_name}", "GET", "budget.read", at="program")
row(
    "budgets:earned-value-export",
    "GET",
    "budget.read",
    at={"pk": "program", "table": "value_table", "kind": "file_kind"},
)
row("budgets:estimate-choose", "POST", "budget.edit", at="program", body={"method": "cpi"})
row("budgets:portfolio-earned-value", "GET", "budget.read", at="portfolio", see="budget.read")
for _method in ("GET", "POST"):
    row("budgets:task-earning", _method, "budget.edit", at="task")
row("api:earned-value", "GET", "budget.read", at="program")
row("api:earned-value", "PUT", "budget.edit", at="program", body={"method": "cpi"})
row("api:portfolio-earned-value", "GET", "program.read", at="portfolio")
row("api:earning-list", "GET", "budget.read")
row("api:task-earning", "GET", "budget.read", at="task")
row("api:task-earning", "PUT", "budget.edit", at="task")
row("budgets:baseline-compare", "GET", "plan.read", at="program")
row("budgets:baseline-compare-export", "GET", "plan.read", at={"pk": "program", "kind": "file_kind"})
row("budgets:task-value", "GET", "budget.read", at="task")
row("budgets:cost-line-row", "GET", "budget.read", at="cost_line")
row("budgets:cost-line-delete", "POST", "budget.edit", at="cost_line")
row("budgets:actual-delete", "POST", "actuals.post", at="actual")
row("budgets:actual-reverse", "POST", "actuals.post", at="actual")
row("budgets:program-budget", "GET", "budget.read", at="program")
row("budgets:money-settings", "GET", "budget.read", at="portfolio", see="budget.read")
for _name in ("rate-create", "fiscal-calendar", "fiscal-year-open", "category-put"):
    row(f"budgets:{_name}", "POST", "money.configure", at="portfolio")
row("budgets:rate-delete", "POST", "money.configure", at="rate", shared=True)
for _name in ("close", "reopen", "confirm", "refuse"):
    row(f"budgets:period-{_name}", "POST", "period.close", at="period", shared=True)
for _method in ("GET", "POST"):
    row("budgets:cost-line-create", _method, "budget.edit", at="program")
    row("budgets:cost-line-edit", _method, "budget.edit", at="cost_line")
    row("budgets:budget-edit", _method, "budget.edit", at={"pk": "program", "project_id": "project"})
    row("budgets:actual-create", _method, "actuals.post", at="program")
    row("budgets:budget-transfer", _method, "budget.edit", at="program")
    row("budgets:budget-forecast", _method, "budget.edit", at="budget")
    row("budgets:cost-line-phasing", _method, "budget.edit", at="cost_line")
    row("budgets:rate-correct", _method, "money.configure", at="rate", shared=True)
    row("budgets:actual-paste", _method, "actuals.post", at="program")
    row("budgets:baseline-take", _method, "baseline.take", at="program")

# Pages: risk
for _name in ("program-risks", "risk-list", "risk-panel"):
    row(f"risks:{_name}", "GET", "risk.read", at="program")
row("risks:risk-export", "GET", "risk.read", at={"pk": "program", "kind": "file_kind"})
row("risks:risk-drawer", "GET", "risk.read", at="risk")
row("risks:risk-close", "POST", "risk.edit", at="risk")
row("risks:risk-delete", "POST", "risk.edit", at="risk")
for _method in ("GET", "POST"):
    row("risks:risk-create", _method, "risk.edit", at="program")
    row("risks:risk-edit", _method, "risk.edit", at="risk")

# Pages: governance
row("programs:report-list", "GET", "report.read", at="program")
for _name in ("report-detail", "report-compare", "report-pdf"):
    row(f"programs:{_name}", "GET", "report.read", at="report")
row("programs:report-figures", "GET", "report.compose", at="report")
row("programs:report-discard", "POST", "report.compose", at="report")
row("programs:report-publish", "POST", "report.publish", at="report")
for _method in ("GET", "POST"):
    row("programs:report-create", _method, "report.compose", at="program")
    row("programs:report-edit", _method, "report.compose", at="report")

# Imports
for _name in ("exports:plan-export", "exports:plan-losses", "exports:plan-file", "api:program-export",
              "api:program-export-report"):  # fmt: skip
    row(_name, "GET", "plan.read", at="program", see="program.read")
row("imports:import-list", "GET", "import.run")
row("imports:template", "GET", OWN)
row("imports:import-detail", "GET", "import.run", at="import_run")
row("imports:import-apply", "POST", "import.run", at="import_run")
row("imports:import-revert", "POST", "import.run", at="import_run")
for _method in ("GET", "POST"):
    row("imports:import-new", _method, OWN)
row("api:portfolio-imports", "POST", "import.run", at="portfolio")
row("api:program-imports", "POST", "import.run", at="program")
row("api:program-actuals-imports", "POST", "actuals.post", at="program")
row("api:import-list", "GET", "import.run")
row("api:import-item", "GET", "import.run", at="import_run")
row("api:import-apply", "POST", "import.run", at="import_run")
row("api:import-revert", "POST", "import.run", at="import_run")
row("api:import-templates", "GET", OWN)

import tests.access.capital_rows  # noqa: E402  more lines of this table
import tests.access.cell_rows  # noqa: E402
import tests.access.collab_rows  # noqa: E402
import tests.access.gantt_rows  # noqa: E402
import tests.access.labour_rows  # noqa: E402
import tests.access.money_rows  # noqa: E402
import tests.access.noun_rows  # noqa: E402
import tests.access.portfolio_rows  # noqa: E402
import tests.access.procurement_rows  # noqa: E402
import tests.access.views_rows  # noqa: E402, F401
