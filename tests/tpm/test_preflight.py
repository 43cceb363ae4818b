"""An unsafe or broken installation does not start, and says what to do."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOBODY_THERE = "postgres://tpm:secret@127.0.0.1:1/tpm"
UNMIGRATED = "postgres"  # the maintenance database: it is there, and none of our tables are in it


def _start(*command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Start a command as production does, on the private database of the tests."""
    environment = os.environ | {
        "TPM_PROFILE": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "tpm.example.org",
        "DEBUG": "0",
        "TPM_DATABASE_PATIENCE": "0",
    }
    return subprocess.run(
        [sys.executable, "-m", "tpm.preflight", *(command or ("echo", "started"))],
        cwd=ROOT,
        env=environment | variables,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_refuses_everything_unsafe_at_once() -> None:
    done = _start(SECRET_KEY="change-me", DEBUG="1", ALLOWED_HOSTS="")
    assert (done.returncode, done.stdout) == (1, "")
    for advice in ("Set SECRET_KEY", "Remove DEBUG", "Set ALLOWED_HOSTS"):
        assert advice in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("variables", "says"),
    [
        ({"SECRET_KEY": ""}, "make secret"),
        ({"DATABASE_URL": NOBODY_THERE}, "Check that it runs and that DATABASE_URL has the right host"),
    ],
    ids=["no key", "no database"],
)
def test_production_refuses(variables: dict[str, str], says: str) -> None:
    done = _start(**variables)
    assert (done.returncode, done.stdout) == (1, "")
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_a_database_without_our_migrations_is_refused_with_the_command_to_run() -> None:
    url = os.environ["DATABASE_URL"].replace("/tpm?", f"/{UNMIGRATED}?")
    done = _start(DATABASE_URL=url)
    assert done.returncode == 1
    assert "Run: python manage.py migrate" in done.stderr


def test_the_migrating_process_is_let_through_and_becomes_the_command() -> None:
    done = _start("sh", "-c", "echo $0 becomes $$", "migrate")
    assert (done.returncode, done.stdout.split()[:2]) == (0, ["migrate", "becomes"])
