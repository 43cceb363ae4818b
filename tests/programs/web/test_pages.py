"""Portfolios and programs in the browser."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import CalendarException, Grant, Portfolio, Program, WorkCalendar
from programs.services import calendars
from programs.web.calendars import read_hours, write_hours
from tests.factories import plans
from tests.factories.browsers import browser
from tpm import recompute
from tpm.accounts import actors
from tpm.activity.models import ChangeSet

pytestmark = pytest.mark.django_db


def signed_in(role: str, at: Portfolio | Program) -> Client:
    browser = Client()
    browser.force_login(plans.member(role, at).user)  # type: ignore[arg-type]
    return browser


def test_an_administrator_makes_a_portfolio_and_its_owner_makes_a_program() -> None:
    admin, owner, browser = plans.user(is_administrator=True), plans.user(), Client()
    browser.force_login(admin)
    form = {"name": "Core", "currency": "chf", "owner": owner.email}
    assert browser.post(reverse("programs:portfolio-create"), form).status_code == 302
    portfolio = Portfolio.objects.get(name="Core")
    assert portfolio.currency == "CHF"
    browser.force_login(owner)
    form = {
        "code": "X",
        "name": "Program X",
        "starts_on": "2026-02-02",
        "time_zone": "Europe/Berlin",
        "sponsor_note": "",
    }
    assert browser.post(reverse("programs:program-create", args=[portfolio.pk]), form).status_code == 302
    assert Program.objects.get(code="X").calendar == WorkCalendar.objects.get(portfolio=portfolio)


def test_a_form_error_stands_beside_its_field() -> None:
    portfolio = plans.portfolio()
    plans.program(portfolio, code="TWICE")
    form = {"code": "twice", "name": "N", "starts_on": "2026-02-02", "time_zone": "UTC"}
    answer = signed_in("PO", portfolio).post(reverse("programs:program-create", args=[portfolio.pk]), form)
    assert answer.status_code == 422
    assert "The portfolio has a program with this code already." in answer.content.decode()


def test_the_table_is_filtered_and_sorted_by_its_address() -> None:
    portfolio = plans.portfolio()
    for name in ("Alpha", "Beta", "Gamma"):
        plans.program(portfolio, name=name)
    browser, url = signed_in("PO", portfolio), reverse("programs:portfolio-detail", args=[portfolio.pk])
    rows = browser.get(url, {"sort": "-name"}).context["rows"]
    assert [row.program.name for row in rows] == ["Gamma", "Beta", "Alpha"]
    assert [row.program.name for row in browser.get(url, {"q": "bet"}).context["rows"]] == ["Beta"]


def test_htmx_gets_the_table_alone_and_a_restored_page_the_whole() -> None:
    portfolio = plans.portfolio()
    browser, url = signed_in("PO", portfolio), reverse("programs:portfolio-detail", args=[portfolio.pk])
    part = browser.get(url, headers={"HX-Request": "true"}).content.decode()
    whole = browser.get(
        url, headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    ).content.decode()
    assert "<html" not in part and "<html" in whole


def test_a_role_is_given_and_taken_away_by_e_mail() -> None:
    program, person = plans.program(), plans.user()
    browser, url = signed_in("TPM", program), reverse("programs:member-list", args=[program.pk])
    assert browser.post(url, {"user": person.email.upper(), "role": "PM", "ends_on": ""}).status_code == 302
    grant = Grant.objects.get(user=person)
    assert (grant.role, grant.program) == ("PM", program)
    browser.post(reverse("programs:member-revoke", args=[grant.pk]))
    assert not Grant.objects.filter(user=person).exists()


def test_a_manager_is_not_offered_the_roles_that_only_owners_give() -> None:
    program, person = plans.program(), plans.user()
    browser, url = signed_in("TPM", program), reverse("programs:member-list", args=[program.pk])
    answer = browser.post(url, {"user": person.email, "role": "PO", "ends_on": ""})
    assert answer.status_code == 422 and not Grant.objects.filter(user=person).exists()


def test_a_calendar_is_edited_as_text() -> None:
    program = plans.program()
    calendar = program.calendar
    week = {f"day{day}": "08:00-12:00, 13-17" for day in range(4)} | {"day4": "8-12", "day5": "", "day6": ""}
    form = {
        "name": "Short Fridays",
        "version": "1",
        "exceptions": "2026-12-24..2026-12-26 | Christmas\n2026-12-31 | Eve | 8-12",
        **week,
    }
    answer = signed_in("PO", program.portfolio).post(
        reverse("programs:calendar-detail", args=[calendar.pk]), form
    )
    assert answer.status_code == 302
    calendar.refresh_from_db()
    assert calendar.week[4] == [[480, 720]] and calendar.week[0] == [[480, 720], [780, 1020]]
    rows = (
        CalendarException.objects.filter(calendar=calendar)
        .values_list("first_on", "last_on", "name", "intervals")
        .order_by("first_on")
    )
    assert list(rows) == [
        (date(2026, 12, 24), date(2026, 12, 26), "Christmas", []),
        (date(2026, 12, 31), date(2026, 12, 31), "Eve", [[480, 720]]),
    ]


def test_hours_are_written_as_they_are_read() -> None:
    assert read_hours(write_hours([[480, 720], [780, 1020]])) == [[480, 720], [780, 1020]]


def test_a_change_made_meanwhile_is_not_overwritten() -> None:
    program = plans.program()
    calendars.update(actor=actors.system(), calendar=program.calendar, name="Renamed by somebody")
    form = {"name": "Mine", "version": "1", "exceptions": "", **{f"day{day}": "" for day in range(7)}}
    answer = signed_in("PO", program.portfolio).post(
        reverse("programs:calendar-detail", args=[program.calendar_id]), form
    )
    assert answer.status_code == 409
    assert WorkCalendar.objects.get(pk=program.calendar_id).name == "Renamed by somebody"


def test_a_stuck_program_says_why_and_what_to_do() -> None:
    program = plans.program()
    state = program.computation
    type(state).objects.filter(pk=program.pk).update(
        input_revision=5, computed_revision=3, attempts=8, error_message="A circle"
    )
    page = (
        signed_in("TPM", program).get(reverse("programs:program-detail", args=[program.pk])).content.decode()
    )
    assert "A circle" in page and "as of revision 3" in page and "undo the last edits" in page


def test_a_stakeholder_sees_the_program_without_plan_and_money() -> None:
    program = plans.program()
    page = (
        signed_in("SV", program).get(reverse("programs:program-detail", args=[program.pk])).content.decode()
    )
    assert reverse("projects:program-plan", args=[program.pk]) not in page and "EAC" not in page


def test_moving_the_data_date_asks_for_a_computation() -> None:
    program = plans.program()
    plans.tasks(plans.project(program), 1)
    recompute.drain(program.pk)
    page = signed_in("TPM", program)
    url = reverse("programs:program-settings", args=[program.pk])
    fields = {
        name: getattr(program, name) for name in ("code", "name", "description", "time_zone", "sponsor_note")
    }
    form = {
        **fields,
        "starts_on": "2026-01-05",
        "data_date": "2026-03-02",
        "calendar": program.calendar_id,
        "version": "1",
    }
    assert page.post(url, form).status_code == 302
    program.refresh_from_db()
    assert program.data_date == date(2026, 3, 2)
    assert type(program.computation).objects.get(pk=program.pk).behind == 1


def test_a_new_calendar_and_its_exceptions_are_one_change() -> None:
    portfolio = plans.portfolio()
    client = browser(plans.member("PO", portfolio))
    before = ChangeSet.objects.count()
    form = {"name": "Plant", "day0": "08:00-12:00", "exceptions": "2026-12-24..2026-12-26 | Christmas"}
    answer = client.post(reverse("programs:calendar-create", args=[portfolio.pk]), form)
    assert answer.status_code == 302
    made = WorkCalendar.objects.get(name="Plant")
    assert [one.name for one in made.exceptions.all()] == ["Christmas"]
    assert ChangeSet.objects.count() == before + 1 and made.version == 1
