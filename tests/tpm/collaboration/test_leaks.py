"""Streams, autocomplete, counts and doors tell nothing of what one does not see; and the doors do what they say."""

import json
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from programs.models import Program
from risks.services import risks
from tests.api_client import Api
from tests.factories import plans
from tests.factories.browsers import browser
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.activity import subjects
from tpm.activity.models import Comment
from tpm.live import topics
from tpm.notify import inbox
from tpm.notify.inbox import Notice

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


@pytest.fixture
def program() -> Program:
    return plans.program(plans.portfolio())


def _as(person: Actor) -> Actor:
    return Actor(person.user, actors.WEB)


def test_streams_follow_what_one_sees_and_nobody_else_s_inbox(program: Program) -> None:
    here, there = plans.project(program), plans.project(program)
    mine, hidden = plans.tasks(here, 1)[0], plans.tasks(there, 1)[0]
    inside, boss = plans.member("PM", here), plans.member("TPM", program)
    secret = risks.create(
        actor=boss, program=program, title="Takeover", probability=0.1, is_confidential=True
    )
    asked = topics.parse(
        [
            f"talk-task:{mine.pk}", f"talk-task:{hidden.pk}", f"talk-program:{program.pk}", f"talk-risk:{secret.pk}",
            f"inbox:{inside.user_id}", f"inbox:{boss.user_id}", "talk-nothing:1", "talk-task:x",
        ]
    )  # fmt: skip
    assert topics.allowed(_as(inside), asked) == {"talk-task": {mine.pk}, "inbox": {inside.user_id}}
    assert topics.allowed(_as(boss), asked)["talk-risk"] == {secret.pk}


def test_the_count_holds_only_what_is_still_seen(program: Program) -> None:
    here, there = plans.project(program), plans.project(program)
    mine, hidden = plans.tasks(here, 1)[0], plans.tasks(there, 1)[0]
    inside = plans.member("PM", here)
    told = [
        Notice(inside.user.pk, f"test:{pk}", "assigned", "task", pk, program.pk)
        for pk in (mine.pk, hidden.pk, 10**9)
    ]
    for _twice in range(2):
        inbox.tell(told, at=timezone.now(), by_mail=False)
    assert inbox.unread(_as(inside)) == 1
    [message] = topics.messages({"inbox": {inside.user_id}})
    assert message["unread"] == 1 and message["input"] == 2, "each change counts up"
    listed = Api(inside).get("notifications/").json()["results"]
    assert [one["item"] for one in listed] == [mine.pk]
    page = browser(inside).get(reverse("collaboration:notification-list")).content.decode()
    assert page.count("notice-line") == 1
    gone = browser(inside).get(reverse("collaboration:notification-open"), {"id": 10**9})
    assert gone.status_code == 302 and gone.headers["Location"] == reverse("collaboration:notification-list")


def test_autocomplete_offers_readers_and_no_one_else(program: Program) -> None:
    project = plans.project(program)
    boss, inside = plans.member("TPM", program), plans.user("Inga Inside")
    plans.grant(inside, "PM", project)
    for name, role, at in (
        ("Ines Elsewhere", "PM", plans.project(program)), ("Inno Stakeholder", "SV", program),
        ("Ina Foreign", "PO", plans.portfolio()), ("In Service", "SA", program),
    ):  # fmt: skip
        person = plans.user(name, is_service=role == "SA")
        plans.grant(person, role, at)
    task = plans.tasks(project, 1)[0]
    address = reverse("collaboration:people", args=["task", task.pk])
    found = browser(boss).get(address, {"q": "in"}).json()["people"]
    assert [one["label"] for one in found if one["label"].startswith("In")] == ["Inga Inside"]
    assert browser(plans.member("AU", program)).get(address, {"q": "in"}).json() == {"people": []}
    assert browser(plans.member("SV", program)).get(address).status_code == 404


def test_comments_over_the_api(program: Program) -> None:
    boss, other = plans.member("TPM", program), plans.member("PM", program)
    task = plans.tasks(plans.project(program), 1)[0]
    api, theirs = Api(boss), Api(other)
    path = f"items/task/{task.pk}/comments/"
    made = api.post(path, {"text": f"@{other.user.email} look"})
    assert made.status_code == 201 and made.json()["mentions"][0]["user"] == other.user_id
    pk, version = made.json()["id"], made.json()["version"]
    wrong = api.post(path, {"text": "@nobody", "parent": 10**9})
    assert wrong.status_code == 400 and wrong.json()["errors"][0]["pointer"] == "/parent"
    assert api.post("items/nothing/1/comments/", {"text": "x"}).status_code == 404
    assert theirs.patch(f"comments/{pk}/", {"text": "Mine"}, version).status_code == 403
    assert api.patch(f"comments/{pk}/", {"text": "Look"}).status_code == 428
    assert api.patch(f"comments/{pk}/", {"text": "Look"}, version).json()["text"] == "Look"
    assert api.patch(f"comments/{pk}/", {"text": "Again"}, version).status_code == 412
    assert theirs.post(f"comments/{pk}/resolve/", {"resolved": True}).json()["resolved_by"] == other.user_id
    assert [
        one["id"] for one in theirs.get(f"comments/?kind=task&item={task.pk}&resolved=true").json()["results"]
    ] == [pk]
    assert api.delete(f"comments/{pk}/", version + 2).json()["text"] == ""
    assert api.call("PUT", f"items/task/{task.pk}/watch/", {"watching": True}).json() == {"watching": True}
    assert api.get(f"items/task/{task.pk}/watch/").json() == {"watching": True}


def test_the_time_line_shows_talk_and_changes_together_and_goes_into_a_file(program: Program) -> None:
    boss = plans.member("TPM", program)
    risk = risks.create(actor=boss, program=program, title="Late", probability=0.5)
    client = browser(boss)
    address = reverse("collaboration:comment", args=["risk", risk.pk])
    assert client.post(address, {"text": ""}).status_code == 422
    client.post(address, {"text": "=1+1"})
    risks.update(actor=_as(boss), risk=risk, probability=0.25)
    page = client.get(reverse("collaboration:talk", args=["risk", risk.pk])).content.decode()
    assert page.index("<ins>0.25</ins>") < page.index("=1+1") < page.index("Late: added")
    only = client.get(reverse("collaboration:talk-list", args=["risk", risk.pk]), {"show": "comments"})
    assert "=1+1" in only.content.decode() and "<ins>" not in only.content.decode()
    told = client.get(reverse("collaboration:export", args=["risk", risk.pk, "csv"])).content.decode(
        "utf-8-sig"
    )
    lines = [line.split(",")[1:] for line in told.splitlines()]
    assert lines[1][2:6] == ["risk: Late", "probability", "0.5", "0.25"] and lines[2][2] == "Comment"
    assert "'=1+1" in lines[2], "no spreadsheet takes it for a formula"
    watch = client.post(reverse("collaboration:watch", args=["risk", risk.pk]), {"watching": "1"})
    assert 'aria-pressed="true"' in watch.content.decode()
    assert json.loads(watch.headers["HX-Trigger"])["tpm:toast"]["message"] == "You watch this now."


def test_changes_of_a_program_are_filtered_by_person_and_kind(program: Program) -> None:
    boss, other = plans.member("TPM", program), plans.member("PM", program)
    plans.project(program)
    risks.create(actor=boss, program=program, title="Late", probability=0.5)
    risks.create(actor=other, program=program, title="Dear", probability=0.5)
    client, address = browser(boss), reverse("projects:change-list", args=[program.pk])

    def shown(**query: Any) -> int:
        return client.get(address, query).content.decode().count('id="change-')

    everything = shown()
    assert everything >= 3 and shown(person=other.user_id) == 1 and shown(person=0) == everything - 2
    assert (
        shown(kind="risks.register.changed") == 2
        and shown(person=other.user_id, kind="projects.plan.changed") == 0
    )
    file = client.get(reverse("projects:change-export", args=[program.pk, "csv"]), {"person": other.user_id})
    assert file.content.decode().count("Risk register changed") == 1
    assert Comment.objects.visible_to(SYSTEM).count() == 0 and subjects.kinds()
