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
    buffer = io.BytesIO()
    with connection.cursor() as cursor:
        inner = cursor.mogrify(query, list(params)).decode() if params else query
        cursor.copy_expert(
            f"COPY (SELECT {picked} FROM ({inner}) AS picked) TO STDOUT (FORMAT binary)", buffer
        )
    records = np.frombuffer(buffer.getbuffer()[len(HEADER) : -len(TRAILER)], dtype=_dtype(kinds))
    return {name: _native(records[f"value{i}"], kind) for i, (name, kind) in enumerate(columns.items())}


def _native(values: NDArray[Any], kind: Kind) -> NDArray[Any]:
    native = values.astype(values.dtype.newbyteorder("="))
    if kind is WALL:
        missing = native == NONE
        native = native // _MICROSECONDS + _WALL_2000
        native[missing] = NONE
    return native


def _records(columns: Sequence[Column], values: Mapping[str, NDArray[Any]]) -> NDArray[np.void]:
    """Return the rows as they travel, one record each; all arrays have the same length.

    :raises ValueError: if a text is longer than its column.
    """
    length = len(values[columns[0].name])
    records = np.zeros(length, dtype=_dtype([column.kind for column in columns]))
    records["fields"] = len(columns)
    for i, column in enumerate(columns):
        kind, given = column.kind, np.asarray(values[column.name])
        target = records[f"value{i}"]
        records[f"width{i}"] = target.dtype.itemsize
        if kind is WALL:
            missing = given == NONE
            given = (np.where(missing, _WALL_2000, given) - _WALL_2000) * _MICROSECONDS
            given[missing] = NONE
        elif kind is DATE:
            given = given.astype("datetime64[D]").astype(np.int64) - _DAY_2000
        elif kind.sql == "text":
            if given.dtype.itemsize > target.dtype.itemsize:
                raise ValueError(f"{column.name}: a value is longer than {target.dtype.itemsize} bytes")
            if length:
                given = np.char.ljust(given.astype(target.dtype), target.dtype.itemsize)
        records[f"value{i}"] = given
    return records


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
) -> Difference:
    """Make the rows of ``table`` within ``scope`` equal to ``values``, touching only rows that differ.

    ``scope`` are columns fixed for all rows (``{"program_id": 7}``). One statement reads what is there; at most six more write the
    difference, whatever the number of rows. The caller sees to it that nobody else writes these rows meanwhile.
    """
    wanted = _records(columns, values)
    there = _read_records(table, columns, scope)
    place, gone = _matched(wanted, there, [i for i, column in enumerate(columns) if column.name in key])
    known = place >= 0
    changed = known.copy()
    if known.any():
        changed &= _bytes_differ(wanted, there[np.where(known, place, 0)])
    parts = [there[gone], wanted[changed], wanted[~known]]
    difference = Difference(deleted=len(parts[0]), updated=len(parts[1]), inserted=len(parts[2]))
    if difference != Difference(0, 0, 0):
        _write_difference(table, key, columns, scope, stamp, parts)
    return difference


def _read_records(table: str, columns: Sequence[Column], scope: Mapping[str, int]) -> NDArray[np.void]:
    """Read rows in the very bytes in which they would be sent."""
    picked = ", ".join(_travelling(column) for column in columns)
    buffer = io.BytesIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f'COPY (SELECT {picked} FROM "{table}" AS t WHERE {_within(scope)}) TO STDOUT (FORMAT binary)',
            buffer,
        )
    return np.frombuffer(
        buffer.getbuffer()[len(HEADER) : -len(TRAILER)], dtype=_dtype([column.kind for column in columns])
    )


def _travelling(column: Column) -> str:
    kind = column.kind
    value = f"{column.load.format(f't.{chr(34)}{column.name}{chr(34)}')}::{kind.sql}"
    if kind.sql == "text":
        return f"rpad({value}, {np.dtype(kind.wire).itemsize})"
    return f"coalesce({value}, {kind.null})" if kind.null else value


def _matched(
    wanted: NDArray[np.void], there: NDArray[np.void], key: Sequence[int]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return for each wanted row where it is in ``there`` (-1: nowhere), and which rows of ``there`` nobody wants."""
    numbers = np.zeros(len(wanted) + len(there), np.int64)  # one for each different key
    for nth, i in enumerate(key):
        column = np.concatenate([wanted[f"value{i}"], there[f"value{i}"]])
        distinct, inverse = np.unique(column, return_inverse=True)
        numbers = np.unique(numbers * len(distinct) + inverse, return_inverse=True)[1] if nth else inverse
    new, old = numbers[: len(wanted)], numbers[len(wanted) :]
    at = np.full(int(numbers.max(initial=-1)) + 1, -1, np.int64)
    at[old] = np.arange(len(old))
    wanted_too = np.zeros(len(at), bool)
    wanted_too[new] = True
    return at[new], ~wanted_too[old]


def _bytes_differ(left: NDArray[np.void], right: NDArray[np.void]) -> NDArray[np.bool_]:
    shape = (len(left), left.dtype.itemsize)
    differ = left.view(np.uint8).reshape(shape) != right.view(np.uint8).reshape(shape)
    return np.asarray(differ.any(axis=1))


def _write_difference(
    table: str,
    key: Sequence[str],
    columns: Sequence[Column],
    scope: Mapping[str, int],
    stamp: Stamp | None,
    parts: Sequence[NDArray[np.void]],
) -> None:
    """Carry out what differs: ``parts`` are the rows to delete, to update and to insert."""
    act = Column("act", SMALLINT)
    sent = b"".join(_with_act(part, act, number, columns).tobytes() for number, part in enumerate(parts))
    stored = {column.name: _stored(column) for column in columns}
    changing = [name for name in stored if name not in key]
    matched = " AND ".join(f't."{name}" = i."{name}"' for name in key)
    picked = ", ".join(f'{sql} AS "{name}"' for name, sql in stored.items())

    def source(number: int) -> str:
        return f"(SELECT {picked} FROM difference AS raw WHERE raw.act = {number}) AS i"

    with connection.cursor() as cursor:
        layout = ", ".join(f'"{column.name}" {column.kind.sql}' for column in (act, *columns))
        cursor.execute("DROP TABLE IF EXISTS difference")
        cursor.execute(f"CREATE TEMPORARY TABLE difference ({layout}) ON COMMIT DROP")
        stream = io.BytesIO(HEADER + sent + TRAILER)
        cursor.copy_expert("COPY difference FROM STDIN (FORMAT binary)", stream)
        # The joins need no statistics but the key's; all columns would take as long as the COPY.
        cursor.execute(f"ANALYZE difference (act, {_names(key)})")
        if len(parts[0]):
            cursor.execute(
                f'DELETE FROM "{table}" AS t USING {source(0)} WHERE {_within(scope)} AND {matched}'
            )
        if len(parts[1]):
            assignments = ", ".join(f'"{name}" = i."{name}"' for name in changing)
            if stamp:
                assignments += f', "{stamp.column}" = {_stamped(stamp, changing)}'
            cursor.execute(
                f'UPDATE "{table}" AS t SET {assignments} FROM {source(1)} WHERE {_within(scope)} AND {matched}'
            )
        if len(parts[2]):
            constants = {**scope, **({stamp.column: stamp.value} if stamp else {})}
            fixed = "".join(f"{int(value)}, " for value in constants.values())
            cursor.execute(
                f'INSERT INTO "{table}" ({_names([*constants, *stored])})'
                f" SELECT {fixed}{', '.join(f'i.{chr(34)}{name}{chr(34)}' for name in stored)} FROM {source(2)}"
            )


def _stamped(stamp: Stamp, changing: Sequence[str]) -> str:
    noticed = [name for name in changing if name not in stamp.unnoticed]
    old, new = (", ".join(f'{side}."{name}"' for name in noticed) for side in "ti")
    return f'CASE WHEN ({old}) IS DISTINCT FROM ({new}) THEN {int(stamp.value)} ELSE t."{stamp.column}" END'


def _with_act(
    part: NDArray[np.void], act: Column, number: int, columns: Sequence[Column]
) -> NDArray[np.void]:
    """Return the records with one more value in front: what is to be done with them."""
    records = np.zeros(len(part), dtype=_dtype([act.kind, *(column.kind for column in columns)]))
    records["fields"], records["width0"], records["value0"] = len(columns) + 1, 2, number
    for i in range(len(columns)):
        records[f"width{i + 1}"], records[f"value{i + 1}"] = part[f"width{i}"], part[f"value{i}"]
    return records


def _names(names: Iterable[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _within(scope: Mapping[str, int]) -> str:
    return " AND ".join(f't."{name}" = {int(value)}' for name, value in scope.items())


def _stored(column: Column) -> str:
    value = f'raw."{column.name}"'
    if column.kind.sql == "text":
        value = f"rtrim({value})"
    if column.kind.null:
        value = f"nullif({value}, {column.kind.null})"
    return column.store.format(value)


def insert(table: str, columns: Sequence[Column], values: Mapping[str, NDArray[Any]]) -> int:
    """COPY rows straight into a table whose column types equal the travelling types; returns the number of rows."""
    stream = io.BytesIO(HEADER + _records(columns, values).tobytes() + TRAILER)
    names = _names(column.name for column in columns)
    with connection.cursor() as cursor:
        cursor.copy_expert(f'COPY "{table}" ({names}) FROM STDIN (FORMAT binary)', stream)
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
