"""The migrated database that every test run begins with: made once per set of migrations, then copied.

PostgreSQL copies it in a fraction of a second; applying the migrations takes a quarter of a minute.
"""

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2

ROOT = Path(__file__).resolve().parent.parent
PREFIX = "migrated_"
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
                _migrate(urlunsplit(address._replace(path=f"/{draft}")))
                cursor.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
    finally:
        connection.close()
    return name


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
