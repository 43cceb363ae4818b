"""The drawer of a task: edits in place, progress, links, reasons, history, undo."""

import json
import re
from datetime import date, datetime

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import Program
from projects.models import Dependency, Task
from tests.factories import plans
from tpm import recompute

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Program:
    """A (2 d) before B (3 d), and C (1 d) alone, from Monday 5 January 2026."""
    made = plans.program(data_date=date(2026, 1, 1))
    tasks = plans.tasks(plans.project(made), 2, 3, 1)
    plans.chain(tasks[:2])
    recompute.drain(made.pk)
    return made


@pytest.fixture
def browser(program: Program) -> Client:
    made = Client(headers={"HX-Request": "true"})
    made.force_login(plans.member("TPM", program).user)  # type: ignore[arg-type]
    return made


def task(program: Program, name: str) -> Task:
    return Task.objects.get(program=program, name=name)


def fields(one: Task, **new: str) -> dict[str, str]:
    """Return the form as the drawer shows it, with some fields changed."""
    days = f"{one.duration / 480:g} d"
    shown = {
        "version": str(one.version),
        "name": one.name,
        "duration": days,
        "constraint": str(int(one.constraint)),
    }
    return {f"task-{name}": value for name, value in (shown | new).items()}


def test_an_edit_in_place_is_saved_and_can_be_undone_from_the_toast(
    browser: Client, program: Program
) -> None:
    one = task(program, "A")
    answer = browser.post(reverse("projects:task-update", args=[one.pk]), fields(one, duration="4h"))
    assert answer.status_code == 200 and task(program, "A").duration == 240
    undo = json.loads(answer.headers["HX-Trigger"])["tpm:toast"]["undo"]["url"]
    assert browser.post(undo).status_code == 204
    assert task(program, "A").duration == 960


def test_a_wrong_duration_says_how_to_write_one(browser: Client, program: Program) -> None:
    one = task(program, "A")
    answer = browser.post(reverse("projects:task-update", args=[one.pk]), fields(one, duration="soon"))
    assert answer.status_code == 422 and "Write 5 d, 4 h or 90 min." in answer.content.decode()
    assert task(program, "A").duration == 960


def test_a_constraint_chosen_without_a_date_gets_the_present_one(browser: Client, program: Program) -> None:
    one = task(program, "B")
    code = str(int(Task.Constraint.SNET))
    browser.post(reverse("projects:task-update", args=[one.pk]), fields(one, constraint=code))
    assert task(program, "B").constraint_at == datetime(2026, 1, 7, 8)


def test_who_comes_second_to_the_same_field_sees_both_values_and_may_keep_their_own(
    browser: Client, program: Program
) -> None:
    one = task(program, "A")
    url = reverse("projects:task-update", args=[one.pk])
    browser.post(url, fields(one, name="First"))
    answer = browser.post(url, fields(one, name="Second"))
    page = answer.content.decode()
    assert answer.status_code == 422 and "it is now: First" in page and 'value="Second"' in page
    assert not Task.objects.filter(name="Second").exists()
    now = task(program, "First")
    assert f'name="task-version" value="{now.version}"' in page
    browser.post(url, fields(now, name="Second"))
    assert Task.objects.filter(name="Second").exists()


def test_two_edits_of_different_fields_are_both_kept(browser: Client, program: Program) -> None:
    one = task(program, "A")
    url = reverse("projects:task-update", args=[one.pk])
    browser.post(url, fields(one, duration="7 d"))
    assert browser.post(url, fields(one, name="Renamed")).status_code == 200
    assert task(program, "Renamed").duration == 7 * 480


def test_progress_completes_what_it_implies(browser: Client, program: Program) -> None:
    one = task(program, "A")
    form = {"progress-version": str(one.version), "progress-percent_complete": "100"}
    assert browser.post(reverse("projects:task-progress", args=[one.pk]), form).status_code == 200
    assert task(program, "A").actual_finish == datetime(2026, 1, 6, 17)


def test_the_drawer_says_why_the_task_is_where_it_is(browser: Client, program: Program) -> None:
    page = browser.get(reverse("projects:task-drawer", args=[task(program, "B").pk])).content.decode()
    assert "It starts when “A” has finished." in page
    assert f'data-drawer="task" data-id="{task(program, "A").pk}"' in page


def test_a_predecessor_is_added_by_its_name_and_removed(browser: Client, program: Program) -> None:
    after, before = task(program, "C"), task(program, "B")
    form = {"link-predecessor": "b", "link-kind": "0", "link-lag": "1d"}
    assert browser.post(reverse("projects:task-link", args=[after.pk]), form).status_code == 200
    link = Dependency.objects.get(predecessor=before, successor=after)
    assert link.lag == 480
    assert (
        browser.post(reverse("projects:task-unlink", args=[link.pk]) + f"?task={after.pk}").status_code == 200
    )
    assert not Dependency.objects.filter(pk=link.pk).exists()


def test_a_circle_stands_beside_the_form_that_would_close_it(browser: Client, program: Program) -> None:
    form = {"link-predecessor": "B", "link-kind": "0", "link-lag": ""}
    answer = browser.post(reverse("projects:task-link", args=[task(program, "A").pk]), form)
    assert answer.status_code == 422 and "would close a circle" in answer.content.decode()


def test_the_history_shows_before_and_after(browser: Client, program: Program) -> None:
    one = task(program, "A")
    browser.post(reverse("projects:task-update", args=[one.pk]), fields(one, duration="5 d"))
    page = browser.get(reverse("collaboration:talk", args=["task", one.pk])).content.decode()
    words = " ".join(re.sub(r"<[^>]*>", " ", page.replace("\u00a0", " ")).split())
    assert "Duration: 2 d → became 5 d" in words


def test_the_changes_tab_takes_a_change_back_unless_somebody_built_on_it(
    browser: Client, program: Program
) -> None:
    one = task(program, "A")
    url = reverse("projects:task-update", args=[one.pk])
    first = json.loads(browser.post(url, fields(one, name="First")).headers["HX-Trigger"])["tpm:toast"][
        "undo"
    ]["url"]
    browser.post(url, fields(task(program, "First"), name="Second"))
    refused = browser.post(first)
    assert refused.status_code == 409 and "changed since" in refused.content.decode()
    page = browser.get(reverse("projects:change-list", args=[program.pk])).content.decode()
    assert page.count("1 task changed") == 2
