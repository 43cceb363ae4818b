#!/usr/bin/env python
"""Command-line entry point of the Django project."""

import importlib
import io
import os
import sys

OFFLINE = ("schedule", "check_schedule")
"""Commands that read a file and need neither settings nor servers nor the apps."""


def main() -> None:
    if sys.argv[1:2] and sys.argv[1] in OFFLINE:
        offline(sys.argv[1])
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tpm.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


def offline(name: str) -> None:
    """Run a command on empty settings."""
    from django.conf import settings

    settings.configure(USE_I18N=False)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8")
    importlib.import_module(f"projects.management.commands.{name}").Command().run_from_argv(sys.argv)


if __name__ == "__main__":
    main()
