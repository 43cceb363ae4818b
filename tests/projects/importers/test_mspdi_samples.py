"""The sample files saved by MS Project, against numbers read from their XML by another parser."""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest

from projects.importers import mspdi
from projects.importers.plan import NONE, STANDARD_DAY, STANDARD_WEEK, ImportedPlan, LinkKind, ResourceKind
from projects.importers.portfolio import day_start
from projects.importers.reports import Severity

NS = "{http://schemas.microsoft.com/project}"
PROGRAMS = {
    "mp_j30_a2_nr5": (64, 117),
    "mp_j120_a2_nr5": (244, 367),
    "mp_j30_a10_nr1": (320, 480),
    "mp_j30_a20_nr1": (640, 1379),
}
FEATURES = (
    "calendar-calendars-project2019-mspdi",
    "calendar-recurring-exceptions-project2016-mspdi",
    "mspdiavailability",
    "mspdicostratetable",
    "mspdiduration",
    "mspdinulltasks",
    "mspdirelations",
    "mspdisplittask",
    "task-baselines-project2007-mspdi",
)


def at(text: str) -> int:
    moment = datetime.fromisoformat(text)
    return day_start(moment.date()) + moment.hour * 60 + moment.minute


def load(samples: Path, name: str) -> tuple[ImportedPlan, ElementTree.Element]:
    folder = "mspdi" if name in PROGRAMS else "mspdi-features"
    path = samples / folder / f"{name}.xml"
    with open(path, "rb") as file:
        return mspdi.read(file, file=path.name), ElementTree.parse(path).getroot()


def hours(text: str) -> int:
    """Minutes of PTxHxMxS."""
    match = re.fullmatch(r"PT(\d+)H(\d+)M0S", text)
    assert match
    return int(match.group(1)) * 60 + int(match.group(2))


@pytest.mark.parametrize("name", [*PROGRAMS, *FEATURES])
def test_every_task_link_and_assignment_of_every_file_is_there(samples, name):
    plan, root = load(samples, name)
    rows = [
        t
        for t in root.iter(f"{NS}Task")
        if t.findtext(f"{NS}IsNull") != "1" and t.findtext(f"{NS}UID") != "0"
    ]
    assert [t.uid for t in plan.tasks] == [int(t.findtext(f"{NS}UID", "")) for t in rows]
    for imported, row in zip(plan.tasks, rows, strict=True):
        assert imported.name == row.findtext(f"{NS}Name")
        assert imported.duration == hours(row.findtext(f"{NS}Duration", "PT0H0M0S"))
        assert imported.start == at(row.findtext(f"{NS}Start", "")) and imported.finish == at(
            row.findtext(f"{NS}Finish", "")
        )
        assert imported.costs.cost == int(row.findtext(f"{NS}Cost", "0"))
        assert imported.work == hours(row.findtext(f"{NS}Work", "PT0H0M0S"))
    assert len(plan.links) == len(list(root.iter(f"{NS}PredecessorLink")))
    assigned = [a for a in root.iter(f"{NS}Assignment") if a.findtext(f"{NS}TaskUID") != "0"]
    assert len(plan.assignments) == len(assigned)
    assert len(plan.calendars) == len(list(root.iter(f"{NS}Calendar")))
    assert plan.start == at(root.findtext(f"{NS}StartDate", ""))
    assert not [entry for entry in plan.losses if entry.severity is Severity.ERROR]


@pytest.mark.parametrize("name", PROGRAMS)
def test_the_programs_come_with_their_links_and_without_a_loss(samples, name):
    plan, root = load(samples, name)
    assert (len(plan.tasks), len(plan.links)) == PROGRAMS[name]
    assert plan.losses == ()
    lags = sorted(int(lag.text or 0) for lag in root.iter(f"{NS}LinkLag"))
    assert sorted(link.lag * 10 for link in plan.links) == lags
    assert plan.calendars[0].week[:5] == (((540, 780), (900, 1140)),) * 5


def test_all_four_link_types_and_the_lag_are_read(samples):
    plan, _ = load(samples, "mspdirelations")
    assert [(k.predecessor_uid, k.successor_uid, k.kind, k.lag) for k in plan.links] == [
        (1, 2, LinkKind.FS, 0),
        (2, 3, LinkKind.SS, 480),
        (3, 4, LinkKind.FF, 0),
        (4, 5, LinkKind.SF, 0),
    ]


def test_every_duration_unit_is_read(samples):
    plan, _ = load(samples, "mspdiduration")
    assert [(t.duration, t.is_elapsed) for t in plan.tasks] == [
        (1, False),
        (60, False),
        (480, False),
        (2400, False),
        (9600, False),
        (1, True),
        (60, True),
        (1440, True),
        (7 * 1440, True),
        (30 * 1440, True),
    ]


def test_blank_rows_are_left_out_and_counted(samples):
    plan, _ = load(samples, "mspdinulltasks")
    assert [(t.name, t.row, t.wbs) for t in plan.tasks] == [
        ("Task 1", 1, "1"),
        ("Task 2", 3, "1.1"),
        ("Task 3", 4, "1.2"),
        ("Task 4", 6, "2"),
        ("Task 5", 8, "2.1"),
    ]
    assert [t.parent_uid for t in plan.tasks] == [None, 1, 1, None, 6]
    assert [entry.count for entry in plan.losses if entry.code == "blank_row"] == [3]


def test_interrupted_tasks_keep_their_pieces(samples):
    plan, _ = load(samples, "mspdisplittask")
    assert plan.tasks[0].splits == (
        (at("2006-09-21T08:00"), at("2006-09-26T17:00")),
        (at("2006-10-02T08:00"), at("2006-10-09T17:00")),
    )
    assert plan.tasks[1].splits == (
        (at("2006-09-21T08:00"), at("2006-09-25T17:00")),
        (at("2006-09-28T08:00"), at("2006-10-04T17:00")),
        (at("2006-10-10T08:00"), at("2006-10-18T17:00")),
    )


def test_cost_rate_tables_are_read(samples):
    plan, _ = load(samples, "mspdicostratetable")
    one, two, three = plan.resources
    assert one.rates == () or len(one.rates) == 5
    assert [(r.table, r.standard_rate, r.overtime_rate, r.cost_per_use) for r in two.rates] == [
        (0, "5", "10", 1500),
        (1, "20", "25", 3000),
        (2, "35", "40", 4500),
        (3, "50", "55", 6000),
        (4, "65", "70", 7500),
    ]
    assert (two.rates[0].starts, two.rates[0].ends) == (NONE, NONE)
    assert three.rates[0].ends == three.rates[1].starts == at("2009-06-15T08:00")
    assert three.rates[1].standard_rate == "1200"


def test_availability_periods_are_read(samples):
    plan, _ = load(samples, "mspdiavailability")
    periods = plan.resources[-1].availability
    assert [(p.starts, p.units) for p in periods] == [
        (at("2009-06-01T00:00"), 1.0),
        (at("2009-07-02T00:00"), 0.6),
        (at("2009-08-20T00:00"), 0.75),
    ]
    assert all(r.kind is ResourceKind.WORK for r in plan.resources)


def test_all_eleven_baselines_are_read(samples):
    plan, root = load(samples, "task-baselines-project2007-mspdi")
    assert [b.number for b in plan.baselines] == list(range(11))
    for baseline in plan.baselines:
        stated = [
            (int(t.findtext(f"{NS}UID", "")), b)
            for t in root.iter(f"{NS}Task")
            for b in t.iter(f"{NS}Baseline")
            if b.findtext(f"{NS}Number") == str(baseline.number)
        ]
        assert [e.task_uid for e in baseline.entries] == [uid for uid, _ in stated]
        for entry, (_, xml) in zip(baseline.entries, stated, strict=True):
            assert entry.cost == (
                int(xml.findtext(f"{NS}Cost", "")) if xml.find(f"{NS}Cost") is not None else NONE
            )
            for got, tag in ((entry.start, "Start"), (entry.finish, "Finish")):
                assert got == (
                    at(xml.findtext(f"{NS}{tag}", "")) if xml.find(f"{NS}{tag}") is not None else NONE
                )
            for got, tag in ((entry.duration, "Duration"), (entry.work, "Work")):
                assert got == (
                    hours(xml.findtext(f"{NS}{tag}", "")) if xml.find(f"{NS}{tag}") is not None else NONE
                )


def test_base_and_resource_calendars_are_told_apart(samples):
    plan, root = load(samples, "calendar-calendars-project2019-mspdi")
    stated = [
        (c.findtext(f"{NS}Name"), c.findtext(f"{NS}IsBaseCalendar") == "1")
        for c in root.iter(f"{NS}Calendar")
    ]
    assert [(c.name, c.is_base) for c in plan.calendars] == stated
    assert all(c.week == STANDARD_WEEK and c.week[0] == STANDARD_DAY for c in plan.calendars)
    assert {r.calendar_uid for r in plan.resources} <= {c.uid for c in plan.calendars}
