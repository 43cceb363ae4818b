"""Ratings on read: levels for everybody who reads the program, figures for those who may read figures."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from programs.engine import rag
from programs.models import RecomputeState
from programs.selectors import ratings, readings
from programs.services import rag_policies
from tests.factories import money, plans
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db


def test_every_sentence_of_the_engine_is_listed_for_translation() -> None:
    assert {code: ratings.SENTENCES[code] for code in rag.MESSAGES} == dict(rag.MESSAGES)


def test_cost_is_rated_by_the_cost_performance_index_of_the_textbook() -> None:
    # EV 1,000 / AC 1,250 = 0.8 (PMBOK: CPI = EV / AC), below the standard policy's 0.85.
    world = money.world()
    tpm = plans.member("TPM", world.program)
    rating = ratings.for_programs(tpm, [world.program.pk])[world.program.pk]
    assert (rating.cost.level, rating.level) == ("bad", "bad")
    assert "CPI 0.8 < 0.85" in rating.cost.sentence
    assert rating.overall.sentence == "because of cost"


def test_a_reader_without_money_sees_the_same_colour_but_not_the_figure() -> None:
    world = money.world()
    contributor = plans.member("CO", world.program)
    rating = ratings.for_programs(contributor, [world.program.pk])[world.program.pk]
    assert rating.cost.level == "bad"
    assert "0.8" not in rating.cost.sentence
    assert not readings.for_programs(contributor, [world.program.pk])[world.program.pk].cost


def test_a_member_of_one_project_sees_no_rating_of_the_whole_program() -> None:
    world = money.world()
    manager = plans.member("PM", world.project)
    rating = ratings.for_programs(manager, [world.program.pk])[world.program.pk]
    assert {one.level for one in (*rating.dimensions, rating.overall)} == {"none"}
    assert world.project.pk in readings.for_projects(manager, world.program.pk)


def test_a_stranger_gets_nothing() -> None:
    world = money.world()
    stranger = plans.member("TPM", plans.program())
    assert ratings.for_programs(stranger, [world.program.pk]) == {}
    assert readings.for_programs(stranger, [world.program.pk]) == {}
    assert readings.history(stranger, world.program.pk, ["cost.cpi"]) == []


def test_the_newest_policy_of_the_portfolio_decides() -> None:
    world = money.world()
    rag_policies.revise(
        actor=actors.system(),
        portfolio=world.program.portfolio,
        thresholds={"cpi_watch": 0.7, "cpi_bad": 0.6},
    )
    rating = ratings.for_programs(actors.system(), [world.program.pk])[world.program.pk]
    assert rating.cost.level == "ok"
    assert "v2" in rating.cost.sentence


def test_a_program_whose_results_are_late_is_not_rated() -> None:
    world = money.world(computed=False)
    RecomputeState.objects.filter(pk=world.program.pk).update(
        pending_since=timezone.now() - timedelta(minutes=5)
    )
    rating = ratings.for_programs(actors.system(), [world.program.pk])[world.program.pk]
    assert (rating.level, rating.overall.code) == ("none", "stale")


def test_the_number_of_queries_does_not_grow_with_the_programs(django_assert_num_queries) -> None:
    portfolio = plans.portfolio()
    tpm = plans.member("TPM", portfolio)
    ids = [plans.program(portfolio).pk for _ in range(4)]
    with django_assert_num_queries(4):  # grants, programs, policies, readings
        assert len(ratings.for_programs(tpm, ids)) == 4


def test_the_history_has_one_entry_for_each_data_date() -> None:
    world = money.world()
    recompute.drain(world.program.pk)
    [past] = readings.history(actors.system(), world.program.pk, ["cost.cpi", "plan.finish"])
    assert past.data_date == world.program.data_date
    assert past.figures.number("cost.cpi") == readings.for_programs(actors.system(), [world.program.pk])[
        world.program.pk
    ].number("cost.cpi")


def test_thresholds_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValidationError):
        rag_policies.revise(
            actor=actors.system(), portfolio=plans.portfolio(), thresholds={"cpi_watch": 0.5, "cpi_bad": 0.9}
        )
