"""What ``make run`` starts: database, broker, web, worker with beat, sweeper – and stops, restarts and cleans up after.

    python -m tpm.supervisor            start; Ctrl-C stops
    python -m tpm.supervisor --reset    throw all data of this checkout away, so that the next start loads the demo again

``PORT``, ``HOST``, ``TPM_DATA_DIR``, ``DATABASE_URL`` and ``REDIS_URL`` are respected; ``DEBUG=1`` also reloads changed code.
Production does not use this: there each process has a container of its own (docker-compose.yml).
"""

import http.client
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tpm.bootstrap import ROOT, RUN_LOCK, data_directory, development_environment, digest, say
from tpm.embedded import Services
from tpm.processes import ProcessError, RunLock, launch, port_is_free, stop, tail

FIRST_PORT = 8000
ANSWER_SECONDS = 120.0
STEADY_SECONDS = 30.0
LONGEST_PAUSE_SECONDS = 30.0
WORKER_STOP_SECONDS = 15.0
LOCK_SECONDS = 1.0


class Stop(BaseException):
    """A signal asked us to end."""


@dataclass
class Program:
    """One long-running part of the product, restarted when it falls."""

    name: str
    argv: list[str]
    stop_seconds: float = 8.0
    process: "subprocess.Popen[bytes] | None" = None
    falls: int = 0
    started_at: float = 0.0
    resume_at: float = 0.0


def programs(host: str, port: int, directory: Path, *, reload: bool) -> list[Program]:
    """Return the parts in the order of starting.

    Beat lives inside the worker (one process fewer, sharing its memory), which is right because there is one worker.
    """
    python = sys.executable
    web = [python, "-m", "uvicorn", "tpm.asgi:application", "--host", host, "--port", str(port)]
    web += ["--timeout-graceful-shutdown", "2", "--no-access-log", "--no-server-header", "--ws", "none"]
    web += ["--lifespan", "off", *(["--reload"] if reload else [])]
    worker = [python, "-m", "celery", "-A", "tpm", "--quiet", "worker", "--queues", "recompute,default"]
    worker += ["--pool", "prefork", "--concurrency", "2", "--without-gossip", "--without-mingle"]
    worker += ["--loglevel", "WARNING", "--beat", "--schedule", str(directory / "beat-schedule")]
    return [
        Program("web", web),
        Program("worker", worker, WORKER_STOP_SECONDS),
        Program("sweeper", [python, "manage.py", "drain_pending", "--watch"]),
    ]


class Supervisor:
    """Owner of all processes of one data directory."""

    def __init__(self, directory: Path, host: str, port: int | None) -> None:
        self.directory = directory
        self.host = host
        self.port = port or _next_free_port(host)
        if port and not port_is_free(port, host):
            raise ProcessError(f"Port {port} is taken. Choose another: make run PORT={port + 1}")
        self.environment = development_environment(directory)
        self.environment["PORT"] = str(self.port)
        self.services = Services(
            directory, postgres="DATABASE_URL" not in os.environ, valkey="REDIS_URL" not in os.environ
        )
        reload = self.environment.get("DEBUG", "0") == "1"
        self.programs = programs(host, self.port, directory, reload=reload)

    @property
    def address(self) -> str:
        shown = "127.0.0.1" if self.host in {"0.0.0.0", "::", ""} else self.host
        return f"http://{f'[{shown}]' if ':' in shown else shown}:{self.port}/"

    def run(self) -> None:
        """Start everything and keep it running until a signal comes."""
        try:
            started = time.monotonic()
            self.services.lock.acquire(patience_seconds=LOCK_SECONDS)
            self.services.start()
            self.environment |= self.services.environment
            self._publish()
            self._migrate()
            sign_ins = self._load_demo()
            web, *others = self.programs
            say("starting the web server, the worker and the sweeper")
            self._start(web)
            self._await_answer(web)
            for program in others:
                self._start(program)
            self._greet(sign_ins, time.monotonic() - started)
            while True:
                time.sleep(0.5)
                self._watch()
        finally:
            self._stop_all()

    def _publish(self) -> None:
        kept = {name: self.environment[name] for name in ("DATABASE_URL", "REDIS_URL", "SECRET_KEY")}
        self.services.lock.publish(kept | {"ADDRESS": self.address, "PID": str(os.getpid())})

    def _migrate(self) -> None:
        """Migrate, unless the database at hand has seen the same migrations and packages before."""
        stamp = self._stamp("migrated")
        files = [path for path in ROOT.glob("*/migrations/*.py")] + list(ROOT.glob("tpm/*/migrations/*.py"))
        wanted = digest([*files, RUN_LOCK])
        if stamp and stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
            return
        say("bringing the database up to date")
        self._manage("migrate", "--no-input", "--verbosity", "0")
        if stamp:
            stamp.write_text(wanted, encoding="ascii")

    def _load_demo(self) -> str:
        """Load the demo into an empty database and return what it says about signing in.

        The product works without it: a failure is shown, not fatal, and the next start tries again.
        """
        stamp = self._stamp("demo.txt")
        if stamp and stamp.exists():
            return stamp.read_text(encoding="utf-8")
        say("looking whether the demo is wanted")
        try:
            said = self._manage("load_demo", "--if-empty")
        except ProcessError as problem:
            print(problem, flush=True)
            return "The demo could not be loaded; the reason stands above."
        if stamp:
            stamp.write_text(said, encoding="utf-8")
        return said

    def _stamp(self, name: str) -> Path | None:
        """Return a note that lives and dies with the embedded database; None for a database that is not ours."""
        return self.services.postgres.directory / name if self.services.postgres else None

    def _manage(self, *arguments: str) -> str:
        """Run a management command to its end and return what it printed.

        :raises ProcessError: with the end of its output, if it fails.
        """
        log = self.directory / "log" / f"{arguments[0]}.log"
        errors = log.with_suffix(".errors.log")
        log.unlink(missing_ok=True)
        errors.unlink(missing_ok=True)
        argv = [sys.executable, "manage.py", *arguments]
        process = launch(argv, log=log, errors=errors, env=self.environment, cwd=ROOT)
        try:
            if process.wait():
                raise ProcessError(
                    f"manage.py {' '.join(arguments)} failed:\n{tail(log)}\n{tail(errors, 30)}"
                )
        finally:
            stop(process)
        return log.read_text(encoding="utf-8", errors="replace")

    def _log(self, program: Program) -> Path:
        return self.directory / "log" / f"{program.name}.log"

    def _start(self, program: Program) -> None:
        program.started_at = time.monotonic()
        program.process = launch(program.argv, log=self._log(program), env=self.environment, cwd=ROOT)

    def _await_answer(self, program: Program) -> None:
        deadline = time.monotonic() + ANSWER_SECONDS
        while not _answers(self.host, self.port):
            assert program.process is not None
            if program.process.poll() is not None or time.monotonic() > deadline:
                log = self._log(program)
                raise ProcessError(f"The web server does not answer. The end of {log}:\n{tail(log, 30)}")
            time.sleep(0.1)

    def _watch(self) -> None:
        """Bring back whatever fell, the longer apart the more often it falls."""
        for server in self.services.servers:
            if server.process is not None and server.process.poll() is not None:
                say(f"{server.name} fell (exit code {server.process.returncode}) and is started again")
                server.start()
                self.environment |= self.services.environment
        now = time.monotonic()
        for program in self.programs:
            if program.process is None:
                if now >= program.resume_at:
                    self._start(program)
            elif (code := program.process.poll()) is not None:
                stop(program.process)  # what is left of its session
                program.process = None
                program.falls = 1 if now - program.started_at > STEADY_SECONDS else program.falls + 1
                pause = min(LONGEST_PAUSE_SECONDS, 0.5 * 2 ** (program.falls - 1))
                program.resume_at = now + pause
                say(f"{program.name} fell (exit code {code}) and starts again in {pause:g} s:")
                print(tail(self._log(program)), flush=True)
            elif now - program.started_at > STEADY_SECONDS:
                program.falls = 0

    def _greet(self, sign_ins: str, seconds: float) -> None:
        print(f"\n  {self.address}\n")
        for line in sign_ins.strip().splitlines():
            print(f"  {line}")
        print(f"\n  Started in {seconds:.1f} s. Logs: {self.directory / 'log'}. Ctrl-C stops.", flush=True)

    def _stop_all(self) -> None:
        """Stop in reverse order: who writes first, the database last."""
        for program in reversed(self.programs):
            if program.process is not None and program.process.poll() is None:
                program.process.send_signal(signal.SIGTERM)
        for program in reversed(self.programs):
            if program.process is not None:
                stop(program.process, patience_seconds=program.stop_seconds)
        self.services.stop()


def _next_free_port(host: str) -> int:
    for port in range(FIRST_PORT, FIRST_PORT + 100):
        if port_is_free(port, host):
            return port
    raise ProcessError(f"Ports {FIRST_PORT} to {FIRST_PORT + 99} are taken. Choose one: make run PORT=…")


def _answers(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1" if host == "0.0.0.0" else host, port, timeout=2)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def reset(directory: Path, environment: Mapping[str, str]) -> None:
    """Throw away the data of this checkout, after asking."""
    lock = RunLock(directory)
    lock.acquire()
    try:
        if environment.get("YES") != "1":
            answer = input(
                f"All programs, plans and people below {directory} will be lost. Type yes to go on: "
            )
            if answer.strip() != "yes":
                raise ProcessError("Nothing was changed.")
        for name in ("postgres", "postgres.new", "valkey", "uploads"):
            shutil.rmtree(directory / name, ignore_errors=True)
        (directory / "beat-schedule").unlink(missing_ok=True)
    finally:
        lock.release()
    say("The data is gone. `make run` starts with the demo.")


def main(arguments: list[str]) -> int:
    directory = data_directory()
    if arguments == ["--reset"]:
        reset(directory, os.environ)
        return 0
    if arguments:
        print(__doc__)
        return 2
    try:
        port = int(os.environ.get("PORT") or 0)
    except ValueError:
        raise ProcessError(f"PORT={os.environ['PORT']} is not a number.") from None
    supervisor = Supervisor(directory, os.environ.get("HOST") or "127.0.0.1", port or None)

    def leave(*_: object) -> None:
        for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(each, signal.SIG_IGN)
        raise Stop

    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, leave)
    try:
        supervisor.run()
    except Stop:
        print()
        say("stopped")
    return 0


if __name__ == "__main__":
    try:
        raise SystemExit(main(sys.argv[1:]))
    except ProcessError as problem:
        raise SystemExit(str(problem)) from None
