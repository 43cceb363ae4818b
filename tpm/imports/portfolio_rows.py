"""A portfolio's tables as rows of programs, projects, money, KPIs and risks."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from budgets.models import Actual, Budget, Contract, CostLine, Vendor
from budgets.models.vendors import key_of
from programs.models import Kpi, Program
from projects.importers.plan import NONE
from projects.importers.portfolio import (
    ImportedPortfolio,
    MetricResult,
    PortfolioProgram,
    PortfolioProject,
    PortfolioRisk,
    PortfolioTask,
    day_of,
    last_day,
)
from projects.importers.reports import Severity
from projects.models import GAP, Dependency, Project, Task
from risks.models import Risk
from tpm.imports.context import Context
from tpm.imports.portfolio_tasks import TaskRows
from tpm.imports.rows import Ref, Row, Sheet, text

PLAN_PREFIX = "plan:"  # keys of what came with a plan file; they are no keys of portfolio tables
RESULTS = {
    MetricResult.MET: Kpi.Result.MET,
    MetricResult.NOT_MET: Kpi.Result.NOT_MET,
    MetricResult.UNKNOWN: Kpi.Result.OPEN,
}
FIRST_DAY = date(2000, 1, 3)  # where nothing says when a program began


def sheets_of(source: ImportedPortfolio, context: Context) -> list[Sheet]:
    """Return all rows that the tables state, those referred to first."""
    inside = {"program__portfolio": context.portfolio.pk}
    known = {
        name: model._base_manager.filter(**inside).exclude(external_key="") for name, model in _KEYED.items()
    }
    tasks = (
        Task.objects.filter(**inside).exclude(external_key="").exclude(external_key__startswith=PLAN_PREFIX)
    )
    sheets = {
        "programs": Sheet(
            Program,
            "programs",
            Program.objects.filter(portfolio=context.portfolio.pk).exclude(external_key=""),
            owner="id",
        ),
        "projects": Sheet(
            Project, "projects", known["projects"].exclude(external_key__startswith=PLAN_PREFIX)
        ),
        "tasks": Sheet(Task, "tasks", tasks),
        "dependencies": Sheet(
            Dependency,
            "dependencies",
            Dependency.objects.filter(**inside),
            identity=("predecessor_id", "successor_id"),
            drops=True,
        ),
        "budgets": Sheet(
            Budget, "budgets", Budget.objects.filter(**inside), identity=("program_id", "project_id")
        ),
        "cost_lines": Sheet(CostLine, "cost_lines", known["cost_lines"]),
        "actuals": Sheet(Actual, "actuals", known["actuals"]),
        "vendors": Sheet(
            Vendor, "vendors", Vendor.objects.filter(portfolio=context.portfolio.pk), identity=("key",)
        ),
        "contracts": Sheet(Contract, "contracts", known["contracts"]),
        "kpis": Sheet(Kpi, "kpis", known["kpis"]),
        "risks": Sheet(Risk, "risks", known["risks"]),
    }
    _PortfolioRows(source, context, sheets).fill()
    TaskRows(source, context, sheets).fill()
    return list(sheets.values())


_KEYED: dict[str, Any] = {
    "projects": Project,
    "cost_lines": CostLine,
    "actuals": Actual,
    "contracts": Contract,
    "kpis": Kpi,
    "risks": Risk,
}


class _PortfolioRows:
    def __init__(self, source: ImportedPortfolio, context: Context, sheets: Mapping[str, Sheet]) -> None:
        self.source, self.context, self.sheets = source, context, sheets
        self.tasks: dict[str, list[PortfolioTask]] = defaultdict(list)
        for task in source.tasks:
            self.tasks[task.project_key].append(task)
        self.projects: dict[str, list[PortfolioProject]] = defaultdict(list)
        for project in source.projects:
            self.projects[project.program_key].append(project)
        self.unknown_people: set[str] = set()

    def fill(self) -> None:
        for program in self.source.programs:
            self._program(program)
        for number, project in enumerate(self.source.projects, 1):
            self._project(number, project)
        for contract in self.source.contracts:
            vendor = self._vendor(contract.supplier or "not stated")
            self.sheets["contracts"].add(
                contract.key,
                {
                    "vendor_id": vendor,
                    "supplier": text(contract.supplier or "not stated", 300),
                    "supplier_key": text(contract.supplier_key, 100),
                    "description": text(contract.description),
                    "value": None if contract.value == NONE else Decimal(contract.value) / 100,
                },
                program_id=Ref(Program, contract.program_key),
                external_key=contract.key,
            )
        for metric in self.source.metrics:
            self.sheets["kpis"].add(
                metric.key,
                {
                    "category": text(metric.category, 200),
                    "description": text(metric.description),
                    "result": str(RESULTS[metric.result]),
                },
                program_id=Ref(Program, metric.program_key),
                external_key=metric.key,
            )
        numbers: dict[str, int] = defaultdict(int)
        taken = dict(
            Risk.objects.filter(program__portfolio=self.context.portfolio.pk)
            .order_by("number")
            .values_list("program__external_key", "number")
        )
        for risk in self.source.risks:
            numbers[risk.program_key] += 1
            self._risk(risk, taken.get(risk.program_key, 0) + numbers[risk.program_key])
        for name in sorted(self.unknown_people):
            self.context.note(Severity.INFO, "unknown_person", f"{name!r} has no account here; kept as text")

    def _vendor(self, name: str) -> Ref:
        """State the vendor of a contract, known by its name however it is spelled: the number beside it is the contract's in
        many tables."""
        key = key_of(name) or "unnamed"
        portfolio = self.context.portfolio.pk
        self.sheets["vendors"].rows.setdefault(
            key,
            Row({"name": text(name, 300)}, {"key": key, "portfolio_id": portfolio, "external_key": key}),
        )
        return Ref(Vendor, key)

    def _program(self, program: PortfolioProgram) -> None:
        data_date = None if self.source.data_date == NONE else last_day(self.source.data_date)
        lines = [program.description]
        lines += _lines({"Organisation": program.organisation, "Manager": program.manager})
        lines += _lines(
            {"Reported rating (1 high risk … 5 low risk)": str(program.rating or ""), **program.attributes}
        )
        self.sheets["programs"].add(
            program.key,
            {
                "name": text(program.name, 300),
                "description": text("\n".join(line for line in lines if line)),
                "starts_on": self._starts_on(program, data_date),
                "data_date": data_date,
                "sponsor_note": text(program.sponsor, 200),
            },
            portfolio_id=self.context.portfolio.pk,
            calendar_id=self.context.calendar_id,
            code=_code(program.key),
            external_key=program.key,
        )

    def _starts_on(self, program: PortfolioProgram, data_date: date | None) -> date:
        """The program's start, or the earliest day that its projects and tasks name; never after one of them."""
        days = [program.start]
        for project in self.projects[program.key]:
            days.append(project.planned_start)
            days += _instants(self.tasks[project.key])
        return min((day_of(at) for at in days if at != NONE), default=data_date or FIRST_DAY)

    def _project(self, number: int, project: PortfolioProject) -> None:
        manager = self.context.person(project.manager)
        if project.manager and manager is None:
            self.unknown_people.add(project.manager)
        reported = {}
        if project.reported_delay_days is not None:
            reported["Reported delay (calendar days)"] = str(project.reported_delay_days)
        if project.reported_cost_variance != NONE:
            reported["Reported cost variance (positive: under cost)"] = (
                f"{project.reported_cost_variance / 100:.2f}"
            )
        lines = [project.description, *_lines({"Manager": "" if manager else project.manager, **reported})]
        lines += _lines(project.attributes)
        starts = [at for at in (project.planned_start, *_instants(self.tasks[project.key])) if at != NONE]
        values: dict[str, Any] = {
            "name": text(project.name, 300),
            "description": text("\n".join(line for line in lines if line)),
            "starts_on": min(map(day_of, starts)) if starts and project.planned_start != NONE else None,
        }
        if project.kind is not None:
            values["kind"] = str(project.kind)
        if manager is not None:
            values["manager_id"] = manager
        program = Ref(Program, project.program_key)
        self.sheets["projects"].add(
            project.key,
            values,
            program_id=program,
            code=_code(project.key),
            position=number * GAP,
            external_key=project.key,
        )
        if project.planned_cost != NONE and project.planned_cost >= 0:
            self.sheets["budgets"].add(
                project.key,
                {"approved": Decimal(project.planned_cost) / 100},
                program_id=program,
                project_id=Ref(Project, project.key),
                note="Planned cost as imported",
            )

    def _risk(self, risk: PortfolioRisk, number: int) -> None:
        owner = self.context.person(risk.owner)
        if risk.owner and owner is None:
            self.unknown_people.add(risk.owner)
        plan = [risk.response_plan]
        response = risk.response or Risk.Response.MITIGATE
        if response not in Risk.Response.values:
            plan.append(f"Response: {response}")
            response = Risk.Response.MITIGATE
        self.sheets["risks"].add(
            risk.key,
            {
                "title": text(risk.title, 300),
                "description": text(risk.description),
                "probability": float(risk.probability or 0),
                "impact_days": float(risk.impact_days or 0),
                "impact_cost": Decimal(0)
                if risk.impact_amount == NONE
                else Decimal(abs(risk.impact_amount)) / 100,
                "response": str(response),
                "response_plan": text("\n".join(line for line in plan if line)),
                "status": risk.status,
                "review_on": risk.due_on,
                "owner_id": owner,
                "project_id": Ref(Project, risk.project_key) if risk.project_key else None,
            },
            program_id=Ref(Program, risk.program_key),
            number=number,
            external_key=risk.key,
        )


def _instants(tasks: Iterable[PortfolioTask]) -> list[int]:
    return [at for task in tasks for at in (task.planned_start, task.actual_start, task.constraint_at)]


def _lines(values: Mapping[str, str]) -> list[str]:
    return [f"{label}: {value}" for label, value in values.items() if value]


def _code(key: str) -> str:
    """Return the key as a code; a long one is cut and marked, so that two of them stay different."""
    return key if len(key) <= 40 else f"{key[:31]}~{hashlib.sha256(key.encode()).hexdigest()[:8]}"
