"""Earning rules, estimates and flags in the pipeline, the API and the browser.

The world (``tests.factories.money``): A is done, BAC 1,000, cost 1,250; B is not begun, BAC 1,000. So CPI is 0.8, and by the
textbook EAC = 2,000 / 0.8 = 2,500; at budget rate and bottom-up 1,250 + 1,000 = 2,250; SPI is 1, so the third is 2,500 too.
"""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from budgets.models import TaskEarning, TaskValue
from budgets.selectors import cost_quality, earned_value
from budgets.services import actuals, earnings
from programs.models import Reading
from tests.factories import money, plans
from tpm import recompute
from tpm.accounts import actors
from tpm.activity import Conflict

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


def _reading(world: money.World, key: str, project: int = 0) -> Decimal | None:
    return Reading.objects.get(program=world.program, project_id=project, key=f"cost.{key}").value


def _page(world: money.World, key: str = "program") -> earned_value.Page:
    return earned_value.page(SYSTEM, world.program, earned_value.scope_of(SYSTEM, world.program, key))


def test_all_estimates_are_there_and_the_chosen_one_leads() -> None:
    world = money.world()
    found = {name: _reading(world, f"eac_{name}") for name in ("cpi", "budget_rate", "cpi_spi", "bottom_up")}
    assert found == {"cpi": 2500, "budget_rate": 2250, "cpi_spi": 2500, "bottom_up": 2250}
    assert (_reading(world, "eac"), _reading(world, "vac"), _reading(world, "tcpi_eac")) == (
        2500,
        -500,
        Decimal("0.8"),
    )
    earnings.choose(actor=SYSTEM, program=world.program, method="bottom_up")
    recompute.drain(world.program.pk)
    assert (_reading(world, "eac"), _reading(world, "etc"), _reading(world, "tcpi_eac")) == (2250, 1000, 1)
    assert TaskValue.objects.get(pk=world.second.pk).eac == 1000


def test_every_scope_has_the_same_figures_and_sums_to_the_one_above() -> None:
    world = money.world()
    program, project = _page(world), _page(world, f"project-{world.project.pk}")
    task = _page(world, f"task-{world.first.pk}")
    assert [line.key for line in program.lines] == [f"project-{world.project.pk}"]
    for name in ("bac", "pv", "ev", "ac", "cv", "etc_open"):
        parts = sum(line.figures[name] for line in project.lines)  # type: ignore[misc]
        assert parts == project.figures[name] == program.figures[name]
    assert (task.figures["cpi"], task.figures["ev"], task.figures["spi"]) == (Decimal("0.8"), 1000, 1)
    assert task.figures["es"] == task.figures["planned_duration"]
    assert project.lines[1].figures["cpi"] is None
    assert program.history[-1].figures.number("cost.spi_t") == program.figures["spi_t"] is not None
    past = earned_value.page(SYSTEM, world.program, program.scope, date(2026, 6, 1))
    assert (past.at, past.figures["ev"]) == (date(2026, 1, 9), 1000)
    whole = earned_value.of_portfolio(SYSTEM, world.program.portfolio)
    assert (whole.figures["eac"], whole.figures["cpi"], whole.same_date) == (2500, Decimal("0.8"), True)


def test_a_task_earns_by_its_rule_and_control_accounts_are_listed() -> None:
    world = money.world(computed=False)
    earnings.put(
        actor=SYSTEM, task=world.second, rule="apportioned", base=world.first, is_control_account=True
    )
    recompute.drain(world.program.pk)
    assert TaskValue.objects.get(pk=world.second.pk).ev == 1000
    assert [line.task_id for line in _page(world).accounts] == [world.second.pk]
    earnings.put(actor=SYSTEM, task=world.second, rule="zero_hundred")
    recompute.drain(world.program.pk)
    assert TaskValue.objects.get(pk=world.second.pk).ev == 0
    assert TaskEarning.objects.get(task=world.second).base is None


def test_rules_that_lead_nowhere_are_refused() -> None:
    world = money.world(computed=False)
    for base, said in ((None, "Name the task"), (world.second, "to itself")):
        with pytest.raises(ValidationError, match=said):
            earnings.put(actor=SYSTEM, task=world.second, rule="apportioned", base=base)
    earnings.put(actor=SYSTEM, task=world.second, rule="apportioned", base=world.first, version=0)
    with pytest.raises(ValidationError, match="apportioned itself"):
        earnings.put(actor=SYSTEM, task=world.first, rule="apportioned", base=world.second)
    with pytest.raises(Conflict):
        earnings.put(actor=SYSTEM, task=world.second, rule="percent", version=0)


def test_flags_count_what_makes_the_figures_doubtful() -> None:
    world = money.world(computed=False)
    bare = plans.tasks(world.project, 1)[0]
    posted = [(world.second, date(2026, 1, 20), 70), (bare, date(2026, 1, 8), 30)]
    actuals.post(
        actor=SYSTEM,
        program=world.program,
        rows=[{"task": task, "posted_on": on, "amount": Decimal(amount)} for task, on, amount in posted],
    )
    earnings.put(actor=SYSTEM, task=world.second, rule="level_of_effort")
    recompute.drain(world.program.pk)
    found = {flag.code: flag for flag in cost_quality.flags(SYSTEM, world.program, _page(world).figures)}
    assert [row.task_id for row in found["cost_without_plan"].rows] == [bare.pk]
    assert [row.amount for row in found["actuals_after_data_date"].rows] == [70]
    assert found["level_of_effort"].share == Decimal("0.5") and found["level_of_effort"].is_raised
    assert not found["progress_without_cost"].is_raised


def test_the_api_and_the_pages_show_and_set_it(client: Client) -> None:
    world = money.world()
    user = plans.user()
    plans.grant(user, "TPM", world.program.portfolio)
    client.force_login(user)
    api = f"/api/v1/programs/{world.program.pk}/earned-value/"
    found = client.get(api, {"scope": f"project-{world.project.pk}", "history": "5"}).json()
    assert (found["figures"]["eac"], found["figures"]["cpi"]) == ("2500.00", "0.800000")
    assert len(found["lines"]) == 2 and len(found["history"]) == 1
    assert found["computed_revision"] == found["revision"]
    for wrong in ({"scope": "team-1"}, {"at": "soon"}, {"history": "many"}, {"page": "2"}):
        assert client.get(api, wrong).status_code == 400
    rule = f"/api/v1/tasks/{world.second.pk}/earning/"
    assert client.get(rule).json()["rule"] == "percent"
    made = client.put(rule, {"rule": "fifty_fifty", "weight": 3}, content_type="application/json")
    assert (made.status_code, made.json()["version"]) == (200, 1)
    assert (
        client.put(api, {"method": "budget_rate"}, content_type="application/json").json()["method"]
        == "budget_rate"
    )
    page = client.get(f"/programs/{world.program.pk}/earned-value/").content.decode()
    assert "TCPI(EAC)" in page and f"project-{world.project.pk}" in page and "CPI = EV / AC" in page
    tasks = client.get(
        f"/programs/{world.program.pk}/earned-value/", {"scope": f"project-{world.project.pk}"}
    )
    assert f'data-id="{world.first.pk}"' in tasks.content.decode()
    assert client.get(f"/programs/{world.program.pk}/earned-value/", {"scope": "team-1"}).status_code == 404
    assert client.get(f"/portfolios/{world.program.portfolio_id}/earned-value/").status_code == 200
    sheet = client.get(f"/programs/{world.program.pk}/earned-value/scopes.csv").content.decode()
    assert "2500" in sheet
    form = client.get(f"/tasks/{world.second.pk}/earning/").content.decode()
    assert "50/50" in form
    sent = {"rule": "apportioned", "base": "", "weight": "1", "version": "1"}
    assert client.post(f"/tasks/{world.second.pk}/earning/", sent).status_code == 422
    chosen = client.post(f"/programs/{world.program.pk}/earned-value/method/", {"method": "cpi"})
    assert chosen.status_code == 302
