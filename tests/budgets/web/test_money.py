"""The money page: what it shows, to whom, and in how many queries."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from budgets.models import Actual, Budget, CostLine
from budgets.services import actuals, cost_lines
from projects.models import Baseline
from tests.factories import money, plans
from tests.factories.browsers import HTMX, browser
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db


def _page(world: money.World) -> str:
    return reverse("budgets:program-money", args=[world.program.pk])


def test_the_page_shows_the_textbook_figures_with_their_formulas() -> None:
    # BAC 2,000, PV 1,000, EV 1,000, AC 1,250: CPI = EV / AC = 0.80, SPI = 1.00, EAC = BAC / CPI = 2,500, VAC = −500.
    world = money.world()
    text = browser(plans.member("TPM", world.program)).get(_page(world)).content.decode()
    assert "CPI = EV / AC = 1,000.00 / 1,250.00 = 0.80" in text
    assert "EAC = BAC / CPI = 2,000.00 / 0.80 = 2,500.00" in text
    assert "VAC = BAC − EAC = 2,000.00 − 2,500.00 = −500.00" in text
    assert "SPI = EV / PV = 1,000.00 / 1,000.00 = 1.00" in text


def test_who_reads_one_project_gets_no_figure_of_the_whole_program() -> None:
    world = money.world()
    other = plans.project(world.program, name="Somebody else's")
    cost_lines.create(
        actor=actors.system(), program=world.program, project=other, name="Secret line", amount=Decimal(777),
        starts_on=date(2026, 1, 5), ends_on=date(2026, 1, 30),
    )  # fmt: skip
    recompute.drain(world.program.pk)
    text = browser(plans.member("PM", world.project)).get(_page(world)).content.decode()
    assert "You read the money of some projects only" in text
    assert "Secret line" not in text
    assert "777" not in text
    assert "2,000.00" in text  # BAC of the project that is theirs


def test_a_contributor_sees_the_program_but_not_its_money() -> None:
    world = money.world()
    assert browser(plans.member("CO", world.program)).get(_page(world)).status_code == 403


def test_a_stranger_is_told_nothing() -> None:
    world = money.world()
    assert browser(plans.member("TPM", plans.program())).get(_page(world)).status_code == 404


def test_the_number_of_queries_does_not_grow_with_the_rows() -> None:
    world = money.world()
    client = browser(plans.member("TPM", world.program))
    client.get(_page(world))

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(_page(world))
        return len(captured)

    few = count()
    for number in range(5):
        part = plans.project(world.program)
        cost_lines.create(
            actor=actors.system(), program=world.program, project=part, name=f"Line {number}", amount=Decimal(10),
            starts_on=date(2026, 1, 5), ends_on=date(2026, 6, 30),
        )  # fmt: skip
        actuals.post(
            actor=actors.system(), program=world.program,
            rows=[{"project": part, "posted_on": date(2026, 2, 1), "amount": Decimal(5)}],
        )  # fmt: skip
    recompute.drain(world.program.pk)
    assert count() == few


def test_the_rows_of_a_month_sum_to_its_cell() -> None:
    world = money.world()
    client = browser(plans.member("TPM", world.program))
    address = reverse("budgets:month-rows", args=[world.program.pk, f"{world.project.pk}_2026-01"])
    text = client.get(address, headers=HTMX).content.decode()
    # Both tasks lie in January: 1,000 + 1,000 scheduled, 1,250 posted.
    assert "2,000.00" in text
    assert "1,250.00" in text


@pytest.mark.parametrize("cell", ["x_2026-01", "0_2026-13", "0_"])
def test_a_cell_that_is_none_is_not_found(cell: str) -> None:
    world = money.world(computed=False)
    client = browser(plans.member("TPM", world.program))
    assert client.get(reverse("budgets:month-rows", args=[world.program.pk, cell])).status_code == 404


def test_a_cost_line_is_added_changed_and_deleted_in_its_place() -> None:
    world = money.world()
    client = browser(plans.member("TPM", world.program))
    create = reverse("budgets:cost-line-create", args=[world.program.pk])
    values = {
        "name": "Licences",
        "amount": "99.50",
        "task": f"B #{world.second.pk}",
        "category": "software",
        "nature": "opex",
    }
    answer = client.post(create, values, headers=HTMX)
    assert answer.status_code == 200
    line = CostLine.objects.get(name="Licences")
    assert (line.amount, line.task_id, line.project_id) == (
        Decimal("99.50"),
        world.second.pk,
        world.project.pk,
    )
    edit = reverse("budgets:cost-line-edit", args=[line.pk])
    assert (
        client.post(edit, values | {"amount": "100", "version": line.version}, headers=HTMX).status_code
        == 200
    )
    stale = client.post(edit, values | {"amount": "200", "version": line.version}, headers=HTMX)
    assert stale.status_code == 409
    line.refresh_from_db()
    assert line.amount == 100
    assert client.post(reverse("budgets:cost-line-delete", args=[line.pk]), headers=HTMX).status_code == 200
    assert not CostLine.objects.filter(pk=line.pk).exists()


def test_a_cost_line_without_task_or_dates_comes_back_with_the_reason() -> None:
    world = money.world(computed=False)
    client = browser(plans.member("TPM", world.program))
    answer = client.post(
        reverse("budgets:cost-line-create", args=[world.program.pk]),
        {"name": "Floating", "amount": "1", "category": "other", "nature": "opex"},
        headers=HTMX,
    )
    assert answer.status_code == 422
    assert "needs its own dates" in answer.content.decode()


def test_a_budget_is_changed_and_taken_back() -> None:
    world = money.world(computed=False)
    client = browser(plans.member("FC", world.program))
    address = reverse("budgets:budget-edit", args=[world.program.pk, world.project.pk])
    budget = Budget.objects.get(project=world.project)
    answer = client.post(
        address, {"approved": "3000", "contingency": "50", "version": budget.version}, headers=HTMX
    )
    assert (answer.status_code, Budget.objects.get(pk=budget.pk).approved) == (204, Decimal(3000))
    assert client.post(address, {"delete": "1"}, headers=HTMX).status_code == 204
    assert not Budget.objects.filter(pk=budget.pk).exists()


def test_a_pasted_table_is_posted_whole() -> None:
    world = money.world(computed=False)
    client = browser(plans.member("FC", world.program))
    before = Actual.objects.count()
    table = f"posted_on\tamount\tproject\ttask\n2026-01-08\t10.50\t{world.project.code}\t#{world.first.pk}\n2026-01-09\t-3\t\tB\n"
    answer = client.post(
        reverse("budgets:actual-paste", args=[world.program.pk]), {"table": table}, headers=HTMX
    )
    assert answer.status_code == 204
    assert Actual.objects.count() == before + 2
    assert Actual.objects.get(amount=-3).task_id == world.second.pk


def test_one_wrong_row_keeps_all_from_being_posted_and_is_named() -> None:
    world = money.world(computed=False)
    client = browser(plans.member("FC", world.program))
    before = Actual.objects.count()
    table = "posted_on,amount,project\n2026-01-08,10.50,\n2026-02-30,1.234,NOPE\n"
    answer = client.post(
        reverse("budgets:actual-paste", args=[world.program.pk]), {"table": table}, headers=HTMX
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert Actual.objects.count() == before
    assert "Line 3, posted_on: it is no date" in text
    assert "Line 3, amount: it is no sum" in text
    assert "NOPE" in text


def test_a_program_manager_does_not_post_cost() -> None:
    world = money.world(computed=False)
    client = browser(plans.member("TPM", world.program))
    assert (
        client.post(reverse("budgets:actual-create", args=[world.program.pk]), {}, headers=HTMX).status_code
        == 403
    )
    actual = Actual.objects.get()
    assert client.post(reverse("budgets:actual-delete", args=[actual.pk]), headers=HTMX).status_code == 403


def test_a_baseline_is_refused_while_results_are_behind_and_taken_when_they_are_current() -> None:
    world = money.world(computed=False)
    client = browser(plans.member("TPM", world.program))
    address = reverse("budgets:baseline-take", args=[world.program.pk])
    values = {"name": "Gate 2", "reason": "decided", "refer": "on"}
    refused = client.post(address, values, headers=HTMX)
    assert refused.status_code == 422
    assert "revisions behind the plan" in refused.content.decode()
    assert not Baseline.objects.filter(name="Gate 2").exists()
    recompute.drain(world.program.pk)
    assert client.post(address, values, headers=HTMX).status_code == 204
    assert Baseline.objects.get(name="Gate 2").costs.count() == 2


@pytest.mark.parametrize("table", ["projects", "months", "cost-lines", "actuals", "contracts"])
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_table_can_be_downloaded(table: str, kind: str) -> None:
    world = money.world()
    client = browser(plans.member("TPM", world.program))
    answer = client.get(reverse("budgets:money-export", args=[world.program.pk, table, kind]))
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].endswith(f'.{kind}"')
    if table == "projects" and kind == "csv":
        assert ",2500,2000,1000,1000,1250,0,-250,1,0.8,2500,-500" in answer.content.decode("utf-8-sig")


def test_the_money_of_a_task_is_shown_to_who_reads_money() -> None:
    world = money.world()
    address = reverse("budgets:task-value", args=[world.first.pk])
    assert (
        "1,250.00" in browser(plans.member("TPM", world.program)).get(address, headers=HTMX).content.decode()
    )
    assert browser(plans.member("CO", world.program)).get(address, headers=HTMX).status_code == 403


@pytest.mark.parametrize("name", ["money-panel", "project-table-panel", "money-computed"])
def test_the_panels_stand_alone(name: str) -> None:
    world = money.world()
    answer = browser(plans.member("TPM", world.program)).get(
        reverse(f"budgets:{name}", args=[world.program.pk]), headers=HTMX
    )
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()
