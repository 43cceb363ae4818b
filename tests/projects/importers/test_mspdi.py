"""Every quirk of the format in a small document of its own; expected values follow the published schema."""

from __future__ import annotations

import pytest

from projects.importers.plan import NONE, STANDARD_DAY, Constraint, LagUnit, LinkKind, ResourceKind
from projects.importers.portfolio import day_start
from tests.projects.importers.documents import calendar, day, document, exception, link, losses, read, task


def at(text: str) -> int:
    from datetime import datetime

    moment = datetime.fromisoformat(text)
    return day_start(moment.date()) + moment.hour * 60 + moment.minute


@pytest.mark.parametrize(
    ("inside", "kind", "lag", "unit"),
    [
        ("", LinkKind.FS, 0, LagUnit.WORKING),
        ("<Type>0</Type><LinkLag>4800</LinkLag><LagFormat>7</LagFormat>", LinkKind.FF, 480, LagUnit.WORKING),
        (
            "<Type>1</Type><LinkLag>-9600</LinkLag><LagFormat>5</LagFormat>",
            LinkKind.FS,
            -960,
            LagUnit.WORKING,
        ),
        (
            "<Type>2</Type><LinkLag>14400</LinkLag><LagFormat>8</LagFormat>",
            LinkKind.SF,
            1440,
            LagUnit.ELAPSED,
        ),
        (
            "<Type>3</Type><LinkLag>-50</LinkLag><LagFormat>19</LagFormat>",
            LinkKind.SS,
            -5000,
            LagUnit.PERCENT,
        ),
        (
            "<Type>3</Type><LinkLag>25</LinkLag><LagFormat>20</LagFormat>",
            LinkKind.SS,
            2500,
            LagUnit.ELAPSED_PERCENT,
        ),
        ("<Type>3</Type><LinkLag>600</LinkLag><LagFormat>35</LagFormat>", LinkKind.SS, 60, LagUnit.WORKING),
    ],
)
def test_lags_are_tenths_of_minutes_or_percent(inside, kind, lag, unit):
    plan = read(document(task(1), task(2, link(1, inside))))
    assert [(k.predecessor_uid, k.successor_uid, k.kind, k.lag, k.lag_unit) for k in plan.links] == [
        (1, 2, kind, lag, unit)
    ]


def test_the_outline_gives_parents_and_the_project_summary_is_no_task():
    plan = read(
        document(
            "<Task><UID>0</UID><Name>The program</Name><OutlineLevel>0</OutlineLevel></Task>",
            task(1),
            task(2, level=2),
            "<Task><UID>9</UID><IsNull>1</IsNull><OutlineLevel>0</OutlineLevel></Task>",
            task(3, level=3),
            task(4, level=2),
            task(5),
            task(6, level=4),
        )
    )
    assert plan.name == "The program"
    assert [(t.uid, t.parent_uid, t.is_summary) for t in plan.tasks] == [
        (1, None, True),
        (2, 1, True),
        (3, 2, False),
        (4, 1, False),
        (5, None, True),
        (6, 5, False),
    ]
    assert ("blank_row", "Task/IsNull") in losses(plan)


def test_an_absent_duration_is_zero_and_formats_tell_elapsed_and_estimated():
    plan = read(
        document(
            "<Task><UID>1</UID><Name>M</Name><OutlineLevel>1</OutlineLevel><Milestone>1</Milestone></Task>",
            task(2, "<DurationFormat>8</DurationFormat>", hours=48),
            task(3, "<DurationFormat>39</DurationFormat><Estimated>1</Estimated>"),
            task(4, "<Milestone>1</Milestone>"),
        )
    )
    one, two, three, four = plan.tasks
    assert (one.duration, one.is_milestone) == (0, True)
    assert (two.duration, two.is_elapsed) == (2880, True)
    assert (three.duration, three.is_elapsed, three.is_estimated, three.duration_format) == (
        480,
        False,
        True,
        7,
    )
    assert (four.duration, four.is_milestone) == (480, False)
    assert ("milestone_with_duration", "Task/Milestone") in losses(plan)


def test_constraints_deadlines_flags_and_calendars_are_read():
    inside = (
        "<ConstraintType>7</ConstraintType><ConstraintDate>2026-01-13T17:00:00</ConstraintDate>"
        "<Deadline>2026-01-14T17:00:00</Deadline><Active>0</Active><CalendarUID>3</CalendarUID>"
        "<IgnoreResourceCalendar>1</IgnoreResourceCalendar><LevelingDelay>4800</LevelingDelay><Priority>900</Priority>"
    )
    plan = read(document(task(1, inside), calendars=calendar(3)))
    one = plan.tasks[0]
    assert (one.constraint, one.constraint_at) == (Constraint.FNLT, at("2026-01-13T17:00"))
    assert (one.deadline, one.is_active, one.calendar_uid) == (at("2026-01-14T17:00"), False, 3)
    assert (one.ignore_resource_calendar, one.levelling_delay, one.priority) == (True, 480, 900)


def test_a_constraint_without_its_date_and_an_unknown_calendar_are_reported():
    plan = read(document(task(1, "<ConstraintType>2</ConstraintType><CalendarUID>8</CalendarUID>")))
    assert (plan.tasks[0].constraint, plan.tasks[0].calendar_uid) == (Constraint.ASAP, None)
    assert ("constraint_without_date", "Task/ConstraintDate") in losses(plan)
    assert ("unknown_calendar", "Task/CalendarUID") in losses(plan)


def test_progress_costs_and_manual_dates_are_read():
    plan = read(
        document(
            task(
                1,
                "<PercentComplete>25</PercentComplete><ActualStart>2026-01-05T08:00:00</ActualStart>"
                "<ActualDuration>PT2H0M0S</ActualDuration><RemainingDuration>PT6H0M0S</RemainingDuration>"
                "<Stop>2026-01-05T10:00:00</Stop><Resume>2026-01-06T10:00:00</Resume>"
                "<Cost>1000000</Cost><FixedCost>150.4</FixedCost><ActualCost>250000</ActualCost>",
            ),
            task(
                2,
                "<Manual>1</Manual><ManualStart>2026-01-07T08:00:00</ManualStart><ManualDuration>PT16H0M0S</ManualDuration>",
            ),
        )
    )
    one, two = plan.tasks
    assert (one.progress.percent_complete, one.progress.actual_start) == (25.0, at("2026-01-05T08:00"))
    assert (one.progress.actual_duration, one.progress.remaining_duration) == (120, 360)
    assert (one.progress.stop, one.progress.resume) == (at("2026-01-05T10:00"), at("2026-01-06T10:00"))
    assert (one.costs.cost, one.costs.fixed_cost, one.costs.actual_cost) == (1_000_000, 150, 250_000)
    assert (two.is_manual, two.manual.start, two.manual.finish, two.manual.duration) == (
        True,
        at("2026-01-07T08:00"),
        NONE,
        960,
    )


def test_weeks_night_shifts_and_whole_days_become_intervals():
    week = (
        "<WeekDays>"
        + day(1, ("00:00", "00:00"))
        + day(2, ("23:00", "00:00"), ("13:00", "17:00"))
        + day(3, ("00:00", "07:00"))
        + day(4)
        + "<WeekDay><DayType>5</DayType><DayWorking>1</DayWorking></WeekDay></WeekDays>"
    )
    cal = read(document(calendars=calendar(1, week))).calendars[0]
    assert cal.week == (
        ((780, 1020), (1380, 1440)),
        ((0, 420),),
        (),
        STANDARD_DAY,
        STANDARD_DAY,
        (),
        ((0, 1440),),
    )


def test_derived_calendars_inherit_days_and_exceptions_unless_they_have_their_own():
    base = calendar(
        1,
        "<WeekDays>" + day(2, ("09:00", "12:00")) + "</WeekDays>"
        "<Exceptions>" + exception("2026-12-24", "2026-12-26", name="Christmas") + "</Exceptions>",
    )
    own = calendar(
        2,
        "<WeekDays>"
        + day(3, ("10:00", "11:00"))
        + "</WeekDays><Exceptions>"
        + exception(
            "2026-12-25",
            "2026-12-25",
            "<DayWorking>1</DayWorking><WorkingTimes><WorkingTime><FromTime>08:00:00</FromTime>"
            "<ToTime>09:00:00</ToTime></WorkingTime></WorkingTimes>",
            name="Duty",
        )
        + "</Exceptions>",
        base=1,
    )
    derived = read(document(calendars=base + own)).calendars[1]
    assert (derived.base_uid, derived.is_base) == (1, False)
    assert derived.week[0] == ((540, 720),) and derived.week[1] == ((600, 660),)
    assert derived.exceptions_json() == [
        {"first": "2026-12-24", "last": "2026-12-24", "intervals": [], "name": "Christmas"},
        {"first": "2026-12-25", "last": "2026-12-25", "intervals": [[480, 540]], "name": "Duty"},
        {"first": "2026-12-26", "last": "2026-12-26", "intervals": [], "name": "Christmas"},
    ]


def test_work_weeks_change_their_days_but_yield_to_exceptions():
    inside = (
        "<Exceptions>" + exception("2026-07-07", "2026-07-07") + "</Exceptions>"
        "<WorkWeeks><WorkWeek><TimePeriod><FromDate>2026-07-06T00:00:00</FromDate>"
        "<ToDate>2026-07-12T23:59:00</ToDate></TimePeriod><Name>Summer</Name><WeekDays>"
        + day(2, ("08:00", "12:00"))
        + day(3, ("08:00", "12:00"))
        + day(4, ("08:00", "12:00"))
        + "</WeekDays></WorkWeek></WorkWeeks>"
    )
    cal = read(document(calendars=calendar(1, inside))).calendars[0]
    assert [(e.first, e.last, e.intervals, e.name) for e in cal.exceptions] == [
        ("2026-07-06", "2026-07-06", ((480, 720),), "Summer"),
        ("2026-07-07", "2026-07-07", (), "Closed"),
        ("2026-07-08", "2026-07-08", ((480, 720),), "Summer"),
    ]


def test_calendars_in_a_circle_and_without_working_time_are_reported():
    closed = "<WeekDays>" + "".join(day(n) for n in range(1, 8)) + "</WeekDays>"
    plan = read(document(calendars=calendar(1, base=2) + calendar(2, base=1) + calendar(3, closed)))
    assert ("calendar_circle", "Calendar/BaseCalendarUID") in losses(plan)
    assert ("no_working_time", "Calendar") in losses(plan)


def test_links_without_two_ends_are_errors_and_repeated_ones_come_once():
    plan = read(
        document(
            task(1),
            task(2, link(1) + link(1) + link(99) + link(2) + link(0), level=2),
            task(3, link(2) + link(2, "<Type>0</Type>")),
        )
    )
    assert [(k.predecessor_uid, k.successor_uid, k.kind) for k in plan.links] == [
        (2, 3, LinkKind.FS),
        (2, 3, LinkKind.FF),
    ]
    codes = {code for code, _ in losses(plan)}
    assert codes >= {"missing_predecessor", "self_link", "link_to_project", "link_to_own_summary"}


def test_a_link_to_another_file_is_kept_with_its_path():
    inside = "<CrossProject>1</CrossProject><CrossProjectName>other.mpp\\12</CrossProjectName>"
    plan = read(document(task(1, link(7, inside))))
    assert [(k.predecessor_uid, k.external) for k in plan.links] == [(7, "other.mpp\\12")]
    assert ("external_link", "Task/PredecessorLink") in losses(plan)


def test_inserted_projects_become_component_projects():
    inserted = "<IsSubproject>1</IsSubproject><SubprojectName>part.mpp</SubprojectName>"
    plan = read(document(task(1, inserted), task(2, level=2), task(3, inserted), task(4)))
    assert [(p.key, p.name, p.root_task_uid) for p in plan.projects] == [
        ("main", "t.xml", None),
        ("task-1", "Task 1", 1),
        ("task-3", "Task 3", 3),
    ]
    assert [t.project_key for t in plan.tasks] == ["task-1", "task-1", "task-3", "main"]
    assert [e.value for e in plan.losses if e.code == "inserted_project"] == ["part.mpp"]


def test_what_is_not_understood_is_named_once_with_its_count():
    custom = "<ExtendedAttribute><FieldID>188743731</FieldID><Value>red</Value></ExtendedAttribute>"
    plan = read(
        document(
            task(1, "<Hyperlink>page</Hyperlink>" + custom),
            task(2, "<Hyperlink>other</Hyperlink><HideBar>1</HideBar><TotalSlack>90</TotalSlack>" + custom),
            "<Stranger><UID>1</UID></Stranger>",
            head="<Future>on</Future><MoveCompletedEndsBack>1</MoveCompletedEndsBack>",
        )
    )
    found = {entry.column: (entry.code, entry.count, entry.value) for entry in plan.losses}
    assert found == {
        "Task/Hyperlink": ("not_imported", 2, "page"),
        "Task/ExtendedAttribute 188743731": ("custom_field", 2, "red"),
        "Project/Tasks/Stranger": ("not_imported", 1, ""),
        "Project/Future": ("not_imported", 1, "on"),
        "Project/MoveCompletedEndsBack": ("not_imported", 1, ""),
        "Project/CalendarUID": ("no_calendar", 1, ""),
    }


def test_values_that_can_not_be_read_count_as_absent_and_are_reported():
    plan = read(
        document(
            task(
                1,
                "<Start>soon</Start><Priority>high</Priority><Deadline>2026-02-30T00:00:00</Deadline><Cost>x</Cost>",
            )
        )
    )
    one = plan.tasks[0]
    assert (one.start, one.priority, one.deadline, one.costs.cost) == (NONE, 500, NONE, 0)
    assert {c for k, c in losses(plan) if k == "bad_value"} == {
        "Task/Start",
        "Task/Priority",
        "Task/Deadline",
        "Task/Cost",
    }


def test_resources_and_assignments_keep_who_and_how_much():
    rest = (
        "<Resources><Resource><UID>0</UID><Type>1</Type></Resource>"
        "<Resource><UID>1</UID><Name>Ana</Name><Type>1</Type><MaxUnits>0.5</MaxUnits><StandardRate>95.5</StandardRate>"
        "</Resource><Resource><UID>2</UID><Name>Steel</Name><Type>0</Type></Resource>"
        "<Resource><UID>3</UID><Name>Travel</Name><Type>0</Type><IsCostResource>1</IsCostResource></Resource></Resources>"
        "<Assignments><Assignment><UID>1</UID><TaskUID>1</TaskUID><ResourceUID>1</ResourceUID><Units>0.5</Units>"
        "<Work>PT4H0M0S</Work><Cost>38200</Cost></Assignment>"
        "<Assignment><UID>2</UID><TaskUID>1</TaskUID><ResourceUID>-65535</ResourceUID></Assignment>"
        "<Assignment><UID>3</UID><TaskUID>77</TaskUID><ResourceUID>1</ResourceUID></Assignment></Assignments>"
    )
    plan = read(document(task(1), rest=rest))
    assert [(r.name, r.kind, r.max_units, r.standard_rate) for r in plan.resources] == [
        ("Ana", ResourceKind.WORK, 0.5, "95.5"),
        ("Steel", ResourceKind.MATERIAL, 1.0, "0"),
        ("Travel", ResourceKind.COST, 1.0, "0"),
    ]
    assert [(a.uid, a.resource_uid, a.units, a.work, a.cost) for a in plan.assignments] == [
        (1, 1, 0.5, 240, 38200),
        (2, None, 1.0, 0, 0),
    ]
    assert ("unknown_task", "Assignment/TaskUID") in losses(plan)


def test_the_head_of_the_file_sets_the_options():
    head = (
        "<Title>Renewal</Title><StartDate>2026-01-05T08:00:00</StartDate><StatusDate>2026-02-27T17:00:00</StatusDate>"
        "<CriticalSlackLimit>2</CriticalSlackLimit><MinutesPerDay>450</MinutesPerDay><CurrencyCode>EUR</CurrencyCode>"
        "<MultipleCriticalPaths>1</MultipleCriticalPaths><HonorConstraints>0</HonorConstraints><Author>A. Author</Author>"
    )
    plan = read(document(head=head))
    assert (plan.name, plan.start, plan.data_date) == (
        "Renewal",
        at("2026-01-05T08:00"),
        at("2026-02-27T17:00"),
    )
    assert (plan.critical_threshold, plan.minutes_per_day, plan.currency) == (900, 450, "EUR")
    assert plan.multiple_critical_paths and plan.honour_constraints
    assert plan.properties == {"Author": "A. Author"}
    assert ("ambiguous_option", "Project/HonorConstraints") in losses(plan)


def test_baselines_are_numbered_and_keep_only_what_they_state():
    inside = (
        "<Baseline><Number>0</Number><Start>2026-01-05T08:00:00</Start><Duration>PT8H0M0S</Duration></Baseline>"
        "<Baseline><Number>10</Number><Cost>1100</Cost></Baseline><Baseline><Number>11</Number><Cost>5</Cost></Baseline>"
        "<Baseline><Number>4</Number></Baseline>"
    )
    plan = read(document(task(1, inside)))
    assert [(b.number, len(b.entries)) for b in plan.baselines] == [(0, 1), (10, 1)]
    zero, ten = plan.baselines[0].entries[0], plan.baselines[1].entries[0]
    assert (zero.start, zero.finish, zero.duration, zero.cost) == (at("2026-01-05T08:00"), NONE, 480, NONE)
    assert (ten.cost, ten.start) == (1100, NONE)
    assert ("bad_value", "Task/Baseline/Number") in losses(plan)
