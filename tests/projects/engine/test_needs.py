"""By when a predecessor is needed: dates worked out by hand on the standard calendar (Mon–Fri, 8–12 and 13–17)."""

from datetime import date, datetime

import numpy as np

from programs.engine.calendars import STANDARD, wall_datetime, wall_minutes
from projects.engine import needs

WEDNESDAY = datetime(2026, 3, 11, 8)
FRIDAY = datetime(2026, 3, 13, 17)


def need(kind: int, lag: int = 0, unit: int = needs.WORKING, start=WEDNESDAY, finish=FRIDAY) -> datetime:
    found = needs.latest(STANDARD, [kind], [wall_minutes(start)], [wall_minutes(finish)], [lag], [unit])
    return wall_datetime(int(found[0]))


def last_day(moment: datetime) -> date:
    day = needs.last_day(STANDARD, [wall_minutes(moment)])[0]
    return date.fromisoformat(str(np.datetime64(int(day), "D")))


def test_the_need_follows_the_late_date_that_the_link_holds():
    assert need(needs.FS) == WEDNESDAY
    assert need(needs.SS) == WEDNESDAY
    assert need(needs.FF) == FRIDAY
    assert need(needs.SF) == FRIDAY


def test_a_lag_comes_off_in_the_takers_working_time_and_a_lead_is_added():
    assert need(needs.FS, 2 * 480) == datetime(2026, 3, 9, 8)  # Monday
    assert need(needs.FS, 4 * 480) == datetime(2026, 3, 5, 8)  # over the week-end
    assert need(needs.FS, -480) == datetime(2026, 3, 12, 8)
    assert need(needs.FS, 1440, needs.ELAPSED) == datetime(2026, 3, 10, 8)
    assert need(needs.FF, 480) == datetime(2026, 3, 13, 8)  # all of Friday is the lag


def test_a_percent_lag_is_a_share_of_the_predecessors_duration():
    assert needs.lag_minutes([5000, 240], [needs.PERCENT, needs.WORKING], [1920, 1920]).tolist() == [960, 240]
    assert needs.lag_minutes([-3333], [needs.ELAPSED_PERCENT], [100]).tolist() == [-33]


def test_the_last_day_in_time_is_the_one_at_whose_end_the_need_is_met():
    assert last_day(WEDNESDAY) == date(2026, 3, 10)
    assert last_day(datetime(2026, 3, 9, 8)) == date(2026, 3, 6)  # a Monday morning: the Friday before
    assert last_day(FRIDAY) == date(2026, 3, 13)
    assert last_day(datetime(2026, 3, 11, 12)) == date(2026, 3, 10)  # noon: work goes on that day
    assert last_day(datetime(2026, 3, 9, 12)) == date(2026, 3, 6)


def test_the_room_of_a_promised_day_is_counted_from_its_end():
    def room(day: date) -> int:
        number = (day - date(1970, 1, 1)).days
        return int(needs.room(STANDARD, number, wall_minutes(WEDNESDAY)))

    assert room(date(2026, 3, 10)) == 0
    assert room(date(2026, 3, 11)) == -480
    assert room(date(2026, 3, 7)) == 960  # a Saturday: Monday and Tuesday are left
