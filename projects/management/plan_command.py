"""What ``schedule`` and ``check_schedule`` share: a plan file in, a computed schedule out; no server, no settings."""

import os
import sys
from argparse import ArgumentParser, ArgumentTypeError, RawDescriptionHelpFormatter
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from textwrap import fill
from typing import Any, ClassVar, NamedTuple, NoReturn

from django.core.management.base import BaseCommand, CommandError, CommandParser

from programs.engine.calendars import NONE, CalendarError, wall_minutes
from projects.engine import cpm
from projects.engine.network import Network, NetworkError
from projects.engine.schedules import Schedule
from projects.importers import plan_files
from projects.importers.networks import network_of
from projects.importers.plan import ImportedPlan
from projects.importers.reports import ImportRefused, Severity

WRONG_ARGUMENTS, UNREADABLE, NOT_SCHEDULABLE, DEFECT, INTERRUPTED = 2, 3, 4, 70, 130
PLAIN_UP_TO = 20_000
"""Tasks up to which the plain kernels are done before the compiled ones are loaded."""
STANDARD_INPUT = "-"


class Scheduled(NamedTuple):
    """A plan file, computed."""

    plan: ImportedPlan
    network: Network
    schedule: Schedule


class PlanCommand(BaseCommand):
    """A command that reads one plan file. Errors are one line on standard error and an exit code of their own."""

    requires_system_checks = []
    suppressed_base_arguments = {
        "--settings",
        "--pythonpath",
        "--version",
        "--verbosity",
        "--no-color",
        "--force-color",
    }
    formats: ClassVar[tuple[str, ...]] = ()
    codes = ""

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(
            prog_name,
            subcommand,
            formatter_class=RawDescriptionHelpFormatter,
            epilog=f"exit codes:\n{self.codes}",
            **kwargs,
        )
        parser.description = fill(self.help, 100)
        parser.error = partial(_wrong_arguments, parser)  # type: ignore[method-assign]
        return parser

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="an MS Project XML or Primavera XER file; - reads standard input")
        parser.add_argument(
            "--format", choices=self.formats, default=self.formats[0], help="default: %(default)s"
        )
        parser.add_argument(
            "--status-date",
            type=status_date,
            default=NONE,
            metavar="DATE",
            help="data date, YYYY-MM-DD (the day included) or YYYY-MM-DDTHH:MM: unfinished work is planned after it;"
            " default: that of an XER file, none for an XML file",
        )
        parser.add_argument(
            "--findings",
            action="store_true",
            help="list on standard error what the file holds and the schedule does not",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            code = self.answer(self.compute(options), options)
        except ImportRefused as refusal:
            raise CommandError(f"{refusal.reason} [{refusal.code}]", returncode=UNREADABLE) from refusal
        except (NetworkError, CalendarError) as error:
            raise CommandError(f"{error} [{error.code}]", returncode=NOT_SCHEDULABLE) from error
        except KeyboardInterrupt:
            raise CommandError("interrupted", returncode=INTERRUPTED) from None
        except CommandError:
            raise
        except Exception as error:
            if options["traceback"]:
                raise
            reason = " ".join(str(error).split())[:200]
            message = f"a defect of this program ({type(error).__name__}: {reason}); --traceback says more"
            raise CommandError(message, returncode=DEFECT) from error
        if code:
            sys.exit(code)

    def answer(self, computed: Scheduled, options: dict[str, Any]) -> int:
        """Print the result; returns the exit code."""
        raise NotImplementedError

    def compute(self, options: dict[str, Any]) -> Scheduled:
        """Read the file and schedule it.

        :raises ImportRefused: if it is no whole plan.
        :raises NetworkError: if it can not be scheduled.
        """
        plan = self._read(options["file"])
        self._tell(plan, listed=options["findings"])
        if not plan.tasks:  # nothing to schedule, whatever the start is
            plan = replace(plan, start=0, projects=(), data_date=NONE)
        network = network_of(plan, data_date=options["status_date"])
        return Scheduled(plan, network, cpm.compute(network, fast=network.n > PLAIN_UP_TO))

    def write(self, pieces: Iterable[str]) -> None:
        """Print pieces of text. A reader that has had enough (``| head``) is no error."""
        try:
            for piece in pieces:
                self.stdout.write(piece, ending="")
            self.stdout.flush()
        except BrokenPipeError:
            _forget_output()
        except OSError as error:
            _forget_output()
            raise CommandError(f"can not write: {error.strerror}", returncode=UNREADABLE) from error

    def _read(self, named: str) -> ImportedPlan:
        try:
            if named == STANDARD_INPUT:
                return plan_files.read(sys.stdin.buffer, file="standard input")
            path = Path(named)
            with path.open("rb") as stream:
                return plan_files.read(stream, file=path.name)
        except OSError as error:
            raise CommandError(f"{named}: {error.strerror}", returncode=UNREADABLE) from error

    def _tell(self, plan: ImportedPlan, *, listed: bool) -> None:
        if listed:
            for entry in plan.losses:
                times = f" ({entry.count} times)" if entry.count > 1 else ""
                place = ":".join(str(part) for part in (entry.row or "", entry.column) if part)
                self.stderr.write(f"{entry.severity} {entry.code} {place} {entry.reason}{times}", _plain)
            return
        serious = [entry for entry in plan.losses if entry.severity != Severity.INFO]
        if serious:
            many = sum(entry.count for entry in serious)
            self.stderr.write(f"note: {many} findings about the file; --findings lists them", _plain)


def _wrong_arguments(parser: CommandParser, message: str) -> NoReturn:
    """One line instead of the whole usage."""
    if not parser.called_from_command_line:
        raise CommandError(f"Error: {message}")
    parser.exit(WRONG_ARGUMENTS, f"{parser.prog}: {message}\n")


def _forget_output() -> None:
    """Let what is still buffered go nowhere, so that the end of the process can not fail on it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _plain(text: str) -> str:
    return text


def status_date(text: str) -> int:
    """Wall minutes of a date; a day alone includes its day, as everywhere."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text!r} is no date; YYYY-MM-DD or YYYY-MM-DDTHH:MM is expected") from None
    if at.tzinfo is not None:
        raise ArgumentTypeError(f"{text!r} has a time zone; plan time is wall-clock time without one")
    return wall_minutes(at + timedelta(days=1) if len(text) <= 10 else at)
