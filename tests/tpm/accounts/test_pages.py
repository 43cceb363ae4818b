"""Sign-in, sign-out, one-time links, tokens, people."""

import re
from typing import Any

import pytest
from django.conf import LazySettings
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories import plans
from tests.factories.plans import PASSWORD
from tests.stack import wait_for
from tpm import env
from tpm.accounts import resetting, tokens
from tpm.accounts.models import ApiToken, User

pytestmark = pytest.mark.django_db


def test_one_signs_in_by_e_mail_whatever_its_case_and_out_by_post_only() -> None:
    person, browser = plans.user(), Client()
    assert (
        browser.post(reverse("signin"), {"username": person.email.upper(), "password": PASSWORD}).status_code
        == 302
    )
    assert browser.get(reverse("signout")).status_code == 405
    assert browser.get(reverse("home")).status_code == 200
    browser.post(reverse("signout"))
    assert browser.get(reverse("home")).status_code == 302


def test_too_many_wrong_passwords_lock_the_door(settings: Any) -> None:
    settings.AXES_FAILURE_LIMIT = 3
    person, browser = plans.user(), Client()
    spellings = (person.email, person.email.upper(), person.email)
    answers = [browser.post(reverse("signin"), {"username": one, "password": "wrong"}) for one in spellings]
    assert answers[-1].status_code == 429 and "Too many attempts" in answers[-1].content.decode()
    assert (
        browser.post(reverse("signin"), {"username": person.email, "password": PASSWORD}).status_code == 429
    )


def test_an_administrator_adds_a_person_who_chooses_a_password_once() -> None:
    browser = Client()
    browser.force_login(plans.user(is_administrator=True))
    page = browser.post(
        reverse("accounts:person-list"), {"name": "New One", "email": "new@example.org"}
    ).content.decode()
    found = re.search(r'value="http://testserver(/welcome/[^"]+)"', page)
    assert found
    stranger = Client()
    form = stranger.get(found[1], follow=True)
    url = form.redirect_chain[-1][0]
    words = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    assert stranger.post(url, words).status_code == 302
    assert (
        stranger.post(reverse("signin"), {"username": "new@example.org", "password": PASSWORD}).status_code
        == 302
    )
    assert "no longer works" in Client().get(found[1], follow=True).content.decode()


def test_an_address_is_given_once() -> None:
    browser = Client()
    browser.force_login(plans.user(is_administrator=True))
    plans.user()
    taken = User.objects.order_by("-pk").first()
    assert taken
    answer = browser.post(reverse("accounts:person-list"), {"name": "Twin", "email": taken.email.upper()})
    assert answer.status_code == 422 and "Somebody has this address already." in answer.content.decode()


def test_a_token_is_shown_once_and_revoked() -> None:
    person, browser = plans.user(), Client()
    browser.force_login(person)
    url = reverse("accounts:token-list")
    page = browser.post(url, {"name": "Export", "scope": "read", "days": "30"}).content.decode()
    found = re.search(r'value="(tpm_[^"]+)"', page)
    assert found and tokens.resolve(found[1])
    assert found[1] not in browser.get(url).content.decode()
    browser.post(reverse("accounts:token-revoke"), {"token": str(ApiToken.objects.get(user=person).pk)})
    assert tokens.resolve(found[1]) is None


def test_nobody_revokes_another_s_token() -> None:
    owner, other = plans.user(), Client()
    browser = Client()
    browser.force_login(owner)
    browser.post(reverse("accounts:token-list"), {"name": "Export", "scope": "read", "days": "30"})
    other.force_login(plans.user())
    other.post(reverse("accounts:token-revoke"), {"token": str(ApiToken.objects.get(user=owner).pk)})
    assert ApiToken.objects.get(user=owner).revoked_at is None


def test_a_closed_account_does_not_sign_in_and_nobody_closes_their_own() -> None:
    admin, person, browser = plans.user(is_administrator=True), plans.user(), Client()
    browser.force_login(admin)
    for one in (person, admin):
        browser.post(reverse("accounts:person-active", args=[one.pk]), {"active": "0"})
    assert not User.objects.get(pk=person.pk).is_active and User.objects.get(pk=admin.pk).is_active
    assert (
        Client().post(reverse("signin"), {"username": person.email, "password": PASSWORD}).status_code == 200
    )


def test_moments_are_shown_in_the_person_s_time_zone() -> None:
    browser = Client()
    browser.force_login(plans.user())
    form = {"name": "N", "time_zone": "Asia/Tokyo", "language": "en", "theme": "dark"}
    assert browser.post(reverse("accounts:preferences"), form).status_code == 302
    person = User.objects.get(name="N")
    assert (person.time_zone, person.theme) == ("Asia/Tokyo", "dark")


def test_the_chosen_theme_is_on_the_page_before_the_first_paint_and_the_button_saves_it() -> None:
    person, client = plans.user(), Client()
    client.force_login(person)
    home = reverse("home")
    assert 'data-account-theme="auto">' in client.get(home).content.decode()
    assert client.post(reverse("accounts:theme"), {"theme": "dark"}).status_code == 204
    assert 'data-account-theme="dark" data-theme="dark">' in client.get(home).content.decode()
    assert 'data-theme="dark">' in client.get(reverse("accounts:password-changed")).content.decode()
    assert client.post(reverse("accounts:theme"), {"theme": '"><b>'}).status_code == 422
    assert User.objects.get(pk=person.pk).theme == "dark"
    assert "data-account-theme" not in Client().get(reverse("signin")).content.decode()


def test_a_forgotten_password_is_reset_by_mail_with_one_answer_for_known_and_unknown_addresses(
    settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SENDS_MAIL = True
    monkeypatch.setattr(resetting, "PER_ACCOUNT", 2)
    person, client = plans.user(), Client()
    ask = reverse("password_reset")
    assert ask in client.get(reverse("signin")).content.decode()
    answers = [client.post(ask, {"email": email}) for email in (person.email.upper(), "nobody@example.org")]
    assert [(one.status_code, one.headers["Location"]) for one in answers] == [
        (302, reverse("password_reset_done"))
    ] * 2
    wait_for(lambda: bool(mail.outbox), "the mail")
    [sent] = mail.outbox
    assert sent.to == [person.email]
    [link] = [line for line in sent.body.splitlines() if line.startswith("http://testserver/")]
    page = client.get(link, follow=True)
    chosen = {"new_password1": "a-new-long-one-4711", "new_password2": "a-new-long-one-4711"}
    assert client.post(page.redirect_chain[-1][0], chosen).status_code == 302
    assert User.objects.get(pk=person.pk).check_password("a-new-long-one-4711")
    assert "no longer works" in Client().get(link, follow=True).content.decode()
    assert [client.post(ask, {"email": person.email}).status_code for _ in range(2)] == [302, 429]


def test_where_no_mail_is_sent_the_page_says_whom_to_ask() -> None:
    assert "Ask an administrator for a new link" in Client().get(reverse("signin")).content.decode()
    answer = Client().post(reverse("password_reset"), {"email": plans.user().email})
    assert "Ask an administrator" in answer.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("url", "port", "tls", "ssl"),
    [
        ("smtp://u:p%40w@mail.example.org", 587, True, False),
        ("smtps://mail.example.org", 465, False, True),
        ("smtp://mail.example.org:25?tls=0", 25, False, False),
    ],
)
def test_the_address_of_the_mail_server_is_one_setting(
    url: str, port: int, tls: bool, ssl: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EMAIL_URL", url)
    found = env.email("EMAIL_URL")
    assert (found["EMAIL_PORT"], found["EMAIL_USE_TLS"], found["EMAIL_USE_SSL"]) == (port, tls, ssl)
    monkeypatch.setenv("EMAIL_URL", "mail.example.org")
    with pytest.raises(env.SettingError, match="smtp://"):
        env.email("EMAIL_URL")
