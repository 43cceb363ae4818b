"""The product's real processes on the test database: web server, workers, beat – started, killed, frozen by tests."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import redis
from django.conf import settings
from django.db import connection

from tpm.processes import free_port, launch, stop

ROOT = Path(__file__).resolve().parent.parent
#: How long a test waits for what must come: on a machine that has much else to do, too. What comes sooner is not waited for.
PATIENCE = 300.0


def busy() -> float:
    """Return how many times more is to be done on this machine than it can do at once; 1 where it is quiet.

    A test that holds the product to seconds allows so many times more of them.
    """
    return max(1.0, 2 * os.getloadavg()[0] / (os.cpu_count() or 1))


def environment(**extra: str) -> dict[str, str]:
    """Return the environment in which a child meets the same database and broker as this test."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    url = urlunsplit(parts._replace(path="/" + str(connection.settings_dict["NAME"])))
    return {
        **os.environ,
        "DATABASE_URL": url,
        "TPM_PROFILE": "test",
        "DJANGO_SETTINGS_MODULE": "tpm.settings",
        **extra,
    }


class Stack:
    """Processes of one test, all stopped at its end."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.processes: list[subprocess.Popen[bytes]] = []
        self.port = 0

    def web(self, **extra: str) -> str:
        """Start the web server and return its address once it answers."""
        self.port = free_port()
        argv = [
            sys.executable,
            "-m",
            "uvicorn",
            "tpm.asgi:application",
            "--host",
            "127.0.0.1",
            "--port",
            str(self.port),
        ]
        argv += ["--timeout-graceful-shutdown", "1", "--no-access-log", "--lifespan", "off", "--ws", "none"]
        self._launch("web", argv, **extra)
        wait_for(self._answers, "the web server to answer")
        return f"http://127.0.0.1:{self.port}"

    def worker(
        self, name: str = "worker", *, beat: bool = False, concurrency: int = 1, **extra: str
    ) -> subprocess.Popen[bytes]:
        """Start a worker; it is ready when it has said so in its log."""
        argv = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "tpm",
            "worker",
            "--queues",
            "recompute,default",
            "--loglevel",
            "INFO",
        ]
        argv += [
            "--concurrency",
            str(concurrency),
            "--without-gossip",
            "--without-mingle",
            "-n",
            f"{name}@%h",
        ]
        if beat:
            argv += ["--beat", "--schedule", str(self.directory / f"{name}-schedule")]
        process = self._launch(name, argv, LOG_LEVEL="INFO", **extra)
        log = self.directory / f"{name}.log"
        wait_for(lambda: " ready" in log.read_text(errors="replace"), f"{name} to be ready", log=log)
        return process

    def stop(self) -> None:
        for process in reversed(self.processes):
            if process.poll() is None:
                _continue(process)
            stop(process, patience_seconds=5)

    def log(self, name: str) -> str:
        return (self.directory / f"{name}.log").read_text(errors="replace")

    def _launch(self, name: str, argv: list[str], **extra: str) -> subprocess.Popen[bytes]:
        log = self.directory / f"{name}.log"
        log.touch()
        process = launch(argv, log=log, env=environment(**extra), cwd=ROOT)
        self.processes.append(process)
        return process

    def _answers(self) -> bool:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            link.request("GET", "/healthz")
            return link.getresponse().status == 200
        except OSError:
            return False
        finally:
            link.close()


def patient_broker() -> redis.Redis:
    """Return a client that waits, for what a test itself asks of the broker; the product's gives up after a third of a second."""
    return redis.Redis.from_url(settings.REDIS_URL)


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    """SIGKILL a worker with its pool: nobody gets to say goodbye."""
    for pid in [*children(process.pid), process.pid]:
        _signal(pid, signal.SIGKILL)
    process.wait()


def children(pid: int) -> list[int]:
    """Return all processes below one (Linux)."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[1]) == pid:
            child = int(stat.parent.name)
            found += [child, *children(child)]
    return found


def wait_for(
    condition: Callable[[], object],
    what: str,
    *,
    seconds: float = PATIENCE,
    every: float = 0.05,
    log: Path | None = None,
) -> None:
    """Wait until the condition holds.

    :raises AssertionError: if it does not in time.
    """
    deadline = time.monotonic() + seconds
    while not condition():
        said = f"; its log:\n{log.read_text(errors='replace')[-4000:]}" if log else ""
        assert time.monotonic() < deadline, f"waited {seconds} s for {what}{said}"
        time.sleep(every)


@contextmanager
def frozen(process: subprocess.Popen[bytes] | int) -> Iterator[None]:
    """SIGSTOP a process for a while."""
    pid = process if isinstance(process, int) else process.pid
    _signal(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        _signal(pid, signal.SIGCONT)


def _continue(process: subprocess.Popen[bytes]) -> None:
    for pid in [process.pid, *children(process.pid)]:
        _signal(pid, signal.SIGCONT)


def _signal(pid: int, number: signal.Signals) -> None:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        pass
