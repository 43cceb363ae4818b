"""The door to the demo portfolio."""

import secrets
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tpm.accounts.models import User
from tpm.demo import loading, people

WORDS = (
    "amber anchor birch canal cedar copper delta ember fjord garnet harbour indigo juniper kestrel lagoon maple meadow "
    "nickel orchard pebble quartz raven saffron timber umber violet walnut willow zephyr"
).split()


class Command(BaseCommand):
    help = "Load the demo portfolio and print its sign-ins. With --if-empty: only where no portfolio is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="do nothing where a portfolio is already")
        parser.add_argument(
            "--password", default="", help="the password of all demo people (made up where none is given)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_empty"] and not loading.is_wanted():
            return
        if User.objects.filter(email=people.ADMINISTRATOR.email).exists():
            raise CommandError("The demo is here already.")
        password = (
            options["password"]
            or f"{secrets.choice(WORDS)}-{secrets.choice(WORDS)}-{secrets.randbelow(9000) + 1000}"
        )
        loading.load(password)
        self.stdout.write(people.sign_ins(password))
