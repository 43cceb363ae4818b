"""The test plugin gives each run servers of its own, and none to runs that need none."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    hidden = {
        "DATABASE_URL",
        "REDIS_URL",
        "DJANGO_SETTINGS_MODULE",
        "PYTEST_CURRENT_TEST",
        "PYTEST_XDIST_WORKER",
    }
    environment = {name: value for name, value in os.environ.items() if name not in hidden} | variables
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_runs_side_by_side_have_servers_of_their_own() -> None:
    shown = _run("tests.services", "sh", "-c", "echo $DATABASE_URL; echo $REDIS_URL; echo $TPM_PROFILE")
    database, broker, profile = shown.stdout.split()
    assert profile == "test"
    assert database.startswith("postgres://")
    assert (database, broker) != (os.environ["DATABASE_URL"], os.environ["REDIS_URL"])


def test_the_exit_code_of_the_command_is_passed_on() -> None:
    assert _run("tests.services", "sh", "-c", "exit 7").returncode == 7


def test_engines_alone_start_no_server_and_no_django() -> None:
    done = _run("pytest", "--collect-only", "tests/programs/engine")
    assert "services: none started" in done.stdout
    assert "tpm.settings" not in done.stdout


def test_servers_that_the_environment_names_are_used() -> None:
    named = {"DATABASE_URL": "postgres://someone@127.0.0.1:1/none", "REDIS_URL": "redis://127.0.0.1:1/0"}
    assert (
        _run("tests.services", "sh", "-c", "echo $DATABASE_URL", **named).stdout.strip()
        == named["DATABASE_URL"]
    )
