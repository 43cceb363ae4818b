"""The console's door to portfolio imports."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from programs.models import Portfolio
from programs.services import portfolios
from projects.importers.reports import ImportRefused
from tpm.accounts import actors
from tpm.accounts.models import User
from tpm.imports import console


class Command(BaseCommand):
    help = "Import a portfolio's tables: a folder of CSV files, or one workbook. All or nothing; again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", help="folder of CSV files, or one .xlsx or .csv file")
        parser.add_argument(
            "--portfolio", default="", help="name of the portfolio; made if there is none (the folder's name)"
        )
        parser.add_argument("--owner", default="", help="e-mail address of who owns a new portfolio")
        parser.add_argument("--dry-run", action="store_true", help="read and report, write nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            files = console.files_of(options["path"])
            name = options["portfolio"] or console.name_of(options["path"])
            portfolio = Portfolio.objects.filter(name__iexact=name).first()
            if options["dry_run"]:
                console.dry_run(self.stdout, kind="portfolio", files=files, portfolio=portfolio)
                return
            if portfolio is None:
                owner = (
                    User.objects.filter(email__iexact=options["owner"]).first() if options["owner"] else None
                )
                if options["owner"] and owner is None:
                    raise CommandError(f"Nobody has the address {options['owner']}.")
                owner = (
                    owner or User.objects.filter(is_administrator=True, is_active=True).order_by("pk").first()
                )
                if owner is None:
                    raise CommandError("A new portfolio needs an owner: name one with --owner.")
                portfolio = portfolios.create(
                    actor=actors.system(), name=name, owner=owner, currency=console.currency_of(files)
                )
            console.run(self.stdout, kind="portfolio", files=files, portfolio=portfolio)
        except ImportRefused as refusal:
            raise CommandError(f"Refused ({refusal.code}): {refusal.reason}") from refusal
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
