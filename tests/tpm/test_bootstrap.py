"""Set-up is repeatable from committed files, and those name no registry."""

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tpm import bootstrap

ROOT = Path(__file__).resolve().parents[2]
LOCKS = sorted(ROOT.glob("requirements*.lock"))


def _pins(lock: Path) -> dict[str, set[str]]:
    """Return name → pinned versions (a universal lock may hold one for each Python)."""
    found: dict[str, set[str]] = {}
    for name, version in re.findall(
        r"^([a-z0-9._-]+(?:\[[^]]*\])?)==([^\s;]+)", lock.read_text(), re.MULTILINE
    ):
        found.setdefault(name.split("[")[0], set()).add(version)
    return found


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_every_package_of_a_lock_is_pinned_with_a_hash_and_without_a_host(lock: Path) -> None:
    text = lock.read_text()
    assert "://" not in text
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    assert entries
    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_development_lock_holds_the_running_one() -> None:
    run, development = _pins(bootstrap.RUN_LOCK), _pins(bootstrap.DEVELOPMENT_LOCK)
    assert {name: versions for name, versions in run.items() if development.get(name) != versions} == {}


def test_every_direct_dependency_is_in_its_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    run, development = _pins(bootstrap.RUN_LOCK), _pins(bootstrap.DEVELOPMENT_LOCK)

    def missing(wanted: list[str], pins: dict[str, set[str]]) -> list[str]:
        names = [re.split(r"[\[~=<>!; ]", one)[0].lower().replace("_", "-") for one in wanted]
        return [name for name in names if name not in pins]

    extras = project["optional-dependencies"]
    assert missing(project["dependencies"] + extras["embedded"], run) == []
    assert missing(extras["dev"], development) == []


def test_the_front_end_lock_names_no_registry_and_holds_integrity() -> None:
    lock = json.loads((ROOT / "package-lock.json").read_text())
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert all(
        "resolved" not in entry and entry["integrity"].startswith("sha512-") for entry in packages.values()
    )
    declared = json.loads((ROOT / "package.json").read_text())
    wanted = declared["dependencies"] | declared["devDependencies"]
    assert {name: packages[f"node_modules/{name}"]["version"] for name in wanted} == wanted


def test_set_up_needs_the_standard_library_only() -> None:
    command = [sys.executable, "-I", "-S", str(ROOT / "tpm" / "bootstrap.py"), "--unknown"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "Unknown: --unknown")


def test_set_up_that_has_nothing_to_do_is_silent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Stamps decide: a fake environment whose stamps match is left alone, a changed lock is noticed."""
    lock = tmp_path / "requirements.lock"
    lock.write_text("a==1\n")
    environment = tmp_path / ".venv"
    python = environment / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    for name, value in {
        "VENV": environment,
        "PYTHON": python,
        "RUN_LOCK": lock,
        "UV": tmp_path / "uv",
    }.items():
        monkeypatch.setattr(bootstrap, name, value)
    calls: list[tuple[object, ...]] = []
    monkeypatch.setattr(bootstrap, "attempt", lambda *argv, **_: calls.append(argv) or True)

    bootstrap.install_packages(development=False)
    assert calls
    calls.clear()
    bootstrap.install_packages(development=False)
    assert calls == []
    lock.write_text("a==2\n")
    bootstrap.install_packages(development=False)
    assert calls


def test_the_development_key_is_made_once_and_private(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)
    first = bootstrap.development_environment(tmp_path)["SECRET_KEY"]
    assert len(first) >= 50
    assert bootstrap.development_environment(tmp_path)["SECRET_KEY"] == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    monkeypatch.setenv("SECRET_KEY", "chosen by hand")
    assert bootstrap.development_environment(tmp_path)["SECRET_KEY"] == "chosen by hand"


def test_a_vendored_file_points_to_no_source_map(tmp_path: Path) -> None:
    source = tmp_path / "a.js"
    source.write_text("run();\n//# sourceMappingURL=a.js.map\n")
    bootstrap._vendor(source, tmp_path / "b.js")
    assert (tmp_path / "b.js").read_text() == "run();\n"


def test_the_commands_that_make_lists_exist() -> None:
    done = subprocess.run(
        ["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True, env=dict(os.environ)
    )
    listed = {line.split()[1] for line in done.stdout.splitlines() if line.strip().startswith("make ")}
    assert {"setup", "run", "test", "check", "bench", "help", "demo-reset"} <= listed
