"""``python -m tests.everything``: what ``make test`` runs, its three parts at the same time.

The tests wait a good deal – for servers that start, for a worker that was killed on purpose, for a browser – and while one
part waits another one works. The output of the Python tests is seen as it comes; that of the others is shown whole as soon as
they end. In the end stand how each part ended and the last lines of pytest; one part that fails fails the whole.
"""

import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parent.parent
PYTEST = [sys.executable, "-m", "pytest"]
# Four workers on two cores: one or two of them wait. They take work from each other, so that all end together.
WORKERS = ["-n", "4", "--dist", "worksteal"]


@dataclass
class Part:
    name: str
    command: list[str]
    streams: bool = False
    output: IO[bytes] = field(default_factory=tempfile.TemporaryFile)
    process: subprocess.Popen[bytes] | None = None
    seconds: float = 0.0

    def run(self) -> None:
        began = time.monotonic()
        target = None if self.streams else self.output
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE if self.streams else target,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        if self.process.stdout is not None:
            while piece := self.process.stdout.read1():  # type: ignore[attr-defined]
                self.output.write(piece)
                _show(piece)
        self.process.wait()
        self.seconds = time.monotonic() - began
        if not self.streams:
            _show(f"\n──── {self.name}\n".encode() + self.text())

    @property
    def failed(self) -> bool:
        return self.process is None or self.process.returncode != 0

    def text(self) -> bytes:
        self.output.seek(0)
        return self.output.read()

    def last_line(self) -> str:
        lines = self.text().decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else ""


def parts() -> list[Part]:
    return [
        Part("checks", ["make", "--no-print-directory", "check", "test-js"]),
        Part("tests", [*PYTEST, *WORKERS, "--ignore=tests/browser"], streams=True),
        Part("browser tests", [*PYTEST, "tests/browser"]),
    ]


_one_at_a_time = threading.Lock()


def _show(text: bytes) -> None:
    with _one_at_a_time:
        sys.stdout.buffer.write(text)
        sys.stdout.buffer.flush()


def main(all_parts: list[Part] | None = None) -> int:
    everything = parts() if all_parts is None else all_parts

    def end(number: int, _frame: object) -> None:
        """Ask each part to end; its servers end with it."""
        for part in everything:
            if part.process is not None and part.process.poll() is None:
                part.process.send_signal(number)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, lambda *_: None)  # the terminal sends Ctrl-C to the parts itself
    threads = [threading.Thread(target=part.run) for part in everything]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    lines = [
        f"{'FAILED' if part.failed else 'passed'} {part.seconds:5.0f} s  {part.name}" for part in everything
    ]
    lines += [part.last_line() for part in everything if part.command[: len(PYTEST)] == PYTEST]
    _show(("\n" + "\n".join(lines) + "\n").encode())
    return int(any(part.failed for part in everything))


if __name__ == "__main__":
    raise SystemExit(main())
