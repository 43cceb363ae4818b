"""Import, export, import: the same plan; and the order of elements that the published schema asks for."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.importers import mspdi, mspdi_write
from projects.importers.plan import (
    CalendarException,
    ImportedCalendar,
    ImportedLink,
    ImportedPlan,
    ImportedTask,
    LagUnit,
    LinkKind,
    Progress,
)
from projects.importers.reports import ImportRefused
from tests.projects.importers.documents import document, link, read, task
from tests.projects.importers.test_mspdi_safety import WHOLE, mutated, mutation, values, with_values
from tests.projects.importers.test_mspdi_samples import FEATURES, PROGRAMS

NS = "{http://schemas.microsoft.com/project}"
TASK_ORDER = (
    "UID ID Name Active Manual Type IsNull Contact WBS OutlineNumber OutlineLevel Priority Start Finish Duration ManualStart "
    "ManualFinish ManualDuration DurationFormat Work Stop Resume EffortDriven Recurring Estimated Milestone Summary "
    "IsSubproject SubprojectName ExternalTask FixedCost PercentComplete Cost ActualStart ActualFinish ActualDuration "
    "ActualCost RemainingDuration RemainingCost ConstraintType CalendarUID ConstraintDate Deadline LevelingDelay "
    "LevelingDelayFormat IgnoreResourceCalendar Notes PhysicalPercentComplete PredecessorLink Baseline"
).split()


def written(plan: ImportedPlan) -> bytes:
    target = io.BytesIO()
    mspdi_write.write(plan, target)
    return target.getvalue()


def comparable(plan: ImportedPlan) -> ImportedPlan:
    """Without the loss report, which speaks of the file, and with percentages as the format holds them."""
    tasks = tuple(
        replace(
            t,
            progress=replace(
                t.progress,
                percent_complete=round(t.progress.percent_complete),
                physical_percent_complete=round(t.progress.physical_percent_complete),
            ),
        )
        for t in plan.tasks
    )
    return replace(plan, losses=(), tasks=tasks)


@pytest.mark.parametrize("name", [*PROGRAMS, *FEATURES])
def test_every_sample_comes_back_the_same(samples: Path, name: str):
    path = samples / ("mspdi" if name in PROGRAMS else "mspdi-features") / f"{name}.xml"
    plan = mspdi.read(io.BytesIO(path.read_bytes()), file="t.xml")
    again = read(written(plan))
    assert comparable(again) == comparable(plan)
    assert [entry.code for entry in again.losses] in ([], ["no_tasks"])


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(mutation, max_size=4))
def test_whatever_can_be_read_can_be_written_and_read_again(changes):
    try:
        plan = read(mutated(WHOLE, changes))
    except ImportRefused:
        return
    assert comparable(read(written(plan))) == comparable(plan)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values)
def test_odd_values_survive_export_and_import(changes):
    plan = read(with_values(WHOLE, changes))
    assert comparable(read(written(plan))) == comparable(plan)


def test_elements_stand_in_the_order_of_the_schema():
    inside = (
        "<ManualStart>2026-01-05T08:00:00</ManualStart><Manual>1</Manual><Notes>n</Notes><PercentComplete>50</PercentComplete>"
        "<ActualStart>2026-01-05T08:00:00</ActualStart><Deadline>2026-02-01T17:00:00</Deadline><WBS>1</WBS>"
        "<Baseline><Number>0</Number><Cost>5</Cost></Baseline>"
    )
    root = ElementTree.fromstring(written(read(document(task(1), task(2, inside + link(1))))))
    sections = [child.tag.removeprefix(NS) for child in root]
    assert sections[-4:] == ["Calendars", "Tasks", "Resources", "Assignments"]
    for element in root.iter(f"{NS}Task"):
        names = [child.tag.removeprefix(NS) for child in element]
        assert set(names) <= set(TASK_ORDER)
        assert names == sorted(names, key=TASK_ORDER.index)
    last = list(root.iter(f"{NS}Task"))[-1]
    assert {"ManualStart", "ActualStart", "Deadline", "PredecessorLink", "Baseline"} <= {
        c.tag.removeprefix(NS) for c in last
    }


def test_a_plan_that_was_never_a_file_is_written_with_the_units_of_the_format():
    plan = ImportedPlan(
        source="database",
        name='Renewal <&"> \x00phase',
        calendar_uid=1,
        calendars=(
            ImportedCalendar(
                1, "Shift", exceptions=(CalendarException("2026-12-24", "2026-12-26", ((0, 1440),)),)
            ),
        ),
        tasks=(
            ImportedTask(1, "Group", is_summary=True),
            ImportedTask(
                2,
                "Build",
                parent_uid=1,
                outline_level=2,
                duration=960,
                progress=Progress(50.0, actual_start=0),
            ),
            ImportedTask(3, "Cure", parent_uid=1, outline_level=2, duration=2880, is_elapsed=True),
        ),
        links=(
            ImportedLink(2, 3, LinkKind.SS, 480),
            ImportedLink(2, 3, LinkKind.FF, 1440, LagUnit.ELAPSED),
            ImportedLink(1, 3, LinkKind.SF, -5000, LagUnit.PERCENT),
        ),
    )
    root = ElementTree.fromstring(written(plan))
    tasks = list(root.iter(f"{NS}Task"))
    assert [t.findtext(f"{NS}OutlineNumber") for t in tasks] == ["0", "1", "1.1", "1.2"]
    assert [t.findtext(f"{NS}ID") for t in tasks] == ["0", "1", "2", "3"]
    assert tasks[0].findtext(f"{NS}Name") == 'Renewal <&"> phase'
    assert tasks[2].findtext(f"{NS}Duration") == "PT16H0M0S"
    assert tasks[3].findtext(f"{NS}DurationFormat") == "8"
    links = [
        tuple(c.text for c in k if c.tag != f"{NS}CrossProject") for k in root.iter(f"{NS}PredecessorLink")
    ]
    assert links == [("2", "3", "4800", "7"), ("2", "0", "14400", "8"), ("1", "2", "-50", "19")]
    exception = next(root.iter(f"{NS}Exception"))
    assert [e.text for e in exception.iter(f"{NS}ToTime")] == ["00:00:00"]


def test_pieces_of_a_task_without_assignments_are_not_lost():
    nine, days = 9 * 60, 1440
    split = ((nine, nine + 60), (days + nine, days + nine + 60))
    plan = ImportedPlan(
        source="database",
        name="p",
        calendars=(ImportedCalendar(1, "Standard"),),
        calendar_uid=1,
        tasks=(ImportedTask(1, "Split", duration=120, splits=split),),
    )
    assert read(written(plan)).tasks[0].splits == split
