"""Commands that read a file and need neither settings nor servers nor the apps."""

import importlib
import io
import sys
from collections.abc import Sequence

COMMANDS = ("schedule", "check_schedule")


def wanted(command: Sequence[str]) -> bool:
    """Whether ``… manage.py NAME …`` names one of them."""
    at = next((at for at, word in enumerate(command) if word.endswith("manage.py")), len(command))
    return at + 1 < len(command) and command[at + 1] in COMMANDS


def run(command: Sequence[str]) -> None:
    """Run ``manage.py NAME …`` on empty settings; ends the process with the command's exit code if that is not 0."""
    from django.conf import settings

    settings.configure(USE_I18N=False)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    module = importlib.import_module(f"projects.management.commands.{command[1]}")
    module.Command().run_from_argv(list(command))
