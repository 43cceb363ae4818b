"""Refuse to start an unsafe or broken installation, with what to do about it.

    python -m tpm.preflight COMMAND ARGUMENT…    checks, then becomes the command

Every process of the production shape starts through here: settings (secret key, debugging, host names), the database and
its migrations. The broker is no condition: without it the product works, only later.
"""

import os
import sys
import time
from collections.abc import Sequence

from tpm import offline

PATIENCE_SECONDS = 30.0


class Refused(SystemExit):
    """The installation can not start; the message says why and what to do."""


def check_settings() -> None:
    """:raises Refused: if a setting is unsafe in production."""
    from django.core.checks import Tags, run_checks

    found = [
        each for each in run_checks(tags=[Tags.security]) if each.is_serious() and not each.is_silenced()
    ]
    if found:
        raise Refused("\n".join(f"{each.msg} {each.hint or ''} ({each.id})" for each in found))


def check_database(*, patience_seconds: float, migrated: bool) -> None:
    """Wait for the database, then look whether it has what this release needs.

    :raises Refused: if it stays away, or if ``migrated`` is wanted and migrations are missing.
    """
    from django.db import DatabaseError, connection
    from django.db.migrations.executor import MigrationExecutor

    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            connection.ensure_connection()
            break
        except DatabaseError as error:
            if time.monotonic() >= deadline:
                place = f"{connection.settings_dict['HOST']}:{connection.settings_dict['PORT'] or 5432}"
                raise Refused(
                    f"The database at {place} does not let us in: {str(error).strip()}\n"
                    "Check that it runs and that DATABASE_URL has the right host, port, user, password and name."
                ) from None
            time.sleep(0.5)
    if migrated:
        executor = MigrationExecutor(connection)
        missing = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        if missing:
            raise Refused(
                f"The database lacks {missing} migrations of this release. Run: python manage.py migrate"
            )
    connection.close()


def main(command: Sequence[str]) -> None:
    if not command:
        raise Refused(str(__doc__))
    if offline.wanted(command):
        os.execvp(command[0], list(command))
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tpm.settings")
    try:
        django.setup()
        check_settings()
    except ImproperlyConfigured as error:
        raise Refused(
            f"{error} Set it in the environment (.env.example lists all; `make secret` prints a key)."
        ) from None
    patience = float(os.environ.get("TPM_DATABASE_PATIENCE", PATIENCE_SECONDS))
    check_database(patience_seconds=patience, migrated="migrate" not in command)
    os.execvp(command[0], list(command))


if __name__ == "__main__":
    main(sys.argv[1:])
