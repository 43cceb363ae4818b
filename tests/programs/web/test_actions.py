"""Actions: raised, given, done, dropped, changed together and taken back; who sees and says what; who is told."""

import json
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from programs.models import Action
from programs.policies import NotAllowed
from programs.selectors import actions as read
from programs.services import actions
from projects.services import gates
from risks.services import risks
from tests.api_client import Api
from tests.factories import plans
from tests.factories.browsers import HTMX, browser
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.activity import subjects
from tpm.activity.models import ChangeSet
from tpm.collaboration import notices
from tpm.notify.models import Notification

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
TODAY = timezone.localdate()


def again(actor: Actor) -> Actor:
    """The same person with the rights of this moment."""
    return Actor(actor.user, actors.WEB)


def told(actor: Actor) -> list[str]:
    rows = Notification.objects.visible_to(again(actor)).filter(user=actor.user)
    return list(rows.order_by("pk").values_list("kind", flat=True))


def handled() -> None:
    for one in ChangeSet.objects.filter(event="programs.actions.changed").order_by("pk"):
        notices.handle(one.pk)


def test_raised_in_the_dialog_changed_in_its_row_dropped_with_a_reason_and_found_by_the_filters():
    program = plans.program(code="ROLL")
    manager, worker = plans.member("TPM", program), plans.member("CO", program)
    page = browser(manager)
    here = reverse("programs:action-list", args=[program.pk])
    assert "Nothing to do" in page.get(here).content.decode()
    new = reverse("programs:action-create", args=[program.pk])
    wrong = page.post(new, {"title": "", "priority": "2"}, headers=HTMX)
    assert wrong.status_code == 422 and "This field is required" in wrong.content.decode()
    late = (TODAY - timedelta(days=2)).isoformat()
    given = {
        "title": "=Call ACME",
        "priority": "1",
        "owner": worker.user_id,
        "due_on": late,
        "detail": "By phone",
    }
    assert page.post(new, given, headers=HTMX).status_code == 204
    one = Action.objects.get()
    assert (one.number, one.raised_by_id, one.owner_id) == (1, manager.user_id, worker.user_id)
    table = page.get(here, {"show": "overdue"}).content.decode()
    assert "overdue" in table and "=Call ACME" in table
    assert "No action fits" in page.get(here, {"show": "closed"}).content.decode()
    assert "=Call ACME" in page.get(here, {"q": "a-1"}).content.decode()
    set_ = reverse("programs:action-set", args=[one.pk])
    stale = page.post(set_, {"field": "state", "value": "done", "version": "7"}, headers=HTMX)
    assert stale.status_code == 409
    # Who owns it says how far it is, in the row; a drop needs a reason and is therefore said in the drawer.
    own = browser(worker)
    assert (
        own.post(set_, {"field": "state", "value": "in_progress", "version": "1"}, headers=HTMX).status_code
        == 204
    )
    no_reason = own.post(set_, {"field": "state", "value": "dropped", "version": "2"}, headers=HTMX)
    assert no_reason.status_code == 422 and "Say why it is dropped" in no_reason.content.decode()
    edit = reverse("programs:action-edit", args=[one.pk])
    said = {
        "title": "=Call ACME", "priority": "1", "owner": worker.user_id, "state": "dropped", "outcome": "They wrote",
        "version": "2",
    }  # fmt: skip
    assert page.post(edit, said, headers=HTMX).status_code == 200
    one.refresh_from_db()
    assert (one.state, one.closed_on, one.outcome) == ("dropped", TODAY, "They wrote")
    file = page.get(here, {"show": "all", "export": "csv"}).content.decode("utf-8-sig").splitlines()
    assert len(file) == 2 and "'=Call ACME" in file[1]  # no formula
    assert page.get(here, {"show": "all", "export": "xlsx"}).content.startswith(b"PK")
    found = page.get(reverse("search"), {"q": "A-1"}, headers={"Accept": "application/json"})
    assert "Call ACME" in found.content.decode()


def test_many_are_changed_in_one_act_and_one_takes_ones_own_act_back():
    program, other = plans.program(), plans.program()
    manager = plans.member("TPM", program)
    made = [actions.create(actor=SYSTEM, program=program, today=TODAY, title=f"Do {n}") for n in range(3)]
    page = browser(manager)
    bulk = reverse("programs:action-bulk", args=[program.pk])
    rows = [f"{one.pk}:{one.version}" for one in made[:2]]
    done = page.post(bulk, {"row": rows, "field": "state", "value": "done"}, headers=HTMX)
    undo = json.loads(done.headers["HX-Trigger"])["tpm:toast"]["undo"]["url"]
    assert list(Action.objects.order_by("number").values_list("state", flat=True)) == ["done", "done", "open"]
    assert page.post(bulk, {"row": rows, "field": "due_on", "value": "soon"}, headers=HTMX).status_code == 409
    foreign = undo.replace(f"/programs/{program.pk}/", f"/programs/{other.pk}/")
    plans.grant(manager.user, "TPM", other)
    assert page.post(foreign, headers=HTMX).status_code == 404
    assert browser(plans.member("PO", program.portfolio)).post(undo, headers=HTMX).status_code == 409
    assert page.post(undo, headers=HTMX).status_code == 204
    assert set(Action.objects.values_list("state", "closed_on")) == {("open", None)}


def test_an_action_from_a_confidential_risk_is_seen_by_its_readers_and_its_people_alone():
    program = plans.program()
    manager, worker, reader = (plans.member(role, program) for role in ("TPM", "CO", "CO"))
    risk = risks.create(
        actor=SYSTEM, program=program, title="Sale of the plant", probability=0.5, is_confidential=True
    )
    seen = subjects.look(manager, "risk", risk.pk)
    made = actions.create(
        actor=manager, program=program, today=TODAY, origin=seen, title="Ask the lawyers", owner=worker.user
    )
    for who, count in (
        (manager, 1),
        (worker, 1),
        (reader, 0),
        (plans.member("FC", program), 0),
        (plans.member("SV", program), 0),
    ):
        assert Action.objects.visible_to(again(who)).count() == count, who
    assert browser(reader).get(reverse("programs:action-drawer", args=[made.pk])).status_code == 404
    drawer = browser(worker).get(reverse("programs:action-drawer", args=[made.pk])).content.decode()
    assert "Ask the lawyers" in drawer and "Sale of the plant" not in drawer
    shown = Api(worker).get(f"actions/{made.pk}/").json()
    assert (shown["origin_kind"], shown["origin_id"]) == ("", None)
    panel = reverse("programs:action-panel", args=["risk", risk.pk])
    assert browser(reader).get(panel).status_code == 404
    assert "Ask the lawyers" in browser(manager).get(panel).content.decode()
    # The owner says how far it is and nothing else.
    auditor = plans.member("AU", program)
    actions.update(actor=manager, action=made, today=TODAY, owner=auditor.user)
    mine = read.get_for(again(auditor), made.pk)
    with pytest.raises(NotAllowed):
        actions.update(actor=again(auditor), action=mine, today=TODAY, title="Something easier")
    actions.update(actor=again(auditor), action=mine, today=TODAY, state="done", outcome="They say no")
    stranger = plans.user()
    with pytest.raises(ValidationError, match="no role in the program"):
        actions.update(actor=manager, action=read.get_for(manager, made.pk), today=TODAY, owner=stranger)
    gate = gates.create(actor=SYSTEM, program=plans.program(program.portfolio), name="Elsewhere")
    with pytest.raises(ValidationError, match="another program"):
        actions.create(
            actor=SYSTEM,
            program=program,
            today=TODAY,
            title="x",
            origin=subjects.look(SYSTEM, "gate", gate.pk),
        )


def test_owners_are_told_when_they_get_it_and_once_when_it_is_due_and_my_day_lists_it():
    program = plans.program()
    manager, worker = plans.member("TPM", program), plans.member("CO", program)
    made = actions.create(
        actor=manager, program=program, today=TODAY, title="Order cable", owner=worker.user, due_on=TODAY
    )
    actions.create(
        actor=manager, program=program, today=TODAY, title="Mine", owner=manager.user, due_on=TODAY
    )
    old = actions.create(
        actor=manager,
        program=program,
        today=TODAY,
        title="Old",
        owner=worker.user,
        due_on=TODAY - timedelta(days=40),
    )
    handled()
    assert (
        told(worker) == ["assigned", "assigned"] and told(manager) == []
    )  # nobody is told what they did themselves
    for _twice in range(2):
        notices.actions_due(TODAY)
    assert told(worker) == ["assigned", "assigned", "due"] and told(manager) == ["due"]
    page = browser(worker).get(reverse("home")).content.decode()
    assert "A-1 Order cable" in page and "A-3 Old" in page and "A-2 Mine" not in page
    inbox = browser(worker).get(reverse("collaboration:notification-list")).content.decode()
    assert "Is due on" in inbox and "gave you this to do" in inbox
    actions.update(actor=worker, action=read.get_for(worker, made.pk), today=TODAY, state="done")
    assert [one.pk for one in read.mine(again(worker), TODAY)] == [old.pk]
    assert [one.pk for one in read.overdue_of_others(again(manager), TODAY)] == [old.pk]


def test_the_api_keeps_versions_and_pages_by_key():
    program = plans.program()
    api = Api(plans.member("TPM", program))
    made = api.post(
        f"programs/{program.pk}/actions/", {"title": "Write", "priority": 1, "due_on": "2026-01-02"}
    )
    assert made.status_code == 201 and made.json()["number"] == 1
    api.post(f"programs/{program.pk}/actions/", {"title": "Read"})
    item = f"actions/{made.json()['id']}/"
    assert api.patch(item, {"state": "done"}).status_code == 428
    assert api.patch(item, {"state": "dropped"}, 1).status_code == 400
    done = api.patch(item, {"state": "done", "closed_on": "2026-01-05"}, 1)
    assert (done.status_code, done.json()["closed_on"], done.headers["ETag"]) == (200, "2026-01-05", '"v2"')
    assert api.patch(item, {"title": "x"}, 1).status_code == 412
    assert api.patch(item, {"closed_on": "2026-01-05"}, 2).status_code == 400
    page = api.get("actions/?limit=1").json()
    assert len(page["results"]) == 1 and page["next"]
    assert [one["title"] for one in api.get(page["next"]).json()["results"]] == ["Read"]
    assert [one["title"] for one in api.get("actions/?live=true").json()["results"]] == ["Read"]
    assert api.get("actions/?overdue=true").json()["results"] == []
    assert api.delete(item, 2).json() == {"deleted": True}
    assert date.fromisoformat(done.json()["due_on"]) == date(2026, 1, 2)
