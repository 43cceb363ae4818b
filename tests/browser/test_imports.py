"""A real portfolio comes in through the browser: checked, applied, there, taken back."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from programs.models import Program
from tests.browser.visitors import Visitor
from tests.factories import plans

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Visit = Callable[..., Visitor]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def tables() -> list[Path]:
    """The CSV files of a real portfolio of 81 programs."""
    folder = Path(os.environ.get("TPM_SAMPLES") or ROOT.parent / "shared" / "samples") / "hhs-it-portfolio"
    found = sorted(folder.glob("*.csv"))
    if not found:
        pytest.skip(
            f"no sample portfolio: {folder} is not there; set TPM_SAMPLES to the folder that holds it"
        )
    return found


def test_a_real_portfolio_is_checked_applied_and_reverted(visit: Visit, tables: list[Path]) -> None:
    owner = plans.user("Petra Owner")
    portfolio = plans.portfolio(owner, name="Federal health")
    petra = visit(owner)
    page = petra.open("/imports/new/")
    page.get_by_label("Into").select_option(label="Federal health")
    page.locator("input[type=file]").set_input_files(tables)
    page.get_by_role("button", name="Check the files").click()
    page.get_by_role("heading", name="What would be written").wait_for()
    assert page.get_by_role("heading", name="Findings").is_visible()
    assert not Program.objects.filter(portfolio=portfolio).exists()

    page.get_by_role("button", name="Apply").click()
    page.get_by_role("button", name="Revert").wait_for()
    # 81 programs, as the sample's README counts them, and one for the projects that name none of them.
    assert Program.objects.filter(portfolio=portfolio).count() == 82
    petra.open(f"/portfolios/{portfolio.pk}/")
    assert page.locator("#portfolio-table").get_by_text("82 programs").is_visible()

    page.go_back()
    page.get_by_role("button", name="Revert").click()
    page.get_by_text("Taken back", exact=True).wait_for()
    assert not Program.objects.filter(portfolio=portfolio).exists()
