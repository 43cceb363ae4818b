"""Who is told of what: once, only what they see, whatever is delivered twice; and by mail where they want it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.utils import timezone

from budgets.models import CapitalRequest
from budgets.services import baselines
from programs.models import Program, RecomputeState
from projects.models import Task
from projects.services import ledger, plan_edits
from projects.services import projects as project_services
from projects.services.commands import CreateTask, LinkTasks, UpdateTask
from risks.models import Risk
from risks.services import risks
from tests.factories import capex, plans
from tpm import activity, recompute, subscriptions
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.activity import comments, subjects
from tpm.activity.models import ChangeSet, Comment
from tpm.collaboration import mail, movements, notices, words
from tpm.lib.templatetags.tpm_ui import day
from tpm.notify import delivery, inbox, watching
from tpm.notify.models import Delivery, Notification

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


def _as(person: Actor) -> Actor:
    return Actor(person.user, actors.WEB)


def _work_off() -> None:
    """What the worker does, and does again: deliveries repeat."""
    for _twice in range(2):
        for pk in ChangeSet.objects.filter(event__in=notices.SOURCES).values_list("pk", flat=True):
            notices.handle(pk)


def _told(person: Actor) -> list[str]:
    rows = inbox.mine(_as(person)).select_related("actor").order_by("pk")
    return [f"{one.seen.name}: {one.text}" for one in words.told(_as(person), list(rows))]


def _say(who: Actor, kind: str, pk: int, text: str, parent: int | None = None) -> Comment:
    return comments.write(seen=subjects.look(_as(who), kind, pk), text=text, parent=parent)


def _watch(who: Actor, kind: str, pk: int, *, is_on: bool = True) -> None:
    watching.watch(seen=subjects.look(_as(who), kind, pk), is_on=is_on)


def test_a_comment_reaches_who_is_mentioned_watches_or_took_part_and_nobody_twice() -> None:
    program = plans.program(plans.portfolio())
    project = plans.project(program)
    task = plans.tasks(project, 2)[0]
    ann, ben, cid, dan, eve = (plans.member("PM", program) for _ in range(5))
    _watch(ben, "task", task.pk)
    _watch(cid, "program", program.pk)
    _watch(dan, "program", program.pk)
    _watch(dan, "task", task.pk, is_on=False)  # the program, but not this
    first = _say(ann, "task", task.pk, f"@{eve.user.email} please look")
    _work_off()
    name = str(ann.user)
    assert _told(eve) == [f"A: {name} mentioned you"]
    assert _told(ben) == _told(cid) == [f"A: {name} commented"]
    assert _told(dan) == _told(ann) == []
    # Who took part follows from now on, without having asked; who was mentioned, too.
    _say(eve, "task", task.pk, "I did", parent=first.pk)
    _work_off()
    assert _told(ann) == [f"A: {eve.user} commented"]
    assert [one.why for one in watching.watched_by(_as(eve))] == ["mentioned"]
    # A mention that an edit adds is told; the edit itself is no news.
    before = Notification._base_manager.count()
    comments.edit(
        actor=_as(ann), comment=first, text=f"@{eve.user.email} @{dan.user.email} please", at=timezone.now()
    )
    _work_off()
    assert Notification._base_manager.count() == before + 1 and len(_told(dan)) == 1
    # What one no longer sees is gone from the list and from the count, as if it had never been.
    grant = dan.user.grants.get()
    with activity.change(actor=SYSTEM, event="programs.members.changed") as change:
        change.delete(grant)
    assert _told(dan) == [] and inbox.unread(_as(dan)) == 0


def test_the_switch_in_the_preferences_ends_watching_by_itself() -> None:
    program = plans.program(plans.portfolio())
    ann = plans.member("PM", program)
    delivery.keep(Delivery(user=ann.user, watches_by_itself=False))
    _say(ann, "program", program.pk, "Hello")
    _work_off()
    assert watching.watched_by(_as(ann)) == []


def test_what_becomes_mine_to_do_is_told_to_me() -> None:
    program = plans.program(plans.portfolio())
    boss, ann = plans.member("TPM", program), plans.member("PM", program)
    mine = risks.create(actor=boss, program=program, title="Late", probability=0.5, owner=ann.user)
    own = risks.create(actor=boss, program=program, title="Mine", probability=0.5, owner=boss.user)
    project = plans.project(program)
    project_services.update(actor=boss, project=project, manager=ann.user)
    _work_off()
    assert _told(ann) == [
        f"R-1 Late: {boss.user} made you responsible",
        f"{project}: {boss.user} made you responsible",
    ]
    assert _told(boss) == [], f"nobody is told of their own doing ({own})"
    risks.update(actor=boss, risk=Risk.objects.get(pk=mine.pk), probability=0.6)
    _work_off()
    assert len(_told(ann)) == 2
    # A confidential risk goes to its owner, who sees it as such.
    risks.create(
        actor=boss, program=program, title="Secret", probability=0.1, is_confidential=True, owner=ann.user
    )
    _work_off()
    assert _told(ann)[-1] == f"R-3 Secret: {boss.user} made you responsible"


def test_an_approval_is_told_to_who_can_give_it_step_by_step_and_its_end_to_who_asked() -> None:
    stage = capex.stage()
    made, _round = capex.submitted(stage, "50000.00")  # a sponsor, then finance
    _work_off()
    name = f"CX-1 {made.title}"
    waits = f"{name}: Waits for your approval, asked by {stage.tpm.user}"
    assert _told(stage.es) == [waits] and _told(stage.fc) == _told(stage.po) == _told(stage.tpm) == []
    capex.vote(stage.es, made)
    _work_off()
    assert _told(stage.fc) == [waits] and len(_told(stage.es)) == 1
    assert inbox.unread(_as(stage.es)) == 0, "what was voted on waits no longer"
    capex.vote(stage.fc, CapitalRequest.objects.get(pk=made.pk))
    _work_off()
    assert _told(stage.tpm) == [f"{name}: Your request was approved."]


@pytest.fixture
def dated() -> Any:
    """A → B → done (a milestone), computed and agreed; 5 January 2026 is a Monday."""
    program = plans.program(plans.portfolio())
    first, second = plans.tasks(plans.project(program), 2, 3)
    made = plan_edits.apply(
        actor=SYSTEM, program=program,
        commands=[CreateTask(first.project_id, "Done", set={"is_milestone": True, "duration": 0})],
    )  # fmt: skip
    done = Task.objects.get(pk=made.created[0])
    plan_edits.apply(
        actor=SYSTEM,
        program=program,
        commands=[LinkTasks(first.pk, second.pk), LinkTasks(second.pk, done.pk)],
    )
    _compute(program)
    baselines.take(actor=SYSTEM, program=program, name="Agreed")
    _compute(program)
    return program, first, second, done


def _compute(program: Program) -> None:
    recompute.drain(program.pk)
    ledger.post(program.pk)
    movements.tell(program.pk)
    movements.tell(program.pk)  # delivered twice


def _longer(program: Program, task: Task, days: int) -> None:
    now = Task.objects.get(pk=task.pk)
    command = UpdateTask(now.pk, now.version, {"duration": now.duration + days * 480})
    plan_edits.apply(actor=SYSTEM, program=program, commands=[command])
    _compute(program)


def test_a_date_that_moves_is_told_once_with_its_cause_to_who_watches_and_sees_it(dated: Any) -> None:
    program, first, second, done = dated
    ann, ben, cid = (plans.member("PM", program) for _ in range(3))
    _watch(ann, "task", done.pk)
    _watch(ben, "program", program.pk)
    _watch(cid, "task", second.pk)  # no milestone: not in the ledger
    _longer(program, first, 2)
    # 2 + 3 days from Monday the 5th end on Friday the 9th; two more on Tuesday the 13th.
    moved = _later(9, 13)
    assert _told(ann) == _told(ben) == [f"Done: {moved} · Re-estimated"]
    assert _told(cid) == [f"B: {moved} · Plan changed"]
    # Unread, it is told on as one movement; back where it was it is no news.
    _longer(program, first, 1)
    assert _told(ann) == [f"Done: {_later(9, 14)} · Re-estimated"]
    _longer(program, first, -3)
    assert _told(ann) == _told(ben) == _told(cid) == []
    # Read, the next move is a new line.
    _longer(program, first, 1)
    inbox.mark(actor=_as(ann), ids=None, is_read=True, at=timezone.now())
    _longer(program, first, 1)
    assert _told(ann) == [f"Done: {_later(*days)} · Re-estimated" for days in ((9, 12), (12, 13))]


def _later(before: int, after: int) -> str:
    return f"Finish moved later, from {day(date(2026, 1, before))} to {day(date(2026, 1, after))}"


def test_many_milestones_of_a_watched_program_are_one_line(dated: Any) -> None:
    program, first, _second, done = dated
    more = [
        CreateTask(first.project_id, f"M{n}", set={"is_milestone": True, "duration": 0}) for n in range(4)
    ]
    made = plan_edits.apply(actor=SYSTEM, program=program, commands=more).created
    plan_edits.apply(actor=SYSTEM, program=program, commands=[LinkTasks(done.pk, made[n]) for n in range(4)])
    _compute(program)
    ben = plans.member("PM", program)
    _watch(ben, "program", program.pk)
    _longer(program, first, 2)
    assert _told(ben) == [f"{program}: 5 milestones moved"]


def test_a_program_that_gets_off_track_or_stuck_is_told_once_to_who_answers_for_it(dated: Any) -> None:
    program, first, _second, _done = dated
    boss, part = plans.member("TPM", program), plans.member("PM", first.project)
    _longer(program, first, 40)
    assert _told(boss) == [f"{program}: Went off track."] and _told(part) == []
    _longer(program, first, 1)
    assert len(_told(boss)) == 1
    RecomputeState.objects.filter(pk=program.pk).update(input_revision=10**6, attempts=8, error_code="circle")
    assert program.pk in movements.due()
    movements.tell(program.pk)
    movements.tell(program.pk)
    assert program.pk not in movements.due()
    assert _told(boss)[1:] == [f"{program}: Can not be computed; the last good results stay on screen."]


def test_what_a_lost_wake_up_left_is_found_unless_it_is_no_news_any_more() -> None:
    program = plans.program(plans.portfolio())
    ann = plans.member("TPM", program)
    assert notices.SOURCES.keys() <= subscriptions.ACTS.keys()
    _say(ann, "program", program.pk, "A moment ago")
    assert notices.waiting() == [], "a wake-up gets five seconds to arrive"
    with time_machine.travel(timezone.now() - timedelta(minutes=1)):
        _say(ann, "program", program.pk, "A minute ago")
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        _say(ann, "program", program.pk, "Days ago")
    [found] = notices.waiting()
    assert [one.text for one in comments.of_change(ChangeSet.objects.get(pk=found))] == ["A minute ago"]
    notices.handle(found)
    assert notices.waiting() == []


# ---- by mail --------------------------------------------------------------------------------------------------------


def test_a_mention_is_mailed_at_once_if_wanted_and_only_once(settings: Any) -> None:
    settings.SENDS_MAIL, settings.SITE_URL = True, "https://tpm.example.org"
    program = plans.program(plans.portfolio(), name="Meters")
    ann, ben, cid = (plans.member("PM", program) for _ in range(3))
    delivery.keep(Delivery(user=cid.user, mails_mentions=False))
    _say(ann, "program", program.pk, f"@{ben.user.email} @{cid.user.email} <b>look</b>")
    _work_off()
    assert mail.send_waiting() == 1 and mail.send_waiting() == 0
    [sent] = outbox.outbox
    assert sent.to == [ben.user.email] and sent.subject == f"[TPM] Meters: {ann.user} mentioned you"
    assert (
        f"https://tpm.example.org/programs/{program.pk}/#comment-" in sent.body and "<b>look</b>" in sent.body
    )
    assert "https://tpm.example.org/account/preferences/" in sent.body
    assert sent.extra_headers["List-Unsubscribe"] == "<https://tpm.example.org/account/preferences/>"
    [(html, kind)] = [(one.content, one.mimetype) for one in sent.alternatives]
    assert kind == "text/html" and "&lt;b&gt;look&lt;/b&gt;" in html and "<b>look" not in html


def test_what_cannot_be_mailed_is_tried_again(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.SENDS_MAIL = True
    program = plans.program(plans.portfolio())
    ann, ben = plans.member("PM", program), plans.member("PM", program)
    _say(ann, "program", program.pk, f"@{ben.user.email}")
    _work_off()
    kept = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND, settings.EMAIL_HOST, settings.EMAIL_PORT = (
        "django.core.mail.backends.smtp.EmailBackend", "127.0.0.1", 9,
    )  # fmt: skip
    assert mail.send_waiting() == 0
    settings.EMAIL_BACKEND = kept
    assert mail.send_waiting() == 1 and len(outbox.outbox) == 1


def test_a_summary_goes_out_at_the_hour_of_the_person_s_own_clock_with_what_is_unread(settings: Any) -> None:
    settings.SENDS_MAIL = True
    program = plans.program(plans.portfolio())
    ann = plans.member("PM", program)
    ben = plans.member("PM", program)
    type(ben.user).objects.filter(pk=ben.user.pk).update(time_zone="Asia/Tokyo")  # 07:00 there is 22:00 UTC
    ben.user.refresh_from_db()
    _watch(ben, "program", program.pk)

    def at(text: str) -> Any:
        return time_machine.travel(datetime.fromisoformat(text).replace(tzinfo=UTC), tick=False)

    with at("2026-03-02T20:00"):
        _say(ann, "program", program.pk, "One")
        _say(ann, "program", program.pk, "Two")
        _work_off()
        assert mail.send_digests() == 0
    with at("2026-03-02T21:59"):
        assert mail.send_digests() == 0
    with at("2026-03-02T22:05"):
        assert mail.send_digests() == 1 and mail.send_digests() == 0
        [sent] = outbox.outbox
        assert "2 things you have not read" in sent.subject and "One" in sent.body and "Two" in sent.body
    with at("2026-03-03T22:05"):
        assert mail.send_digests() == 0, "nothing new"
        _say(ann, "program", program.pk, "Three")
        _work_off()
        inbox.mark(actor=_as(ben), ids=None, is_read=True, at=timezone.now())
    with at("2026-03-04T22:05"):
        assert mail.send_digests() == 0, "it was read"


def test_when_a_summary_is_due_by_hand() -> None:
    """Monday, 2 March 2026. Berlin is an hour ahead; on 29 March its clocks go forward."""
    daily = Delivery(digest="daily", hour=8)
    noon = datetime(2026, 3, 2, 12, tzinfo=UTC)
    assert delivery.due_at(daily, "Europe/Berlin", noon) == datetime(2026, 3, 2, 7, tzinfo=UTC)
    assert delivery.due_at(daily, "Europe/Berlin", noon - timedelta(hours=6)) == datetime(
        2026, 3, 1, 7, tzinfo=UTC
    )
    summer = datetime(2026, 3, 29, 12, tzinfo=UTC)
    assert delivery.due_at(daily, "Europe/Berlin", summer) == datetime(2026, 3, 29, 6, tzinfo=UTC)
    weekly = Delivery(digest="weekly", hour=8, weekday=4)  # Friday
    assert delivery.due_at(weekly, "UTC", noon) == datetime(2026, 2, 27, 8, tzinfo=UTC)
    assert delivery.due_at(weekly, "Nowhere/Atall", noon) == datetime(2026, 2, 27, 8, tzinfo=UTC)
