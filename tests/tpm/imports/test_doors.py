"""Imports through browser, API and console; what a worker that dies was writing leaves no trace."""

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from programs.models import Portfolio
from projects.models import ImportRun, Task
from tests.tpm.imports.conftest import everything, imported, start
from tests.tpm.imports.test_portfolios import Owner, small
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet
from tpm.imports import runs

ROOT = Path(__file__).resolve().parents[3]


def browser(actor: Actor) -> Client:
    client = Client()
    assert actor.user is not None
    client.force_login(actor.user)
    return client


def opened(paths: list[Path]) -> list[Any]:
    return [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]


@pytest.mark.django_db
def test_a_person_uploads_looks_applies_and_takes_back(tmp_path: Path, owner: Owner) -> None:
    actor, portfolio = owner
    client = browser(actor)
    given = {"target": f"portfolio:{portfolio.pk}", "files": opened(small(tmp_path / "a"))}
    answer = client.post(reverse("imports:import-new"), given)
    run = ImportRun.objects.get()
    page = reverse("imports:import-detail", args=[run.pk])
    assert answer.status_code == 302 and answer.headers["Location"] == page
    assert (
        "hx-get" in client.get(page).content.decode().split('id="import-run"')[1][:200]
    )  # still at work: it asks again
    runs.check(run.pk)
    seen = client.get(page).content.decode()
    assert "What would be written" in seen and "Apply" in seen and not Task.objects.exists()
    client.post(reverse("imports:import-apply", args=[run.pk]))
    runs.apply(run.pk)
    assert Task.objects.count() == 2 and "Revert" in client.get(page).content.decode()
    client.post(reverse("imports:import-revert", args=[run.pk]))
    assert not Task.objects.exists() and "Taken back" in client.get(page).content.decode()
    assert client.get(reverse("imports:import-list")).status_code == 200


@pytest.mark.django_db
def test_an_import_is_called_off_until_it_is_written(tmp_path: Path, owner: Owner) -> None:
    actor, portfolio = owner
    client = browser(actor)
    for number, state in enumerate(("waiting", "reading", "checked", "writing")):
        given = {"target": f"portfolio:{portfolio.pk}", "files": opened(small(tmp_path / str(number)))}
        client.post(reverse("imports:import-new"), given)
        run = ImportRun.objects.latest("pk")
        if state == "reading":
            ImportRun.objects.filter(pk=run.pk).update(state=state)
        elif state != "waiting":
            runs.check(run.pk)
        if state == "writing":
            runs.order(actor=actor, run=run)
        assert client.post(reverse("imports:import-cancel", args=[run.pk])).status_code == 302
        run.refresh_from_db()
        assert run.state == "refused" and run.message.startswith("Cancelled by"), state
        if state == "reading":  # the worker that reads notices at its next word of progress
            with pytest.raises(runs.Cancelled):
                runs._told(run)(50)
        runs.apply(run.pk)
        assert not Task.objects.exists()
    again = client.post(reverse("api:import-cancel", args=[run.pk]))
    assert again.status_code == 409 and again.json()["code"] == "wrong_state"


@pytest.mark.django_db
def test_an_archive_and_a_file_over_the_limit_are_refused_before_anything_is_kept(
    tmp_path: Path, owner: Owner, settings: Any, uploads: Path
) -> None:
    actor, portfolio = owner
    client, target = browser(actor), f"portfolio:{portfolio.pk}"
    packed = io.BytesIO(b"PK")
    packed.name = "tables.zip"
    assert client.post(reverse("imports:import-new"), {"target": target, "files": packed}).status_code == 422
    settings.UPLOAD_LIMIT_BYTES = 10
    large = io.BytesIO(b"x" * 11)
    large.name = "tasks.csv"
    assert client.post(reverse("imports:import-new"), {"target": target, "files": large}).status_code == 422
    assert not ImportRun.objects.exists()
    assert not any(path.is_file() for path in uploads.rglob("*"))


@pytest.mark.django_db
def test_an_integration_imports_by_the_api(tmp_path: Path, owner: Owner) -> None:
    actor, portfolio = owner
    client = browser(actor)
    base = "/api/v1"
    given = {"files": opened(small(tmp_path / "a"))}
    answer = client.post(f"{base}/portfolios/{portfolio.pk}/imports/", given)
    assert answer.status_code == 202, answer.content
    place = answer.headers["Location"]
    assert client.get(place).json()["state"] == "waiting"
    assert client.post(f"{place}apply/", content_type="application/json").status_code == 409
    runs.check(answer.json()["id"])
    checked = client.get(place).json()
    assert checked["state"] == "checked" and checked["counts"]["tables"]["tasks"]["new"] == 2
    assert client.post(f"{place}apply/", content_type="application/json").json()["state"] == "writing"
    runs.apply(checked["id"])
    assert client.get(place).json()["state"] == "applied" and Task.objects.count() == 2
    assert client.post(f"{place}revert/", content_type="application/json").json()["state"] == "reverted"
    assert client.get(f"{base}/imports/").json()["results"][0]["id"] == checked["id"]
    names = [row["name"] for row in client.get(f"{base}/import-templates/").json()["results"]]
    assert "tasks.csv" in names
    assert client.get(f"{base}/import-templates/?name=tasks.csv").content.startswith(b"\xef\xbb\xbf")


@pytest.mark.django_db
def test_the_console_imports_a_folder_and_a_dry_run_writes_nothing(
    tmp_path: Path, owner: Owner, capsys: pytest.CaptureFixture[str]
) -> None:
    actor, _ = owner
    small(tmp_path / "pipes")
    before = everything()
    call_command("import_portfolio", str(tmp_path / "pipes"), "--dry-run")
    assert "would make: 1 programs, 1 projects, 2 tasks" in capsys.readouterr().out
    assert everything() == before and not ImportRun.objects.exists()
    assert actor.user is not None
    call_command("import_portfolio", str(tmp_path / "pipes"), "--owner", actor.user.email)
    assert Portfolio.objects.get(name="pipes").currency == "USD" and Task.objects.count() == 2
    sets = ChangeSet.objects.count()
    call_command("import_portfolio", str(tmp_path / "pipes"))
    assert ChangeSet.objects.count() == sets
    with pytest.raises(CommandError, match="nothing to import"):
        call_command("import_portfolio", str(tmp_path / "elsewhere"))


@pytest.mark.django_db
def test_the_templates_can_be_exported_and_imported_as_they_are(tmp_path: Path, owner: Owner) -> None:
    actor, portfolio = owner
    call_command("export_templates", str(tmp_path / "templates"))
    tables = sorted((tmp_path / "templates").glob("*.csv"))
    run = imported(actor, tables, portfolio)
    assert run.state == ImportRun.State.APPLIED and Task.objects.exists()
    again = start(actor, [tmp_path / "templates" / "portfolio-templates.xlsx"], portfolio)
    assert again.message == "Nothing differs from what is there."


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_a_worker_killed_while_it_writes_leaves_no_trace_and_another_one_finishes(
    tmp_path: Path, owner: Owner, uploads: Path
) -> None:
    actor, portfolio = owner
    run = start(actor, small(tmp_path / "a"), portfolio)
    runs.order(actor=actor, run=run)
    before = everything()
    whole = urlsplit(os.environ["DATABASE_URL"])
    here = urlunsplit(whole._replace(path=f"/{connection.settings_dict['NAME']}"))
    code = (
        "import django; django.setup()\n"
        "from django.conf import settings\n"
        f"settings.MEDIA_ROOT = {str(uploads)!r}\n"
        "from tpm.imports import runs\n"
        f"runs.apply({run.pk})"
    )
    environment = os.environ | {"DATABASE_URL": here, "TPM_FAILPOINT": "import_written:kill"}
    died = subprocess.run([sys.executable, "-c", code], env=environment, cwd=ROOT, check=False)
    assert died.returncode == -9
    run.refresh_from_db()
    assert run.state == ImportRun.State.WRITING and everything() == before
    assert ("tpm.imports.jobs.apply", run.pk) in runs.waiting()  # the sweeper finds it
    runs.apply(run.pk)
    run.refresh_from_db()
    assert run.state == ImportRun.State.APPLIED and Task.objects.count() == 2
    runs.apply(run.pk)  # a message that is delivered twice does nothing more
    assert Task.objects.count() == 2
