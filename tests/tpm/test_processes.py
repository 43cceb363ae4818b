"""Children that can not outlive us, locks that can not be forgotten."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.stack import PATIENCE
from tpm import processes

ROOT = Path(__file__).resolve().parents[2]


def _ended(pid: int, seconds: float = PATIENCE) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if Path(f"/proc/{pid}/stat").exists() and ") Z " in Path(f"/proc/{pid}/stat").read_text():
            return True
        time.sleep(0.02)
    return False


def test_a_child_writes_to_its_log_and_leads_a_session_of_its_own(tmp_path: Path) -> None:
    log = tmp_path / "deep" / "child.log"
    script = "import os, sys; print(os.getsid(0) == os.getpid()); print('bad', file=sys.stderr)"
    child = processes.launch([sys.executable, "-c", script], log=log)
    assert child.wait(PATIENCE) == 0
    assert sorted(log.read_text().split()) == ["True", "bad"]


def test_complaints_can_be_kept_apart_from_output(tmp_path: Path) -> None:
    script = "import sys; print('said'); print('bad', file=sys.stderr)"
    log, errors = tmp_path / "log", tmp_path / "errors"
    assert processes.launch([sys.executable, "-c", script], log=log, errors=errors).wait(PATIENCE) == 0
    assert (log.read_text(), errors.read_text()) == ("said\n", "bad\n")


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(processes.ProcessError, match="no-such-program can not be started"):
        processes.launch(["no-such-program"], log=tmp_path / "log")


@pytest.mark.skipif(not processes.LINUX, reason="only Linux can tie a child's life to its parent's")
def test_kill_9_of_the_parent_ends_the_child(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from tpm.processes import launch\n"
        "print(launch(['sleep', '600'], log=Path(sys.argv[1])).pid, flush=True); time.sleep(600)"
    )
    parent = subprocess.Popen(
        [sys.executable, "-c", script, str(tmp_path / "log")], stdout=subprocess.PIPE, cwd=ROOT
    )
    assert parent.stdout is not None
    child = int(parent.stdout.readline())
    parent.kill()
    parent.wait()
    parent.stdout.close()
    assert _ended(child)


def test_a_child_that_ignores_the_signal_is_killed_with_what_it_started(tmp_path: Path) -> None:
    log = tmp_path / "log"
    child = processes.launch(["sh", "-c", "trap '' TERM; sleep 600 & echo $!; wait; wait"], log=log)
    deadline = time.monotonic() + PATIENCE
    while not log.read_text().strip() and time.monotonic() < deadline:
        time.sleep(0.02)
    grandchild = int(log.read_text())
    processes.stop(child, patience_seconds=0.2)
    assert child.returncode == -signal.SIGKILL
    assert _ended(grandchild)


def test_a_pid_that_belongs_to_a_stranger_is_left_alone() -> None:
    stranger = subprocess.Popen(["sleep", "600"])
    try:
        assert not processes.end_leftover(stranger.pid, ("postgres", "/some/cluster"), by=signal.SIGINT)
        assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_second_owner_is_refused_and_told_the_address(tmp_path: Path) -> None:
    first, second = processes.RunLock(tmp_path), processes.RunLock(tmp_path)
    first.acquire()
    first.publish({"ADDRESS": "http://127.0.0.1:8123/"})
    with pytest.raises(processes.AlreadyRunning, match=r"http://127\.0\.0\.1:8123/"):
        second.acquire()
    assert second.published() == {"ADDRESS": "http://127.0.0.1:8123/"}
    first.release()
    second.acquire()
    second.release()


def test_a_holder_that_is_going_is_waited_for(tmp_path: Path) -> None:
    script = (
        "import sys, time; from pathlib import Path; from tpm.processes import RunLock\n"
        "lock = RunLock(Path(sys.argv[1])); lock.acquire(); print('held', flush=True); sys.stdin.readline()"
    )
    holder = subprocess.Popen([sys.executable, "-c", script, str(tmp_path)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT,
    )  # fmt: skip
    assert holder.stdin is not None and holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    lock = processes.RunLock(tmp_path)
    with pytest.raises(processes.AlreadyRunning):
        lock.acquire()
    threading.Timer(0.2, holder.stdin.close).start()  # it goes while we wait
    lock.acquire(patience_seconds=PATIENCE)
    lock.release()
    holder.wait()
    holder.stdout.close()


def test_what_a_dead_owner_published_is_not_believed(tmp_path: Path) -> None:
    (tmp_path / "run.lock").touch()
    (tmp_path / "run.json").write_text('{"ADDRESS": "http://127.0.0.1:1/"}')
    assert processes.RunLock(tmp_path).published() == {}


def test_what_is_published_can_be_read_by_the_owner_only(tmp_path: Path) -> None:
    lock = processes.RunLock(tmp_path)
    lock.acquire()
    lock.publish({"SECRET_KEY": "x"})
    assert lock.state.stat().st_mode & 0o777 == 0o600
    lock.release()
    assert not lock.state.exists()


def test_a_log_that_has_grown_large_is_set_aside(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_bytes(b"x" * (processes.LOG_LIMIT_BYTES + 1))
    processes.rotate(log)
    assert not log.exists()
    assert (tmp_path / "log.1").exists()
