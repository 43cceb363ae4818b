"""Gates in the browser and by API: list, one gate, its criteria and decisions; on road map, calendar, overview and My day."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.services import objectives
from projects.models import Commitment, Dependency, Gate
from projects.selectors import gates as read
from projects.services import commitments, gates
from tests.api_client import Api
from tests.factories import plans
from tests.factories.browsers import HTMX, browser
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
TODAY = timezone.localdate()


def test_copied_dated_settled_decided_and_opened_again_in_the_browser():
    program = plans.program(code="ROLL")
    project = plans.project(program, name="Network")
    owner, manager = plans.member("PO", program.portfolio), plans.member("TPM", program)
    page = browser(manager)
    here = reverse("projects:gate-list", args=[program.pk])
    empty = page.get(here).content.decode()
    assert "No gate yet" in empty and empty.count("Give it the usual gates") == 2
    template = reverse("projects:gate-template", args=[program.pk])
    assert page.post(template, {"project": project.pk}, headers=HTMX).status_code == 204
    assert page.post(template, {"project": project.pk}, headers=HTMX).status_code == 409
    first, second = Gate.objects.order_by("position")[:2]
    edit = reverse("projects:gate-edit", args=[first.pk])
    near = TODAY + timedelta(days=12)
    moved = {"name": "Concept", "position": "1", "planned_on": near.isoformat(), "version": "1"}
    assert page.post(edit, moved).status_code == 302
    assert page.post(edit, moved | {"version": "1", "name": "Other"}).status_code == 409
    detail = reverse("projects:gate-detail", args=[first.pk])
    assert "3 criteria are not met" in page.get(detail).content.decode()
    # It is seen where people look for it, with what is open.
    for address, text in (
        (reverse("projects:gate-panel", args=[program.pk]), "0 of 3 settled"),
        (reverse("projects:project-panel", args=[program.pk]), "3 open"),
        (f"{reverse('projects:program-calendar', args=[program.pk])}?on={near}", "Gate Concept"),
        (reverse("programs:portfolio-detail", args=[program.portfolio_id]), None),
    ):
        if text:
            assert text in page.get(address).content.decode(), address
    assert "3 criteria open" in page.get(reverse("home")).content.decode()
    recompute.drain(program.pk)
    chart = page.get(reverse("projects:program-roadmap", args=[program.pk])).content.decode()
    assert 'class="c-letter"' in chart and "Gate “Concept”" in chart
    table = (
        browser(owner).get(reverse("programs:portfolio-detail", args=[program.portfolio_id])).content.decode()
    )
    assert "Next gate" in table and detail in table
    # Criteria are settled, the gate is decided, and opened again by whoever may.
    one, two, three = read.criteria_of(first)
    settle = reverse("projects:criterion-settle", args=[one.pk])
    refused = page.post(settle, {f"c{one.pk}-state": "waived", f"c{one.pk}-reason": ""}, headers=HTMX)
    assert refused.status_code == 422 and "Say why this criterion is waived" in refused.content.decode()
    for criterion in (one, two, three):
        address = reverse("projects:criterion-settle", args=[criterion.pk])
        given = {
            f"c{criterion.pk}-state": "met",
            f"c{criterion.pk}-reason": "Minutes",
            "version": criterion.version,
        }
        assert page.post(address, given, headers=HTMX).status_code == 200
    decide = reverse("projects:gate-decide", args=[first.pk])
    wrong = page.post(decide, {"decide-state": "held", "decide-decided_on": TODAY}, headers=HTMX)
    assert wrong.status_code == 422 and "why it is held" in wrong.content.decode()
    passed = page.post(decide, {"decide-state": "passed", "decide-decided_on": TODAY}, headers=HTMX)
    assert passed.status_code == 200 and "● Passed" in passed.content.decode()
    reopen = reverse("projects:gate-reopen", args=[first.pk])
    assert page.post(reopen, {"reopen-reason": "x"}).status_code == 403
    opened = browser(owner).post(reopen, {"reopen-reason": "The case was wrong"}, headers=HTMX)
    assert opened.status_code == 200 and "Opened again" in opened.content.decode()
    assert page.post(reverse("projects:gate-delete", args=[second.pk])).status_code == 302
    file = page.get(here, {"export": "csv"}).content.decode("utf-8-sig").splitlines()
    assert len(file) == 5 and "Network" in file[1] and near.isoformat() in file[1]
    assert "No gate fits" in page.get(here, {"project": 999_999}).content.decode()


def test_a_project_manager_works_on_the_gates_of_his_project_alone():
    program = plans.program()
    project, other = plans.project(program), plans.project(program)
    person = plans.member("PM", project)
    own = gates.create(actor=SYSTEM, program=program, project=project, name="Mine")
    for hidden in (None, other):
        gates.create(actor=SYSTEM, program=program, project=hidden, name="Hidden")
    page = browser(person)
    table = page.get(reverse("projects:gate-list", args=[program.pk])).content.decode()
    assert "Mine" in table and "Hidden" not in table
    new = reverse("projects:gate-create", args=[program.pk])
    assert page.post(new, {"name": "Whose?"}).status_code == 422  # one of his projects must be named
    assert page.post(new, {"name": "Second", "project": project.pk}).status_code == 302
    assert page.get(reverse("projects:gate-detail", args=[own.pk])).status_code == 200
    assert Api(person).get("gates/").json()["results"][0]["name"] == "Mine"


def test_the_api_decides_with_versions_and_tells_every_decision():
    program = plans.program()
    api = Api(plans.member("PO", program.portfolio))
    manager = Api(plans.member("TPM", program))
    made = manager.post(f"programs/{program.pk}/gates/", {"name": "Go", "planned_on": "2026-03-02"})
    assert made.status_code == 201 and (made.json()["forecast"], made.json()["is_next"]) == (
        "2026-03-02",
        True,
    )
    gate = f"gates/{made.json()['id']}/"
    added = manager.post(f"{gate}criteria/", {"text": "Money"})
    criterion = f"gate-criteria/{added.json()['id']}/"
    decision = {"state": "passed", "decided_on": "2026-03-02"}
    assert manager.post(f"{gate}decision/", decision).status_code == 428
    assert manager.post(f"{gate}decision/", decision, **{"If-Match": '"v1"'}).status_code == 400
    assert manager.patch(criterion, {"state": "waived"}, 1).status_code == 400
    assert manager.patch(criterion, {"state": "waived", "reason": "Gift"}, 1).json()["settled_by"] is not None
    passed = manager.post(f"{gate}decision/", decision, **{"If-Match": '"v1"'})
    assert (passed.status_code, passed.json()["state"], passed.json()["criteria_not_met"]) == (
        200,
        "passed",
        0,
    )
    assert manager.post(f"{gate}reopen/", {"reason": "x"}, **{"If-Match": '"v2"'}).status_code == 403
    assert (
        api.post(f"{gate}reopen/", {"reason": "Wrong"}, **{"If-Match": '"v2"'}).json()["state"] == "pending"
    )
    assert [one["state"] for one in api.get(f"{gate}history/").json()] == ["pending", "passed"]
    assert manager.delete(gate, 3).json() == {"deleted": True}
    whole = manager.post(f"programs/{program.pk}/gates/template/", {"kind": "software"})
    assert [one["is_next"] for one in whole.json()] == [True, False, False, False, False]
    assert len(api.get("gates/?open=true&limit=2").json()["results"]) == 2


def test_promises_and_objectives_are_talked_about_by_who_sees_them():
    here = plans.portfolio()
    program, other = plans.program(here), plans.program(here)
    a, b = plans.tasks(plans.project(program), 1)[0], plans.tasks(plans.project(other), 1)[0]
    plans.chain([a, b])
    link = Dependency.objects.get(successor=b)
    commitments.ask(actor=SYSTEM, link=link, deliverable="Ring in service")
    promise = Commitment.objects.get()
    objective = objectives.create(
        actor=SYSTEM, portfolio=here, program=program, name="Fewer calls", starts_on=TODAY, ends_on=TODAY
    )
    owner, inside = plans.member("PO", here), plans.member("TPM", program)
    for who, kind, pk, status in (
        (owner, "commitment", promise.pk, 201),
        (inside, "commitment", promise.pk, 404),  # one end is not his to see
        (inside, "objective", objective.pk, 201),
        (plans.member("AU", program), "objective", objective.pk, 403),
        (plans.member("TPM", other), "objective", objective.pk, 404),
    ):
        address = reverse("collaboration:comment", args=[kind, pk])
        assert browser(who).post(address, {"text": "When?"}, headers=HTMX).status_code == status, (who, kind)
    drawer = browser(owner).get(reverse("projects:commitment-drawer", args=[link.pk])).content.decode()
    assert reverse("collaboration:talk", args=["commitment", promise.pk]) in drawer
    watch = reverse("collaboration:watch", args=["objective", objective.pk])
    told = browser(inside).post(watch, {"watching": "1"}, headers=HTMX).content.decode()
    assert (
        ">Watching<" in told and f'id="watch-objective-{objective.pk}"' in told
    )  # its place keeps the focus
    history = (
        browser(inside).get(reverse("collaboration:talk", args=["objective", objective.pk])).content.decode()
    )
    assert "When?" in history
