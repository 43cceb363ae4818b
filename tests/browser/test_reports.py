"""A governance report: composed by the manager, sealed by the sponsor when the figures are current, read as page and PDF."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import pytest

from programs.models import StatusReport
from projects.models import Task
from projects.services import plan_edits
from projects.services.commands import UpdateTask
from tests.browser.visitors import Visitor, computed
from tests.factories import plans
from tpm.accounts import actors

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


def test_a_report_is_composed_waits_for_current_figures_and_is_sealed(
    visit: Visit, pause: Callable[[], AbstractContextManager[None]], tmp_path: Path
) -> None:
    program = plans.program(data_date=date(2026, 1, 9))
    task, *_rest = plans.tasks(plans.project(program), 5, 3)
    manager, sponsor = plans.user("Mia Manager"), plans.user("Sven Sponsor")
    plans.grant(manager, "TPM", program)
    plans.grant(sponsor, "ES", program.portfolio)
    computed(program)

    mia = visit(manager)
    page = mia.open(f"/programs/{program.pk}/reports/")
    page.get_by_role("link", name="Compose a report").click()
    page.get_by_label("Title").fill("January")
    page.get_by_label("Headline").fill("The interfaces are agreed; the build begins on Monday.")
    page.get_by_role("button", name="Begin").click()
    page.get_by_role("button", name="Save and read").click()
    page.get_by_text("The interfaces are agreed").first.wait_for()
    report = StatusReport.objects.get(program=program)

    sven = visit(sponsor)
    with pause():
        version = Task.objects.get(pk=task.pk).version
        plan_edits.apply(
            actor=actors.system(),
            program=program,
            commands=[UpdateTask(task.pk, version, {"duration": 10 * 480})],
        )
        his = sven.open(f"/reports/{report.pk}/")
        his.get_by_text("behind the plan").wait_for()
        assert his.get_by_role("button", name="Publish").is_disabled()
    computed(program)
    his = sven.open(f"/reports/{report.pk}/")
    his.get_by_role("button", name="Publish").click()
    his.get_by_role("dialog").get_by_role("button").last.click()
    his.locator(".report-seal").get_by_text("matches its seal").wait_for()
    report.refresh_from_db()
    assert report.is_published
    assert report.content_sha256[:8] in his.get_by_role("main").inner_text()
    with his.expect_download() as download:
        his.get_by_role("link", name="PDF A4").click()
    saved = tmp_path / "report.pdf"
    download.value.save_as(saved)
    assert saved.read_bytes().startswith(b"%PDF")
