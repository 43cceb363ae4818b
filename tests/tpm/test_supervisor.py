"""What `make run` starts is restarted when it falls, stops in order, and leaves nothing behind."""

import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.stack import PATIENCE
from tpm.embedded import running
from tpm.processes import ProcessError, free_port
from tpm.supervisor import Supervisor, programs

ROOT = Path(__file__).resolve().parents[2]
# The real supervisor around small programs: what is measured here is its handling of processes.
SMALL = """
import sys
from pathlib import Path
from tpm import supervisor

WEB = '''
import http.server, sys
class Answer(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
'''

class Small(supervisor.Supervisor):
    def _migrate(self): pass
    def _load_demo(self): return "Sign in as anna"

def programs(host, port, directory, *, reload):
    return [
        supervisor.Program("web", [sys.executable, "-c", WEB, str(port)]),
        supervisor.Program("worker", ["sleep", "600"]),
    ]

supervisor.programs, supervisor.Supervisor = programs, Small
sys.exit(supervisor.main([]))
"""


class Run:
    """A supervisor in a process of its own."""

    def __init__(self, directory: Path, script: str | None, port: int) -> None:
        kept = {
            name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}
        }
        for name in ("DJANGO_SETTINGS_MODULE", "SECRET_KEY", "TPM_PROFILE"):
            kept.pop(name, None)
        self.directory, self.port = directory, port
        self.output = directory.parent / f"output-{port}"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, *(["-c", script] if script else ["-m", "tpm.supervisor"])],
                cwd=ROOT,
                env=kept | {"TPM_DATA_DIR": str(directory), "PORT": str(port)},
                stdout=output,
                stderr=subprocess.STDOUT,
            )

    def said(self) -> str:
        return self.output.read_text()

    def await_(self, condition: Callable[[], bool], seconds: float = PATIENCE) -> None:
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, self.said()
            assert self.process.poll() is None, self.said()
            time.sleep(0.05)

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=60) as answer:
                return bool(answer.status == 200)
        except OSError:
            return False

    def children(self) -> list[int]:
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in found.split()]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[..., Run]]:
    runs: list[Run] = []

    def start(script: str | None = SMALL, *, directory: str = "data of a checkout") -> Run:
        runs.append(Run(tmp_path / directory, script, free_port()))
        return runs[-1]

    yield start
    for run in runs:
        run.process.kill()
        run.process.wait()


def _commands(pids: list[int]) -> list[str]:
    return [Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip() for pid in pids]


linux_only = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


@linux_only
def test_ctrl_c_stops_everything_and_leaves_nothing(start: Callable[..., Run]) -> None:
    run = start()
    run.await_(lambda: "Ctrl-C stops" in run.said())
    assert f"http://127.0.0.1:{run.port}/" in run.said()
    assert "Sign in as anna" in run.said()
    children = run.children()
    assert len(children) == 4
    run.process.send_signal(signal.SIGINT)
    assert run.process.wait(PATIENCE) == 0
    assert [pid for pid in children if Path(f"/proc/{pid}").exists()] == []
    assert running(run.directory) == {}


@linux_only
def test_what_falls_is_started_again(start: Callable[..., Run]) -> None:
    run = start()
    run.await_(lambda: "Ctrl-C stops" in run.said())
    before = run.children()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    for name in ("postgres", "valkey", "web", "worker"):
        run.await_(lambda name=name: f"{name} fell (exit code -9)" in run.said())
    run.await_(lambda: len(set(run.children()) - set(before)) == 4)
    run.await_(run.answers)


def test_a_second_start_is_refused_with_the_address(start: Callable[..., Run]) -> None:
    first = start()
    first.await_(lambda: "Ctrl-C stops" in first.said())
    second = start()
    assert second.process.wait(PATIENCE) == 1
    assert f"already runs at http://127.0.0.1:{first.port}/" in second.said()


def test_two_checkouts_run_side_by_side(start: Callable[..., Run]) -> None:
    first, second = start(directory="one"), start(directory="two")
    for run in (first, second):
        run.await_(lambda run=run: "Ctrl-C stops" in run.said())
    assert running(first.directory)["DATABASE_URL"] != running(second.directory)["DATABASE_URL"]


def test_a_taken_port_is_named_with_what_to_do(tmp_path: Path) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(
            ProcessError, match=f"Port {port} is taken. Choose another: make run PORT={port + 1}"
        ):
            Supervisor(tmp_path, "127.0.0.1", port)


def test_one_worker_serves_every_queue_and_carries_beat(tmp_path: Path) -> None:
    from django.conf import settings

    commands = {program.name: " ".join(program.argv) for program in programs("h", 1, tmp_path, reload=False)}
    queues = {entry["options"]["queue"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert queues | {"recompute"} == set(commands["worker"].split("--queues ")[1].split()[0].split(","))
    assert "--beat" in commands["worker"]


@linux_only
@pytest.mark.slow
def test_the_product_starts_from_nothing_and_keeps_its_data_over_kill_9(start: Callable[..., Run]) -> None:
    run = start(None)
    run.await_(lambda: "Ctrl-C stops" in run.said())
    assert run.answers()
    first_words = run.said()
    children = run.children()
    run.process.kill()
    run.process.wait()
    deadline = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{pid}").exists() for pid in children) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert _commands([pid for pid in children if Path(f"/proc/{pid}").exists()]) == []

    again = start(None)
    again.await_(lambda: "Ctrl-C stops" in again.said())
    assert "bringing the database up to date" in first_words
    assert "bringing the database up to date" not in again.said()
    again.process.send_signal(signal.SIGINT)
    assert again.process.wait(PATIENCE) == 0
