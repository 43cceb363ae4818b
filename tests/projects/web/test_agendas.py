"""The calendar of a program: weeks with the days that are not worked, bars in lanes, and the same as an iCalendar file."""

from datetime import date

import icalendar
import pytest

from programs.services import calendars
from projects.models import Task
from projects.selectors import agendas
from projects.services import plan_edits
from projects.services.commands import CreateTask, LinkTasks
from tests.factories import plans
from tests.factories.browsers import browser
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


@pytest.fixture
def world():
    """A: 7 days from Monday 5 January (to Tuesday 13); B: 2 days, and a milestone behind B. Friday 9 is a holiday, so A ends
    on Wednesday 14."""
    program = plans.program(data_date=date(2026, 1, 4))
    project = plans.project(program, name="Network")
    a, b = plans.tasks(project, 7, 2)
    mark = CreateTask(project.pk, "Ring in service", set={"is_milestone": True})
    plan_edits.apply(actor=SYSTEM, program=program, commands=[mark, LinkTasks(b.pk, -1)])
    program.refresh_from_db()
    holiday = {
        "name": "Founders' day",
        "first_on": date(2026, 1, 9),
        "last_on": date(2026, 1, 9),
        "intervals": [],
    }
    calendars.update(actor=SYSTEM, calendar=program.calendar, exceptions=[holiday])
    recompute.drain(program.pk)
    return program, a, b


def test_bars_lie_in_free_lanes_of_each_week_and_days_off_are_known(world):
    program, a, b = world
    found = list(agendas.tasks(SYSTEM, program, first=date(2026, 1, 5), last=date(2026, 1, 18)))
    grid = agendas.days(program, date(2026, 1, 5), 14)
    assert [day.on.day for day in grid if not day.is_working] == [9, 10, 11, 17, 18]
    assert grid[4].name == "Founders' day"
    first, second = agendas.weeks(found, grid, lanes=2)
    laid = {item.task.pk: (item.first, item.days, item.lane, item.goes_on) for item in first.items}
    # The milestone is on Tuesday evening; A finds the other lane, and B (Monday and Tuesday) none.
    assert laid == {Task.objects.get(is_milestone=True).pk: (2, 1, 2, False), a.pk: (1, 7, 3, True)}
    assert first.more == 1 and b.pk not in laid
    assert [(item.first, item.days, item.began_before) for item in second.items] == [(1, 3, True)]


def test_month_and_week_are_in_the_address(world):
    program, _a, _b = world
    person = browser(plans.member("CO", program))
    address = f"/programs/{program.pk}/calendar-view/"
    month = person.get(address).content.decode()
    assert "January 2026" in month and "Ring in service" in month and "Founders" in month
    week = person.get(address, {"view": "week", "on": "2026-01-14"}).content.decode()
    assert "12 Jan – 18 Jan 2026" in week and "Ring in service" not in week
    only = person.get(address, {"show": "milestones"}).content.decode()
    assert "Ring in service" in only and only.count("cal-item ") == 1
    empty = person.get(address, {"on": "2027-05-01"}).content.decode()
    assert "Nothing lies in these days" in empty
    assert person.get(address, {"on": "never", "project": "x"}).status_code == 200


def test_the_icalendar_file_holds_whole_days_that_keep_their_identity(world):
    program, a, _b = world
    person = browser(plans.member("CO", program))
    answer = person.get(f"/programs/{program.pk}/calendar-view/export.ics")
    assert answer["Content-Type"].startswith("text/calendar")
    events = {str(one["summary"]): one for one in icalendar.Calendar.from_ical(answer.content).walk("VEVENT")}
    assert set(events) == {"A", "B", "◆ Ring in service"}
    assert (events["A"].decoded("dtstart"), events["A"].decoded("dtend")) == (
        date(2026, 1, 5),
        date(2026, 1, 15),
    )
    assert str(events["A"]["uid"]) == f"task-{a.pk}@testserver"
    again = icalendar.Calendar.from_ical(
        person.get(f"/programs/{program.pk}/calendar-view/export.ics").content
    )
    assert {str(one["uid"]) for one in again.walk("VEVENT")} == {str(one["uid"]) for one in events.values()}
