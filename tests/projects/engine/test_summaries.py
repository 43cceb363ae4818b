"""Roll-up, and links on summaries: into one, every leaf below inherits it; out of one, its latest leaf counts."""

from projects.engine.network import NONE, Constraint, Driver, Link
from tests.charts import Chart, D, at, link


def test_a_summary_spans_its_children_and_counts_working_time() -> None:
    c = Chart().task(99).task(2, parent=1).task(3, after=2, parent=1).task(1, parent=1)
    s = c.scheduled()
    assert s.dates(1) == "01-05 08:00..01-09 17:00"
    assert (s.duration(1), s.is_summary(1), s.critical(1)) == (5 * D, True, True)
    assert (s.driver_kind(1), s.driver(1)) == (Driver.CHILDREN, 2)
    assert s.days(4) == 4


def test_percent_complete_of_a_summary_is_weighted_by_duration() -> None:
    done = {"actual_start": at("01-05"), "actual_finish": at("01-07 17:00")}
    s = Chart().task(0).task(3, parent=1, **done).task(1, parent=1).scheduled()
    assert s.percent(1) == 75


def test_every_leaf_below_a_summary_waits_for_its_predecessor() -> None:
    c = Chart().task(3).task(0, after=1).task(1, parent=2).task(0, parent=2).task(2, parent=4)
    s = c.scheduled()
    assert s.dates(3) == "01-08 08:00..01-08 17:00"
    assert s.dates(5) == "01-08 08:00..01-09 17:00"
    assert s.driver(5) == 0


def test_the_successor_of_a_summary_waits_for_its_latest_leaf() -> None:
    c = Chart().task(0).task(1, parent=1).task(4, parent=1).task(1, after=1)
    s = c.scheduled()
    assert s.dates(4) == "01-09 08:00..01-09 17:00"
    assert (s.days(2), s.days(3), s.driver(4)) == (3, 0, 0)


def test_a_start_start_link_from_a_summary_counts_from_its_earliest_leaf() -> None:
    late = {"constraint": Constraint.SNET, "constraint_at": at("01-08")}
    c = Chart().task(0).task(5, parent=1, **late).task(5, parent=1).task(1, after=link(1, Link.SS, 1))
    assert c.scheduled().dates(4) == "01-06 08:00..01-06 17:00"


def test_lag_percent_of_a_summary_is_of_its_whole_span() -> None:
    c = Chart().task(0).task(2, parent=1).task(2, after=2, parent=1).task(1, after=link(1, percent=50))
    assert c.scheduled().dates(4)[:11] == "01-13 08:00"


def test_nested_summaries_chain_through_their_links() -> None:
    c = Chart().task(0).task(0, parent=1).task(2, parent=2).task(0, after=2, parent=1).task(1, parent=4)
    s = c.task(1, after=1).scheduled()
    assert s.dates(5) == "01-07 08:00..01-07 17:00"
    assert s.dates(6) == "01-08 08:00..01-08 17:00"
    assert [s.days(t) for t in range(1, 7)] == [0] * 6


def test_many_leaves_on_both_sides_of_a_summary_link_need_no_pairs() -> None:
    """Two summaries of 2,000 leaves each, linked: pairs would be four million links."""
    c = Chart().task(0).task(0, after=1)
    for _ in range(2000):
        c.task(1, parent=1).task(1, parent=2)
    s = c.scheduled()
    assert s.dates(2) == "01-06 08:00..01-06 17:00"
    assert s.schedule.critical.all()


def test_inactive_branches_vanish_whole() -> None:
    c = (
        Chart()
        .task(0, is_active=False)
        .task(3, parent=1)
        .task(1, after=2)
        .task(0)
        .task(1, parent=4, is_active=False)
    )
    s = c.scheduled()
    assert s.dates(3) == "01-05 08:00..01-05 17:00"
    assert [s.early_start(t) for t in (1, 2, 4, 5)] == [NONE] * 4


def test_a_start_constraint_and_a_deadline_of_a_summary_reach_its_leaves() -> None:
    dated = {"constraint": Constraint.SNET, "constraint_at": at("01-07"), "deadline": at("01-07 17:00")}
    s = Chart().task(0, **dated).task(2, parent=1).scheduled()
    assert (s.dates(2), s.days(2)) == ("01-07 08:00..01-08 17:00", -1)


def test_the_outline_is_given_in_preorder_with_depth() -> None:
    c = Chart().task(1, parent=3).task(1).task(0).task(1, parent=3)
    s = c.scheduled()
    assert s.schedule.order.tolist() == [1, 2, 0, 3]
    assert s.schedule.depth.tolist() == [1, 0, 0, 1]
