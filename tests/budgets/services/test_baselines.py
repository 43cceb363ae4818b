"""What a program may ask of a baseline: a passing quality score, or a waiver in writing."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from budgets.services import baselines
from programs.models import Program
from projects.models import Baseline, Dependency
from projects.services import plans as options
from tests.factories import plans
from tests.factories.browsers import HTMX, browser
from tpm import activity, recompute
from tpm.accounts import actors

pytestmark = pytest.mark.django_db
SYSTEM = actors.system()


@pytest.fixture
def program() -> Program:
    """A chain of forty tasks (2 of 40 open ends: exactly 5 %), and one link with a lead, which is never allowed."""
    made = plans.program(starts_on=date(2026, 1, 5))
    tasks = plans.tasks(plans.project(made), *[1] * 40)
    plans.chain(tasks)
    lead(made, -240)
    options.update(actor=SYSTEM, program=made, baseline_gate=True)
    recompute.drain(made.pk)
    return made


def lead(program: Program, minutes: int) -> None:
    link = Dependency.objects.filter(program=program).earliest("pk")
    with activity.change(actor=SYSTEM, event="projects.plan.changed", programs=[program]) as change:
        change.update(link, lag=minutes)


def test_a_plan_that_fails_a_check_is_refused_by_name_and_nothing_is_kept(program: Program) -> None:
    with pytest.raises(
        baselines.BelowGate, match=r"needs a quality score of 100 %.*Failed: Leads\."
    ) as refused:
        baselines.take(actor=SYSTEM, program=program, name="Agreed", waiver="  ")
    assert refused.value.failed == ("leads",)
    assert not Baseline.objects.exists()


def test_a_waiver_lets_it_pass_and_is_kept_with_the_score(program: Program) -> None:
    taken = baselines.take(actor=SYSTEM, program=program, name="Agreed", waiver="The supplier insists.")
    taken.refresh_from_db()
    # Nine checks give a verdict (no baseline yet, no data date: 9, 11, 13 and 14 do not apply, 10 never does): 8 of 9 passed.
    assert (taken.quality_score, taken.failed_checks) == (8 * 100 // 9, ["leads"])
    assert taken.waiver == "The supplier insists."


def test_a_lower_passing_score_or_a_mended_plan_needs_no_waiver_and_keeps_none(program: Program) -> None:
    options.update(actor=SYSTEM, program=program, passing_score=88)
    recompute.drain(program.pk)
    assert baselines.take(actor=SYSTEM, program=program, name="Agreed", waiver="not needed").waiver == ""
    options.update(actor=SYSTEM, program=program, passing_score=100)
    lead(program, 0)
    recompute.drain(program.pk)
    taken = baselines.take(actor=SYSTEM, program=program, name="Mended")
    assert (taken.quality_score, taken.failed_checks) == (100, [])


def test_browser_and_api_ask_for_the_waiver_and_take_it(program: Program) -> None:
    page = browser(plans.member("TPM", program))
    url = reverse("budgets:baseline-take", args=[program.pk])
    assert "asks for 100 %. Failed: Leads" in page.get(url).content.decode()
    said = {"name": "Agreed", "reason": "gate 2", "refer": "on"}
    refused = page.post(url, said)
    assert (refused.status_code, Baseline.objects.count()) == (422, 0)
    assert "write a waiver" in refused.content.decode()
    assert page.post(url, said | {"waiver": "Agreed by the board."}, headers=HTMX).status_code == 204
    recompute.drain(program.pk)
    assert (
        "Agreed by the board."
        in page.get(reverse("projects:baseline-list", args=[program.pk])).content.decode()
    )

    def ask(**body: Any) -> Any:
        address = f"/api/v1/programs/{program.pk}/baselines/"
        return page.post(address, json.dumps({"name": "Second", **body}), content_type="application/json")

    problem = ask().json()
    assert (problem["code"], problem["errors"][0]["pointer"]) == ("below_gate", "/waiver")
    assert problem["errors"][0]["failed"] == ["leads"]
    taken = ask(waiver="Agreed again.").json()
    assert (taken["failed_checks"], taken["waiver"]) == (["leads"], "Agreed again.")
    assert page.get(f"/api/v1/baselines/{taken['id']}/").json()["waiver"] == "Agreed again."


def test_the_twelfth_is_refused_with_what_to_do() -> None:
    made = plans.program()
    recompute.drain(made.pk)
    with activity.change(actor=SYSTEM, event="tests", programs=[made]) as change:
        for number in range(11):
            change.create(Baseline(program=made, number=number, name=f"B{number}", revision=1))
    recompute.drain(made.pk)
    with pytest.raises(
        ValidationError, match=r"none of them can be deleted.*Measure against one of the eleven"
    ):
        baselines.take(actor=SYSTEM, program=made, name="Twelfth")
