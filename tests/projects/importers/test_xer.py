"""Primavera XER files: the format's features one by one, and schedules whose dates are known."""

from __future__ import annotations

from datetime import datetime

import pytest

from programs.engine.calendars import NONE, same_instant, wall_minutes
from projects.engine import cpm
from projects.importers.networks import network_of
from projects.importers.plan import Constraint, ImportedPlan, LagUnit, LinkKind, ResourceKind
from tests.projects.importers.xer_documents import (
    AFTERNOON,
    MORNING,
    STANDARD,
    WORK_WEEK,
    calendar_data,
    document,
    hours,
    link,
    losses,
    project,
    read,
    table,
    task,
    wbs,
)


def at(text: str) -> int:
    return wall_minutes(datetime.fromisoformat(f"2026-{text}"))


def assert_dates(
    plan: ImportedPlan, uid: int, start: str, finish: str, total_float: float | None = None
) -> None:
    """``total_float`` in days of eight hours."""
    network = network_of(plan)
    schedule = cpm.compute(network, fast=False)
    place = network.task_id.tolist().index(uid)
    calendar = network.calendars[network.calendar[place]]
    assert same_instant(calendar, int(schedule.early_start[place]), at(start))
    assert same_instant(calendar, int(schedule.early_finish[place]), at(finish))
    assert total_float is None or schedule.total_float[place] == total_float * 480


def test_a_chain_across_a_holiday_is_scheduled_as_by_hand():
    plan = read(
        document([task(1, 3), task(2, 9), task(3, 0.5), task(4, 2)], [link(1, 2), link(2, 3), link(1, 4)])
    )
    assert_dates(plan, 2, "01-08T08:00", "01-21T17:00", 0)
    assert_dates(plan, 3, "01-22T08:00", "01-22T12:00", 0)
    assert_dates(plan, 4, "01-08T08:00", "01-09T17:00", 7.5)


def test_all_links_and_lags_are_scheduled_as_by_hand():
    plan = read(
        document(
            [task(1, 5), task(2, 3), task(3, 4), task(4, 2)],
            [link(1, 2, "SS", 2), link(1, 3, "FF", 1), link(2, 4, "SF", 3)],
        )
    )
    assert [(k.kind, k.lag) for k in plan.links] == [
        (LinkKind.SS, 960),
        (LinkKind.FF, 480),
        (LinkKind.SF, 1440),
    ]
    assert_dates(plan, 2, "01-07T08:00", "01-09T17:00", 1)
    assert_dates(plan, 3, "01-07T08:00", "01-12T17:00", 0)
    assert_dates(plan, 4, "01-08T08:00", "01-09T17:00", 1)


def test_a_lag_around_the_clock_is_elapsed():
    options = [{"proj_id": 1, "sched_calendar_on_relationship_lag": "rcal_24Hour"}]
    links = [{**link(1, 2), "lag_hr_cnt": 48}]
    plan = read(document([task(1, 5), task(2, 2)], links, SCHEDOPTIONS=options))
    assert (plan.links[0].lag, plan.links[0].lag_unit) == (2880, LagUnit.ELAPSED)
    assert_dates(plan, 2, "01-12T08:00", "01-13T17:00", 0)


def test_a_lag_on_a_calendar_that_is_not_the_successors_is_reported():
    other = {
        **STANDARD,
        "clndr_id": 8,
        "clndr_data": calendar_data(dict.fromkeys(range(1, 8), hours(MORNING))),
    }
    plan = read(
        document([task(1, 5), task(2, 2, clndr_id=8)], [link(1, 2, "FS", 1)], CALENDAR=[STANDARD, other])
    )
    assert ("lag_calendar", "TASKPRED/lag_hr_cnt") in losses(plan)


@pytest.mark.parametrize(("retained", "override", "finish"), [("Y", "N", "02-19"), ("N", "Y", "02-12")])
def test_out_of_sequence_work_waits_or_goes_on_by_the_options_of_the_file(retained, override, finish):
    """1 takes ten days and half of it is done on day 5, the data date; 2 follows it, began on day 3 and has four days
    left: it ends on day 10 + 4 if it waits, on day 5 + 4 if it goes on."""
    begun = {"status_code": "TK_Active"}
    plan = read(
        document(
            [
                task(1, 10, **begun, act_start_date="2026-02-02 08:00") | {"remain_drtn_hr_cnt": 40},
                task(2, 5, **begun, act_start_date="2026-02-04 08:00") | {"remain_drtn_hr_cnt": 32},
            ],
            [link(1, 2)],
            PROJECT=[project(last_recalc_date="2026-02-06 17:00")],
            SCHEDOPTIONS=[
                {"proj_id": 1, "sched_retained_logic": retained, "sched_progress_override": override}
            ],
        )
    )
    assert_dates(plan, 2, "02-04T08:00", f"{finish}T17:00")


def test_actual_dates_remaining_work_and_the_data_date_are_scheduled_as_by_hand():
    """Progress at 15 January: 1 is done, 2 began on the 13th and has 4 days left, 3 and 4 follow."""
    done = {"status_code": "TK_Complete", "remain_drtn_hr_cnt": 0}
    plan = read(
        document(
            [
                task(1, 6, **done, act_start_date="2026-01-05 08:00", act_end_date="2026-01-12 17:00"),
                task(2, 7, status_code="TK_Active", remain_drtn_hr_cnt=32, act_start_date="2026-01-13 08:00"),
                task(3, 2),
                task(4, 3),
            ],
            [link(1, 2), link(2, 3), link(1, 4, "FS", 3)],
            PROJECT=[project(last_recalc_date="2026-01-15 17:00")],
        )
    )
    assert_dates(plan, 2, "01-13T08:00", "01-22T17:00", 0)
    assert_dates(plan, 3, "01-23T08:00", "01-27T12:00", 0)
    assert_dates(plan, 4, "01-16T08:00", "01-21T17:00", 3)
    first, second = (next(t for t in plan.tasks if t.uid == uid) for uid in (1, 2))
    assert (first.duration, first.progress.percent_complete) == (6 * 480, 100.0)
    assert (second.duration, second.progress.remaining_duration) == (7 * 480, 4 * 480)
    assert second.progress.percent_complete == pytest.approx(300 / 7)


def test_a_required_finish_gives_negative_float():
    plan = read(document([task(1, 5)], PROJECT=[project(plan_end_date="2026-01-07 17:00")]))
    assert_dates(plan, 1, "01-05T08:00", "01-09T17:00", -2)


@pytest.mark.parametrize(
    ("code", "constraint"),
    [
        ("CS_MSO", Constraint.MSO),
        ("CS_MEO", Constraint.MFO),
        ("CS_MSOA", Constraint.SNET),
        ("CS_MSOB", Constraint.SNLT),
        ("CS_MEOA", Constraint.FNET),
        ("CS_MEOB", Constraint.FNLT),
        ("CS_MANDSTART", Constraint.MSO),
        ("CS_MANDFIN", Constraint.MFO),
    ],
)
def test_every_constraint_has_its_twin(code, constraint):
    plan = read(document([task(1, 1, cstr_type=code, cstr_date="2026-01-14 08:00")]))
    found = plan.tasks[1]
    assert (found.constraint, found.constraint_at) == (constraint, at("01-14T08:00"))


def test_only_mandatory_dates_override_logic():
    finish = {"cstr_type": "CS_MEOB", "cstr_date": "2026-01-13 17:00"}
    plan = read(document([task(1, 5), task(2, 3, **finish)], [link(1, 2)]))
    assert not plan.honour_constraints
    assert_dates(plan, 2, "01-12T08:00", "01-14T17:00", -1)
    fixed = {"cstr_type": "CS_MANDSTART", "cstr_date": "2026-01-08 08:00"}
    plan = read(document([task(1, 5), task(2, 3, **fixed)], [link(1, 2)]))
    assert plan.honour_constraints
    assert_dates(plan, 2, "01-08T08:00", "01-12T17:00")
    plan = read(document([task(1, 5, **finish), task(2, 3, **fixed)], [link(1, 2)]))
    assert not plan.honour_constraints and ("mandatory_date", "TASK/cstr_type") in losses(plan)


def test_a_second_constraint_is_a_deadline_or_is_reported():
    first = {"cstr_type": "CS_MSOA", "cstr_date": "2026-01-06 08:00"}
    second = {"cstr_type2": "CS_MEOB", "cstr_date2": "2026-01-08 17:00"}
    found = read(document([task(1, 5, **first, **second)])).tasks[1]
    assert (found.constraint, found.deadline) == (Constraint.SNET, at("01-08T17:00"))
    other = {"cstr_type2": "CS_MEOA", "cstr_date2": "2026-01-08 17:00"}
    plan = read(document([task(1, 5, **first, **other)]))
    assert (plan.tasks[1].constraint, plan.tasks[1].deadline) == (Constraint.SNET, NONE)
    assert ("second_constraint", "TASK/cstr_type2") in losses(plan)


def test_calendars_are_read_with_hours_exceptions_and_what_they_inherit():
    night = {2: hours(("00:00", "06:00"), ("22:00", "00:00"))}
    turned = calendar_data(night).replace("s|22:00|f|00:00", "f|00:00|s|22:00").replace(")(", ") (")
    round_the_clock = dict.fromkeys(range(1, 8), hours(("00:00", "00:00")))
    plan = read(
        document(
            [task(1)],
            CALENDAR=[
                STANDARD,
                {**STANDARD, "clndr_id": 8, "base_clndr_id": 7, "clndr_data": turned},
                {
                    **STANDARD,
                    "clndr_id": 9,
                    "clndr_data": calendar_data(round_the_clock, {46041: hours(("08:00", "12:00"))}),
                },
                {**STANDARD, "clndr_id": 10, "base_clndr_id": 9, "clndr_data": ""},
            ],
        )
    )
    standard, nights, clock, derived = plan.calendars
    assert standard.week == (((480, 720), (780, 1020)),) * 5 + ((), ())
    assert [(e.first, e.last, e.intervals) for e in standard.exceptions] == [
        ("2026-01-19", "2026-01-19", ()),
        ("2026-01-23", "2026-01-23", ((480, 720),)),
    ]
    assert nights.week[0] == ((0, 360), (1320, 1440)) and nights.exceptions == standard.exceptions
    assert clock.week == (((0, 1440),),) * 7 and clock.exceptions[0].intervals == ((480, 720),)
    assert (derived.week, derived.exceptions, derived.base_uid) == (clock.week, clock.exceptions, 9)


def test_calendars_that_can_not_be_read_are_reported_and_standard():
    broken = calendar_data(WORK_WEEK)[:-9]
    plan = read(document([task(1)], CALENDAR=[{**STANDARD, "clndr_data": broken}]))
    assert plan.calendars[0].week[0] == ((480, 720), (780, 1020))
    assert {("bad_value", "CALENDAR/clndr_data"), ("no_weekday", "CALENDAR/clndr_data")} <= set(losses(plan))


def test_the_outline_is_the_wbs_in_its_order_with_activities_by_code():
    nodes = [wbs(1), wbs(3, 1, seq_num=2), wbs(2, 1, seq_num=1), wbs(4, 2), wbs(5, 1, seq_num=3)]
    plan = read(
        document(
            [task(10, node=3), task(9, node=3), task(2, node=4), task(3, node=1), task(5, node=77)],
            PROJWBS=nodes,
        )
    )
    assert [(t.uid, t.parent_uid, t.outline_level, t.wbs) for t in plan.tasks] == [
        (-1, None, 1, "W1"),
        (3, -1, 2, "A3"),
        (5, -1, 2, "A5"),
        (-2, -1, 2, "W1.W2"),
        (-4, -2, 3, "W1.W2.W4"),
        (2, -4, 4, "A2"),
        (-3, -1, 2, "W1.W3"),
        (9, -3, 3, "A9"),
        (10, -3, 3, "A10"),
    ]
    assert {("unknown_parent", "TASK/wbs_id"), ("empty_summary", "PROJWBS")} <= set(losses(plan))
    assert (plan.name, plan.title) == ("P1", "Node 1")


def test_a_wbs_that_runs_in_a_circle_is_opened():
    plan = read(document([task(2, node=2), task(3, node=3)], PROJWBS=[wbs(1), wbs(2, 3), wbs(3, 2)]))
    assert [(t.uid, t.parent_uid) for t in plan.tasks] == [(-1, None), (-2, -1), (2, -2), (-3, -2), (3, -3)]


def test_several_projects_are_component_projects_of_one_network():
    plan = read(
        document(
            [task(1, 2), task(2, 3, node=2, in_project=2)],
            [link(1, 2)],
            PROJECT=[project(1), project(2, last_recalc_date="2026-01-06 08:00"), project(3)],
            PROJWBS=[wbs(1), wbs(2, in_project=2), wbs(3, in_project=3)],
        )
    )
    assert [(p.key, p.name, p.root_task_uid) for p in plan.projects] == [
        ("project-1", "Node 1", -1),
        ("project-2", "Node 2", -2),
    ]
    assert [t.project_key for t in plan.tasks] == ["project-1", "project-1", "project-2", "project-2"]
    assert {("projects_differ", "PROJECT/last_recalc_date"), ("no_activities", "PROJECT/proj_id")} <= set(
        losses(plan)
    )
    assert_dates(plan, 2, "01-08T08:00", "01-12T17:00", 0)


def test_level_of_effort_keeps_its_dates_and_drives_nothing():
    effort = {
        "task_type": "TT_LOE",
        "early_start_date": "2026-01-05 08:00",
        "early_end_date": "2026-01-16 17:00",
    }
    plan = read(
        document([task(1, 5), task(2, 10, **effort), task(3, 1)], [link(1, 2, "SS"), link(2, 3), link(1, 3)])
    )
    assert plan.tasks[2].is_level_of_effort
    assert [(k.predecessor_uid, k.successor_uid) for k in plan.links] == [(1, 2), (1, 3)]
    assert_dates(plan, 3, "01-12T08:00", "01-12T17:00", 4)
    assert ("level_of_effort", "TASKPRED/pred_task_id") in losses(plan)


def test_milestones_have_no_duration():
    plan = read(
        document([task(1, 5), task(2, 0, task_type="TT_FinMile"), task(3, 1)], [link(1, 2), link(2, 3)])
    )
    assert plan.tasks[2].is_milestone and plan.tasks[2].duration == 0
    assert_dates(plan, 2, "01-09T17:00", "01-09T17:00", 0)
    assert_dates(plan, 3, "01-12T08:00", "01-12T17:00", 0)


def test_people_work_and_money_are_read():
    plan = read(
        document(
            [task(1, 5), task(2, 5, task_type="TT_Rsrc")],
            CALENDAR=[STANDARD, {**STANDARD, "clndr_id": 8, "clndr_data": calendar_data({2: hours(AFTERNOON)})}],
            RSRC=[
                {"rsrc_id": 1, "rsrc_name": "Crew", "rsrc_type": "RT_Labor", "clndr_id": 8},
                {"rsrc_id": 2, "rsrc_name": 'Pipe 6""', "rsrc_type": "RT_Mat", "parent_rsrc_id": 1},
            ],
            RSRCRATE=[{"rsrc_id": 1, "max_qty_per_hr": 2, "cost_per_qty": "87,5", "start_date": "2026-01-01 00:00"}],
            TASKRSRC=[
                {"taskrsrc_id": 5, "task_id": 1, "rsrc_id": 1, "target_qty": 40, "target_qty_per_hr": 1,
                 "target_cost": 3500, "remain_cost": 3000.125, "act_reg_cost": 499.876},
                {"taskrsrc_id": 6, "task_id": 2, "rsrc_id": 1, "remain_qty": 20},
            ],
            PROJCOST=[{"task_id": 1, "target_cost": 100, "act_cost": 25}],
        )
    )  # fmt: skip
    crew, pipe = plan.resources
    assert (crew.kind, crew.max_units, crew.standard_rate) == (ResourceKind.WORK, 2.0, "87.5")
    assert (pipe.kind, pipe.name, pipe.group) == (ResourceKind.MATERIAL, 'Pipe 6"', "Crew")
    first, second = plan.tasks[1:]
    assert (first.costs.cost, first.costs.fixed_cost, first.costs.actual_cost) == (360000, 10000, 52488)
    assert (first.calendar_uid, second.calendar_uid) == (7, 8)  # only the second depends on its resources
    assert [(a.task_uid, a.work, a.units) for a in plan.assignments] == [(1, 2400, 1.0), (2, 0, 1.0)]
    assert plan.currency == "EUR"


def test_baseline_projects_are_baselines():
    old = {
        "early_start_date": "2026-01-05 08:00",
        "early_end_date": "2026-01-08 17:00",
        "in_project": 2,
        "node": 2,
    }
    plan = read(
        document(
            [task(1, 5), task(2, 1), task(11, 4, **old, task_code="A1"), task(12, 4, **old, task_code="Z")],
            [link(1, 2), link(11, 12)],
            PROJECT=[project(1, sum_base_proj_id=2), project(2, orig_proj_id=1)],
            PROJWBS=[wbs(1), wbs(2, in_project=2)],
        )
    )
    assert [t.uid for t in plan.tasks] == [-1, 1, 2] and len(plan.links) == 1
    (baseline,) = plan.baselines
    assert baseline.number == 0
    assert [(e.task_uid, e.start, e.finish, e.duration) for e in baseline.entries] == [
        (-1, at("01-05T08:00"), at("01-08T17:00"), NONE),
        (1, at("01-05T08:00"), at("01-08T17:00"), 4 * 480),
    ]


def test_notes_lose_their_markup_and_lines_may_go_on():
    memo = "<html><body><p>First\x7f\x7fline</p>\r\nnot the &lt;last&gt;</body></html>"
    plan = read(
        document(
            [task(1)],
            MEMOTYPE=[{"memo_type_id": 1, "memo_type": "Scope"}],
            TASKMEMO=[{"task_id": 1, "memo_type_id": 1, "task_memo": memo}],
        )
    )
    assert plan.tasks[1].notes == "P6 activity A1\nScope: First\nline\nnot the <last>"


def test_what_has_no_place_is_counted():
    plan = read(
        document([task(1)], UDFVALUE=[{"udf_type_id": 1}] * 3, TASKACTV=[{"task_id": 1}], OBS=[{"obs_id": 1}])
    )
    assert [(e.code, e.column, e.count) for e in plan.losses] == [
        ("custom_field", "UDFVALUE", 3),
        ("not_imported", "TASKACTV", 1),
    ]


def test_tables_come_in_any_order_and_in_both_encodings():
    tables = [
        table("TASKPRED", [link(1, 2)]),
        table("TASK", [task(1, task_name="Überprüfung – Ø"), task(2)]),
        table("PROJWBS", [wbs(1)]),
        table("CALENDAR", [STANDARD]),
        table("PROJECT", [project()]),
    ]
    text = "\n".join(("ERMHDR\t8.0", *tables, "%E"))
    plans = [read(text.encode("utf-8-sig")), read(text.encode("cp1252"))]
    assert [plan.tasks[1].name for plan in plans] == ["Überprüfung – Ø"] * 2
    assert losses(plans[0]) == [] and losses(plans[1]) == [("encoding", "")]
    assert len(plans[0].links) == 1


def test_links_without_both_ends_are_left_out_by_name():
    plan = read(document([task(1)], [link(1, 5), link(6, 1), link(1, 1)]))
    assert plan.links == ()
    assert {code for code, _ in losses(plan)} == {"missing_successor", "missing_predecessor", "self_link"}
