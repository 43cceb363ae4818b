"""Pytest plugin (``-p tests.services``): a private PostgreSQL and Valkey for the run, before Django's settings load.

Each run takes the first free slot below ``.data/test/``, so that runs side by side do not meet. Nothing is started when
``DATABASE_URL`` and ``REDIS_URL`` are set, for the workers of xdist, or when only engines and importers are tested
(they know no database: Django is not even set up, and a test that wanted it is skipped or fails).

    python -m tests.services COMMAND ARGUMENT…    runs a command the same way: the checks of ``make check``; with
                                                  TPM_DURABLE=1 the servers write as safely as those of ``make run``
"""

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Generator
from pathlib import Path

import pytest

from tpm.embedded import EmbeddedError, Services
from tpm.processes import AlreadyRunning

ROOT = Path(__file__).resolve().parent.parent
SLOTS = 32
OWN = "TPM_TEST_SERVERS"  # set by the run that started its servers, so that its parallel workers know they may start more
PLAIN_ROOMS = {"engine", "importers"}

_services = pytest.StashKey[Services]()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> Generator[None]:
    os.environ.setdefault("NUMBA_CACHE_DIR", str(ROOT / ".data" / "kernels"))
    if not _only_plain_rooms(early_config):
        if services := start():
            early_config.stash[_services] = services
        set_up_environment()
    return (yield)


def pytest_unconfigure(config: pytest.Config) -> None:
    if services := config.stash.get(_services, None):
        services.stop()


def pytest_report_header(config: pytest.Config) -> str:
    services = config.stash.get(_services, None)
    return f"services: {services.directory}" if services else "services: none started"


def _only_plain_rooms(config: pytest.Config) -> bool:
    """Tell whether every path of the command line is a test of an engine or an importer."""
    paths = [Path(name.split("::", 1)[0]) for name in config.known_args_namespace.file_or_dir]
    return bool(paths) and all(PLAIN_ROOMS & set(path.parts) for path in paths)


def start() -> Services | None:
    """Start what the environment does not name yet and put its addresses there; None if nothing is missing."""
    missing = {"DATABASE_URL", "REDIS_URL"} - os.environ.keys()
    if "PYTEST_XDIST_WORKER" in os.environ and OWN in os.environ:
        # Databases are one per worker anyway; a broker that one test empties or freezes must be its own, too.
        missing = {"REDIS_URL"}
    if not missing:
        return None
    durable = os.environ.get("TPM_DURABLE") == "1"
    for slot in range(SLOTS):
        directory = ROOT / ".data" / ("bench" if durable else "test") / str(slot)
        services = Services(
            directory, postgres="DATABASE_URL" in missing, valkey="REDIS_URL" in missing, durable=durable
        )
        try:
            try:
                services.start()
            except EmbeddedError:
                # Written without fsync: a machine that went down may have left it broken, and it holds nothing.
                shutil.rmtree(directory, ignore_errors=True)
                services.start()
        except AlreadyRunning:
            continue
        addresses = services.environment
        if "DATABASE_URL" in addresses:
            addresses["DATABASE_URL"] += "&connect_timeout=60"  # a busy machine is no reason to fail
        os.environ.update({**addresses, OWN: "1"})
        return services
    raise pytest.UsageError(f"All {SLOTS} slots below .data/test are in use.")


def set_up_environment() -> None:
    """Choose the test profile where the environment says nothing else."""
    for name, value in {
        "DJANGO_SETTINGS_MODULE": "tpm.settings",
        "TPM_PROFILE": "test",
        "NUMBA_CACHE_DIR": str(ROOT / ".data" / "kernels"),
        "SECRET_KEY": "a-key-that-only-tests-use-and-that-guards-nothing",
        "TPM_DATA_DIR": str(Path(os.environ.get("TPM_DATA_DIR", ROOT / ".data" / "test-data"))),
    }.items():
        os.environ.setdefault(name, value)


def main(argv: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the command ends with us
    services = start()
    set_up_environment()
    try:
        return subprocess.run(argv, check=False).returncode
    finally:
        if services:
            services.stop()


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
