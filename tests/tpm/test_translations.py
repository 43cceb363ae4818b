"""The German catalogue is whole, its placeholders fit, and a person who chose German reads German."""

import re
import shutil
import string
import subprocess
from pathlib import Path

import django
import polib
import pytest
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import dates, translation

from tests.factories import plans
from tpm.lib.templatetags import tpm_ui

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "tpm" / "locale"
OTHERS = [code for code, _name in settings.LANGUAGES if code != "en"]
PERCENT = re.compile(r"%\((\w+)\)[sd]|%[sd%]")


def _catalogue(code: str) -> polib.POFile:
    return polib.pofile(str(LOCALE / code / "LC_MESSAGES" / "django.po"))


def _named(text: str, *, braces: bool) -> set[str]:
    """The placeholders of a message: ``%(name)s``, ``%s``, and ``{name}`` where the message is filled in by braces."""
    found = {one.group(0) for one in PERCENT.finditer(text) if one.group(0) != "%%"}
    if braces:
        found |= {f"{{{name}}}" for _text, name, _spec, _conversion in string.Formatter().parse(text) if name}
    return found


@pytest.mark.parametrize("code", OTHERS)
def test_every_message_is_translated_and_keeps_its_placeholders(code: str) -> None:
    wrong = []
    for entry in _catalogue(code):
        if entry.obsolete:
            continue
        texts = list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]
        if entry.fuzzy or not all(texts):
            wrong.append(f"not translated: {entry.msgid!r}")
            continue
        braces = re.search(r"\{\w+\}", entry.msgid) is not None
        wanted = _named(entry.msgid, braces=braces) | _named(entry.msgid_plural or "", braces=braces)
        for number, text in enumerate(texts):
            # One thing may be said without its number: “one task”.
            has = _named(text, braces=braces)
            if has - wanted or (wanted - has and not (entry.msgid_plural and number == 0)):
                wrong.append(f"placeholders differ: {entry.msgid!r} → {text!r}")
        if entry.msgid.strip() != entry.msgid and entry.msgid[-1:].isspace() != texts[0][-1:].isspace():
            wrong.append(f"blanks at the end differ: {entry.msgid!r}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("code", OTHERS)
def test_no_message_of_the_program_is_missing_from_the_catalogue(code: str, tmp_path: Path) -> None:
    if shutil.which("xgettext") is None:
        pytest.skip("GNU gettext is needed to gather the messages (Debian: apt-get install gettext)")
    known = {(entry.msgctxt, entry.msgid) for entry in _catalogue(code)}
    copy = tmp_path / "source"
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "tpm", "programs", "projects", "budgets", "risks", "templates"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    ).stdout.split("\n")  # fmt: skip
    for name in filter(None, listed):
        if name.endswith((".py", ".html", ".txt", ".typ")) and (ROOT / name).exists():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, copy / name)
    (copy / "tpm" / "locale").mkdir(parents=True, exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(copy)
        patch.setattr(settings, "LOCALE_PATHS", [str(copy / "tpm" / "locale")])
        call_command("makemessages", locale=[code], no_location=True, verbosity=0)
    gathered = polib.pofile(str(copy / "tpm" / "locale" / code / "LC_MESSAGES" / "django.po"))
    missing = [entry.msgid for entry in gathered if (entry.msgctxt, entry.msgid) not in known]
    assert len(gathered) > 2_000
    assert not missing, "run `make messages` and translate:\n" + "\n".join(map(repr, missing))


@pytest.mark.django_db
def test_a_person_who_chose_german_reads_german() -> None:
    user = plans.user("greta")
    user.language = "de"
    user.save()
    client = Client()
    client.force_login(user)
    page = client.get(reverse("home"))
    assert page.headers["Content-Language"] == "de"
    text = page.content.decode()
    assert '<html lang="de"' in text
    assert "Mein Tag" in text and "My day" not in text


def test_a_stranger_is_met_in_the_language_of_the_browser(client: Client, db: None) -> None:
    german = client.get(reverse("signin"), headers={"accept-language": "de-AT,de;q=0.9,en;q=0.5"})
    assert "Anmelden" in german.content.decode()
    assert "Sign in" in client.get(reverse("signin"), headers={"accept-language": "fr"}).content.decode()


def test_figures_and_dates_follow_the_language() -> None:
    with translation.override("de"):
        assert tpm_ui.money("1234567.5", "EUR") == "1.234.567,50\xa0EUR"
        assert tpm_ui.ratio("0.87") == "0,87"


@pytest.mark.parametrize("code", OTHERS)
def test_no_message_renames_a_month_or_a_weekday(code: str) -> None:
    """“May” the right would rename “May” the month: such words need a context, or say what Django says."""
    with translation.override(None):
        tables = (dates.MONTHS, dates.MONTHS_3, dates.WEEKDAYS, dates.WEEKDAYS_ABBR)
        names = {str(name) for table in tables for name in table.values()}
    own = Path(django.__file__).parent / "conf" / "locale" / code / "LC_MESSAGES" / "django.po"
    said = {entry.msgid: entry.msgstr for entry in polib.pofile(str(own)) if not entry.msgctxt}
    ours = {entry.msgid: entry.msgstr for entry in _catalogue(code) if not entry.msgctxt}
    assert {name: ours[name] for name in names & ours.keys()} == {
        name: said[name] for name in names & ours.keys()
    }
