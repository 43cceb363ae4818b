"""Have programs computed again although nothing changed: after an upgrade that computes more than before."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from programs.models import Program
from programs.services import programs
from tpm.accounts import actors


class Command(BaseCommand):
    help = "Have programs computed again although nothing changed, by the workers: the ones named by their codes, or --all."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("codes", nargs="*", metavar="CODE", help="codes of programs")
        parser.add_argument("--all", action="store_true", help="every program")

    def handle(self, *args: Any, **options: Any) -> None:
        codes, everything = options["codes"], options["all"]
        if bool(codes) == everything:
            raise CommandError("Name programs by their codes, or say --all.")
        chosen = Program.objects.order_by("pk") if everything else Program.objects.filter(code__in=codes)
        if missing := set(codes) - {program.code for program in chosen}:
            raise CommandError(f"There is no program {', '.join(sorted(missing))}.")
        for program in chosen:
            programs.recompute(actor=actors.system(), program=program)
        self.stdout.write(f"{len(chosen)} programs wait for a worker")
