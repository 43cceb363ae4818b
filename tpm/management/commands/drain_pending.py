"""The way without a broker: compute what has been waiting for too long."""

import signal
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection

from projects.services import ledger, scenario_results
from tpm import recompute, scenarios


class Command(BaseCommand):
    help = "Compute programs that wait, without broker and workers. With --watch: for ever, once they wait too long."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--watch", action="store_true", help="stay and look every few seconds")
        parser.add_argument(
            "--older-than", type=float, default=60, help="with --watch: seconds a program may wait (60)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        stopping: list[int] = []
        signal.signal(signal.SIGTERM, lambda number, _frame: stopping.append(number))
        signal.signal(signal.SIGINT, lambda number, _frame: stopping.append(number))
        older_than = options["older_than"] if options["watch"] else 0.0
        while not stopping:
            done = 0
            try:
                for program_id in recompute.due():
                    if _waited(program_id) >= older_than:
                        done += recompute.drain(program_id)
                for program_id in ledger.due():
                    ledger.post(program_id)
                for scenario_id in scenario_results.waiting():
                    done += scenarios.drain(scenario_id)
            except DatabaseError as error:
                if not options["watch"]:
                    raise
                self.stderr.write(f"database: {error}")
                connection.close()
            if not options["watch"]:
                self.stdout.write(f"{done} computed")
                return
            for _ in range(20):
                if not stopping:
                    time.sleep(0.25)


def _waited(program_id: int) -> float:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(extract(epoch FROM clock_timestamp() - pending_since), 0)"
            " FROM programs_recomputestate WHERE program_id = %s",
            [program_id],
        )
        row = cursor.fetchone()
    return float(row[0]) if row else 0.0
