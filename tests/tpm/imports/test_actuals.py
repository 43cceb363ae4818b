"""A ledger comes in: checked first, all of it or nothing, once only, and taken back in one step."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.conf import LazySettings
from django.core.management import call_command
from django.urls import reverse

from budgets.models import Actual, CostLine
from budgets.services import periods, rates
from programs.models import RecomputeState
from projects.models import ImportRun, LedgerState
from tests.factories import money, plans
from tests.factories.browsers import browser
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.imports import reading, runs
from tpm.imports.merging import Difference
from tpm.imports.rows import Sheet
from tpm.imports.writing import keep_phasing_and_price

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
HEAD = "posted_on,amount,currency,project,task,category,description,key\n"


@pytest.fixture
def world() -> Iterator[money.World]:
    yield money.world(computed=False)


def _check(world: money.World, text: str, actor: Actor = SYSTEM) -> ImportRun:
    run = runs.start(
        actor=actor,
        kind=reading.ACTUALS,
        portfolio=world.program.portfolio,
        program=world.program,
        files=[("ledger.csv", io.BytesIO((HEAD + text).encode()))],
    )
    runs.check(run.pk)
    run.refresh_from_db()
    return run


def _apply(run: ImportRun) -> ImportRun:
    runs.order(actor=SYSTEM, run=run)
    runs.apply(run.pk)
    run.refresh_from_db()
    return run


def _ledger() -> list[tuple[date, Decimal]]:
    rows = Actual.objects.filter(external_key__startswith="ledger:").order_by("posted_on")
    return [(row.posted_on, row.amount) for row in rows]


def test_a_ledger_is_posted_once_corrected_by_its_key_and_taken_back(world: money.World) -> None:
    rates.create(
        actor=SYSTEM,
        portfolio=world.program.portfolio,
        currency="USD",
        on=date(2026, 1, 1),
        rate=Decimal("0.9"),
    )
    code, task = world.project.code, world.second.pk
    text = f"2026-01-12,100.00,,{code},,cloud,Hours,\n2026-01-13,10.00,USD,,#{task},,Licence,K7\n"
    run = _check(world, text)
    assert (run.state, run.counts["tables"]["actuals"]["new"], _ledger()) == ("checked", 2, [])
    _apply(run)
    assert _ledger() == [(date(2026, 1, 12), Decimal("100.00")), (date(2026, 1, 13), Decimal("9.00"))]
    licence = Actual.objects.get(external_key="ledger:K7")
    assert (licence.task_id, licence.project_id, licence.currency) == (task, world.project.pk, "USD")
    again = _check(world, text)
    assert (again.state, again.message) == ("checked", "Nothing differs from what is there.")
    corrected = _apply(_check(world, f"2026-01-13,20.00,USD,,#{task},,Licence,K7\n"))
    assert corrected.counts["tables"]["actuals"]["changed"] == 1
    assert Actual.objects.get(external_key="ledger:K7").amount == Decimal("18.00")
    runs.revert(actor=SYSTEM, run=corrected)
    assert _ledger() == [(date(2026, 1, 12), Decimal("100.00")), (date(2026, 1, 13), Decimal("9.00"))]
    more = _apply(_check(world, "2026-01-14,5.00,,,,,,\n2026-01-14,5.00,,,,,,\n"))
    assert len(_ledger()) == 4
    runs.revert(actor=SYSTEM, run=more)
    assert len(_ledger()) == 2


def test_rows_that_can_not_be_posted_are_named_and_nothing_is_written(world: money.World) -> None:
    periods.set_calendar(actor=SYSTEM, portfolio=world.program.portfolio, pattern="months", starts_in=1)
    [january, *_rest] = periods.open_year(actor=SYSTEM, portfolio=world.program.portfolio, year=2026)
    periods.close(actor=SYSTEM, period=january, at=datetime(2026, 2, 3, tzinfo=UTC))
    text = (
        "2026-02-02,1.00,,,,,fine,\n2026-01-31,1.00,,,,,,\n2027-01-01,1.00,,,,,,\n2026-02-02,1.00,CHF,,,,,\n"
        "2026-02-02,1.00,,nowhere,,,,\n2026-02-02,1.00,,,#99999999,,,\n2026-02-02,1.00,,,,gold,,\n2026-02-02,1.005,,,,,,\n"
    )
    run = _check(world, text)
    assert run.state == "refused"
    places = {(entry["row"], entry["column"], entry["code"]) for entry in run.report}
    assert places == {
        (3, "posted_on", "period"), (4, "posted_on", "period"), (5, "currency", "currency"), (6, "project", "unknown_project"),
        (7, "task", "unknown_task"), (8, "category", "unknown_category"), (9, "amount", "bad_amount"),
    }  # fmt: skip
    assert _ledger() == []


def test_a_period_that_was_closed_after_the_check_keeps_the_ledger_out(world: money.World) -> None:
    periods.set_calendar(actor=SYSTEM, portfolio=world.program.portfolio, pattern="months", starts_in=1)
    [january, *_rest] = periods.open_year(actor=SYSTEM, portfolio=world.program.portfolio, year=2026)
    run = _check(world, "2026-01-31,1.00,,,,,,\n")
    periods.close(actor=SYSTEM, period=january, at=datetime(2026, 2, 3, tzinfo=UTC))
    assert (_apply(run).state, _ledger()) == ("refused", [])


def test_a_finance_controller_imports_ledgers_and_no_plans(world: money.World) -> None:
    controller = plans.member("FC", world.program)
    run = _check(world, "2026-01-31,1.00,,,,,,\n", controller)
    client = browser(controller)
    page = client.get(reverse("imports:import-detail", args=[run.pk])).content.decode()
    assert "Apply" in page
    places = client.get(reverse("imports:import-new")).content.decode()
    assert f"actuals:{world.program.pk}" in places and f"program:{world.program.pk}" not in places
    client.post(reverse("imports:import-apply", args=[run.pk]))
    runs.apply(run.pk)
    assert _ledger() == [(date(2026, 1, 31), Decimal("1.00"))]


def test_an_import_leaves_lines_alone_that_were_phased_by_hand_or_priced_here() -> None:
    plain: dict[str, object] = {"by_hand": False, "currency": None}
    difference = Difference(Sheet(CostLine, "cost_lines", CostLine.objects.none()))
    difference.changed = [
        (plain, {"amount": Decimal(5)}),
        (plain | {"by_hand": True}, {"amount": Decimal(5), "ends_on": None}),
        (plain | {"currency": "USD"}, {"amount": Decimal(5), "name": "New name"}),
    ]
    keep_phasing_and_price([difference])
    assert [new for _row, new in difference.changed] == [{"amount": Decimal(5)}, {"name": "New name"}]
    assert difference.kept == 1


def test_without_a_broker_one_command_checks_writes_computes_and_posts_what_waits(
    world: money.World, settings: LazySettings
) -> None:
    settings.RECOMPUTE_QUIET_SECONDS = 0
    run = runs.start(
        actor=SYSTEM,
        kind=reading.ACTUALS,
        portfolio=world.program.portfolio,
        program=world.program,
        files=[("ledger.csv", io.BytesIO((HEAD + "2026-01-08,50.00,,,,,,\n").encode()))],
    )
    call_command("drain_pending", stdout=io.StringIO())
    run.refresh_from_db()
    assert run.state == "checked"
    runs.order(actor=SYSTEM, run=run)
    call_command("drain_pending", stdout=io.StringIO())
    run.refresh_from_db()
    state = RecomputeState.objects.get(pk=world.program.pk)
    assert (run.state, _ledger()) == ("applied", [(date(2026, 1, 8), Decimal("50.00"))])
    assert state.computed_revision == state.input_revision
    assert LedgerState.objects.get(pk=world.program.pk).posted_revision == state.input_revision
