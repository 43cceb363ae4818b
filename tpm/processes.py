"""Child processes that can not outlive us: launching, stopping, locking. Standard library only.

Used by the embedded servers, by ``make run`` and by the tests; nothing in here knows Django.
"""

import ctypes
import fcntl
import functools
import json
import os
import pwd
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Any

LINUX = sys.platform == "linux"
PR_SET_PDEATHSIG = 1
CLONE_NEWUSER = 0x10000000
UID_IN_NAMESPACE = 1000
LOG_LIMIT_BYTES = 5 * 1024 * 1024

_libc = ctypes.CDLL(None, use_errno=True) if LINUX else None


class ProcessError(RuntimeError):
    """A process can not be started or stopped; the message says what to do about it."""


class AlreadyRunning(ProcessError):
    """Another live process holds the lock of this data directory."""


# Launching ---------------------------------------------------------------------------------------------------------
def launch(
    argv: Sequence[str | Path],
    *,
    log: Path,
    errors: Path | None = None,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    death_signal: signal.Signals = signal.SIGTERM,
    unprivileged: bool = False,
) -> "subprocess.Popen[bytes]":
    """Start a child in a session of its own, its output appended to ``log`` (its complaints to ``errors``, if given).

    The session keeps a terminal's Ctrl-C from reaching the child before we stop it in order. On Linux the kernel
    sends ``death_signal`` to the child when we die, by kill -9 too. With ``unprivileged`` a child of root runs as
    another user (see :func:`unprivileged_method`).
    """
    options: dict[str, Any] = {}
    enter = None
    if unprivileged and os.geteuid() == 0:
        method = unprivileged_method()
        if method == "namespace":
            enter = _enter_user_namespace
        elif method == "nobody":
            nobody = pwd.getpwnam("nobody")
            options.update(user=nobody.pw_uid, group=nobody.pw_gid, extra_groups=[])
    rotate(log)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output, (errors or log).open("ab") as complaints:
        try:
            return subprocess.Popen(
                [str(part) for part in argv],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=complaints,
                env=dict(os.environ if env is None else env),
                cwd=cwd,
                start_new_session=True,
                preexec_fn=_preparation(os.getpid(), death_signal, enter) if LINUX else None,
                **options,
            )
        except (OSError, subprocess.SubprocessError) as error:
            raise ProcessError(f"{argv[0]} can not be started: {error}") from error


def _preparation(parent: int, death_signal: int, enter: Callable[[], None] | None) -> Callable[[], None]:
    """Return what the child runs between fork and exec. The death signal comes last: a change of user clears it."""

    def prepare() -> None:
        if enter is not None:
            enter()
        assert _libc is not None
        _libc.prctl(PR_SET_PDEATHSIG, int(death_signal), 0, 0, 0)
        if os.getppid() != parent:
            os._exit(1)

    return prepare


def _enter_user_namespace() -> None:
    """Appear as an ordinary user to ourselves while the files stay root's."""
    assert _libc is not None
    if _libc.unshare(CLONE_NEWUSER) != 0:
        raise OSError(ctypes.get_errno(), "user namespaces are not available")
    for name, content in (
        ("setgroups", "deny"),
        ("uid_map", f"{UID_IN_NAMESPACE} 0 1"),
        ("gid_map", f"{UID_IN_NAMESPACE} 0 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(content)


@functools.cache
def unprivileged_method() -> str:
    """Return how a child of root gives up root: ``namespace``, else ``nobody``; ``none`` where we are not root.

    PostgreSQL refuses to run as uid 0. A user namespace needs no other user, changes no file mode and works below
    a directory that only root may enter; some container runtimes forbid it, then the user ``nobody`` must do.
    """
    if os.geteuid() != 0:
        return "none"
    if not LINUX:
        return "nobody"
    try:
        subprocess.run(["true"], preexec_fn=_enter_user_namespace, check=True, capture_output=True)
    except (OSError, subprocess.SubprocessError):
        return "nobody"
    return "namespace"


def rotate(log: Path) -> None:
    """Keep one older part of a log that has grown large."""
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_name(log.name + ".1"))


def tail(log: Path, lines: int = 15) -> str:
    """Return the last lines of a log, for an error message."""
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 16_384))
            return "\n".join(file.read().decode("utf-8", "replace").splitlines()[-lines:])
    except OSError:
        return ""


# Stopping ----------------------------------------------------------------------------------------------------------
def stop(
    process: "subprocess.Popen[bytes]", *, by: signal.Signals = signal.SIGTERM, patience_seconds: float = 10.0
) -> None:
    """End a child of ours: politely, then by kill of its whole session."""
    if process.poll() is None:
        process.send_signal(by)
        try:
            process.wait(patience_seconds)
        except subprocess.TimeoutExpired:
            pass
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    process.wait()


def command_line(pid: int) -> str:
    """Return the command line of a live process, empty if there is none."""
    if LINUX:
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
        except OSError:
            return ""
    shown = subprocess.run(
        ["ps", "-ww", "-o", "command=", "-p", str(pid)], capture_output=True, text=True, check=False
    )
    return shown.stdout.strip()


def end_leftover(
    pid: int, marks: Sequence[str], *, by: signal.Signals, patience_seconds: float = 60.0
) -> bool:
    """End a process that an earlier, killed run left behind, if ``pid`` is still that process and not a stranger.

    A pid alone proves nothing (it is reused, in containers at once): the command line must hold every mark.
    """
    if not all(mark in command_line(pid) for mark in marks):
        return False
    deadline = time.monotonic() + patience_seconds
    os.kill(pid, by)
    while all(mark in command_line(pid) for mark in marks):
        if time.monotonic() > deadline:
            raise ProcessError(f"Process {pid} of an earlier run does not end. Stop it by hand: kill {pid}")
        time.sleep(0.05)
    return True


# Locks, ports ------------------------------------------------------------------------------------------------------
class RunLock:
    """One owner per data directory, by ``flock``: the kernel releases it whatever becomes of the owner.

    ``run.json`` beside it tells other terminals how to reach what the owner runs. It outlives a kill -9, so it is
    believed only while the lock is held.
    """

    def __init__(self, directory: Path) -> None:
        self.path = directory / "run.lock"
        self.state = directory / "run.json"
        self._file: IO[str] | None = None

    def acquire(self, *, patience_seconds: float = 0.0) -> None:
        """Take the lock; a holder that is just being killed is given time to go.

        :raises AlreadyRunning: if someone holds it; the message has the address if it is known.
        """
        if self._file is not None:
            return
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = self.path.open("a", encoding="ascii")
        except OSError as error:
            raise ProcessError(
                f"{self.path.parent} can not be written ({error.strerror}). Was it made by another user? "
                "Run as that user, or set TPM_DATA_DIR."
            ) from error
        deadline = time.monotonic() + patience_seconds
        while not _locked(file):
            if time.monotonic() >= deadline:
                file.close()
                address = _read_json(self.state).get("ADDRESS")
                place = f" at {address}" if address else ""
                raise AlreadyRunning(f"{self.path.parent} is in use: the product already runs{place}.")
            time.sleep(0.05)
        self._file = file
        self.state.unlink(missing_ok=True)

    def release(self) -> None:
        if self._file is not None:
            self.state.unlink(missing_ok=True)
            self._file.close()
            self._file = None

    def publish(self, state: Mapping[str, str]) -> None:
        """Write ``run.json``, readable by its owner only, whole or not at all."""
        draft = self.state.with_name("run.json.new")
        write_private(draft, json.dumps(dict(state), indent=1) + "\n")
        draft.replace(self.state)

    def published(self) -> dict[str, str]:
        """Return what the live owner published; empty if no owner lives."""
        try:
            with self.path.open("a", encoding="ascii") as file:
                return {} if _locked(file) else _read_json(self.state)
        except OSError:
            return {}


def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _read_json(path: Path) -> dict[str, str]:
    try:
        return dict(json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def write_private(path: Path, content: str) -> None:
    """Write a file that only its owner may read, and have it on the disk before we return."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def free_port(host: str = "127.0.0.1") -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.bind((host, 0))
        return int(probe.getsockname()[1])


def port_is_free(port: int, host: str = "127.0.0.1") -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True
