"""Two portfolios, a program with one of everything, a sibling program, and every role in three places."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.test import Client
from django.utils import timezone

from budgets.models import (
    Acceptance,
    AcceptanceStep,
    Actual,
    ApprovalPolicy,
    Budget,
    BudgetRevision,
    CapitalRequest,
    Contract,
    CostLine,
    Delivery,
    DeliveryLine,
    Estimate,
    EstimateLine,
    ExchangeRate,
    FiscalPeriod,
    Invoice,
    LabourRate,
    OrderLine,
    PurchaseOrder,
    Timesheet,
    Tolerance,
    Vendor,
)
from programs.models import (
    Action,
    Grant,
    KeyResult,
    Kpi,
    KpiValue,
    Objective,
    Resource,
    StatusReport,
    WorkCalendar,
)
from programs.policies import Role
from projects.models import (
    Alignment,
    Assignment,
    Baseline,
    Commitment,
    Dependency,
    Gate,
    GateCriterion,
    ImportRun,
    Plan,
    Scenario,
    ScenarioEdit,
    ScenarioResult,
)
from risks.models import Risk
from tests.factories import plans
from tpm import activity
from tpm.accounts import actors, feeds
from tpm.accounts.models import SavedView, User
from tpm.activity.models import ChangeSet, Comment
from tpm.downloads.models import Download

HERE, SIBLING, FOREIGN = "here", "sibling", "foreign"
STRONGEST = ("PO", "TPM", "AU")


@dataclass(frozen=True)
class Principal:
    """Who asks: ``role`` granted ``HERE`` (the portfolio of the objects), in a ``SIBLING`` program of that portfolio, or in
    a ``FOREIGN`` portfolio; without a role the administrator; without a user nobody."""

    user: User | None
    role: str = ""
    where: str = ""

    def __str__(self) -> str:
        return f"{self.role} {self.where}" if self.role else "administrator" if self.user else "anonymous"


@dataclass
class World:
    principals: list[Principal]
    objects: dict[str, Any] = field(default_factory=dict)
    browsers: dict[Principal, tuple[Client, str]] = field(default_factory=dict)

    def arguments(self, parameters: list[str], at: dict[str, str]) -> dict[str, Any]:
        """Return the URL's arguments: the objects that the row names."""
        return {name: self.objects[at[name]] for name in parameters}


def build() -> World:
    system = actors.system()
    here = plans.portfolio(_user("owner"), name="Here")
    foreign = plans.portfolio(_user("stranger"), name="Foreign")
    program = plans.program(here, name="Program of the matrix", data_date=date(2026, 2, 2))
    sibling = plans.program(here)
    project = plans.project(program)
    first, second, third = plans.tasks(project, 2, 3, 1)
    plans.chain([first, second])
    (elsewhere,) = plans.tasks(plans.project(program), 1)
    plans.chain([first, elsewhere])
    cross = Dependency.objects.get(predecessor=first, successor=elsewhere)
    objects: dict[str, Any] = {
        "portfolio": here.pk,
        "program": program.pk,
        "project": project.pk,
        "task": first.pk,
        "free_task": third.pk,
        "dependency": Dependency.objects.get(predecessor=first, successor=second).pk,
        "cross_link": cross.pk,
        "calendar": WorkCalendar.objects.get(portfolio=here).pk,
        "change_set": ChangeSet.objects.filter(revisions__program_id=program.pk).latest("pk").pk,
    }
    principals = [Principal(None), Principal(_user("administrator", is_administrator=True))]
    for role in Role.values:
        for where, at in ((HERE, here), (SIBLING, sibling), (FOREIGN, foreign)):
            if where == FOREIGN and role not in STRONGEST:
                continue  # what the strongest can not do from there, nobody can
            principals.append(Principal(_user(f"{role} {where}"), role, where))
            plans.grant(principals[-1].user, role, at)  # type: ignore[arg-type]
    with activity.change(actor=system, event="tests", programs=[program]) as change:
        rows: dict[str, Any] = {
            "baseline": Baseline(program=program, number=0, name="Agreed", revision=1),
            "budget": Budget(program=program, project=project, approved=Decimal("900.00")),
            "cost_line": CostLine(program=program, project=project, task=first, name="Staff", amount=Decimal("500.00")),
            "actual": Actual(program=program, project=project, posted_on=date(2026, 1, 9), amount=Decimal("50.00")),
            "budget_revision": BudgetRevision(
                program=program, project=project, number=1, kind="approved", amount=Decimal("900.00")
            ),
            "rate": ExchangeRate(portfolio=here, currency="USD", on=date(2026, 1, 1), rate=Decimal("0.9")),
            "period": FiscalPeriod(
                portfolio=here, year=2026, number=1, starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 31)
            ),
            "risk": Risk(program=program, project=project, number=1, title="Late supplier", probability=0.5),
            "kpi": Kpi(program=program, description="Calls answered in time"),
            "draft": StatusReport(program=program, number=2, title="Draft", data_date=date(2026, 3, 2)),
            "report": StatusReport(
                program=program, number=1, title="February", data_date=date(2026, 2, 2), state="published", revision=1,
                content={"title": "February"}, content_sha256="0" * 64, published_at=timezone.now(),
            ),
            "grant": Grant(user=_user("a member"), role=Role.CO, portfolio=here, program=program),
        }  # fmt: skip
        rows["vendor"] = Vendor(portfolio=here, name="ACME", key="acme")
        rows["contract"] = Contract(program=program, project=project, supplier="ACME", vendor=rows["vendor"])
        asker = _user("an asker")
        rows["capital_request"] = CapitalRequest(
            program=program, project=project, number=1, title="Core switch", currency="EUR", requester=asker
        )
        tiers = [{"up_to": None, "steps": [{"roles": ["ES"], "quorum": 1}]}]
        rows["approval_policy"] = ApprovalPolicy(
            portfolio=here, number=1, effective_from=date(2026, 1, 1), tiers=tiers, author=asker
        )
        rows["kpi_value"] = KpiValue(kpi=rows["kpi"], measured_on=date(2026, 1, 31), value=Decimal(95))
        where = {"program": program, "project": project}
        rows["order"] = PurchaseOrder(
            **where, number=1, title="Switches", vendor=rows["vendor"], currency="EUR", state="placed",
            ordered_by=asker, ordered_on=date(2026, 1, 5),
        )  # fmt: skip
        bought = OrderLine(
            order=rows["order"], position=1, description="Switch", quantity=Decimal(1), unit_price=Decimal(9),
            original_amount=Decimal(9), amount=Decimal(9), needs_acceptance=True,
        )  # fmt: skip
        came = Delivery(
            **where, order=rows["order"], number=1, delivered_on=date(2026, 1, 9), received_by=asker
        )
        unpacked = DeliveryLine(delivery=came, order_line=bought, quantity=Decimal(1))
        rows |= {"order_line": bought, "delivery": came, "delivery_line": unpacked}
        rows["acceptance"] = Acceptance(**where, order=rows["order"], delivery_line=unpacked)
        rows["acceptance_step"] = AcceptanceStep(acceptance=rows["acceptance"], position=1, name="Installed")
        rows["invoice"] = Invoice(
            **where, order=rows["order"], number="A-1", invoiced_on=date(2026, 1, 9), total=Decimal(9)
        )
        rows["tolerance"] = Tolerance(portfolio=here, number=1, effective_from=date(2026, 1, 1), author=asker)
        rows["commitment"] = Commitment(program=program, dependency=cross)
        rows["objective"] = Objective(
            portfolio=here,
            program=program,
            name="Fewer calls",
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 6, 30),
        )
        rows["key_result"] = KeyResult(objective=rows["objective"], name="Calls a day", target=Decimal(90))
        rows["gate"] = Gate(program=program, project=project, name="Plan", position=1)
        rows["criterion"] = GateCriterion(program=program, gate=rows["gate"], text="Budget agreed")
        rows["action"] = Action(
            program=program,
            project_id=project.pk,
            number=1,
            title="Call the supplier",
            owner=asker,
            raised_by=asker,
        )
        rows["alignment"] = Alignment(program=program, project=project, objective=rows["objective"])
        rows["labour_rate"] = LabourRate(
            portfolio=here, role="Fitter", currency="EUR", rate=Decimal(60), starts_on=date(2026, 1, 1)
        )
        rows["timesheet"] = Timesheet(**where, person=asker, week=date(2026, 1, 5))
        rows["estimate"] = Estimate(**where, number=1, title="Network", prepared_on=date(2026, 1, 5))
        rows["estimate_line"] = EstimateLine(
            estimate=rows["estimate"], key="A", name="Cable", optimistic=Decimal(1), likely=Decimal(2),
            pessimistic=Decimal(3),
        )  # fmt: skip
        rows["resource"] = Resource(portfolio=here, program=program, name="Installer")
        rows["shared_resource"] = Resource(portfolio=here, name="Architect")
        rows["assignment"] = Assignment(program=program, task=first, resource=rows["resource"])
        for name, row in rows.items():
            objects[name] = change.create(row).pk
        change.create(Plan(program=program))
    objects["user"] = rows["grant"].user_id
    about = {"subject_kind": "task", "subject_id": first.pk, "program_id": program.pk}
    with activity.change(actor=system, event="tests") as change:
        objects["comment"] = change.create(Comment(**about, author=asker, text="Ready?")).pk
    with activity.change(actor=system, event="tests") as change:
        scenario = Scenario(
            program=program, owner=_user("a planner"), name="Two crews", is_shared=True, based_on=1
        )
        objects["scenario"] = change.create(scenario).pk
        change.create(
            ScenarioEdit(
                scenario=scenario, number=1, command={"op": "delete", "task": third.pk, "version": 1}
            )
        )
    ScenarioResult.objects.create(scenario=scenario)
    objects["import_run"] = ImportRun.objects.create(
        portfolio=here, program=program, kind="plan", file_name="plan.xml", state=ImportRun.State.CHECKED
    ).pk
    with activity.change(actor=system, event="risks.register.changed", programs=[program]) as change:
        change.update(rows["risk"], trigger="A letter")
        objects["register_change"] = change.change_set.pk
    with activity.change(actor=system, event="programs.actions.changed") as change:
        change.update(rows["action"], detail="Before Friday")
        objects["actions_change"] = change.change_set.pk
    _feed, objects["feed_secret"] = feeds.issue(user=asker, name="Phone")
    with activity.change(actor=system, event="budgets.budget.changed", programs=[program]) as change:
        change.update(rows["cost_line"], name="Staff of the project")
        objects["cost_change"] = change.change_set.pk
    objects["download"] = Download.objects.create(user=_user("somebody else"), address="/").pk
    objects["saved_view"] = SavedView.objects.create(
        owner=asker,
        page="risks:program-risks",
        place=program.pk,
        name="All risks",
        query="state=all",
        portfolio_id=here.pk,
    ).pk
    objects |= {
        "step": 1,
        "task_kind": "task",
        "month_cell": "0_2026-01",
        "flow_cell": "0_2026-01-01",
        "grid_cell": "actual_group-0-other_2026-01-01",
        "money_table": "projects",
        "portfolio_table": "rates",
        "value_table": "scopes",
        "capex_table": "requests",
        "procurement_table": "orders",
        "order_table": "lines",
        "vendor_table": "contracts",
        "request_table": "years",
        "file_kind": "csv",
        "cell_name": "name",
        "cell_title": "title",
        "load_cell": f"{objects['resource']}_2026-01-05",
        "shared_load_cell": f"{objects['shared_resource']}_2026-01-05",
        "chart_kind": "xlsx",
    }
    return World(principals, objects)


def _user(name: str, **fields: Any) -> User:
    """A person who never types a password (making one is slow)."""
    return User.objects.create(email=f"{name.replace(' ', '-').lower()}@example.org", name=name, **fields)
