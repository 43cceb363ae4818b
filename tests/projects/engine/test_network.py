"""Bad input is refused with a code and the offending tasks; nothing is computed from it, and the engine always ends."""

from typing import Any

import numpy as np
import pytest

from programs.engine.calendars import LATEST, NONE, STANDARD, WorkCalendar
from projects.engine import cpm
from projects.engine.network import CycleError, Network, NetworkError
from tests.charts import Chart, link

IDLE = WorkCalendar.build([[]] * 7, name="idle")


@pytest.mark.parametrize(
    ("code", "tasks", "given"),
    [
        ("negative_duration", (1,), {"duration": [480, -1]}),
        ("duration_out_of_range", (0,), {"duration": [10**12, 480]}),
        ("negative_duration", (1,), {"remaining": [-1, -2]}),
        ("link_to_missing_task", (0,), {"pred": [0], "succ": [2]}),
        ("link_to_missing_task", (1,), {"pred": [-5], "succ": [1]}),
        ("link_to_self", (1,), {"pred": [1], "succ": [1]}),
        ("lag_out_of_range", (1,), {"pred": [0], "succ": [1], "lag": [10**10]}),
        ("parent_missing", (0,), {"parent": [7, -1]}),
        ("parent_cycle", (0,), {"parent": [0, -1]}),
        ("project_missing", (0,), {"project": [3, 0], "project_start": [0]}),
        ("calendar_missing", (1,), {"calendar": [0, 1]}),
        ("calendar_without_work", (1,), {"calendar": [0, 1], "calendars": (STANDARD, IDLE)}),
        ("constraint_without_date", (1,), {"constraint": [0, 4]}),
        ("bad_code", (0,), {"constraint": [9, 0]}),
        ("bad_code", (1,), {"pred": [0], "succ": [1], "link_kind": [4]}),
        ("bad_value", (0,), {"percent_complete": [101.0, 0.0]}),
        ("bad_value", (0,), {"percent_complete": [float("nan"), 0.0]}),
        ("bad_value", (), {"duration": ["one", "two"]}),
        ("bad_value", (), {"duration": [1.5, 2.0]}),
        ("bad_shape", (), {"deadline": [0]}),
        ("bad_shape", (), {"pred": [0], "succ": []}),
        ("unknown_field", (), {"colour": [1, 2]}),
        ("date_out_of_range", (1,), {"deadline": [NONE, LATEST + 1]}),
        ("date_out_of_range", (), {"start": LATEST + 1}),
    ],
)
def test_bad_input_is_refused_and_named(code: str, tasks: tuple[int, ...], given: dict[str, Any]) -> None:
    with pytest.raises(NetworkError) as refusal:
        Network.build(**{"duration": [480, 480], **given})
    assert (refusal.value.code, refusal.value.tasks) == (code, tasks)


def test_a_calendar_without_work_may_be_listed_as_long_as_no_task_works_on_it() -> None:
    network = Network.build(duration=[480], calendars=(STANDARD, IDLE))
    assert cpm.compute(network, fast=False).duration.tolist() == [480]


def test_a_circle_of_links_is_named_in_order() -> None:
    network = Network.build(
        duration=[1] * 5, pred=[0, 1, 2, 3], succ=[1, 2, 3, 1], task_id=[10, 20, 30, 40, 50]
    )
    with pytest.raises(CycleError) as circle:
        cpm.compute(network, fast=False)
    assert circle.value.tasks == (1, 2, 3)
    assert circle.value.task_ids == (20, 30, 40)
    assert "20 → 30 → 40 → 20" in str(circle.value)


def test_a_summary_linked_to_its_own_child_is_a_circle() -> None:
    network = Chart().task(0).task(1, parent=1).task(1, after=1, parent=1).network()
    with pytest.raises(CycleError) as circle:
        cpm.compute(network, fast=False)
    assert set(circle.value.tasks) == {0, 2}


def test_a_circle_through_two_summaries_is_found() -> None:
    c = Chart().task(0).task(1, parent=1).task(0, after=1).task(1, parent=3)
    network = c.task(1, parent=1, after=4).network()
    with pytest.raises(CycleError) as circle:
        cpm.compute(network, fast=False)
    assert {0, 3} <= set(circle.value.tasks)


def test_summaries_that_contain_each_other_are_refused() -> None:
    network = Network.build(duration=[0, 0, 0], parent=[1, 0, -1])
    with pytest.raises(NetworkError) as refusal:
        cpm.compute(network, fast=False)
    assert (refusal.value.code, refusal.value.tasks) == ("parent_cycle", (0, 1))


def test_a_plan_that_runs_past_the_year_9999_is_refused() -> None:
    n = 12
    network = Network.build(duration=[590_000_000] * n, pred=np.arange(n - 1), succ=np.arange(1, n))
    with pytest.raises(NetworkError) as refusal:
        cpm.compute(network, fast=False)
    assert refusal.value.code == "date_out_of_range"


def test_a_chain_of_twenty_thousand_tasks_needs_no_recursion() -> None:
    n = 20_000
    network = Network.build(duration=[480] * n, pred=np.arange(n - 1), succ=np.arange(1, n))
    schedule = cpm.compute(network, fast=False)
    assert schedule.critical.all()
    assert int(schedule.duration.sum()) == 480 * n


def test_an_edited_copy_is_checked_again_and_leaves_the_original_alone() -> None:
    network = Chart().task(1).task(1, after=link(1)).network()
    with pytest.raises(NetworkError):
        network.edited(duration=[-1, 1])
    assert network.edited(duration=[60, 60]).duration.tolist() == [60, 60]
    assert network.duration.tolist() == [480, 480]
