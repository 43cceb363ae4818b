"""The migrated database that every test run begins with: made once per set of migrations, then copied.

PostgreSQL copies it in a fraction of a second and restores it on another server in a second or two; applying the migrations
takes a quarter of a minute.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pgtrigger
import psycopg2
from django.db import connection, transaction

from tpm.servers import EmbeddedError, postgres_binaries

ROOT = Path(__file__).resolve().parent.parent
DUMPS = ROOT / ".data" / "migrated"
PREFIX = "migrated_"
KEPT = {"django_content_type", "auth_permission"}  # written by ``migrate``, about the models, not by tests
_ONE_AT_A_TIME = 7_305_411  # any number that means nothing else on this server


def template() -> str:
    """Return the name of the migrated database on the server of ``DATABASE_URL``, made now if it is not there."""
    address = urlsplit(os.environ["DATABASE_URL"])
    name = PREFIX + _fingerprint()
    connection = psycopg2.connect(address.geturl())
    connection.autocommit = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [_ONE_AT_A_TIME])
            cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
            there = {row[0] for row in cursor.fetchall()}
            if name not in there:
                for old in there:
                    cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
                draft = f"{PREFIX}draft"
                cursor.execute(f'CREATE DATABASE "{draft}"')
                url = urlunsplit(address._replace(path=f"/{draft}"))
                with _one_at_a_time():
                    if not _restore(url, DUMPS / name):
                        _migrate(url)
                        _dump(url, DUMPS / name)
                cursor.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
    finally:
        connection.close()
    return name


def empty() -> None:
    """Delete every row that a test committed.

    A test fills a dozen of two hundred tables. Django would truncate all of them, which makes new files for each table and
    each index, and would write the content types and permissions anew: a second of work after every test.
    """
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True)) - KEPT)
    filled = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in tables
    )
    with pgtrigger.ignore(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(filled)
        # In any order: foreign keys are deferred, that is, looked at when all is gone.
        for (table,) in cursor.fetchall():
            cursor.execute(f'DELETE FROM "{table}"')


def _fingerprint() -> str:
    """Stand for everything that decides what a migrated database looks like."""
    digest = hashlib.sha256()
    files = [
        *(
            path
            for app in ("tpm", "programs", "projects", "budgets", "risks")
            for path in (ROOT / app).rglob("migrations/*.py")
        ),
        ROOT / "requirements-dev.lock",
    ]
    for path in sorted(files):
        digest.update(str(path.relative_to(ROOT)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def _migrate(url: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity=0"],
        cwd=ROOT,
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the migrations do not run:\n{done.stderr}")


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Let runs that begin together migrate once, not each."""
    DUMPS.mkdir(parents=True, exist_ok=True)
    with (DUMPS.parent / "migrated.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _restore(url: str, dump: Path) -> bool:
    """Fill an empty database from the dump that another server's run left; False if there is none or it does not do."""
    if not dump.exists():
        return False
    done = subprocess.run(
        [postgres_binaries() / "pg_restore", "--exit-on-error", "--no-owner", "--dbname", url, dump],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        dump.unlink(missing_ok=True)
        raise RuntimeError(f"the dump of the migrated database can not be restored: {done.stderr.decode()}")
    return True


def _dump(url: str, dump: Path) -> None:
    """Leave the database to other servers of this checkout; without the program that dumps, each migrates its own."""
    try:
        program = postgres_binaries() / "pg_dump"
    except EmbeddedError:
        return
    if not program.exists():
        return
    for old in DUMPS.iterdir():
        old.unlink(missing_ok=True)
    draft = dump.with_name(f"{dump.name}.{os.getpid()}")
    done = subprocess.run(
        [program, "--format=custom", "--compress=0", "--file", draft, url], capture_output=True, check=False
    )
    if done.returncode == 0:
        draft.rename(dump)
    else:
        draft.unlink(missing_ok=True)
