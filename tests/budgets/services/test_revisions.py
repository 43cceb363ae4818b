"""Budgets: each act keeps a revision, transfers gain and lose nothing, and every sum equals its parts to the cent."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import InternalError, connection, transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from budgets.models import Budget, BudgetRevision, BudgetRevisionLine
from budgets.selectors import revisions
from budgets.services import budgets, rates, transfers
from budgets.services.revisions import Line
from budgets.services.transfers import CONTINGENCY, RESERVE, Move, Shortfall
from programs.models import Program
from programs.policies import NotAllowed
from projects.models import Project
from tests.factories import money, plans
from tpm import activity
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
LINES = [Line("hardware", Decimal("700.00")), Line("labour", Decimal("300.00"))]


def _kept(program: Program) -> list[tuple[int | None, int, str, Decimal]]:
    rows = BudgetRevision.objects.filter(program=program).order_by("pk")
    return [(row.project_id, row.number, row.kind, row.amount) for row in rows]


def test_each_act_keeps_a_revision_and_none_is_ever_changed() -> None:
    program = plans.program()
    budget = budgets.approve(actor=SYSTEM, program=program, project=None, lines=LINES, reserve=Decimal(50))
    budgets.forecast(actor=SYSTEM, budget=budget, amount=Decimal(1100), reason="Prices rose")
    budgets.update(actor=SYSTEM, budget=budget, note="A word only")
    budgets.update(actor=SYSTEM, budget=budget, contingency=Decimal(80))
    budgets.update(actor=SYSTEM, budget=budget, approved=Decimal("1200.00"))
    budgets.delete(actor=SYSTEM, budget=budget)
    assert _kept(program) == [
        (None, 1, "approved", Decimal(1000)), (None, 2, "forecast", Decimal(1100)), (None, 3, "approved", Decimal(1000)),
        (None, 4, "approved", Decimal(1200)), (None, 5, "withdrawn", Decimal(0)),
    ]  # fmt: skip
    third = BudgetRevision.objects.get(program=program, number=3)
    assert (third.contingency, third.reserve, third.lines.count()) == (Decimal(80), Decimal(50), 2)
    with (
        activity.change(actor=SYSTEM, event="tests", programs=[program]),
        pytest.raises(InternalError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE budgets_budgetrevision SET amount = 1")


def test_a_budget_in_another_currency_names_its_rate() -> None:
    program = plans.program()
    rates.create(
        actor=SYSTEM, portfolio=program.portfolio, currency="JPY", on=date(2026, 1, 1), rate=Decimal("0.006")
    )
    lines = [Line("cloud", currency="JPY", original_amount=Decimal(1_000_001)), Line("", Decimal("1.00"))]
    budget = budgets.approve(
        actor=SYSTEM, program=program, project=None, lines=lines, effective_on=date(2026, 2, 1)
    )
    assert budget.approved == Decimal("6001.01")  # 6,000.006 is 6,000.01
    line = BudgetRevisionLine.objects.get(category="cloud")
    assert (line.rate.on, line.original_amount) == (date(2026, 1, 1), Decimal(1_000_001))


def test_a_transfer_moves_between_lines_projects_and_reserve_in_one_change() -> None:
    world = money.world(computed=False)
    other = plans.project(world.program)
    budgets.approve(actor=SYSTEM, program=world.program, project=other, lines=LINES, reserve=Decimal(100))
    made = transfers.move(
        actor=SYSTEM, program=world.program, reason="The switch is dearer",
        moves=[
            Move(other, "labour", Decimal("-120.50")), Move(other, RESERVE, Decimal(-100)),
            Move(other, "hardware", Decimal("200.00")), Move(world.project, "", Decimal("20.50")),
        ],
    )  # fmt: skip
    assert {one.change_set_id for one in made} == {made[0].change_set_id}
    assert {(one.project_id, one.kind, one.amount) for one in made} == {
        (other.pk, "current", Decimal("1079.50")), (world.project.pk, "current", Decimal("2520.50")),
    }  # fmt: skip
    found = revisions.of_program(SYSTEM, world.program)
    moved = next(scope for scope in found.scopes if scope.project_id == other.pk)
    assert moved.sums.lines == {"hardware": Decimal(900), "labour": Decimal("179.50")}
    assert (moved.sums.approved, moved.sums.current, moved.sums.reserve) == (1000, Decimal("1079.50"), 0)
    assert found.total.current + found.total.reserve == found.total.approved + 100


def test_transfers_that_do_not_add_up_are_refused_and_nothing_is_written() -> None:
    world = money.world(computed=False)
    program, project = world.program, world.project
    before = _kept(program)
    for moves, said in (
        ([Move(project, "", Decimal(-5)), Move(project, CONTINGENCY, Decimal(4))], "differ by -1.00"),
        ([Move(project, "labour", Decimal(-5)), Move(project, "", Decimal(5))], "5.00 less than is taken"),
        ([Move(project, "", Decimal(-5)), Move(project, "gold", Decimal(5))], "no category"),
        ([Move(project, "", Decimal(-5)), Move(None, "", Decimal(5))], "no approved budget yet"),
    ):
        with pytest.raises(ValidationError, match=said):
            transfers.move(actor=SYSTEM, program=program, moves=moves, reason="x")
    assert _kept(program) == before


def test_a_budget_falls_below_what_is_spent_only_if_that_is_said() -> None:
    world = money.world(computed=False)  # 2,500 approved, 1,250 spent
    moves = [Move(world.project, "", Decimal(-1300)), Move(world.project, CONTINGENCY, Decimal(1300))]
    with pytest.raises(Shortfall, match=r"1200.00, but 1250.00 is committed or spent"):
        transfers.move(actor=SYSTEM, program=world.program, moves=moves, reason="Cut")
    transfers.move(actor=SYSTEM, program=world.program, moves=moves, reason="Cut", accept_shortfall=True)
    assert Budget.objects.get(project=world.project).in_force == Decimal(1200)


def test_who_edits_one_project_takes_nothing_from_another() -> None:
    world = money.world(computed=False)
    other = plans.project(world.program)
    budgets.approve(actor=SYSTEM, program=world.program, project=other, approved=Decimal(10))
    with pytest.raises(NotAllowed):
        transfers.move(
            actor=plans.member("PM", world.project), program=world.program, reason="Mine",
            moves=[Move(other, "", Decimal(-5)), Move(world.project, "", Decimal(5))],
        )  # fmt: skip


CENTS = st.integers(0, 10**9)
TREES = st.lists(
    st.lists(
        st.dictionaries(st.sampled_from(["labour", "cloud", "travel", ""]), CENTS, max_size=4), max_size=3
    ),
    min_size=1,
    max_size=3,
)


@given(TREES)
@settings(max_examples=12)
def test_every_sum_equals_its_parts_to_the_cent(tree: list[list[dict[str, int]]]) -> None:
    """Portfolios of random programs, projects (the first scope is the program itself) and lines by category."""
    with transaction.atomic():
        portfolio = plans.portfolio()
        for scopes in tree:
            program = plans.program(portfolio)
            for place, lines in enumerate(scopes):
                project: Project | None = plans.project(program) if place else None
                given_lines = [Line(code, Decimal(cents) / 100) for code, cents in lines.items()]
                budgets.approve(
                    actor=SYSTEM,
                    program=program,
                    project=project,
                    lines=given_lines or [Line("", Decimal(0))],
                )
        programs, total = revisions.of_portfolio(SYSTEM, portfolio)
        leaves = sum(cents for scopes in tree for lines in scopes for cents in lines.values())
        assert total.current * 100 == total.approved * 100 == leaves
        assert sum(total.lines.values()) == total.current == sum(one.total.current for one in programs)
        for one in programs:
            assert sum(scope.sums.current for scope in one.scopes) == one.total.current
            for scope in one.scopes:
                assert sum(scope.sums.lines.values()) == scope.sums.current
        transaction.set_rollback(True)
