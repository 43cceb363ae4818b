"""The rules of docs/architecture.md that imports alone can not show."""

import ast
import importlib
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models

from tpm import subscriptions
from tpm.activity.models import Versioned
from tpm.activity.reverting import tracked_models

ROOT = Path(__file__).resolve().parents[2]
STOREYS = ["risks", "budgets", "projects", "programs"]
OURS = {*STOREYS, "tpm", "accounts", "activity", "live", "notify", "lib"}
WRITERS = (
    "/services/",
    "tpm/activity/",
    "tpm/accounts/",
    "tpm/notify/",
    "tpm/imports/",
    "tpm/downloads/runs.py",
    "tpm/demo/",
    "/migrations/",
    "tests/",
    "tpm/management/",
)
# Rows that are nobody's input: results, states and what a person keeps for themselves, written without a change set.
UNTRACKED_VERSIONS: set[str] = set()
LONGEST = 500  # over 400 lines a file is a smell, over 500 it is refused


def _files(*suffixes: str) -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    found = [ROOT / name for name in listed if name.endswith(suffixes) and "/migrations/" not in name]
    return [path for path in found if path.exists()]


def _models() -> list[type[models.Model]]:
    return [
        model
        for model in apps.get_models()
        if model._meta.app_label in OURS and not hasattr(model, "pgh_tracked_model")
    ]


def _storey(label: str) -> int:
    return STOREYS.index(label) if label in STOREYS else len(STOREYS)


def test_foreign_keys_point_down() -> None:
    upward = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in _models()
        for field in model._meta.concrete_fields
        if field.is_relation and _storey(field.related_model._meta.app_label) < _storey(model._meta.app_label)
    ]
    assert upward == []


def test_every_row_that_people_edit_keeps_its_history() -> None:
    kept = set(tracked_models())
    missing = [model.__name__ for model in _models() if issubclass(model, Versioned) and model not in kept]
    assert set(missing) == UNTRACKED_VERSIONS


def test_every_model_that_belongs_to_a_program_can_be_scoped() -> None:
    # These are read through the program or the row that they stand beside, never by themselves.
    beside = {
        "RecomputeState",
        "LedgerState",
        "Favourite",
        "Grant",
        "Plan",
        "BaselineCost",
        "CalendarException",
        "RagPolicy",
    }
    unscoped = [
        model.__name__
        for model in _models()
        if any(field.name in {"program", "project", "portfolio"} for field in model._meta.concrete_fields)
        and not hasattr(model._default_manager, "visible_to")
    ]
    assert sorted(set(unscoped) - beside) == []


def test_rows_about_rows_are_reached_in_one_way_only() -> None:
    """Who asks is always said: nobody makes a ``Seen`` but the module that asks, nobody goes round the closed managers."""
    found = []
    for path in _files(".py"):
        name = str(path.relative_to(ROOT))
        if name.startswith(("tests/", "tpm/notify/")) or name in (
            "tpm/activity/subjects.py", "tpm/activity/comments.py",
        ):  # fmt: skip
            continue
        for call in _calls(path):
            text = ast.unparse(call.func)
            if text.endswith("Seen") or re.search(
                r"\b(Comment|Watch|Notification)\.(_base|_default)_manager", text
            ):
                found.append(f"{name}:{call.lineno} {text}")
    assert found == []


def test_every_event_has_its_row_in_the_table_of_reactions() -> None:
    events = {
        value
        for app in (*STOREYS, "tpm.activity")
        for name, value in vars(importlib.import_module(f"{app}.events")).items()
        if name.isupper()
    }
    assert events == set(subscriptions.SUBSCRIPTIONS)


def _calls(path: Path) -> Iterator[ast.Call]:
    return (
        node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)
    )


def _touches_manager(node: ast.expr) -> bool:
    """Tell whether an expression starts from a model's manager: ``X.objects…`` or ``X._base_manager…``."""
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_base_manager", "_default_manager"}:
            return True
        node = node.func if isinstance(node, ast.Call) else node.value
    return False


def test_only_services_and_the_foundation_write_rows() -> None:
    verbs = {"create", "update", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create"}
    found = []
    for path in _files(".py"):
        name = str(path.relative_to(ROOT))
        if any(part in name for part in WRITERS):
            continue
        for call in _calls(path):
            if not isinstance(call.func, ast.Attribute):
                continue
            if call.func.attr == "save" or (call.func.attr in verbs and _touches_manager(call.func.value)):
                found.append(f"{name}:{call.lineno} .{call.func.attr}(")
    allowed = {"tpm/lib/api/idempotency.py"}
    assert [line for line in found if line.split(":")[0] not in allowed] == []


def test_there_are_no_django_signals_and_no_logic_in_save() -> None:
    found = []
    for path in _files(".py"):
        name = str(path.relative_to(ROOT))
        if name.startswith("tests/"):
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module in {
                "django.dispatch",
                "django.db.models.signals",
            }:
                found.append(f"{name}:{node.lineno} signals")
            if isinstance(node, ast.FunctionDef) and node.name == "save" and "/models" in name:
                found.append(f"{name}:{node.lineno} save()")
    assert found == []


def test_files_stay_small() -> None:
    long = {
        str(path.relative_to(ROOT)): lines
        for path in _files(".py", ".js", ".mjs", ".css", ".html")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert long == {}


@pytest.mark.parametrize("room", ["engine", "importers"])
def test_the_pure_rooms_import_without_django(room: str) -> None:
    modules = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for path in _files(".py")
        if path.parent.name == room and path.parts[len(ROOT.parts)] in STOREYS and path.stem != "__init__"
    ]
    code = "import sys\nsys.modules['django'] = None\n" + "\n".join(f"import {module}" for module in modules)
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
