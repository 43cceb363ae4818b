"""Reports in the browser: compose, read, publish, compare, PDF."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from budgets.services import baselines
from programs.models import StatusReport
from programs.services import reports
from projects.models import Baseline
from projects.services import baselines as baseline_dates
from projects.services import plans as options
from tests.factories import money, plans
from tests.factories.browsers import HTMX, browser
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db


def _draft(client: Client, world: money.World, **words: str) -> StatusReport:
    values = {
        "title": "Week 2",
        "headline": "The finish holds, the cost does not",
        "decisions": "Approve 500",
        **words,
    }
    answer = client.post(reverse("programs:report-create", args=[world.program.pk]), values)
    assert answer.status_code == 302
    return StatusReport.objects.order_by("-pk")[0]


def _publish(draft: StatusReport) -> StatusReport:
    return reports.publish(actor=actors.system(), report=draft, at=timezone.now())


def test_a_report_is_written_read_and_published() -> None:
    world = money.world()
    manager, sponsor = (browser(plans.member(role, world.program)) for role in ("TPM", "ES"))
    draft = _draft(manager, world)
    edit = reverse("programs:report-edit", args=[draft.pk])
    assert "The figures as they are now" in manager.get(edit).content.decode()
    answer = manager.post(
        edit, {"title": "Week 2", "headline": "Dear", "version": draft.version, "preview": "1"}
    )
    assert answer.headers["Location"] == reverse("programs:report-detail", args=[draft.pk])
    page = manager.get(answer.headers["Location"]).content.decode()
    assert "Draft, not sealed" in page
    assert reverse("programs:report-publish", args=[draft.pk]) not in page
    draft.refresh_from_db()
    publish = reverse("programs:report-publish", args=[draft.pk])
    assert manager.post(publish).status_code == 403
    assert sponsor.post(publish, {"version": draft.version}).status_code == 302
    page = sponsor.get(reverse("programs:report-detail", args=[draft.pk])).content.decode()
    assert "The content matches its seal." in page
    assert "<h1>Dear</h1>" in page
    assert "EV / AC = 1000 / 1250" in page


def test_markup_in_the_words_is_shown_as_text() -> None:
    world = money.world()
    client = browser(plans.member("TPM", world.program))
    draft = _draft(client, world, headline="<script>alert(1)</script>")
    page = client.get(reverse("programs:report-detail", args=[draft.pk])).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_stakeholder_reads_what_is_published_and_finds_no_draft() -> None:
    world = money.world()
    manager, reader = browser(plans.member("TPM", world.program)), browser(plans.member("SV", world.program))
    draft = _draft(manager, world)
    address = reverse("programs:report-detail", args=[draft.pk])
    assert reader.get(address).status_code == 404
    _publish(draft)
    assert reader.get(address).status_code == 200
    assert reader.get(reverse("programs:report-list", args=[world.program.pk])).status_code == 200


@pytest.mark.parametrize("paper", ["a4", "us-letter", "nonsense"])
def test_draft_and_published_report_come_as_pdf(paper: str) -> None:
    world = money.world()
    money.risk(world.program)
    recompute.drain(world.program.pk)
    client = browser(plans.member("TPM", world.program))
    draft = _draft(client, world)
    address = reverse("programs:report-pdf", args=[draft.pk]) + f"?paper={paper}"
    assert client.get(address).content.startswith(b"%PDF-")
    _publish(draft)
    answer = client.get(address)
    assert answer.content.startswith(b"%PDF-")
    assert "attachment" in answer.headers["Content-Disposition"]


def test_two_reports_stand_side_by_side() -> None:
    world = money.world()
    client = browser(plans.member("TPM", world.program))
    first, second = (_publish(_draft(client, world)) for _ in range(2))
    text = client.get(
        reverse("programs:report-compare", args=[second.pk]), {"with": first.pk}
    ).content.decode()
    assert "Report 1 and report 2" in text
    assert text.count("0.80") >= 2


def test_a_draft_is_discarded_and_a_published_report_stays() -> None:
    world = money.world()
    client = browser(plans.member("TPM", world.program))
    draft, published = _draft(client, world), _publish(_draft(client, world))
    client.post(reverse("programs:report-discard", args=[draft.pk]))
    client.post(reverse("programs:report-discard", args=[published.pk]))
    assert list(StatusReport.objects.all()) == [published]


def test_the_figures_beside_a_draft_are_a_fragment() -> None:
    world = money.world()
    client = browser(plans.member("TPM", world.program))
    answer = client.get(reverse("programs:report-figures", args=[_draft(client, world).pk]), headers=HTMX)
    assert answer.status_code == 200
    assert "<html" not in answer.content.decode()


def test_a_baseline_that_was_agreed_with_a_waiver_is_told_to_the_committee() -> None:
    world = money.world()
    system = actors.system()
    options.update(actor=system, program=world.program, baseline_gate=True)
    recompute.drain(world.program.pk)
    # The finish is a week later than agreed and nobody is named for the open task: the plan does not pass all checks.
    baselines.take(
        actor=system, program=world.program, name="Second", waiver="Agreed by the board.\n<b>Really</b>"
    )
    recompute.drain(world.program.pk)
    reader = browser(plans.member("SV", world.program))
    report = _publish(_draft(browser(plans.member("TPM", world.program)), world))
    line = report.content["baseline"]
    taken = Baseline.objects.get(name="Second")
    assert (line["score"], line["waiver"]) == (taken.quality_score, taken.waiver)
    assert len(line["failed"]) == len(taken.failed_checks) > 0
    page = reader.get(reverse("programs:report-detail", args=[report.pk])).content.decode()
    assert f"quality score {taken.quality_score} %" in page
    assert "&lt;b&gt;Really" in page
    assert reader.get(reverse("programs:report-pdf", args=[report.pk])).content.startswith(b"%PDF-")
    first = Baseline.objects.get(name="Agreed")
    baseline_dates.choose(actor=system, program=world.program, baseline=first)
    recompute.drain(world.program.pk)
    again = _publish(_draft(browser(plans.member("TPM", world.program)), world))
    assert again.content["baseline"] is None
