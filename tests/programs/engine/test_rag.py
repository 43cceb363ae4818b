"""Status by rule: thresholds, the deciding figure, and the sentence that says why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.engine.rag import MESSAGES, Blocked, Dimension, Figures, Level, Policy, Rating, rate

STANDARD = Policy(name="Standard", version=2)
HEALTHY = Figures(finish_slippage=0.0, spi=1.0, cpi=1.0, exposure_share=0.01)


def rated(figures: Figures, policy: Policy = STANDARD) -> dict[Dimension, Rating]:
    return {rating.dimension: rating for rating in rate(figures, policy)}


@pytest.mark.parametrize(
    ("slippage", "level"),
    [(-5.0, Level.OK), (3.0, Level.OK), (3.01, Level.WATCH), (10.0, Level.WATCH), (10.5, Level.BAD)],
)
def test_slippage_is_fine_at_a_threshold_and_not_beyond(slippage: float, level: Level) -> None:
    assert rated(Figures(finish_slippage=slippage))[Dimension.SCHEDULE].level is level


@pytest.mark.parametrize(
    ("cpi", "level"),
    [(1.2, Level.OK), (0.95, Level.OK), (0.94, Level.WATCH), (0.85, Level.WATCH), (0.84, Level.BAD)],
)
def test_cost_goes_by_cpi(cpi: float, level: Level) -> None:
    assert rated(Figures(cpi=cpi))[Dimension.COST].level is level


@pytest.mark.parametrize(("share", "level"), [(0.05, Level.OK), (0.06, Level.WATCH), (0.11, Level.BAD)])
def test_risk_goes_by_the_share_of_the_budget(share: float, level: Level) -> None:
    assert rated(Figures(exposure_share=share))[Dimension.RISK].level is level


def test_the_sentence_shows_the_rule_with_the_values_put_in() -> None:
    ratings = rated(Figures(finish_slippage=4.0, spi=1.0, cpi=0.84, exposure_share=0.0712))
    assert (
        ratings[Dimension.SCHEDULE].sentence() == "because finish slippage 4 wd > 3 wd (policy “Standard” v2)"
    )
    assert ratings[Dimension.COST].sentence() == "because CPI 0.84 < 0.85 (policy “Standard” v2)"
    assert ratings[Dimension.RISK].sentence() == (
        "because risk exposure 7.12 % of budget > 5 % (policy “Standard” v2)"
    )
    assert ratings[Dimension.OVERALL].sentence() == "because of cost"


def test_a_figure_just_beyond_its_limit_is_not_shown_as_the_limit() -> None:
    sentence = rated(Figures(finish_slippage=3.0004))[Dimension.SCHEDULE].sentence()
    assert sentence.startswith("because finish slippage 3.0004 wd > 3 wd")


def test_an_early_finish_is_written_with_a_minus_sign() -> None:
    sentence = rated(Figures(finish_slippage=-2.5))[Dimension.SCHEDULE].sentence()
    assert sentence == "because finish slippage −2.5 wd ≤ 3 wd (policy “Standard” v2)"


def test_schedule_is_decided_by_the_worse_of_slippage_and_spi() -> None:
    assert rated(Figures(finish_slippage=0.0, spi=0.5))[Dimension.SCHEDULE].code == "spi"
    assert rated(Figures(finish_slippage=20.0, spi=0.94))[Dimension.SCHEDULE].code == "slippage"


def test_overall_names_every_dimension_that_shares_the_worst_level() -> None:
    overall = rated(Figures(finish_slippage=4.0, cpi=0.9, exposure_share=0.0))[Dimension.OVERALL]
    assert (overall.level, overall.params["dimensions"]) == (Level.WATCH, "schedule, cost")


def test_all_on_track_is_on_track_although_scope_is_not_rated() -> None:
    ratings = rated(HEALTHY)
    assert ratings[Dimension.SCOPE].level is Level.NONE
    assert ratings[Dimension.OVERALL].level is Level.OK


def test_missing_figures_are_not_rated_rather_than_good() -> None:
    ratings = rated(Figures(cpi=float("nan")))
    assert {rating.level for rating in ratings.values()} == {Level.NONE}
    assert [rating.code for rating in ratings.values()] == [
        "no_baseline", "no_cost", "scope_not_measured", "no_exposure", "nothing_rated",
    ]  # fmt: skip


@pytest.mark.parametrize("blocked", [Blocked.STUCK, Blocked.STALE])
def test_nothing_is_rated_on_figures_that_can_not_be_trusted(blocked: Blocked) -> None:
    ratings = rate(Figures(finish_slippage=50.0, cpi=0.1, blocked=blocked), STANDARD)
    assert {(rating.level, rating.code) for rating in ratings} == {(Level.NONE, blocked.value)}
    assert len(ratings) == len(Dimension)


@pytest.mark.parametrize(
    "thresholds", [{"slippage_watch": 5, "slippage_bad": 4}, {"cpi_bad": 0.99}, {"exposure_bad": 0.01}]
)
def test_a_policy_whose_bad_is_milder_than_its_watch_is_refused(thresholds: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="milder"):
        Policy(**thresholds)


def test_stored_thresholds_make_a_policy_and_unknown_ones_are_refused() -> None:
    policy = Policy.of("Strict", 3, {"slippage_watch": 0, "slippage_bad": 1})
    assert (policy.slippage_bad, policy.cpi_watch, policy.version) == (1.0, 0.95, 3)
    with pytest.raises(ValueError, match="slipage_bad"):
        Policy.of("Typing error", 1, {"slipage_bad": 1})


maybe = st.none() | st.floats(-5, 50)


@given(slippage=maybe, spi=maybe, cpi=maybe, share=maybe)
def test_every_rating_has_a_sentence_without_holes(
    slippage: float | None, spi: float | None, cpi: float | None, share: float | None
) -> None:
    for rating in rate(Figures(slippage, spi, cpi, share), STANDARD):
        assert rating.code in MESSAGES
        assert "%(" not in rating.sentence()
        if {"value", "limit"} <= rating.params.keys() and rating.level is not Level.OK:
            assert rating.params["value"] != rating.params["limit"]


@given(slippage=st.floats(-5, 50), worse=st.floats(0, 50), cpi=st.floats(0, 2))
def test_a_worse_figure_never_improves_the_overall_status(slippage: float, worse: float, cpi: float) -> None:
    order = [Level.NONE, Level.OK, Level.WATCH, Level.BAD]
    before = rated(Figures(finish_slippage=slippage, cpi=cpi))[Dimension.OVERALL].level
    after = rated(Figures(finish_slippage=slippage + worse, cpi=cpi))[Dimension.OVERALL].level
    assert order.index(after) >= order.index(before)
