"""Where the sample files of real plans are, and small readers of them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def samples() -> Path:
    """The folder of sample plans: ``TPM_SAMPLES``, or ``shared/samples`` beside the checkout."""
    folder = Path(os.environ.get("TPM_SAMPLES") or ROOT.parent / "shared" / "samples")
    if not folder.is_dir():
        pytest.skip(f"no sample plans: {folder} is not there; set TPM_SAMPLES to the folder that holds them")
    return folder
