"""Two baselines compared on screen, as a file and by API; and another baseline behind the bars of the Gantt."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from budgets.services import baselines, cost_lines
from programs.models import Program
from projects.models import Baseline, Plan, Task
from projects.services import plan_edits
from projects.services.commands import DeleteTask, UpdateTask
from tests.factories import plans
from tests.factories.browsers import HTMX, browser
from tpm import recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


@pytest.fixture
def program() -> Program:
    """A (2 d) before B (3 d), C (1 d): baseline "First". Then A takes 4 d, C goes: baseline "Second", in use."""
    made = plans.program(starts_on=date(2026, 1, 5))
    a, b, c = plans.tasks(plans.project(made), 2, 3, 1)
    plans.chain([a, b])
    cost_lines.create(actor=SYSTEM, program=made, task=c, name="Work", amount=Decimal("12.50"))
    recompute.drain(made.pk)
    baselines.take(actor=SYSTEM, program=made, name="First")
    longer = UpdateTask(a.pk, Task.objects.get(pk=a.pk).version, {"duration": 4 * 480})
    plan_edits.apply(actor=SYSTEM, program=made, commands=[longer, DeleteTask(c.pk, c.version)])
    recompute.drain(made.pk)
    baselines.take(actor=SYSTEM, program=made, name="Second")
    recompute.drain(made.pk)
    return made


def ids() -> tuple[int, int]:
    return Baseline.objects.get(name="First").pk, Baseline.objects.get(name="Second").pk


def test_the_page_shows_what_went_struck_through_and_filters_by_address(program: Program) -> None:
    client, (first, second) = browser(plans.member("TPM", program)), ids()
    url = reverse("budgets:baseline-compare", args=[program.pk])
    page = client.get(f"{url}?from={first}&to={second}").content.decode()
    assert "<del>C</del>" in page
    assert f"?from={first}&amp;to={second}&amp;change=removed" in page
    removed = client.get(f"{url}?from={first}&to={second}&change=removed", headers=HTMX).content.decode()
    assert "<del>C</del>" in removed
    assert 'data-drawer="task"' not in removed
    assert "No task differs" in client.get(url).content.decode()  # from the baseline in use to the plan now
    assert client.get(f"{url}?change=better").status_code == 404
    stranger = plans.program()
    assert client.get(reverse("budgets:baseline-compare", args=[stranger.pk])).status_code == 404


def test_the_file_holds_the_rows_of_the_address(program: Program) -> None:
    client, (first, second) = browser(plans.member("TPM", program)), ids()
    url = reverse("budgets:baseline-compare-export", args=[program.pk, "csv"])
    lines = client.get(f"{url}?from={first}&to={second}").content.decode("utf-8-sig").splitlines()
    assert [line.split(",")[2] for line in lines] == ["Task", "A", "B", "C"]
    assert lines[3].endswith("12.50,,-12.50")
    assert client.get(url.replace("csv", "doc")).status_code == 404


def test_the_api_answers_totals_and_pages_of_rows(program: Program) -> None:
    client, (first, second) = browser(plans.member("TPM", program)), ids()

    def ask(address: str) -> Any:
        return client.get(address).json()

    answer = ask(f"/api/v1/programs/{program.pk}/baselines/compare/?from={first}&to={second}&limit=2")
    assert (answer["from"], answer["to"], answer["total"]["changed"]) == (first, second, 3)
    assert (answer["total"]["cost_before"], answer["total"]["cost_delta"]) == ("12.50", "-12.50")
    assert [row["name"] for row in answer["results"]] == ["A", "B"]
    assert [row["name"] for row in ask(answer["next"])["results"]] == ["C"]
    wrong = ask(f"/api/v1/programs/{program.pk}/baselines/compare/?change=better&limit=0&page=2")
    assert {one["pointer"] for one in wrong["errors"]} == {"?change", "?limit", "?page"}
    assert ask(f"/api/v1/programs/{plans.program().pk}/baselines/compare/")["status"] == 404


def test_the_gantt_shows_another_baseline_without_changing_the_one_in_use(program: Program) -> None:
    client, (first, second) = browser(plans.member("TPM", program)), ids()
    url = reverse("projects:gantt-data", args=[program.pk])

    def told(client: Client, query: str = "") -> tuple[Any, Any]:
        answer = client.get(url + query).json()
        return answer["baselines"], dict(
            zip(answer["tasks"]["name"], answer["tasks"]["slip_wd"], strict=True)
        )

    assert told(client) == (
        {
            "choices": [{"id": second, "name": "Second"}, {"id": first, "name": "First"}],
            "used": second,
            "shown": None,
        },
        {"A": 0, "B": 0},
    )
    menu, slips = told(client, f"?baseline={first}")
    assert (menu["shown"], slips) == (first, {"A": 2, "B": 2})
    assert told(client, "?baseline=999999")[0]["shown"] is None
    assert Plan.objects.get(pk=program.pk).baseline_id == second
