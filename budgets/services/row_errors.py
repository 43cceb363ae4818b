"""Rows that were refused: what is wrong where, so that nothing is written before all of them can be."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError


@dataclass(frozen=True)
class RowError:
    """``row`` counts from 1, or is that of the file; ``column`` is the field."""

    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        return f"{self.row}, {self.column}: {self.reason}"


class RowsRefused(ValidationError):
    """Nothing was written; ``errors`` says why, row by row."""

    def __init__(self, errors: Sequence[RowError]) -> None:
        self.errors = list(errors)
        super().__init__([str(error) for error in self.errors])
