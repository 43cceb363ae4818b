"""My day and the search: what waits is shown, what is hidden is not found, and rows cost no queries."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from programs.models import PastReading, Reading, RecomputeState
from programs.services import reports
from projects.models import TaskSchedule
from risks.services import risks
from tests.factories import plans
from tpm import recompute

pytestmark = pytest.mark.django_db


def browser_of(actor: Any) -> Client:
    browser = Client()
    browser.force_login(actor.user)
    return browser


def test_my_day_names_what_waits_and_links_there() -> None:
    program = plans.program(data_date=date(2026, 3, 2))
    plans.tasks(plans.project(program), 2)
    recompute.drain(program.pk)
    RecomputeState.objects.filter(pk=program.pk).update(
        input_revision=99, attempts=8, error_message="No calendar"
    )
    page = browser_of(plans.member("TPM", program)).get(reverse("home")).content.decode()
    assert "No calendar" in page and reverse("programs:program-detail", args=[program.pk]) in page


def test_the_search_finds_by_all_words_what_the_person_may_see() -> None:
    program, foreign = plans.program(name="Harbour renewal"), plans.program(name="Harbour secret")
    browser = browser_of(plans.member("TPM", program))
    found = browser.get(
        reverse("search"), {"q": "renewal harb"}, headers={"Accept": "application/json"}
    ).json()["results"]
    assert [one["label"] for one in found if one["type"] == "program"] == ["Harbour renewal"]
    assert "secret" not in browser.get(reverse("search"), {"q": "harbour"}).content.decode()
    assert foreign.name == "Harbour secret"


def test_pages_ask_the_database_as_often_for_many_rows_as_for_one(django_assert_max_num_queries: Any) -> None:
    portfolio = plans.portfolio()
    actor = plans.member("TPM", portfolio)

    def grow(number: int) -> int:
        for _ in range(number):
            program = plans.program(portfolio)
            plans.chain(plans.tasks(plans.project(program), *([1] * 3), is_milestone=False))
            recompute.drain(program.pk)
        return int(program.pk)

    def counted(program: int) -> dict[str, int]:
        counts = {}
        for name, arguments in PAGES:
            url = reverse(
                name, args=[{"portfolio": portfolio.pk, "program": program}[one] for one in arguments]
            )
            browser = browser_of(actor)
            with django_assert_max_num_queries(40) as queries:
                assert browser.get(url).status_code == 200, url
            counts[name] = len(queries)
        return counts

    few = counted(grow(1))
    assert counted(grow(3)) == few


PAGES = [
    ("home", []),
    ("programs:portfolio-list", []),
    ("programs:portfolio-detail", ["portfolio"]),
    ("programs:program-detail", ["program"]),
    ("projects:gantt-data", ["program"]),
    ("projects:project-panel", ["program"]),
    ("projects:milestone-list", ["program"]),
    ("projects:change-list", ["program"]),
]


def day_of(actor: Any, **query: str) -> Any:
    return browser_of(actor).get(reverse("home"), query)


def test_stale_tasks_of_a_program_are_one_line_that_opens_their_list_one_s_own_first() -> None:
    program, other = (
        plans.program(name="Mine", data_date=date(2026, 3, 2)),
        plans.program(data_date=date(2026, 3, 2)),
    )
    manager = plans.member("TPM", program)
    plans.grant(manager.user, "TPM", other)
    for one in (other, program):
        plans.tasks(plans.project(one, manager=manager.user if one == program else None), 2, 3)
        recompute.drain(one.pk)
        # Unfinished work can not lie before the data date: it is late against what was agreed.
        TaskSchedule.objects.filter(program=one).update(baseline_finish=datetime(2026, 1, 9, 17))
    needs = day_of(manager).context["needs"]
    [mine] = [line for line in needs.mine if line.mark == "task"]
    [theirs] = [line for line in needs.others if line.mark == "task"]
    assert mine.text == "Progress stale: 2 tasks" and mine.why.startswith("Mine · the oldest was due")
    assert mine.url == f"{reverse('projects:task-list', args=[program.pk])}?show=stale"
    assert theirs.url.startswith(reverse("projects:task-list", args=[other.pk]))
    listed = browser_of(manager).get(mine.url).context["rows"]
    assert [task.name for task in listed] == ["A", "B"]


def test_a_budget_hurts_when_its_estimate_is_over_or_grew_and_a_risk_when_its_review_is_near() -> None:
    portfolio = plans.portfolio()
    over, grew, calm = (plans.program(portfolio, name=name) for name in ("Over", "Grew", "Calm"))
    figures = {over: (1100, 1000), grew: (900, 1000), calm: (900, 1000)}
    for program, (eac, approved) in figures.items():
        for key, value in (("cost.eac", eac), ("cost.approved", approved)):
            Reading.objects.create(program=program, key=key, value=value, revision=1)
    for day, value in ((date(2026, 1, 5), 800), (date(2026, 2, 2), 900)):
        PastReading.objects.create(program=grew, key="cost.eac", value=value, revision=1, data_date=day)
    owner = plans.member("TPM", portfolio)
    soon = timezone.localdate() + timedelta(days=9)
    risks.create(actor=owner, program=calm, title="Late vendor", probability=0.5, impact_days=3, owner=owner.user,
                 trigger="No letter by Friday", review_on=soon)  # fmt: skip
    risks.create(
        actor=owner, program=calm, title="Far away", probability=0.5, review_on=soon + timedelta(days=30)
    )
    hurts = day_of(owner).context["hurts"]
    [risk] = hurts.mine
    assert risk.text == "R-1 Late vendor" and "trigger: No letter by Friday" in risk.why
    # 100 / 1000 over; 100 / 800 grown since 5 January.
    budgets = [(line.text, line.side.replace("\u00a0", " ")) for line in hurts.others if line.mark == "money"]
    assert budgets == [("Over: budget", "−10.0 %"), ("Grew: budget", "+12.5 %")]


def test_my_day_looks_back_as_far_as_it_is_told() -> None:
    program = plans.program(data_date=date(2026, 3, 2))
    actor = plans.member("TPM", program)
    week, yesterday = (day_of(actor, since=key).context["since"] for key in ("week", "yesterday"))
    assert (yesterday - week) == timedelta(days=6)
    assert day_of(actor, since="nonsense").context["choice"] == "visit"
    drafted = reports.compose(actor=actor, program=program, title="March")
    lines = day_of(actor).context["needs"].mine
    assert [line.url for line in lines if line.mark == "report"] == [
        reverse("programs:report-edit", args=[drafted.pk])
    ]
