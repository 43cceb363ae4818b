"""Gates: what lets one pass, what refuses it, what is kept of every decision, and what its date is held against."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from budgets.services import baselines
from programs.engine import report_content
from programs.models import StatusReport
from programs.policies import NotAllowed
from programs.services import report_figures
from programs.web import report_words
from programs.web.reports import TEMPLATE
from projects.models import Gate, GateCriterion, Task
from projects.selectors import gates as read
from projects.services import gates, plan_edits
from projects.services.commands import DeleteTask, UpdateTask
from tests.factories import plans
from tpm import recompute
from tpm.accounts import actors
from tpm.activity import Conflict
from tpm.lib import pdf

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
TODAY = date(2026, 3, 2)
State = Gate.State


def settle(gate: Gate, *states: str) -> None:
    for criterion, state in zip(read.criteria_of(gate), states, strict=False):
        gates.update_criterion(
            actor=SYSTEM, criterion=criterion, today=TODAY, state=state, reason="seen" if state == "waived" else ""
        )  # fmt: skip


def decide(gate: Gate, state: str, note: str = "", actor=SYSTEM) -> Gate:
    return gates.decide(actor=actor, gate=gate, state=state, decided_on=TODAY, note=note, today=TODAY)


def test_a_gate_is_passed_in_order_and_only_when_its_criteria_are_settled_or_made_conditions() -> None:
    program = plans.program()
    project = plans.project(program, kind="infrastructure")
    made = gates.copy_template(actor=SYSTEM, program=program, project=project)
    assert [gate.name for gate in made] == ["Concept", "Plan", "Build", "Ready for use", "Closed"]
    assert [one.text for one in read.criteria_of(made[0])][-1] == "Sites were surveyed"  # of its kind
    with pytest.raises(ValidationError, match="gates already"):
        gates.copy_template(actor=SYSTEM, program=program, project=project)
    first, second = made[:2]
    with pytest.raises(ValidationError, match="3 criteria are not met"):
        decide(first, "passed")
    settle(first, "met", "waived")
    with pytest.raises(ValidationError, match="1 criterion is not met"):
        decide(first, "passed")
    with pytest.raises(ValidationError, match="comes before it"):
        decide(second, "conditional", "Money by May")
    with pytest.raises(ValidationError, match="what the conditions are"):
        decide(first, "conditional", "  ")
    with pytest.raises(ValidationError, match="in the future"):
        gates.decide(
            actor=SYSTEM, gate=first, state="held", decided_on=date(2026, 3, 3), note="x", today=TODAY
        )
    decide(first, "conditional", "Survey of the last site by April")
    # A condition may be met afterwards, and the next gate may be decided.
    settle(first, "met", "waived", "met")
    settle(second, "met", "met", "met")
    decide(second, "passed")
    with pytest.raises(ValidationError, match="criteria stay"):
        gates.add_criterion(actor=SYSTEM, gate=second, text="Late idea")
    with pytest.raises(ValidationError, match="is decided"):
        decide(second, "held", "Second thoughts")
    with pytest.raises(ValidationError, match="it stays"):
        gates.delete(actor=SYSTEM, gate=second)
    rows = read.of_program(SYSTEM, program)
    assert [row.gate.name for row in rows if row.is_next] == ["Build"]
    assert read.next_of(rows).gate.name == "Build"


def test_opening_a_gate_again_needs_its_right_and_a_reason_and_every_decision_stays_readable() -> None:
    program = plans.program()
    first = gates.create(actor=SYSTEM, program=program, name="One")
    second = gates.create(actor=SYSTEM, program=program, name="Two")
    assert (first.position, second.position) == (1, 2)
    sponsor, manager, worker = (plans.member(role, program) for role in ("ES", "TPM", "CO"))
    with pytest.raises(NotAllowed):
        decide(first, "passed", actor=worker)
    decide(first, "held", "No money", actor=sponsor)
    decide(first, "passed", actor=manager)
    decide(second, "passed", actor=manager)
    with pytest.raises(NotAllowed):
        gates.reopen(actor=manager, gate=first, reason="Mistake")
    with pytest.raises(ValidationError, match="Open that one again first"):
        gates.reopen(actor=sponsor, gate=first, reason="Mistake")
    with pytest.raises(ValidationError, match="Say why"):
        gates.reopen(actor=sponsor, gate=second, reason=" ")
    stale = Gate.objects.select_related("program").get(pk=second.pk)
    gates.reopen(actor=sponsor, gate=second, reason="The numbers were wrong")
    with pytest.raises(Conflict):
        gates.reopen(actor=sponsor, gate=stale, reason="Again")
    told = [(one.state, one.note, one.person) for one in read.history(Gate.objects.get(pk=first.pk))]
    assert told == [("passed", "", manager.user_id), ("held", "No money", sponsor.user_id)]
    assert [(one.state, one.note) for one in read.history(Gate.objects.get(pk=second.pk))] == [
        ("pending", "The numbers were wrong"),
        ("passed", ""),
    ]


def test_its_date_is_its_milestones_finish_or_a_day_of_its_own_in_working_days() -> None:
    program = plans.program()  # starts on Monday 5 January 2026
    project = plans.project(program)
    work, ready = plans.tasks(project, 5, 0)
    plan_edits.apply(
        actor=SYSTEM, program=program, commands=[UpdateTask(ready.pk, ready.version, {"is_milestone": True})]
    )
    plans.chain([work, ready])
    recompute.drain(program.pk)
    baselines.take(actor=SYSTEM, program=program, name="Agreed")
    gate = gates.create(actor=SYSTEM, program=program, project=project, name="Ready", task=ready)
    own = gates.create(actor=SYSTEM, program=program, name="Close", planned_on=date(2026, 1, 16))
    assert own.agreed_on == date(2026, 1, 16)  # the first day is the one that was agreed
    gates.update(actor=SYSTEM, gate=own, planned_on=date(2026, 1, 20))
    work = Task.objects.get(pk=work.pk)
    plan_edits.apply(
        actor=SYSTEM, program=program, commands=[UpdateTask(work.pk, work.version, {"duration": 8 * 480})]
    )
    recompute.drain(program.pk)
    found = {row.gate.pk: row for row in read.of_program(SYSTEM, program)}
    # A: Mon 5 – Fri 9 January, then – Wed 14 January: 3 working days. Fri 16 to Tue 20 January: 2 working days.
    assert (found[gate.pk].forecast, found[gate.pk].baseline) == (date(2026, 1, 14), date(2026, 1, 9))
    assert (found[gate.pk].slip_wd, found[own.pk].slip_wd) == (Decimal(3), Decimal(2))
    assert found[gate.pk].level == "bad"
    # The milestone goes: the gate stays, without a date.
    ready = Task.objects.get(pk=ready.pk)
    plan_edits.apply(actor=SYSTEM, program=program, commands=[DeleteTask(ready.pk, ready.version)])
    assert read.get_for(SYSTEM, gate.pk).forecast is None
    elsewhere = plans.tasks(plans.project(program), 1)[0]
    with pytest.raises(ValidationError, match="another project"):
        gates.update(actor=SYSTEM, gate=gate, task=elsewhere)
    with pytest.raises(ValidationError, match="another program"):
        gates.update(actor=SYSTEM, gate=own, task=plans.tasks(plans.project(plans.program()), 1)[0])


def test_a_waiver_needs_a_reason_and_an_open_criterion_has_nobody_who_settled_it() -> None:
    program = plans.program()
    manager = plans.member("TPM", program)
    gate = gates.create(actor=SYSTEM, program=program, name="Plan")
    criterion = gates.add_criterion(actor=manager, gate=gate, text="Budget agreed")
    with pytest.raises(ValidationError, match="waived"):
        gates.update_criterion(actor=manager, criterion=criterion, today=TODAY, state="waived")
    done = gates.update_criterion(
        actor=manager, criterion=criterion, today=TODAY, state="met", reason="Minutes 4"
    )
    assert (done.settled_on, done.settled_by_id) == (TODAY, manager.user_id)
    back = gates.update_criterion(actor=manager, criterion=done, today=TODAY, state="not_met")
    assert (back.settled_on, back.settled_by_id, back.reason) == (None, None, "")
    assert GateCriterion.objects.visible_to(plans.member("SV", program)).count() == 0


def test_a_report_tells_the_next_gates_and_one_sealed_before_that_reads_as_it_did() -> None:
    program = plans.program(data_date=TODAY)
    project = plans.project(program, name="Network")
    for place in (None, project):
        gates.copy_template(actor=SYSTEM, program=program, project=project if place else None)
    first = Gate.objects.get(project=project, position=1)
    gates.update(actor=SYSTEM, gate=first, planned_on=date(2026, 4, 1))
    settle(first, "met", "waived")
    recompute.drain(program.pk)
    draft = StatusReport(program=program, number=1, title="March", data_date=TODAY)
    data = report_content.to_data(report_figures.content_of(draft))
    assert [(one["name"], one["project"], one["criteria"], one["open"]) for one in data["gates"]] == [
        ("Concept", "Network", 3, 1),
        ("Concept", "", 3, 3),
    ]
    assert report_words.context(data)["gates"][0]["settled"] == 2
    older = {name: value for name, value in data.items() if name != "gates"}
    assert report_words.context(older)["gates"] == []
    at = datetime(2026, 3, 2, tzinfo=UTC)
    for content in (data, older):
        labelled = {
            "content": content,
            "seal": None,
            "labels": report_words.labels(),
            "lang": "en",
            "paper": "a4",
        }
        assert pdf.render(TEMPLATE, labelled, created_at=at).startswith(b"%PDF")
