"""Files that take long: ordered by the page's own address, made under their owner's rights, fetched, called off, forgotten."""

import csv
import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from programs.models import Grant
from programs.services import members
from tests.factories import plans
from tests.factories.browsers import HTMX, browser
from tpm.accounts import actors
from tpm.celery import app
from tpm.collaboration.jobs import sweep
from tpm.downloads import runs
from tpm.downloads.models import Download
from tpm.lib import exports

pytestmark = pytest.mark.django_db
State = Download.State


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch, settings: Any, tmp_path: Any) -> None:
    """More than two rows are many here."""
    monkeypatch.setattr(exports, "AT_ONCE", 2)
    monkeypatch.setattr(exports, "TICK", 1)
    monkeypatch.setattr(runs, "EVERY", 0.0)
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.usefixtures("few")
def test_a_long_table_is_made_by_a_worker_as_its_owner_sees_it_and_fetched_by_nobody_else() -> None:
    program = plans.program()
    project = plans.project(program)
    plans.tasks(project, 1, 2, 3)
    plans.tasks(plans.project(program, name="Hidden"), 4)
    mia, eve = plans.member("PM", project), plans.member("TPM", program)
    page = browser(mia)
    listing = reverse("projects:task-list", args=[program.pk]) + "?show=all"
    short = page.get(listing + "&q=A&export=csv")
    assert short.status_code == 200 and "attachment" in short["Content-Disposition"]
    asked = page.get(listing + "&export=csv", headers={"Referer": f"http://testserver{listing}"})
    made = Download.objects.get()
    assert asked.status_code == 302 and asked["Location"] == reverse("download-detail", args=[made.pk])
    assert made.back == listing and made.name == "Task list" and made.state == State.WAITING
    again = page.get(listing + "&export=csv")
    assert again["Location"] == asked["Location"], "the same file is not made twice at once"
    waiting = page.get(asked["Location"], headers=HTMX).content.decode()
    assert "Waiting for a worker" in waiting and 'hx-trigger="load delay:1s"' in waiting
    assert page.get(reverse("download-file", args=[made.pk])).status_code == 404

    call_command("drain_pending")  # the way without a broker; workers call the same
    made.refresh_from_db()
    assert (made.state, made.message) == (State.READY, "")
    assert (made.done, made.total) == (2, 3), "the last word before the end"
    file = page.get(reverse("download-file", args=[made.pk]))
    text = b"".join(file.streaming_content).decode("utf-8-sig")  # type: ignore[attr-defined]
    assert [row["Task"] for row in csv.DictReader(io.StringIO(text))] == ["A", "B", "C"]
    assert "attachment" in file["Content-Disposition"] and file["Content-Type"].startswith("text/csv")
    for _again in range(2):  # told once, to its owner alone
        sweep()
        news = page.get(reverse("collaboration:notification-list")).content.decode()
        assert news.count("The file is ready to be fetched.") == 1 and made.name in news
    assert (
        "ready to be fetched"
        not in browser(eve).get(reverse("collaboration:notification-list")).content.decode()
    )
    stranger = browser(eve)
    for name in ("detail", "file"):
        assert stranger.get(reverse(f"download-{name}", args=[made.pk])).status_code == 404
    assert made.name in page.get(reverse("download-list")).content.decode()
    assert made.name not in stranger.get(reverse("download-list")).content.decode()

    kept = runs.path_of(made)
    Download.objects.update(created_at=timezone.now() - runs.KEPT - timedelta(minutes=1))
    runs.forget_old()
    assert not kept.exists() and not Download.objects.exists()


@pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::celery.exceptions.CDeprecationWarning")
def test_workers_know_the_jobs() -> None:
    app.loader.import_default_modules()
    assert {runs.JOB, "tpm.downloads.jobs.forget"} <= set(app.tasks)


@pytest.mark.usefixtures("few")
def test_a_file_is_called_off_while_it_is_made_and_refused_once_its_rights_are_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = plans.program()
    plans.tasks(plans.project(program), 1, 2, 3)
    actor = plans.member("TPM", program)
    address = reverse("projects:task-list", args=[program.pk]) + "?show=all&export=xlsx"
    first = runs.order(actor=actor, address=address)
    tell = exports.tell

    def called_off(done: int, total: int | None) -> None:
        if total:  # the rows are read, and being written
            runs.cancel(actor=actor, download=first)
        tell(done, total)

    monkeypatch.setattr(exports, "tell", called_off)
    runs.make(first.pk)
    first.refresh_from_db()
    assert first.state == State.CANCELLED and not list(runs.path_of(first).parent.iterdir())
    monkeypatch.setattr(exports, "tell", tell)
    assert not runs.cancel(actor=actor, download=first)

    second = runs.order(actor=actor, address=address)
    members.revoke(actor=actors.system(), grant=Grant.objects.get(user=actor.user))
    runs.make(second.pk)
    second.refresh_from_db()
    assert second.state == State.FAILED and "may not see it any more" in second.message

    # A worker died: another one begins anew, and no two make the same.
    Download.objects.filter(pk=second.pk).update(
        state=State.MAKING, heartbeat_at=timezone.now() - 2 * runs.STALE
    )
    assert runs.waiting() == [second.pk]
    for n in range(runs.AT_ONCE):
        Download.objects.create(user=actor.user, address=f"/{n}")  # type: ignore[misc]
    with pytest.raises(runs.TooMany):
        runs.order(actor=actor, address="/downloads/")
