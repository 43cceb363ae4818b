"""Periods: cost goes into open ones only, and opening one again takes two people – in the services and in the database."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from budgets.models import Actual, FiscalPeriod, PeriodValue
from budgets.services import actuals, periods
from programs.models import Portfolio
from projects import events
from projects.models import Task
from projects.services import plan_edits
from projects.services.commands import DeleteTask
from tests.factories import money, plans
from tpm import activity, recompute
from tpm.accounts import actors
from tpm.accounts.actors import Actor

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
NOW = datetime(2026, 2, 3, 9, tzinfo=UTC)


def _books(world: money.World, **rule: object) -> tuple[Portfolio, list[FiscalPeriod]]:
    portfolio = world.program.portfolio
    fields = {"pattern": "months", "starts_in": 1, **rule}
    periods.set_calendar(actor=SYSTEM, portfolio=portfolio, **fields)
    return portfolio, periods.open_year(actor=SYSTEM, portfolio=portfolio, year=2026)


def _controllers(portfolio: Portfolio) -> tuple[Actor, Actor]:
    return plans.member("FC", portfolio), plans.member("PO", portfolio)


def _row(world: money.World, day: date, amount: str = "10.00") -> dict[str, object]:
    return {"project": world.project, "posted_on": day, "amount": Decimal(amount)}


def test_a_closed_period_takes_loses_and_changes_nothing() -> None:
    world = money.world(computed=False)
    _portfolio, [january, *_rest] = _books(world)
    posted = Actual.objects.select_related("program").get()
    periods.close(actor=SYSTEM, period=january, at=NOW)
    for act in (
        lambda: actuals.post(actor=SYSTEM, program=world.program, rows=[_row(world, date(2026, 1, 20))]),
        lambda: actuals.delete(actor=SYSTEM, actual=posted),
        lambda: actuals.update(actor=SYSTEM, actual=posted, amount=Decimal(1)),
        lambda: actuals.update(actor=SYSTEM, actual=posted, posted_on=date(2026, 2, 2)),
    ):
        with pytest.raises(ValidationError, match="FY2026 P1 is closed"):
            act()
    with pytest.raises(ValidationError, match="Open fiscal year 2027 first"):
        actuals.post(actor=SYSTEM, program=world.program, rows=[_row(world, date(2027, 1, 1))])


def test_the_database_keeps_closed_periods_whoever_writes() -> None:
    world = money.world(computed=False)
    _portfolio, [january, *_rest] = _books(world)
    periods.close(actor=SYSTEM, period=january, at=NOW)
    statements = (
        "UPDATE budgets_actual SET amount = amount + 1",
        "UPDATE budgets_actual SET posted_on = '2026-02-02'",
        "DELETE FROM budgets_actual",
        "INSERT INTO budgets_actual (program_id, posted_on, amount, category, description, external_key, version)"
        " SELECT program_id, posted_on, 1, 'other', '', '', 1 FROM budgets_actual LIMIT 1",
    )
    with activity.change(actor=SYSTEM, event=events.PLAN_CHANGED, programs=[world.program]):
        for statement in statements:
            with (
                pytest.raises(IntegrityError, match="closed period is read-only"),
                transaction.atomic(),
                connection.cursor() as cursor,
            ):
                cursor.execute(statement)


def test_deleting_a_task_leaves_what_was_spent_on_it_in_a_closed_period() -> None:
    world = money.world(computed=False)
    _portfolio, [january, *_rest] = _books(world)
    periods.close(actor=SYSTEM, period=january, at=NOW)
    task = Task.objects.get(pk=world.first.pk)
    plan_edits.apply(actor=SYSTEM, program=world.program, commands=[DeleteTask(task.pk, task.version)])
    left = Actual.objects.get()
    assert (left.task_id, left.amount) == (None, Decimal("1250.00"))


def test_opening_again_takes_two_people() -> None:
    world = money.world(computed=False)
    portfolio, [january, february, *_rest] = _books(world)
    one, other = _controllers(portfolio)
    with pytest.raises(ValidationError, match="Close FY2026 P1 first"):
        periods.close(actor=one, period=february, at=NOW)
    closed = periods.close(actor=one, period=january, at=NOW)
    asked = periods.ask_to_reopen(actor=one, period=closed, reason="An invoice was missed", at=NOW)
    with pytest.raises(ValidationError, match="Another person"):
        periods.confirm_reopening(actor=one, period=asked, at=NOW)
    with pytest.raises(ValidationError):
        actuals.post(actor=SYSTEM, program=world.program, rows=[_row(world, date(2026, 1, 20))])
    opened = periods.confirm_reopening(actor=other, period=asked, at=NOW)
    assert opened.is_open
    actuals.post(actor=SYSTEM, program=world.program, rows=[_row(world, date(2026, 1, 20))])


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE budgets_fiscalperiod SET state = 'open' WHERE number = 1",
        "UPDATE budgets_fiscalperiod SET state = 'open', reopened_by_id = %(other)s WHERE number = 1",
        "UPDATE budgets_fiscalperiod SET state = 'open', reopen_requested_by_id = %(other)s, reopened_by_id = %(one)s"
        " WHERE number = 1",
    ],
)
def test_the_database_opens_no_period_for_one_person(statement: str) -> None:
    world = money.world(computed=False)
    portfolio, [january, *_rest] = _books(world)
    one, other = _controllers(portfolio)
    periods.close(actor=one, period=january, at=NOW)
    with (
        activity.change(actor=SYSTEM, event=events.PLAN_CHANGED, programs=[world.program]),
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, {"one": one.user_id, "other": other.user_id})


def test_an_accrual_is_taken_back_on_the_first_day_of_the_next_open_period() -> None:
    world = money.world(computed=False)
    _portfolio, [january, february, *_rest] = _books(world)
    periods.close(actor=SYSTEM, period=january, at=NOW)
    periods.close(actor=SYSTEM, period=february, at=NOW)
    [accrual] = actuals.accrue(
        actor=SYSTEM, program=world.program, rows=[_row(world, date(2026, 3, 31), "99.99")]
    )
    back = accrual.reversal
    assert (back.posted_on, back.amount, back.kind) == (date(2026, 4, 1), Decimal("-99.99"), "reversal")
    with pytest.raises(ValidationError, match="both must agree"):
        actuals.update(actor=SYSTEM, actual=accrual, amount=Decimal(1))
    with pytest.raises(ValidationError, match="taken back already"):
        actuals.reverse(actor=SYSTEM, actual=accrual)
    with pytest.raises(ValidationError, match="no open period after"):
        actuals.accrue(actor=SYSTEM, program=world.program, rows=[_row(world, date(2026, 12, 31))])


def test_what_was_posted_into_a_closed_period_is_taken_back_in_the_next() -> None:
    world = money.world(computed=False)
    _portfolio, [january, *_rest] = _books(world)
    posted = Actual.objects.select_related("program__portfolio").get()
    periods.close(actor=SYSTEM, period=january, at=NOW)
    back = actuals.reverse(actor=SYSTEM, actual=posted)
    assert (back.posted_on, back.amount, back.task_id) == (date(2026, 2, 1), -posted.amount, posted.task_id)


def test_results_stand_by_fiscal_period_and_lose_nothing() -> None:
    world = money.world()
    before = sum(value.scheduled for value in PeriodValue.objects.filter(program=world.program))
    _books(world, pattern="454", starts_in=2, week_starts_on=6)
    recompute.drain(world.program.pk)
    values = PeriodValue.objects.filter(program=world.program)
    assert {value.month.weekday() for value in values} == {6}
    assert sum(value.scheduled for value in values) == before == Decimal(2000)


def test_how_years_run_stays_once_a_period_was_closed() -> None:
    world = money.world(computed=False)
    portfolio, _months = _books(world)
    periods.set_calendar(actor=SYSTEM, portfolio=portfolio, pattern="445", starts_in=1)
    first = FiscalPeriod.objects.filter(portfolio=portfolio).order_by("starts_on").first()
    assert first is not None and (first.starts_on, first.ends_on) == (date(2025, 12, 29), date(2026, 1, 25))
    periods.close(actor=SYSTEM, period=first, at=NOW)
    with pytest.raises(ValidationError, match="can not change any more"):
        periods.set_calendar(actor=SYSTEM, portfolio=portfolio, pattern="months", starts_in=7)
    assert FiscalPeriod.objects.get(pk=first.pk).state == "closed"
