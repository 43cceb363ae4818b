"""Whole tables between PostgreSQL and NumPy by binary COPY, and set-based writing of what differs.

Every value of a row has a fixed width, so one row is one record of a structured array and nothing is parsed or formatted
row by row. A missing value travels as a sentinel (the least ``int64``, which PostgreSQL reads as ``-infinity`` for a
timestamp; NaN for a float) and is NULL in the tables.
"""

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from tpm.lib.walltime import NONE

HEADER = b"PGCOPY\n\xff\r\n\0" + bytes(8)
TRAILER = b"\xff\xff"
_WALL_2000 = 10957 * 1440  # minutes from 1970-01-01 to 2000-01-01, PostgreSQL's own epoch
_MICROSECONDS = 60_000_000
_DAY_2000 = 10957
_CHUNK = 1 << 18  # bytes handed to libpq at a time
_GUESSED = 10_000  # rows; a smaller table that was never analysed is taken for one of ten pages
Values = Mapping[str, NDArray[Any]]
# By table: what it holds within a scope, as this process left it. Whoever keeps it must know that nobody wrote there since.
Known = dict[str, Values]


@dataclass(frozen=True)
class Kind:
    """How a column travels: its PostgreSQL type, its big-endian width, its sentinel for NULL (an SQL literal or None)."""

    sql: str
    wire: str
    null: str | None = None


BIGINT = Kind("bigint", ">i8", f"'{NONE}'::bigint")
INTEGER = Kind("integer", ">i4")
SMALLINT = Kind("smallint", ">i2")
BOOLEAN = Kind("boolean", "?")
FLOAT = Kind("double precision", ">f8", "'NaN'::double precision")
WALL = Kind("timestamp without time zone", ">i8", "'-infinity'::timestamp")
DATE = Kind("date", ">i4")


def TEXT(width: int) -> Kind:
    """Return a text column of at most ``width`` bytes; longer values are refused by ``write``."""
    return Kind("text", f"S{width}")


@dataclass(frozen=True)
class Column:
    """One column of a result table.

    ``store`` is the SQL that turns the travelling value ``{}`` into the stored one, ``load`` its inverse.
    """

    name: str
    kind: Kind = BIGINT
    store: str = "{}"
    load: str = "{}"


def _dtype(kinds: Sequence[Kind]) -> np.dtype[Any]:
    fields: list[tuple[str, str]] = [("fields", ">i2")]
    for i, kind in enumerate(kinds):
        fields += [(f"width{i}", ">i4"), (f"value{i}", kind.wire)]
    return np.dtype(fields)


def read(query: str, params: Sequence[Any], columns: Mapping[str, Kind]) -> dict[str, NDArray[Any]]:
    """Run a SELECT and return one native array per column, in the order of the SELECT.

    Nullable columns are read as their sentinel (``NONE`` for BIGINT and WALL, NaN for FLOAT). WALL arrives as wall minutes.
    """
    kinds = list(columns.values())
    picked = ", ".join(
        f'coalesce("{name}"::{kind.sql}, {kind.null})' if kind.null else f'"{name}"::{kind.sql}'
        for name, kind in columns.items()
    )
    if params:
        with connection.cursor() as cursor:
            query = cursor.mogrify(query, list(params)).decode()
    records = _copied(f"SELECT {picked} FROM ({query}) AS picked", kinds)
    return {name: _native(records[f"value{i}"], kind) for i, (name, kind) in enumerate(columns.items())}


def _copied(query: str, kinds: Sequence[Kind]) -> NDArray[np.void]:
    """Run a SELECT whose values have fixed widths and return its rows as they travelled."""
    buffer = io.BytesIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY ({query}) TO STDOUT (FORMAT binary)", buffer)
    return np.frombuffer(buffer.getbuffer()[len(HEADER) : -len(TRAILER)], dtype=_dtype(kinds))


def _native(values: NDArray[Any], kind: Kind) -> NDArray[Any]:
    if kind.sql == "text":
        return np.strings.rstrip(values).astype(kind.wire)
    native = values.astype(values.dtype.newbyteorder("="))
    if kind is DATE:
        return native.astype(np.int64) + _DAY_2000
    if kind is WALL:
        missing = native == NONE
        native = native // _MICROSECONDS + _WALL_2000
        native[missing] = NONE
    return native


def _plain(column: Column, given: Any) -> NDArray[Any]:
    """Return a column's values in the one form in which ``read`` and callers' arrays can be compared.

    :raises ValueError: if a text is longer than its column.
    """
    kind, values = column.kind, np.asarray(given)
    if kind is DATE:
        return values.astype("datetime64[D]").astype(np.int64)
    if kind.sql == "text":
        width = np.dtype(kind.wire).itemsize
        if values.dtype.itemsize > width:
            raise ValueError(f"{column.name}: a value is longer than {width} bytes")
        return values.astype(kind.wire, copy=False)
    return values.astype(np.int64 if kind is WALL else np.dtype(kind.wire).newbyteorder("="), copy=False)


def _records(columns: Sequence[Column], values: Values) -> NDArray[np.void]:
    """Return rows as they travel, one record each, from plain arrays of the same length."""
    records = np.empty(len(values[columns[0].name]), dtype=_dtype([column.kind for column in columns]))
    records["fields"] = len(columns)
    for i, column in enumerate(columns):
        kind, given = column.kind, values[column.name]
        target = records[f"value{i}"]
        records[f"width{i}"] = target.dtype.itemsize
        if kind is WALL:
            missing = given == NONE
            given = (np.where(missing, _WALL_2000, given) - _WALL_2000) * _MICROSECONDS
            given[missing] = NONE
        elif kind is DATE:
            given = given - _DAY_2000
        elif kind.sql == "text" and len(given):
            given = np.char.ljust(given, target.dtype.itemsize)
        records[f"value{i}"] = given
    return records


class OutOfStep(Exception):
    """A result table does not hold what its writer left there."""


@dataclass(frozen=True)
class Difference:
    """How many rows ``sync`` inserted, updated and deleted."""

    inserted: int
    updated: int
    deleted: int


@dataclass(frozen=True)
class Stamp:
    """A column that ``sync`` sets to ``value`` in each row that it writes, unless only ``unnoticed`` columns differ."""

    column: str
    value: int
    unnoticed: Sequence[str] = ()


def sync(
    table: str,
    *,
    key: Sequence[str],
    columns: Sequence[Column],
    values: Mapping[str, NDArray[Any]],
    scope: Mapping[str, int],
    stamp: Stamp | None = None,
    known: Known | None = None,
) -> Difference:
    """Make the rows of ``table`` within ``scope`` equal to ``values``, touching only rows and columns that differ.

    ``scope`` are columns fixed for all rows (``{"program_id": 7}``). One statement reads what is there, unless it is ``known``; at most
    ten more write the difference, whatever the number of rows. The caller sees to it that nobody else writes these rows meanwhile.

    :raises OutOfStep: if what is ``known`` is not what is there.
    """
    wanted = {column.name: _plain(column, values[column.name]) for column in columns}
    there = known.get(table) if known is not None else None
    if there is None:
        there = _read_there(table, columns, scope)
    place, gone = _matched(wanted, there, key)
    old = np.flatnonzero(place >= 0)
    aligned = len(old) == len(place) == len(gone) and bool(np.array_equal(place, np.arange(len(place))))
    differing: dict[str, NDArray[np.bool_]] = {}
    for column in columns:
        if column.name not in key:
            new, left = wanted[column.name], there[column.name]
            differ = _differ(column.kind, *((new, left) if aligned else (new[old], left[place[old]])))
            if differ.any():
                differing[column.name] = differ
    changed = np.zeros(len(old), bool)
    for differ in differing.values():
        changed |= differ
    parts = [
        _picked(there, key, np.flatnonzero(gone)),
        _picked(wanted, (*key, *differing), old[changed]),
        _picked(wanted, [column.name for column in columns], np.flatnonzero(place < 0)),
    ]
    for act, part in zip(("delete", "update", "insert"), parts, strict=True):
        if len(part[key[0]]):
            _carry_out(act, table, key, columns, part, scope, stamp)
    if known is not None:
        known[table] = wanted
    deleted, updated, inserted = (len(part[key[0]]) for part in parts)
    return Difference(deleted=deleted, updated=updated, inserted=inserted)


def _read_there(table: str, columns: Sequence[Column], scope: Mapping[str, int]) -> Values:
    picked = ", ".join(_travelling(column) for column in columns)
    records = _copied(
        f'SELECT {picked} FROM "{table}" AS t WHERE {_within(scope)}', [c.kind for c in columns]
    )
    return {column.name: _native(records[f"value{i}"], column.kind) for i, column in enumerate(columns)}


def _travelling(column: Column) -> str:
    kind = column.kind
    value = f"{column.load.format(f't.{chr(34)}{column.name}{chr(34)}')}::{kind.sql}"
    if kind.sql == "text":
        return f"rpad({value}, {np.dtype(kind.wire).itemsize})"
    return f"coalesce({value}, {kind.null})" if kind.null else value


def _matched(
    wanted: Values, there: Values, key: Sequence[str]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return for each wanted row where it is in ``there`` (-1: nowhere), and which rows of ``there`` nobody wants."""
    length = len(wanted[key[0]])
    if all(np.array_equal(wanted[name], there[name]) for name in key):
        return np.arange(length), np.zeros(length, bool)
    numbers = np.zeros(length + len(there[key[0]]), np.int64)  # one for each different key
    for nth, name in enumerate(key):
        column = np.concatenate([wanted[name], there[name]])
        distinct, inverse = np.unique(column, return_inverse=True)
        numbers = np.unique(numbers * len(distinct) + inverse, return_inverse=True)[1] if nth else inverse
    new, old = numbers[:length], numbers[length:]
    at = np.full(int(numbers.max(initial=-1)) + 1, -1, np.int64)
    at[old] = np.arange(len(old))
    wanted_too = np.zeros(len(at), bool)
    wanted_too[new] = True
    return at[new], ~wanted_too[old]


def _differ(kind: Kind, new: NDArray[Any], left: NDArray[Any]) -> NDArray[np.bool_]:
    differ = new != left
    if kind is FLOAT:
        differ &= ~(np.isnan(new) & np.isnan(left))
    return np.asarray(differ)


def _picked(values: Values, names: Iterable[str], rows: NDArray[np.int64]) -> Values:
    whole = len(rows) == len(next(iter(values.values())))  # of all rows in order no copies need be made
    return {name: values[name] if whole else values[name][rows] for name in names}


def _carry_out(
    act: str,
    table: str,
    key: Sequence[str],
    columns: Sequence[Column],
    part: Values,
    scope: Mapping[str, int],
    stamp: Stamp | None,
) -> None:
    """Send the rows that differ, with the columns that differ, and write them by one statement."""
    sent = [column for column in columns if column.name in part]
    rows = len(part[key[0]])
    stored = {column.name: _stored(column, nullable=column.name not in key) for column in sent}
    matched = " AND ".join(f't."{name}" = {stored[name]}' for name in key)
    with connection.cursor() as cursor:
        layout = ", ".join(f'"{column.name}" {column.kind.sql}' for column in sent)
        cursor.execute("DROP TABLE IF EXISTS difference")
        cursor.execute(f"CREATE TEMPORARY TABLE difference ({layout}) ON COMMIT DROP")
        stream = io.BytesIO(b"".join((HEADER, _records(sent, part).data, TRAILER)))
        cursor.copy_expert("COPY difference FROM STDIN (FORMAT binary)", stream, _CHUNK)
        if rows < _GUESSED:  # of a larger table PostgreSQL knows the size, and needs no more
            cursor.execute(f"ANALYZE difference ({_names(key)})")
        if act == "delete":
            cursor.execute(
                f'DELETE FROM "{table}" AS t USING difference AS raw WHERE {_within(scope)} AND {matched}'
            )
        elif act == "update":
            changing = [name for name in stored if name not in key]
            assignments = [f'"{name}" = {stored[name]}' for name in changing]
            if stamp and (noticed := [name for name in changing if name not in stamp.unnoticed]):
                value = str(int(stamp.value))
                if len(noticed) < len(changing):
                    before, after = _names(noticed, "t."), ", ".join(stored[name] for name in noticed)
                    value = f'CASE WHEN ({before}) IS DISTINCT FROM ({after}) THEN {value} ELSE t."{stamp.column}" END'
                assignments.append(f'"{stamp.column}" = {value}')
            cursor.execute(
                f'UPDATE "{table}" AS t SET {", ".join(assignments)} FROM difference AS raw'
                f" WHERE {_within(scope)} AND {matched}"
            )
        else:
            constants = {**scope, **({stamp.column: stamp.value} if stamp else {})}
            fixed = [str(int(value)) for value in constants.values()]
            cursor.execute(
                f'INSERT INTO "{table}" ({_names([*constants, *stored])})'
                f" SELECT {', '.join([*fixed, *stored.values()])} FROM difference AS raw"
            )
        if cursor.rowcount != rows:
            raise OutOfStep(f"{table}: {act} met {cursor.rowcount} rows instead of {rows}")


def _names(names: Iterable[str], owner: str = "") -> str:
    return ", ".join(f'{owner}"{name}"' for name in names)


def _within(scope: Mapping[str, int]) -> str:
    return " AND ".join(f't."{name}" = {int(value)}' for name, value in scope.items())


def _stored(column: Column, *, nullable: bool) -> str:
    value = f'raw."{column.name}"'
    if column.kind.sql == "text":
        value = f"rtrim({value})"
    if column.kind.null and nullable:
        value = f"nullif({value}, {column.kind.null})"
    return column.store.format(value)


def insert(table: str, columns: Sequence[Column], values: Mapping[str, NDArray[Any]]) -> int:
    """COPY rows straight into a table whose column types equal the travelling types; returns the number of rows."""
    plain = {column.name: _plain(column, values[column.name]) for column in columns}
    stream = io.BytesIO(b"".join((HEADER, _records(columns, plain).data, TRAILER)))
    names = _names(column.name for column in columns)
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN (FORMAT binary)', stream, _CHUNK)
    return len(values[columns[0].name])


def copy_rows(table: str, names: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """COPY Python rows (text, numbers, dates, None) into a table; for imports, where texts have no fixed width."""
    buffer = io.StringIO()
    count = 0
    for row in rows:
        buffer.write("\t".join(_text(value) for value in row))
        buffer.write("\n")
        count += 1
    buffer.seek(0)
    columns = ", ".join(f'"{name}"' for name in names)
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" ({columns}) FROM STDIN', buffer)
    return count


_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r", "\0": ""})


def _text(value: Any) -> str:
    if value is None:
        return "\\N"
    if value is True or value is False:
        return "t" if value else "f"
    return str(value).translate(_ESCAPES)
