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
    """One column of a result table; ``store`` is the SQL that turns the travelling value ``{}`` into the stored one."""

    name: str
    kind: Kind = BIGINT
    store: str = "{}"


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


def encode(columns: Sequence[Column], values: Mapping[str, NDArray[Any]]) -> bytes:
    """Return the binary COPY stream of these columns; all arrays have the same length.

    :raises ValueError: if a text is longer than its column or an array is missing.
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
    return HEADER + records.tobytes() + TRAILER


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

    ``scope`` are columns fixed for all rows (``{"program_id": 7}``). Seven statements, whatever the number of rows.
    """
    scoped = " AND ".join(f't."{name}" = {int(value)}' for name, value in scope.items())
    stored = {column.name: _stored(column) for column in columns}
    matched = " AND ".join(f't."{name}" = i."{name}"' for name in key)
    changing = [name for name in stored if name not in key]
    source = (
        "(SELECT "
        + ", ".join(f'{sql} AS "{name}"' for name, sql in stored.items())
        + " FROM incoming AS raw)"
    )
    with connection.cursor() as cursor:
        layout = ", ".join(f'"{column.name}" {column.kind.sql}' for column in columns)
        cursor.execute("DROP TABLE IF EXISTS incoming")
        cursor.execute(f"CREATE TEMPORARY TABLE incoming ({layout}) ON COMMIT DROP")
        cursor.copy_expert("COPY incoming FROM STDIN (FORMAT binary)", io.BytesIO(encode(columns, values)))
        keys = ", ".join(f'"{name}"' for name in key)
        cursor.execute(
            f"ANALYZE incoming ({keys})"
        )  # the joins need no more, and all columns take as long as the COPY
        cursor.execute(
            f'DELETE FROM "{table}" AS t WHERE {scoped}'
            f" AND NOT EXISTS (SELECT 1 FROM incoming AS i WHERE {matched})"
        )
        deleted = cursor.rowcount
        updated = 0
        if changing:
            assignments = ", ".join(f'"{name}" = i."{name}"' for name in changing)
            old = ", ".join(f't."{name}"' for name in changing)
            new = ", ".join(f'i."{name}"' for name in changing)
            if stamp:
                assignments += f', "{stamp.column}" = {_stamped(stamp, changing)}'
            cursor.execute(
                f'UPDATE "{table}" AS t SET {assignments} FROM {source} AS i'
                f" WHERE {scoped} AND {matched} AND ({old}) IS DISTINCT FROM ({new})"
            )
            updated = cursor.rowcount
        fixed_values = {**scope, **({stamp.column: stamp.value} if stamp else {})}
        fixed = ", ".join(str(int(value)) for value in fixed_values.values())
        names = ", ".join(f'"{name}"' for name in [*fixed_values, *stored])
        cursor.execute(
            f'INSERT INTO "{table}" ({names}) SELECT {fixed}, {", ".join(f"i.{chr(34)}{n}{chr(34)}" for n in stored)}'
            f' FROM {source} AS i WHERE NOT EXISTS (SELECT 1 FROM "{table}" AS t WHERE {scoped} AND {matched})'
        )
        return Difference(inserted=cursor.rowcount, updated=updated, deleted=deleted)


def _stamped(stamp: Stamp, changing: Sequence[str]) -> str:
    noticed = [name for name in changing if name not in stamp.unnoticed]
    old, new = (", ".join(f'{side}."{name}"' for name in noticed) for side in "ti")
    return f'CASE WHEN ({old}) IS DISTINCT FROM ({new}) THEN {int(stamp.value)} ELSE t."{stamp.column}" END'


def _stored(column: Column) -> str:
    value = f'raw."{column.name}"'
    if column.kind.sql == "text":
        value = f"rtrim({value})"
    if column.kind.null:
        value = f"nullif({value}, {column.kind.null})"
    return column.store.format(value)


def insert(table: str, columns: Sequence[Column], values: Mapping[str, NDArray[Any]]) -> int:
    """COPY rows straight into a table whose column types equal the travelling types; returns the number of rows."""
    names = ", ".join(f'"{column.name}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f'COPY "{table}" ({names}) FROM STDIN (FORMAT binary)', io.BytesIO(encode(columns, values))
        )
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
