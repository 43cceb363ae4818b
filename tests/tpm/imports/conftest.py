"""The sample files, and the whole database as it can be compared."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from programs.models import Portfolio, Program
from projects.models import ImportRun
from tests.factories import plans
from tpm.accounts.actors import Actor
from tpm.activity.reverting import tracked_models
from tpm.imports import runs

SAMPLES = Path(os.environ.get("TPM_SAMPLES") or Path(__file__).resolve().parents[4] / "shared" / "samples")


@pytest.fixture
def samples() -> Path:
    if not SAMPLES.is_dir():
        pytest.skip(f"no sample files: {SAMPLES} is not there; set TPM_SAMPLES to the folder that holds them")
    return SAMPLES


@pytest.fixture(autouse=True)
def uploads(settings: Any, tmp_path: Path) -> Iterator[Path]:
    settings.MEDIA_ROOT = tmp_path / "uploads"
    yield tmp_path / "uploads"


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return all rows of all tables whose history is kept, but for the version counters."""
    return {
        model.__name__: [
            {name: value for name, value in row.items() if name != "version"}
            for row in model._base_manager.order_by("pk").values()
        ]
        for model in tracked_models()
    }


def start(
    actor: Actor, files: list[Path], portfolio: Portfolio, program: Program | None = None, **more: Any
) -> ImportRun:
    """Start and check an import; returns it as it then is."""
    opened = [(path.name, path.open("rb")) for path in files]
    try:
        run = runs.start(
            actor=actor,
            kind="plan" if program else "portfolio",
            portfolio=portfolio,
            program=program,
            files=opened,
            **more,
        )
    finally:
        for _, stream in opened:
            stream.close()
    runs.check(run.pk)
    run.refresh_from_db()
    return run


def imported(
    actor: Actor, files: list[Path], portfolio: Portfolio, program: Program | None = None, **more: Any
) -> ImportRun:
    """Import files to the end; returns the run."""
    run = start(actor, files, portfolio, program, **more)
    assert run.state == ImportRun.State.CHECKED, run.message
    runs.order(actor=actor, run=run)
    runs.apply(run.pk)
    run.refresh_from_db()
    return run


@pytest.fixture
def owner() -> tuple[Actor, Portfolio]:
    """A portfolio that counts in dollars, and its owner."""
    portfolio = plans.portfolio(currency="USD")
    return plans.member("PO", portfolio), portfolio
