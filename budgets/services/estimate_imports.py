"""Lines of an estimate from a file: everything that is wrong is said by row, and then nothing is written."""

from collections.abc import Mapping
from dataclasses import replace
from typing import BinaryIO

from django.core.exceptions import ValidationError

from budgets.importers import estimate_lines
from budgets.models import Estimate
from budgets.services import estimates
from budgets.services.row_errors import RowError, RowsRefused
from projects.importers.reports import ImportRefused
from tpm.accounts.actors import Actor


def load(*, actor: Actor, estimate: Estimate, files: Mapping[str, BinaryIO], dry_run: bool) -> int:
    """Set the lines of a draft to those of a file, or (``dry_run``) say how many there would be.

    :raises RowsRefused: naming row, column and reason of all that can not be kept.
    :raises ValidationError: if the file as a whole can not be read.
    """
    try:
        rows, wrong = estimate_lines.read(files, estimate.program.portfolio.currency)
    except ImportRefused as refused:
        raise ValidationError(str(refused)) from refused
    errors = {(row, column): RowError(row, column, reason) for row, column, reason in wrong}
    count = 0
    try:
        count = estimates.replace_lines(
            actor=actor, estimate=estimate, rows=rows, dry_run=dry_run or bool(errors)
        )
    except RowsRefused as refused:
        columns = ((one, one.column.removeprefix("original_")) for one in refused.errors)
        errors = {(one.row, name): replace(one, column=name) for one, name in columns} | errors
    if errors:
        raise RowsRefused(sorted(errors.values(), key=lambda one: (one.row, one.column)))
    return count
