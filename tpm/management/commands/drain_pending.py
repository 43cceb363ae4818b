"""The way without a broker: everything that a worker would do and that has been waiting for too long."""

import signal
import time
from argparse import ArgumentParser
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import structlog
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from projects.services import ledger, scenario_results
from tpm import recompute, scenarios
from tpm.downloads import runs as downloads
from tpm.imports import runs as imports

log = structlog.get_logger(__name__)
DO: dict[str, Callable[[int], None]] = {
    imports.CHECK: imports.check,
    imports.APPLY: imports.apply,
    downloads.JOB: downloads.make,
}
Job = tuple[str, int]


class Command(BaseCommand):
    help = (
        "Do what waits for a worker, without broker and workers: imports, large files, programs, slippage ledgers, what-if scenarios. "
        "With --watch: for ever, once they wait too long."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--watch", action="store_true", help="stay and look every few seconds")
        parser.add_argument(
            "--older-than", type=float, default=60, help="with --watch: seconds something may wait (60)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stopping: list[int] = []
        signal.signal(signal.SIGTERM, lambda number, _frame: stopping.append(number))
        signal.signal(signal.SIGINT, lambda number, _frame: stopping.append(number))
        if not options["watch"]:
            self.stdout.write(f"{_all()} computed")
            return
        seen: dict[Job, float] = {}
        while not stopping:
            try:
                _once(_overdue(options["older_than"], seen), options["older_than"])
            except DatabaseError as error:
                self.stderr.write(f"database: {error}")
                connection.close()
            for _ in range(20):
                if not stopping:
                    time.sleep(0.25)


def _all() -> int:
    """Do everything that waits, and what that leads to; returns how many computations were published."""
    computed = 0
    tried: set[Job] = set()  # an import that somebody else writes just now waits on: once is enough
    while True:
        jobs = [job for job in _waiting(older_than=timedelta()) if job not in tried]
        tried.update(jobs)
        published = _once(jobs, 0.0)
        computed += published
        if not jobs and not published:
            return computed


def _waiting(**options: Any) -> list[Job]:
    files = [(downloads.JOB, pk) for pk in downloads.waiting(**options)]
    return imports.waiting(**options) + files


def _overdue(older_than: float, seen: dict[Job, float]) -> list[Job]:
    """Return imports and files that were found waiting at an earlier look already: a worker that is there comes first.

    ``seen``: when (s) each was first found, kept from look to look.
    """
    now = time.monotonic()
    found = _waiting()
    for gone in seen.keys() - set(found):
        del seen[gone]
    return [job for job in found if now - seen.setdefault(job, now) >= older_than]


def _once(jobs: list[Job], older_than: float) -> int:
    """Read and write imports, make files, then compute what waits; returns how many computations were published."""
    for job in jobs:
        _do(job)
    published = 0
    for program_id in recompute.due():
        if _waited(program_id) >= older_than:
            published += recompute.drain(program_id)
    for program_id in ledger.due():
        ledger.post(program_id)
    for scenario_id in scenario_results.waiting():
        published += scenarios.drain(scenario_id)
    return published


def _do(job: Job) -> None:
    """Check or write one import, or make one file; one that fails unexpectedly is refused with a reason and holds up nothing else."""
    name, run_id = job
    try:
        DO[name](run_id)
    except DatabaseError:
        raise
    except Exception:
        log.exception("job_failed", job=name, run=run_id)


def _waited(program_id: int) -> float:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(extract(epoch FROM clock_timestamp() - pending_since), 0)"
            " FROM programs_recomputestate WHERE program_id = %s",
            [program_id],
        )
        row = cursor.fetchone()
    return float(row[0]) if row else 0.0
