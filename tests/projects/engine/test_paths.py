"""Why a date is what it is, and the paths into a task, on plans whose answers can be read off a drawing."""

import numpy as np

from projects.engine import paths
from projects.engine.network import Constraint, Driver, Link
from tests.charts import Chart, D, at, link


def test_the_chain_of_a_milestone_leads_back_to_the_project_start() -> None:
    s = Chart().task(3).task(5, after=1).task(2, after=1).task(0, after=[2, 3]).scheduled()
    steps = paths.why(s.network, s.schedule, 3)
    assert [step.task for step in steps] == [3, 1, 0]
    assert [step.kind for step in steps] == [Driver.PREDECESSOR, Driver.PREDECESSOR, Driver.PROJECT_START]
    assert paths.path_to(s.network, s.schedule, 3) == [0, 1, 3]


def test_a_constraint_ends_the_chain_and_says_so() -> None:
    c = (
        Chart()
        .task(1)
        .task(1, after=1, constraint=Constraint.SNET, constraint_at=at("01-14"))
        .task(1, after=2)
    )
    s = c.scheduled()
    steps = paths.why(s.network, s.schedule, 2)
    assert [(step.task, step.kind) for step in steps] == [(2, Driver.PREDECESSOR), (1, Driver.CONSTRAINT)]


def test_a_step_names_the_link_with_its_kind_and_lag() -> None:
    s = Chart().task(5).task(4, after=link(1, Link.FF, 1)).scheduled()
    step = paths.why(s.network, s.schedule, 1)[0]
    assert (step.source, step.link, step.link_kind, step.lag) == (0, 0, Link.FF, D)


def test_a_summary_is_explained_by_the_child_that_finishes_last() -> None:
    s = Chart().task(0).task(2, parent=1).task(7, after=2, parent=1).scheduled()
    assert [step.task for step in paths.why(s.network, s.schedule, 0)] == [0, 2, 1]


def test_an_outside_predecessor_ends_the_chain() -> None:
    outside = {"boundary_succ": [0], "boundary_start": [at("01-05")], "boundary_finish": [at("01-07 17:00")]}
    s = Chart(**outside).task(1).task(1, after=1).scheduled()
    steps = paths.why(s.network, s.schedule, 1)
    assert [(step.kind, step.source) for step in steps] == [(Driver.PREDECESSOR, 0), (Driver.BOUNDARY, 0)]


def test_float_paths_rank_chains_by_the_float_over_which_they_join() -> None:
    # 1(5) -> 2(5) -> 6; 3(3) -> 4(4) -> 6 with 3 d to spare; 5(9) -> 6 with 1 d to spare.
    c = Chart().task(5).task(5, after=1).task(3).task(4, after=3).task(9).task(1, after=[2, 4, 5])
    s = c.scheduled()
    found = paths.float_paths(s.network, s.schedule, 5)
    assert [(path.relative_float / D, path.tasks) for path in found] == [
        (0, (0, 1, 5)),
        (1, (4,)),
        (3, (2, 3)),
    ]
    assert [path.number for path in found] == [1, 2, 3]
    assert len(paths.float_paths(s.network, s.schedule, 5, most=2)) == 2


def test_the_longest_path_holds_where_float_does_not() -> None:
    """A deadline makes the side chain the most critical one; the longest path is still the one that ends last."""
    c = Chart().task(2).task(8, after=1).task(1, after=1, deadline=at("01-05 17:00"))
    s = c.scheduled()
    assert s.days(3) < s.days(2)
    assert paths.longest_path(s.network, s.schedule).tolist() == [True, True, False]


def test_relationship_float_is_what_a_predecessor_may_slip_over_this_link() -> None:
    c = Chart().task(2).task(5).task(1, after=[link(1, days=1), 2]).task(1, after=link(1, Link.SS, elapsed=1))
    s = c.scheduled()
    assert (paths.relationship_floats(s.network, s.schedule) / D).tolist() == [2, 0, 0]


def test_a_driving_link_is_on_path_one_even_across_calendars() -> None:
    """The weekend after a round-the-clock task is float of the link, and yet the link drives."""
    s = Chart("01-09").task(1).task(3, after=1, calendar=1).task(1, after=2).scheduled()
    assert paths.float_paths(s.network, s.schedule, 2)[0].tasks == (0, 1, 2)
    assert np.array_equal(paths.longest_path(s.network, s.schedule), [True, True, True])
