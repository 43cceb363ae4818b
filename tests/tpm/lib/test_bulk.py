"""Result tables are made equal to arrays by touching only what differs."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

import numpy as np
import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from tpm.lib import bulk
from tpm.lib.bulk import BIGINT, BOOLEAN, DATE, FLOAT, INTEGER, TEXT, WALL, Column, Difference, Stamp
from tpm.lib.walltime import NONE, to_minutes

COLUMNS = (
    Column("part"),
    Column("name", TEXT(8)),
    Column("at", WALL),
    Column("amount", BIGINT, "({}::numeric / 100)", "({} * 100)"),
    Column("ratio", FLOAT),
    Column("day", DATE),
    Column("flag", BOOLEAN),
    Column("count", INTEGER),
)
Row = tuple[datetime | None, Decimal | None, float | None, date, bool, int]

keys = st.tuples(st.integers(1, 3), st.sampled_from(["a", "b", "a b", "abcdefgh"]))
rows = st.tuples(
    st.none()
    | st.datetimes(datetime(1999, 1, 1), datetime(2040, 1, 1)).map(
        lambda at: at.replace(second=0, microsecond=0)
    ),
    st.none() | st.integers(-(10**12), 10**12).map(lambda cents: Decimal(cents) / 100),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
    st.dates(date(1999, 1, 1), date(2040, 1, 1)),
    st.booleans(),
    st.integers(-(2**31), 2**31 - 1),
)
tables = st.dictionaries(keys, rows, max_size=8)


def _arrays(table: dict[tuple[int, str], Row]) -> dict[str, np.ndarray[Any, Any]]:
    at, amount, ratio, day, flag, count = zip(*table.values(), strict=True) if table else ([],) * 6
    return {
        "part": np.array([part for part, _name in table], np.int64),
        "name": np.array([name.encode() for _part, name in table], "S8"),
        "at": np.array([NONE if one is None else to_minutes(one) for one in at], np.int64),
        "amount": np.array([NONE if one is None else int(one * 100) for one in amount], np.int64),
        "ratio": np.array([np.nan if one is None else one for one in ratio], np.float64),
        "day": np.array(day, "datetime64[D]"),
        "flag": np.array(flag, bool),
        "count": np.array(count, np.int32),
    }


def _sync(scope: int, table: dict[tuple[int, str], Row], revision: int = 1) -> Difference:
    return bulk.sync(
        "sample",
        key=("part", "name"),
        columns=COLUMNS,
        values=_arrays(table),
        scope={"scope_id": scope},
        stamp=Stamp("seen", revision, unnoticed=("count",)),
    )


def _read(scope: int) -> tuple[dict[tuple[int, str], Row], dict[tuple[int, str], tuple[str, int]]]:
    with connection.cursor() as cursor:
        cursor.execute(
            'SELECT part, name, "at", amount, ratio, day, flag, count, ctid::text, seen FROM sample WHERE scope_id = %s',
            [scope],
        )
        found = cursor.fetchall()
    return {row[:2]: row[2:8] for row in found}, {row[:2]: row[8:] for row in found}


class Sync(TestCase):
    def setUp(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE TEMPORARY TABLE IF NOT EXISTS sample (scope_id bigint, part bigint, name text, at timestamp,"
                " amount numeric(18, 2), ratio double precision, day date, flag boolean, count integer, seen bigint)"
            )
            cursor.execute("TRUNCATE sample")

    @given(before=tables, after=tables, other=tables)
    def test_the_table_becomes_what_was_given_and_only_rows_that_differ_are_written(
        self,
        before: dict[tuple[int, str], Row],
        after: dict[tuple[int, str], Row],
        other: dict[tuple[int, str], Row],
    ) -> None:
        _sync(1, {})
        _sync(2, other)
        assert _sync(1, before) == Difference(inserted=len(before), updated=0, deleted=0)
        _rows, places = _read(1)
        same = {key for key in before.keys() & after.keys() if before[key] == after[key]}
        assert _sync(1, after, revision=2) == Difference(
            inserted=len(after.keys() - before.keys()),
            updated=len(after.keys() & before.keys()) - len(same),
            deleted=len(before.keys() - after.keys()),
        )
        now, places_now = _read(1)
        assert now == after
        assert all(places[key] == places_now[key] for key in same)
        told = {key for key, (_place, seen) in places_now.items() if seen == 2}
        assert told == {key for key in after if key not in before or before[key][:-1] != after[key][:-1]}
        assert _read(2)[0] == other

    def test_a_text_that_is_too_long_is_refused_and_nothing_is_written(self) -> None:
        with pytest.raises(ValueError, match="name: a value is longer than 8 bytes"):
            values = _arrays({}) | {"name": np.array([b"123456789"])}
            bulk.sync(
                "sample", key=("part", "name"), columns=COLUMNS[1:2], values=values, scope={"scope_id": 1}
            )
        assert _read(1)[0] == {}
