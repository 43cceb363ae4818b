"""Hostile and broken files: refused by name, or imported with a report; never anything else."""

from __future__ import annotations

import io
import re
import tracemalloc
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from projects.importers import mspdi
from projects.importers.plan import ImportedPlan
from projects.importers.reports import ImportRefused
from tests.projects.importers.documents import HEAD, calendar, day, document, exception, link, read, task

BOMB = b"""<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><Project xmlns="http://schemas.microsoft.com/project"><Name>&c;</Name></Project>"""
EXTERNAL = b"""<?xml version="1.0"?><!DOCTYPE Project [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<Project xmlns="http://schemas.microsoft.com/project"><Name>&x;</Name></Project>"""
WHOLE = document(
    task(1, "<Baseline><Number>1</Number><Cost>5</Cost></Baseline>"),
    task(2, link(1, "<Type>3</Type><LinkLag>4800</LinkLag><LagFormat>19</LagFormat>"), level=2),
    task(3, "<ConstraintType>4</ConstraintType><ConstraintDate>2026-01-05T08:00:00</ConstraintDate>"),
    head="<StartDate>2026-01-05T08:00:00</StartDate><CalendarUID>1</CalendarUID>",
    calendars=calendar(
        1,
        "<WeekDays>"
        + day(2, ("08:00", "12:00"))
        + "</WeekDays><Exceptions>"
        + exception("2026-01-01", "2026-12-31", "<Type>6</Type><Period>2</Period><DaysOfWeek>10</DaysOfWeek>")
        + "</Exceptions><WorkWeeks><WorkWeek><TimePeriod><FromDate>2026-02-01T00:00:00</FromDate>"
        "<ToDate>2026-03-01T23:59:00</ToDate></TimePeriod><WeekDays>"
        + day(3)
        + "</WeekDays></WorkWeek></WorkWeeks>",
    ),
    rest="<Resources><Resource><UID>1</UID><Name>R</Name></Resource></Resources><Assignments><Assignment><UID>1</UID>"
    "<TaskUID>3</TaskUID><ResourceUID>1</ResourceUID><TimephasedData><Type>1</Type><Start>2026-01-05T08:00:00</Start>"
    "<Finish>2026-01-06T08:00:00</Finish><Value>PT8H0M0S</Value></TimephasedData></Assignment></Assignments>",
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"   ", "truncated"),
        (WHOLE[: len(WHOLE) // 2], "truncated"),
        (WHOLE[:-1], "truncated"),
        (BOMB, "document_type"),
        (EXTERNAL, "document_type"),
        (b'<?xml version="1.0"?><!DOCTYPE Project><Project/>', "document_type"),
        (b"<Project>&undefined;</Project>", "bad_xml"),
        (b"<Project><Name>a</Nome></Project>", "bad_xml"),
        (b"{}", "bad_xml"),
        (b"<svg/>", "not_mspdi"),
        (b'<Project xmlns="urn:other"/>', "not_mspdi"),
        (b'<?xml version="1.0" encoding="klingon"?><Project/>', "bad_xml"),
        (b"\xff\xfe\x00", "truncated"),
        (f"{HEAD}{'<a>' * 50}{'</a>' * 50}</Project>".encode(), "too_deep"),
        (f"{HEAD}<Name>{'x' * (4 * 2**20 + 1)}</Name></Project>".encode(), "text_too_long"),
    ],
)
def test_what_is_no_whole_plan_is_refused_with_a_reason(data, code):
    with pytest.raises(ImportRefused) as refused:
        read(data)
    assert refused.value.code == code
    assert refused.value.entries[0].file == "t.xml" and "t.xml" in refused.value.reason


def test_a_plan_in_other_encodings_and_without_a_namespace_is_read():
    plain = "<Project><Tasks><Task><UID>1</UID><Name>Überprüfung</Name></Task></Tasks></Project>"
    for data in (
        plain.encode(),
        plain.encode("utf-16"),
        f'<?xml version="1.0" encoding="ISO-8859-1"?>{plain}'.encode("latin-1"),
        f'<?xml version="1.0" encoding="windows-1252"?>{plain}'.encode("cp1252"),
    ):
        assert read(data).tasks[0].name == "Überprüfung"


class Pieces(io.RawIOBase):
    """A stream that makes its bytes as they are read."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts = parts
        self.read_calls = 0

    def read(self, size: int = -1) -> bytes:
        self.read_calls += 1
        chunk = bytearray()
        while len(chunk) < size and (part := next(self._parts, None)) is not None:
            chunk += part
        return bytes(chunk)


def parts(count: int) -> Iterator[bytes]:
    data = "<TimephasedData><Type>4</Type><Value>PT8H0M0S</Value></TimephasedData>" * 20
    yield f"{HEAD}<Views>".encode()
    for _ in range(count):
        yield b"<View><Name>one of very many views that nobody needs</Name></View>"
    yield b"</Views><Tasks>"
    for number in range(1, count // 20):
        yield task(number, data).encode()
    yield b"</Tasks></Project>"


def test_a_large_file_is_read_in_pieces_and_what_is_not_kept_takes_no_memory():
    seen: list[int] = []
    tracemalloc.start()
    plan = mspdi.read(Pieces(parts(20_000)), progress=seen.append)  # type: ignore[arg-type]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(plan.tasks) == 999
    assert seen == sorted(seen) and seen[-1] > 2_500_000 and len(seen) >= 10
    assert peak < 3_500_000


mutation = st.tuples(
    st.floats(0, 1, exclude_max=True),
    st.sampled_from(["flip", "cut", "double", "digit", "swap"]),
    st.integers(0, 255),
)


def mutated(data: bytes, changes: list[tuple[float, str, int]]) -> bytes:
    content = bytearray(data)
    for where, how, byte in changes:
        at = int(where * len(content))
        if how == "flip" and content:
            content[at] = byte
        elif how == "cut":
            del content[at : at + byte]
        elif how == "double":
            content[at:at] = content[at : at + byte]
        elif how == "digit":
            while at < len(content) and not 48 <= content[at] <= 57:
                at += 1
            content[at : at + 1] = str(byte * 7 - 300).encode()
        elif (end := content.find(b"<", at + 1)) > 0:
            content[at:end] = content[at:end][::-1]
    return bytes(content)


def sound(plan: ImportedPlan) -> bool:
    """What the engine relies on: parents and link ends are there, parents come first, intervals are in order."""
    seen: set[int] = set()
    for t in plan.tasks:
        if t.parent_uid is not None and t.parent_uid not in seen:
            return False
        seen.add(t.uid)
    ends = all(k.successor_uid in seen and (k.external or k.predecessor_uid in seen) for k in plan.links)
    days = [d for c in plan.calendars for d in (*c.week, *(e.intervals for e in c.exceptions))]
    hours = all(0 <= a < b <= 1440 for d in days for a, b in d)
    ranges = [e for c in plan.calendars for e in c.exceptions]
    return (
        ends and hours and all(e.first <= e.last for e in ranges) and all(t.duration >= 0 for t in plan.tasks)
    )


NASTY = (
    *(
        "",
        " ",
        "-1",
        "0",
        "1",
        "2",
        "7",
        "53",
        "99",
        "-99999999999999",
        "999999999999999",
        "1e18",
        "0.5",
        "NaN",
        "x" * 600,
    ),
    *(
        "PT0H0M0S",
        "PT99999999H0M0S",
        "-PT8H0M0S",
        "P9999999DT1H",
        "PT1H",
        "true",
        "08:00:00",
        "24:00:00",
        "00:00:00",
    ),
    *(
        "1984-01-01T00:00:00",
        "2149-12-31T23:59:00",
        "2200-12-31T24:00:00",
        "1900-01-01",
        "0000-00-00T00:00:00",
        "NA",
    ),
)
LEAF = re.compile(rb">([^<>]*)</")


def with_values(data: bytes, changes: list[tuple[float, str]]) -> bytes:
    """Well-formed still: some texts replaced by others."""
    for where, value in changes:
        leaves = list(LEAF.finditer(data))
        leaf = leaves[int(where * len(leaves))]
        data = data[: leaf.start(1)] + value.encode() + data[leaf.end(1) :]
    return data


values = st.lists(
    st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(NASTY)), min_size=1, max_size=8
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values)
def test_values_of_any_kind_in_any_place_are_imported_soundly_with_a_report(changes):
    plan = read(with_values(WHOLE, changes))
    assert sound(plan)
    assert all(entry.reason and entry.count >= 1 for entry in plan.losses)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(mutation, min_size=1, max_size=4))
def test_any_broken_file_is_refused_by_name_or_imported_soundly(changes):
    try:
        plan = read(mutated(WHOLE, changes))
    except ImportRefused as refused:
        assert refused.code and refused.reason and refused.entries
    else:
        assert sound(plan)


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(["mspdirelations", "mspdisplittask", "mspdinulltasks"]),
    st.lists(mutation, min_size=1, max_size=3),
)
def test_broken_files_of_ms_project_end_the_same_way(samples, name, changes):
    data = (samples / "mspdi-features" / f"{name}.xml").read_bytes()
    try:
        assert sound(read(mutated(data, changes)))
    except ImportRefused as refused:
        assert refused.entries
