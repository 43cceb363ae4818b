"""The console's door to plan imports."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from programs.models import Program
from projects.importers.reports import ImportRefused
from tpm.imports import console


class Command(BaseCommand):
    help = "Import a plan (MS Project XML or Primavera XER) into a program. All or nothing; again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help="the .xml or .xer file")
        parser.add_argument("--program", required=True, help="code or id of the program")
        parser.add_argument(
            "--project",
            default="",
            help="code of the project that the plan goes into (made if there is none)",
        )
        parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        program = program_named(options["program"])
        target = {"portfolio": program.portfolio, "program": program, "project": options["project"]}
        try:
            files = console.files_of(options["path"])
            go = console.dry_run if options["dry_run"] else console.run
            go(self.stdout, kind="plan", files=files, **target)
        except ImportRefused as refusal:
            raise CommandError(f"Refused ({refusal.code}): {refusal.reason}") from refusal
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error


def program_named(named: str) -> Program:
    programs = Program.objects.select_related("portfolio")
    found = list(programs.filter(code__iexact=named)[:2])
    if not found and named.isdigit():
        found = list(programs.filter(pk=int(named)))
    if len(found) != 1:
        why = "several programs have" if found else "no program has"
        raise CommandError(f"{why} the code or id {named}.")
    return found[0]
