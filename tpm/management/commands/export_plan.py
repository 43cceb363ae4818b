"""The console's door to plan exports."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from projects.models import Project
from tpm.accounts import actors
from tpm.exports import doors, plan_file
from tpm.management.commands.import_plan import program_named


class Command(BaseCommand):
    help = "Write a program's plan as a file in MS Project's XML format, and tell what the file can not hold."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("program", help="code or id of the program")
        parser.add_argument("file", help="the .xml file to write; “-” writes to the console")
        parser.add_argument("--project", default="", help="code of one component project")

    def handle(self, *args: Any, **options: Any) -> None:
        program = program_named(options["program"])
        project = None
        if options["project"]:
            project = Project.objects.filter(program=program, code__iexact=options["project"]).first()
            if project is None:
                raise CommandError(f"the program has no project with the code {options['project']}.")
        made = plan_file.of_program(actors.system(), program, project)
        if options["file"] == "-":
            doors.save(made, sys.stdout.buffer)
        else:
            path = Path(options["file"])
            try:
                with path.open("wb") as stream:
                    size = doors.save(made, stream)
            except OSError as error:
                raise CommandError(f"{path} can not be written: {error.strerror}") from error
            self.stderr.write(
                f"{path}: {len(made.plan.tasks):,} rows, {size:,} bytes, revision {made.revision}"
            )
        for entry in made.losses:
            where = f" ({entry.value})" if entry.value else ""
            times = f" × {entry.count:,}" if entry.count > 1 else ""
            self.stderr.write(f"{entry.severity.value}: {entry.reason}{where}{times}")
