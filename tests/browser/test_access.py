"""Who sees what: a stakeholder, and a person of another portfolio."""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from programs.services import reports
from tests.browser.visitors import Visitor, computed
from tests.factories import plans

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


def test_a_stakeholder_reads_published_reports_and_nothing_else(visit: Visit) -> None:
    program = plans.program(data_date=date(2026, 1, 9))
    plans.tasks(plans.project(program), 5)
    computed(program)
    manager, sponsor = plans.member("TPM", program), plans.member("ES", program.portfolio)
    sealed = reports.compose(actor=manager, program=program, title="January")
    reports.publish(actor=sponsor, report=sealed, at=timezone.now())
    reports.compose(actor=manager, program=program, title="February, a draft")
    stakeholder = plans.user("Vera Viewer")
    plans.grant(stakeholder, "SV", program.portfolio)
    vera = visit(stakeholder)
    page = vera.open(f"/programs/{program.pk}/reports/")
    assert page.get_by_role("link", name="January").first.is_visible()
    assert page.get_by_text("February, a draft").count() == 0
    assert page.get_by_role("link", name="Compose a report").count() == 0
    tabs = page.get_by_role("navigation", name=program.name)
    assert tabs.get_by_role("link", name="Plan").count() == 0
    assert tabs.get_by_role("link", name="Money").count() == 0
    page.get_by_role("link", name="January").first.click()
    page.get_by_role("heading", name="January").first.wait_for()


def test_a_foreign_program_is_a_page_that_is_not_there(visit: Visit) -> None:
    program = plans.program()
    stranger = plans.user("Stan Stranger")
    plans.grant(stranger, "TPM", plans.program())
    stan = visit(stranger)
    stan.forgive(r"status 404")
    for tab in ("", "plan/", "money/", "reports/"):
        answer = stan.page.goto(f"/programs/{program.pk}/{tab}")
        assert answer and answer.status == 404
        assert program.name not in stan.page.content()
    assert stan.page.get_by_role("link", name="My day").count() >= 1
