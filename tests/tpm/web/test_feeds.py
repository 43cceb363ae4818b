"""Calendars to subscribe to: what stands in them, for whose eyes, and how their secret is kept."""

from datetime import date, timedelta

import icalendar
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programs.services import actions
from projects.services import gates, plan_edits
from projects.services.commands import CreateTask
from tests.factories import plans
from tests.factories.browsers import browser
from tpm import activity, recompute
from tpm.accounts import actors, feeds
from tpm.accounts.models import CalendarFeed
from tpm.lib.redaction import hide_secrets

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()
TODAY = timezone.localdate()


@pytest.fixture
def world():
    """Two programs that end with a milestone each, a gate with a day of its own, and an action; the reader manages the first."""
    here = plans.portfolio()
    program, other = plans.program(here, starts_on=TODAY, time_zone="Pacific/Auckland"), plans.program(here)
    manager = plans.member("TPM", program)
    for one in (program, other):
        project = plans.project(one)
        done = CreateTask(project.pk, f"Live {one.code}", set={"is_milestone": True})
        plan_edits.apply(actor=SYSTEM, program=one, commands=[done])
        recompute.drain(one.pk)
    gate = gates.create(
        actor=SYSTEM, program=program, name="Plan; agreed", planned_on=TODAY + timedelta(days=9)
    )
    gates.add_criterion(actor=SYSTEM, gate=gate, text="Money is there")
    actions.create(
        actor=SYSTEM, program=program, today=TODAY, title="Call", owner=manager.user, due_on=TODAY, priority=1
    )
    actions.create(actor=SYSTEM, program=program, today=TODAY, title="Not mine", due_on=TODAY)
    return program, other, manager


def read(client: Client, address: str) -> icalendar.Calendar:
    answer = client.get(address)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/calendar")
    assert "no-store" in answer.headers["Cache-Control"]
    return icalendar.Calendar.from_ical(answer.content)


def issued(person, **given) -> str:
    page = browser(person).post(reverse("feed-list"), {"name": "Phone", **given})
    return page.context["address"]


def test_a_program_and_what_is_mine_are_whole_days_and_things_to_do_in_any_calendar(world):
    program, other, manager = world
    nobody = Client()
    of_program = read(nobody, issued(manager, program=program.pk))
    events = {str(one["summary"]): one for one in of_program.walk("VEVENT")}
    assert set(events) == {f"◆ Live {program.code}", "Gate “Plan; agreed”"}
    gate = events["Gate “Plan; agreed”"]
    # A date without time and zone: the same day in Auckland and in Lisbon; the end is the day after (RFC 5545, 3.6.1).
    assert gate.decoded("dtstart") == TODAY + timedelta(days=9) and type(gate.decoded("dtstart")) is date
    assert gate.decoded("dtend") == TODAY + timedelta(days=10)
    assert "1 criterion open" in str(gate["description"])
    [todo] = of_program.walk("VTODO")
    assert (str(todo["summary"]), todo.decoded("due"), str(todo["status"])) == (
        "A-1 Call",
        TODAY,
        "NEEDS-ACTION",
    )
    assert todo.decoded("priority") == 1
    mine = read(nobody, issued(manager))
    names = {str(one["summary"]) for one in mine.walk("VEVENT")}
    assert names == set(events), "the program that one manages, and no other"
    assert [str(one["summary"]) for one in mine.walk("VTODO")] == ["A-1 Call"]
    # It says what its person may see at this moment, nothing that he could once.
    outsider = plans.member("TPM", other)
    assert not list(read(nobody, issued(outsider)).walk("VTODO"))
    refused = browser(outsider).post(reverse("feed-list"), {"name": "x", "program": program.pk})
    assert refused.status_code == 422


def test_a_secret_is_shown_once_kept_as_a_digest_revoked_and_never_logged(world):
    program, _other, manager = world
    address = issued(manager, program=program.pk)
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    kept = CalendarFeed.objects.get()
    assert secret not in (kept.digest, kept.prefix) and kept.digest == feeds.digest(secret)
    page = browser(manager).get(reverse("feed-list")).content.decode()
    assert secret not in page and kept.prefix in page
    assert hide_secrets(None, "info", {"request": f"GET /feeds/{secret}.ics"}) == {
        "request": "GET /feeds/cal_….ics"
    }
    nobody = Client()
    assert nobody.get(address).status_code == 200
    kept.refresh_from_db()
    assert kept.last_used_at is not None
    # The right ends, and the address with it; it opens nothing else.
    grant = manager.user.grants.get()
    with activity.change(actor=SYSTEM, event="tests") as change:
        change.delete(grant)
    assert nobody.get(address).status_code == 404
    plans.grant(manager.user, "TPM", program)
    assert nobody.get(address).status_code == 200
    stranger = browser(plans.member("TPM", program))
    stranger.post(reverse("feed-revoke"), {"feed": kept.pk})
    assert nobody.get(address).status_code == 200, "one revokes one's own alone"
    browser(manager).post(reverse("feed-revoke"), {"feed": kept.pk})
    assert nobody.get(address).status_code == 404
    # A closed account reads nothing.
    another = issued(manager)
    manager.user.is_active = False
    manager.user.save()
    assert nobody.get(another).status_code == 404


def test_reading_too_often_and_guessing_are_stopped(world, monkeypatch):
    program, _other, manager = world
    address = issued(manager, program=program.pk)
    nobody = Client(REMOTE_ADDR="203.0.113.77")
    monkeypatch.setattr("tpm.feeds.web.PER_FEED", 1)
    monkeypatch.setattr("tpm.feeds.web.WRONG_PER_PLACE", 1)
    assert nobody.get(address).status_code == 200
    late = nobody.get(address)
    assert late.status_code == 429 and late.headers["Retry-After"]
    wrong = reverse("calendar-feed", args=["cal_guess"])
    assert [nobody.get(wrong).status_code for _n in range(2)] == [404, 429]
