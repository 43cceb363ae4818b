"""Imports from the command line: the same steps as everywhere, one after the other, told in lines of text."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Protocol

from django.core.exceptions import ValidationError

from programs.models import Portfolio, Program
from projects.importers import plan_files
from projects.importers.reports import ImportEntry, ImportRefused
from projects.models import ImportRun
from tpm.accounts import actors
from tpm.imports import reading, runs, writing
from tpm.imports.reading import Source
from tpm.imports.writing import Target

SHOWN = 200
TABLES = (".csv", ".xlsx", ".xlsm", *plan_files.SUFFIXES)


class Out(Protocol):
    def write(self, msg: str) -> Any: ...


def files_of(path: str) -> list[Path]:
    """Return the files of a folder (its tables), or the one file.

    :raises ImportRefused: if there are none.
    """
    place = Path(path)
    files = sorted(p for p in place.iterdir() if p.suffix.lower() in TABLES) if place.is_dir() else [place]
    if not files or not all(file.is_file() for file in files):
        raise ImportRefused("empty", f"there is nothing to import at {path}")
    return files


def name_of(path: str) -> str:
    """Return what a new portfolio is called: the folder's name, or the file's."""
    place = Path(path).resolve()
    return place.name if place.is_dir() else place.stem


def currency_of(files: list[Path]) -> str:
    """Return the currency in which the tables count."""
    source = _read("portfolio", files)
    return source.portfolio.currency if source.portfolio else "EUR"


def dry_run(
    out: Out,
    *,
    kind: str,
    files: list[Path],
    portfolio: Portfolio | None,
    program: Program | None = None,
    project: str = "",
) -> None:
    """Read, compare and tell; nothing is written."""
    source = _read(kind, files)
    if portfolio is None:
        _tell_findings(out, list(source.report), source.report.total)
        found = source.portfolio
        assert found is not None
        out.write(
            f"would make: {len(found.programs)} programs, {len(found.projects)} projects, {len(found.tasks)} tasks,"
            f" {len(found.links)} dependencies, {len(found.contracts)} contracts, {len(found.metrics)} KPIs,"
            f" {len(found.risks)} risks"
        )
        return
    prepared = writing.prepare(source, Target(portfolio, program, project))
    notes = [*source.report, *prepared.notes]
    _tell_findings(out, notes, source.report.total + sum(note.count for note in prepared.notes))
    _tell_tables(out, prepared.counts()["tables"], "would be")


def run(
    out: Out,
    *,
    kind: str,
    files: list[Path],
    portfolio: Portfolio,
    program: Program | None = None,
    project: str = "",
) -> ImportRun:
    """Check and apply at once; results follow by the workers.

    :raises ValidationError: if it was refused.
    """
    with ExitStack() as stack:
        opened = [(file.name, stack.enter_context(file.open("rb"))) for file in files]
        started = runs.start(
            actor=actors.system(),
            kind=kind,
            portfolio=portfolio,
            program=program,
            project=project,
            files=opened,
        )
    runs.check(started.pk)
    started.refresh_from_db()
    _tell_findings(
        out, [_entry(row) for row in started.report], sum(started.counts.get("findings", {}).values())
    )
    if started.state == ImportRun.State.CHECKED:
        runs.order(actor=actors.system(), run=started)
        runs.apply(started.pk)
        started.refresh_from_db()
    if started.state != ImportRun.State.APPLIED:
        raise ValidationError(started.message)
    _tell_tables(out, started.counts["tables"], "were")
    out.write(started.message or f"Import {started.pk} is written as change set {started.change_set_id}.")
    return started


def _read(kind: str, files: list[Path]) -> Source:
    with ExitStack() as stack:
        return reading.read(kind, {file.name: stack.enter_context(file.open("rb")) for file in files})


def _entry(row: Mapping[str, Any]) -> ImportEntry:
    return ImportEntry(**row)


def _tell_findings(out: Out, entries: list[ImportEntry], total: int) -> None:
    for entry in entries[:SHOWN]:
        place = ":".join(str(part) for part in (entry.file, entry.row or "", entry.column) if part)
        times = f" ({entry.count} times)" if entry.count > 1 else ""
        out.write(f"{entry.severity:8} {entry.code:20} {place}  {entry.reason}{times}")
    if len(entries) > SHOWN:
        out.write(f"… {len(entries) - SHOWN} more")
    out.write(f"{total} findings")


def _tell_tables(out: Out, tables: Mapping[str, Mapping[str, int]], verb: str) -> None:
    for name, counts in tables.items():
        told = ", ".join(f"{number} {what}" for what, number in counts.items() if number)
        out.write(f"{name:13} {verb} {told}")
