"""An embedded PostgreSQL and an embedded Valkey for a machine that has neither. Standard library only.

Data lives below one directory: ``postgres/cluster``, ``postgres/password``, ``valkey/``, ``log/``. Both listen on
127.0.0.1 only, on free ports, with random passwords.

    python -m tpm.embedded COMMAND ARGUMENT…    runs a command with DATABASE_URL and REDIS_URL set: those of the running
                                                product if it runs, otherwise of servers started for the command
"""

import signal
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from tpm.processes import ProcessError, RunLock
from tpm.servers import EmbeddedError, Postgres, Server, Valkey

__all__ = ["EmbeddedError", "Services", "running"]


class Services:
    """The embedded servers of one data directory, which they own alone while they run.

    With ``durable=False`` they trade safety against power loss for speed, and Valkey starts empty: for tests.
    """

    def __init__(
        self, directory: Path, *, postgres: bool = True, valkey: bool = True, durable: bool = True
    ) -> None:
        self.directory = directory.resolve()
        self.lock = RunLock(self.directory)
        self.postgres = Postgres(self.directory, durable=durable) if postgres else None
        self.valkey = Valkey(self.directory, durable=durable) if valkey else None

    @property
    def servers(self) -> list[Server]:
        """The servers in the order of starting."""
        return [server for server in (self.postgres, self.valkey) if server is not None]

    @property
    def environment(self) -> dict[str, str]:
        """What settings need to reach them: ``DATABASE_URL`` and ``REDIS_URL``, of those that run."""
        found = {}
        if self.postgres is not None:
            found["DATABASE_URL"] = self.postgres.url
        if self.valkey is not None:
            found["REDIS_URL"] = self.valkey.url
        return found

    def start(self) -> Self:
        """:raises AlreadyRunning: if another process runs them.
        :raises EmbeddedError: if one does not come up; then none is left running.
        """
        self.lock.acquire()
        try:
            for server in self.servers:
                server.start()
        except BaseException:
            self.stop()
            raise
        return self

    def stop(self) -> None:
        for server in reversed(self.servers):
            server.stop()
        self.lock.release()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()


def running(directory: Path) -> dict[str, str]:
    """Return what the product that runs on this data directory published (addresses, key), empty if none runs."""
    return RunLock(directory.resolve()).published()


def main(argv: list[str]) -> int:
    """Run a command with both addresses in its environment and return its exit code."""
    from tpm.bootstrap import data_directory, development_environment

    if not argv:
        print(__doc__)
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the command ends with us
    directory = data_directory()
    state = running(directory)
    found = {name: state[name] for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY") if name in state}
    environment = found | development_environment(directory)
    missing = {"DATABASE_URL", "REDIS_URL"} - environment.keys()
    if not missing:
        return subprocess.run(argv, env=environment, check=False).returncode
    services = Services(directory, postgres="DATABASE_URL" in missing, valkey="REDIS_URL" in missing)
    with services:
        return subprocess.run(argv, env=environment | services.environment, check=False).returncode


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except ProcessError as problem:
        raise SystemExit(str(problem)) from None
