"""Broken and hostile XER files: refused by name, with line and table, or imported with a report; never anything else."""

from __future__ import annotations

import io
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projects.importers import plan_files, xer
from projects.importers.plan import ImportedPlan
from projects.importers.reports import ImportRefused
from tests.projects.importers.xer_documents import document, link, read, task

WHOLE = document(
    [task(1, 2), task(2, 3, act_start_date="2026-01-05 08:00"), task(3, 1, cstr_type="CS_MSOA")],
    [link(1, 2, "SS", 1), link(2, 3)],
    TASKRSRC=[{"taskrsrc_id": 1, "task_id": 1, "rsrc_id": 4, "target_qty": 8}],
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<Project/>", "not_xer"),
        (b"ERMHDRX\t8\r\n%E", "not_xer"),
        (b"ERMHDR\t8.0\r\n", "truncated"),
        (WHOLE[: len(WHOLE) // 2].rpartition(b"\r\n")[0], "truncated"),
        (WHOLE[:-4], "truncated"),
        (b"ERMHDR\t8\n%T\tTASK\n%F\ttask_id\ttask_code\n%R\t1\n%E\n", "bad_row"),
        (b"ERMHDR\t8\n%T\tTASK\n%F\ttask_id\ttask_code\n%R\t1\tA\tB\n%E\n", "bad_row"),
        (b"ERMHDR\t8\n%T\tTASK\n%R\t1\n%E\n", "bad_xer"),
        (b"ERMHDR\t8\n%F\ttask_id\n%E\n", "bad_xer"),
        (b"ERMHDR\t8\n%T\tTASK\nnonsense\n%E\n", "bad_xer"),
        (b"ERMHDR\t8\n%T\tTASK\n%F\ttask_id\ttask_id\n%E\n", "bad_xer"),
        (b"ERMHDR\t8\n%T\tTA\0SK\n%E\n", "not_text"),
        ("ERMHDR\t8\n%E\n".encode("utf-16"), "not_text"),
    ],
)
def test_what_is_no_whole_file_is_refused_with_a_reason(data, code):
    with pytest.raises(ImportRefused) as refused:
        read(data)
    assert refused.value.code == code
    assert "t.xer" in refused.value.reason and refused.value.entries[0].file == "t.xer"


def test_a_row_that_does_not_fit_is_refused_with_line_and_table():
    lines = WHOLE.decode().split("\r\n")
    broken = next(n for n, line in enumerate(lines) if line.startswith("%R") and "Task 2" in line)
    lines[broken] += "\tsurplus"
    with pytest.raises(ImportRefused, match="table TASK has 13 cells instead of 12") as refused:
        read("\r\n".join(lines).encode())
    assert refused.value.entries[0].row == broken + 1


def test_a_line_without_end_is_refused_before_it_fills_the_memory():
    endless = b"ERMHDR\t8\n%T\tTASK\n%F\ttask_id\n%R\t" + b"9" * (17 * 2**20)
    with pytest.raises(ImportRefused) as refused:
        read(endless)
    assert refused.value.code == "record_too_large"


@given(st.data())
def test_any_damage_ends_in_a_plan_or_a_refusal(data):
    at = data.draw(st.integers(0, len(WHOLE) - 1))
    length = data.draw(st.integers(0, 40))
    other = data.draw(st.binary(max_size=8) | st.sampled_from([b"\t", b"\n%R\t", b"(0||", b"9" * 30, b"-1"]))
    try:
        plan = read(WHOLE[:at] + other + WHOLE[at + length :])
    except ImportRefused as refusal:
        assert refusal.reason
    else:
        assert isinstance(plan, ImportedPlan)
        uids = {each.uid for each in plan.tasks}
        assert all({each.predecessor_uid, each.successor_uid} <= uids for each in plan.links)
        assert all(each.parent_uid is None or each.parent_uid in uids for each in plan.tasks)


def test_memory_grows_with_the_plan_not_with_the_file():
    wide = {f"column_{n}": "x" * 200 for n in range(50)}
    rows = [task(n, **wide) for n in range(1, 600)]
    data = document(rows)
    assert len(data) > 5 * 2**20
    stream = io.BytesIO(data)
    tracemalloc.start()
    plan = xer.read(stream)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(plan.tasks) == 600 and peak < 4 * 2**20


def test_plan_files_are_told_apart_by_what_they_hold():
    xml = b'<Project xmlns="http://schemas.microsoft.com/project"><Tasks/></Project>'
    assert plan_files.read(io.BytesIO(b"\xef\xbb\xbf" + WHOLE), file="plan.xml").source == "xer"
    assert plan_files.read(io.BytesIO(xml), file="plan").source == "mspdi"
    with pytest.raises(ImportRefused) as refused:
        plan_files.read(io.BytesIO(xml), file="plan.XER")
    assert refused.value.code == "not_xer"
