"""Governance reports: what is frozen, who may seal it, and that nobody changes it afterwards."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from programs.engine import report_content
from programs.models import RecomputeState, StatusReport
from programs.policies import NotAllowed
from programs.selectors import reports as selectors
from programs.services import programs as program_services
from programs.services import report_figures, reports
from projects.models import Task
from projects.services import plan_edits
from projects.services.commands import UpdateTask
from tests.factories import money, plans
from tpm import activity, recompute
from tpm.accounts import actors
from tpm.accounts.actors import Actor

pytestmark = pytest.mark.django_db
AT = datetime(2026, 1, 12, 9, tzinfo=UTC)
SYSTEM = actors.system()


def _published(world: money.World, **words: object) -> StatusReport:
    draft = reports.compose(actor=SYSTEM, program=world.program, title="Week 2", **words)
    return reports.publish(actor=SYSTEM, report=draft, at=AT)


def test_a_published_report_holds_the_figures_of_its_revision() -> None:
    world = money.world()
    report = _published(world, headline="On track but dear", decisions="Pay\n\nStop\n")
    content = report.content
    assert (
        content["revision"]
        == report.revision
        == RecomputeState.objects.get(pk=world.program.pk).computed_revision
    )
    figures = {line["key"]: line for line in content["figures"]}
    # EV 1,000 / AC 1,250 = 0.8; EAC = BAC / CPI = 2,500 against 2,500 approved.
    assert (figures["cpi"]["value"], figures["eac"]["value"], figures["eac"]["compared"]) == (
        "0.8",
        "2500",
        "2500",
    )
    assert figures["cpi"]["formula"] == "EV / AC = 1000 / 1250"
    assert content["decisions"] == ["Pay", "Stop"]
    assert {line["dimension"]: line["level"] for line in content["ratings"]}["cost"] == "bad"
    assert content["money_total"]["actual"] == "1250"
    assert selectors.seal(StatusReport.objects.get(pk=report.pk)).holds


def test_a_confidential_risk_never_enters_a_report() -> None:
    world = money.world()
    money.risk(world.program, title="Known to all", impact_days=1)
    money.risk(world.program, title="Merger talks", is_confidential=True, impact_days=500)
    recompute.drain(world.program.pk)
    report = _published(world)
    assert [line["title"] for line in report.content["risks"]] == ["Known to all"]
    assert b"Merger" not in report_content.canonical(report.content)


def test_nothing_is_published_while_the_results_are_behind() -> None:
    world = money.world()
    draft = reports.compose(actor=SYSTEM, program=world.program, title="Week 2")
    task = Task.objects.get(pk=world.second.pk)
    plan_edits.apply(
        actor=SYSTEM, program=world.program, commands=[UpdateTask(task.pk, task.version, {"duration": 4800})]
    )
    with pytest.raises(reports.NotCurrent):
        reports.publish(actor=SYSTEM, report=draft, at=AT)
    draft.refresh_from_db()
    assert not draft.is_published


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE programs_statusreport SET headline = 'All is well' WHERE id = %s",
        "UPDATE programs_statusreport SET state = 'draft' WHERE id = %s",
        "DELETE FROM programs_statusreport WHERE id = %s",
    ],
)
def test_the_database_itself_refuses_to_change_a_published_report(statement: str) -> None:
    report = _published(money.world())
    with pytest.raises(DatabaseError, match="sealed"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [report.pk])


def test_the_services_refuse_it_too() -> None:
    report = _published(money.world())
    with pytest.raises(reports.Published):
        reports.update(actor=SYSTEM, report=report, headline="All is well")
    with pytest.raises(reports.Published):
        reports.discard(actor=SYSTEM, report=report)
    with pytest.raises(reports.Published):
        reports.publish(actor=SYSTEM, report=report, at=AT)


def test_a_changed_content_does_not_match_the_seal() -> None:
    report = _published(money.world())
    report.content = {**report.content, "headline": "All is well"}
    assert not selectors.seal(report).holds


def test_what_moved_since_the_last_report_sums_to_the_movement_of_the_finish() -> None:
    world = money.world()
    _published(world)
    task = Task.objects.get(pk=world.second.pk)
    plan_edits.apply(
        actor=SYSTEM,
        program=world.program,
        commands=[UpdateTask(task.pk, task.version, {"duration": 8 * 480})],
    )
    recompute.drain(world.program.pk)
    second = _published(world)
    # Task B ends the program; three days more of work move the finish by three working days.
    assert second.content["movements"] == [{"cause": world.project.name, "working_days": "3"}]
    assert second.content["moved_since"] == "2026-01-09"
    assert {line["key"]: line["compared"] for line in second.content["figures"]}["cpi"] == "0.8"


def test_movements_of_several_projects_are_exact_shares() -> None:
    world = money.world()
    draft = reports.compose(actor=SYSTEM, program=world.program, title="Week 2")
    content = report_figures.content_of(draft)
    line = content.projects[0]
    now = (
        replace(line, code="A", name="A", finish_at="2026-02-06T17:00"),
        replace(line, code="B", name="B", finish_at="2026-02-13T17:00"),
    )
    before = {
        "projects": [
            {"code": "A", "name": "A", "finish_at": "2026-02-04T17:00"},
            {"code": "B", "name": "B", "finish_at": "2026-02-03T17:00"},
        ]
    }
    found = report_figures._movements(world.program, now, before)
    # A moves the finish from Wed 4 to Fri 6 (2 wd), B from Fri 6 to Fri 13 (5 wd).
    assert [(one.cause, one.working_days) for one in found] == [("A", Decimal(2)), ("B", Decimal(5))]


def test_a_correction_is_a_new_number_that_names_what_it_corrects() -> None:
    world = money.world()
    first = _published(world)
    second = _published(world, supersedes=first)
    assert (second.number, second.content["supersedes"]) == (2, 1)
    with pytest.raises(ValidationError):
        other = plans.program(data_date=date(2026, 1, 9))
        reports.compose(actor=SYSTEM, program=other, title="Theirs", supersedes=first)


def test_a_program_without_a_data_date_has_no_report() -> None:
    with pytest.raises(ValidationError, match="data date"):
        reports.compose(actor=SYSTEM, program=plans.program(), title="Week 2")


def test_the_manager_composes_and_the_sponsor_publishes() -> None:
    world = money.world()
    manager, sponsor = plans.member("TPM", world.program), plans.member("ES", world.program)
    draft = reports.compose(actor=manager, program=world.program, title="Week 2")
    with pytest.raises(NotAllowed):
        reports.publish(actor=manager, report=draft, at=AT)
    with pytest.raises(NotAllowed):
        reports.update(actor=sponsor, report=draft, title="Mine")
    report = reports.publish(actor=sponsor, report=draft, at=AT)
    assert report.published_by == sponsor.user


def test_who_publishes_words_that_somebody_changed_meanwhile_is_told() -> None:
    world = money.world()
    draft = reports.compose(actor=SYSTEM, program=world.program, title="Week 2")
    seen = StatusReport.objects.select_related("program__portfolio").get(pk=draft.pk)
    reports.update(actor=SYSTEM, report=draft, headline="Other words")
    with pytest.raises(activity.Conflict):
        reports.publish(actor=SYSTEM, report=seen, at=AT)


def test_publishing_counts_no_revision_and_asks_for_no_computation() -> None:
    world = money.world()
    before = RecomputeState.objects.get(pk=world.program.pk).input_revision
    _published(world)
    assert RecomputeState.objects.get(pk=world.program.pk).input_revision == before


def test_stakeholders_see_published_reports_and_no_drafts() -> None:
    world = money.world()
    stakeholder: Actor = plans.member("SV", world.program)
    published = _published(world)
    reports.compose(actor=SYSTEM, program=world.program, title="Next")
    assert list(selectors.list_for(stakeholder, world.program)) == [published]


def test_the_report_follows_the_data_date_of_the_day_it_is_published() -> None:
    world = money.world()
    draft = reports.compose(actor=SYSTEM, program=world.program, title="Week 2")
    program_services.update(actor=SYSTEM, program=world.program, data_date=date(2026, 1, 16))
    recompute.drain(world.program.pk)
    report = reports.publish(actor=SYSTEM, report=draft, at=AT)
    assert (report.data_date, report.content["data_date"]) == (date(2026, 1, 16), "2026-01-16")
