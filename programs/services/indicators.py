"""Publish figures: the one way by which apps above make them known (called by workers within their publishing transaction)."""

from dataclasses import dataclass, field

import numpy as np
from django.db import connection

from programs.models import Program
from tpm.lib import bulk
from tpm.lib.bulk import BIGINT, TEXT, Column
from tpm.lib.walltime import NONE

MILLIONTHS = 1_000_000
_KEY_BYTES = 64
_COLUMNS = (
    Column("project_id"),
    Column("key", TEXT(_KEY_BYTES)),
    Column("value", BIGINT, "({}::numeric / 1000000)", "({} * 1000000)"),
    Column("text", TEXT(_KEY_BYTES)),
    Column("revision"),
)


@dataclass
class Readings:
    """Figures collected for one program; ``project`` 0 is the program itself. Values are kept in millionths, exactly."""

    rows: list[tuple[int, str, int, str]] = field(default_factory=list)

    def number(self, project: int, key: str, value: float | int | None) -> None:
        """Add a figure; None and NaN are *not available*."""
        missing = value is None or value != value
        self.rows.append((project, key, NONE if missing else round(value * MILLIONTHS), ""))  # type: ignore[operator]

    def money(self, project: int, key: str, minor: int | None) -> None:
        """Add an amount of minor units, exactly."""
        missing = minor is None or minor == NONE
        self.rows.append((project, key, NONE if missing else int(minor) * (MILLIONTHS // 100), ""))  # type: ignore[arg-type]

    def text(self, project: int, key: str, value: str) -> None:
        """Add a figure that is no number, such as a date in ISO form."""
        self.rows.append((project, key, NONE, value))


def publish(program: Program, revision: int, readings: Readings, known: bulk.Known | None = None) -> None:
    """Make the program's current figures equal to ``readings``, and keep them as those of its data date; ``known``: what the table
    holds, if the caller knows."""
    rows = readings.rows
    bulk.sync(
        "programs_reading",
        key=("project_id", "key"),
        columns=_COLUMNS,
        values={
            "project_id": np.array([row[0] for row in rows], dtype=np.int64),
            "key": np.array([row[1].encode() for row in rows], dtype=f"S{_KEY_BYTES}"),
            "value": np.array([row[2] for row in rows], dtype=np.int64),
            "text": np.array([row[3].encode() for row in rows], dtype=f"S{_KEY_BYTES}"),
            "revision": np.full(len(rows), revision, dtype=np.int64),
        },
        scope={"program_id": program.pk},
        known=known,
    )
    if program.data_date is None:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO programs_pastreading (program_id, project_id, key, value, text, revision, data_date)
            SELECT program_id, project_id, key, value, text, revision, %s FROM programs_reading WHERE program_id = %s
            ON CONFLICT (program_id, project_id, key, data_date) DO UPDATE
               SET value = EXCLUDED.value, text = EXCLUDED.text, revision = EXCLUDED.revision
            """,
            [program.data_date, program.pk],
        )
