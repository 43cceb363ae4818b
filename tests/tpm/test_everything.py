"""``make test`` fails when one of its parts fails, and says which."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys
from tests import everything
from tests.everything import Part
everything.PYTEST = ["sh", "-c"]
good = Part("checks", ["sh", "-c", "echo fine; echo all well"])
shown = Part("tests", ["sh", "-c", "echo '1 failed in 2 s'; exit 1"], streams=True)
other = Part("browser tests", ["sh", "-c", "echo '3 passed in 1 s'"])
sys.exit(everything.main([good, other] if "well" in sys.argv else [good, shown, other]))
"""


def _run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


def test_one_part_that_fails_fails_the_whole_and_is_named() -> None:
    done = _run()
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert {(line.split()[0], line.split(" s  ")[1]) for line in lines if " s  " in line} == {
        ("passed", "checks"), ("FAILED", "tests"), ("passed", "browser tests"),
    }  # fmt: skip
    assert lines[-2:] == ["1 failed in 2 s", "3 passed in 1 s"]


def test_all_that_pass_pass_the_whole_and_everything_they_said_is_shown() -> None:
    done = _run("well")
    assert done.returncode == 0
    assert "fine\nall well\n" in done.stdout and "──── checks" in done.stdout
