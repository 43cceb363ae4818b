"""The moves between two plans: cause by cause, and never more or less than the whole."""

from typing import Any

import numpy as np
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from programs.engine.calendars import NONE, ROUND_THE_CLOCK, STANDARD, CalendarException, WorkCalendar
from projects.engine import attribution, cpm
from projects.engine.attribution import Move
from projects.engine.causes import Cause
from projects.engine.hybrids import Overlay, Plan
from projects.engine.network import Network, NetworkError
from tests.projects.engine.plans import DAY, START, plans

WD = 480


def _plan(*, ids: list[int], links: list[tuple[int, int]] = (), **fields: Any) -> Plan:  # type: ignore[assignment]
    """Tasks by id; links name ids."""
    place = {pk: i for i, pk in enumerate(ids)}
    network = Network.build(
        task_id=np.array(ids),
        start=START,
        pred=np.array([place[a] for a, _ in links], np.int32),
        succ=np.array([place[b] for _, b in links], np.int32),
        **fields,
    )
    return Plan(network, np.array([7]), np.zeros(0, np.int64))


def _attribute(before: Plan, after: Plan) -> list[Move]:
    return attribution.attribute(before, after, attribution.positions(before))[0]


def _days(found: list[Move], item: int) -> list[tuple[Cause, int]]:
    """Calendar days by cause: all cases below stay within one week."""
    return [(one.cause, (one.after - one.before) // DAY) for one in found if one.item == item]


CHAIN: dict[str, Any] = {
    "ids": [1, 2, 3],
    "links": [(1, 2), (2, 3)],
    "is_milestone": np.array([False, False, True]),
}


def test_a_late_actual_and_a_re_estimate_share_the_slip_of_a_milestone() -> None:
    # Vendor (1) takes 1 d, Monday; Interfaces (2) takes 1 d, Tuesday; go-live (3). The vendor ends on Thursday instead:
    # go-live Friday, +3. Interfaces takes 2 d, which would end on Saturday, so 1 wd: Monday, +3 cd. All starts on Sunday 17:00.
    before = _plan(duration=[WD, WD, 0], calendars=(ROUND_THE_CLOCK,), **CHAIN)
    at = START + WD
    late = {
        "actual_start": np.array([START, NONE, NONE]),
        "actual_finish": np.array([at + 3 * DAY, NONE, NONE]),
    }
    after = _plan(
        duration=[WD, WD + DAY, 0],
        percent_complete=[100, 0, 0],
        calendars=(ROUND_THE_CLOCK,),
        **late,
        **CHAIN,
    )
    assert _days(_attribute(before, after), 3) == [(Cause.ACTUALS, 3), (Cause.ESTIMATES, 1)]


def test_each_group_of_inputs_has_its_cause() -> None:
    base: dict[str, Any] = {"duration": [WD, WD, 0], **CHAIN}
    before = _plan(**base)
    holiday = WorkCalendar.build(STANDARD.week, [CalendarException(20_458, 20_458)], "one day off")
    cases: list[tuple[dict[str, Any], Cause, int]] = [
        ({"data_date": START + DAY}, Cause.DATA_DATE, 1),
        ({"calendars": (holiday,)}, Cause.CALENDARS, 1),
        ({"is_active": np.array([True, False, True])}, Cause.SCOPE, None),  # type: ignore[list-item]
        ({"duration": [WD, 2 * WD, 0]}, Cause.ESTIMATES, 1),
        ({"links": [(1, 2), (1, 3)]}, Cause.DEPENDENCIES, -1),
        (
            {"constraint": [4, 0, 0], "constraint_at": np.array([START + DAY, NONE, NONE])},
            Cause.CONSTRAINTS,
            1,
        ),
    ]
    for change, cause, days in cases:
        found = _days(_attribute(before, _plan(**{**base, **change})), 3)
        assert [one for one, _ in found] == [cause]
        if days is not None:
            assert found == [(cause, days)]


def test_new_scope_brings_its_own_links() -> None:
    before = _plan(duration=[WD, WD, 0], **CHAIN)
    links = [(1, 2), (2, 3), (2, 4), (4, 3)]
    after = _plan(
        ids=[1, 2, 3, 4],
        links=links,
        duration=[WD, WD, 0, WD],
        is_milestone=np.array([False, False, True, False]),
    )
    assert _days(_attribute(before, after), 3) == [(Cause.SCOPE, 1)]
    assert _days(_attribute(after, before), 3) == [(Cause.SCOPE, -1)]


def test_half_of_a_circle_is_taken_with_the_next_cause() -> None:
    # New task 3 is put between 1 and 2 while the link 2 → 1 is turned round: neither alone makes sense with the other's rest.
    before = _plan(ids=[1, 2], links=[(2, 1)], duration=[WD, WD])
    after = _plan(ids=[1, 2, 3], links=[(1, 3), (3, 2)], duration=[WD, WD, WD])
    assert _days(_attribute(before, after), 0) == [(Cause.DEPENDENCIES, 1)]


def test_an_item_appears_and_goes_in_one_move() -> None:
    before = _plan(ids=[1], duration=[WD])
    after = _plan(ids=[1, 2], links=[(1, 2)], duration=[WD, 0], is_milestone=np.array([False, True]))
    end = START + 9 * 60
    assert _attribute(before, after) == [Move(2, NONE, end, Cause.SCOPE)]
    assert _attribute(after, before) == [Move(2, end, NONE, Cause.SCOPE)]


@settings(max_examples=10, phases=[Phase.generate])
@given(plans(), plans(), st.integers(0, 3))
def test_the_moves_of_any_two_plans_lead_from_one_to_the_other(
    earlier: dict[str, Any], later: dict[str, Any], shift: int
) -> None:
    both = []
    for values, first in ((earlier, 0), (later, shift)):
        network = Network.build(**{**values, "task_id": np.arange(first, first + len(values["duration"]))})
        links = np.arange(len(network.boundary_succ)) + 2 * first
        both.append(Plan(network, np.array([7]), links))
    before, after = both
    overlay = Overlay(before, after)
    try:
        start, end = attribution.positions(before), attribution.positions(after)
    except NetworkError:
        return
    # Nothing swapped is the earlier plan, everything swapped the later one, whatever else lies dead beside it.
    for applied, plan in (((), before), (overlay.causes, after)):
        laid, alone = cpm.compute(overlay.network(applied)), cpm.compute(plan.network)
        place = np.array([overlay.task_id.tolist().index(pk) for pk in plan.network.task_id])
        assert np.array_equal(laid.finish[place], alone.finish)
        assert np.array_equal(laid.start[place], alone.start)
    found, reached = attribution.attribute(before, after, start)
    assert reached == end
    at = dict(start)
    for move in found:
        assert at.get(move.item, NONE) == move.before != move.after
        at[move.item] = move.after
    assert {item: date for item, date in at.items() if date != NONE} == end
