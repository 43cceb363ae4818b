#!/usr/bin/env python
"""Command-line entry point of the Django project."""

import os
import sys

from tpm import offline


def main() -> None:
    if offline.wanted(sys.argv):
        offline.run(sys.argv)
        return
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tpm.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
