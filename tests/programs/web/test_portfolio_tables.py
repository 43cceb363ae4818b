"""The table of a portfolio: what its address says, its sums, its bubbles, its files, and the policy behind its colours."""

import csv
import io
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from programs.models import PastReading, Portfolio, Program, RagPolicy, Reading
from programs.selectors import overviews, rag_policies
from projects.models import Project
from tests.api_client import Api
from tests.factories import plans
from tpm import recompute

pytestmark = pytest.mark.django_db


def signed_in(role: str, at: Portfolio | Program) -> Client:
    browser = Client()
    browser.force_login(plans.member(role, at).user)  # type: ignore[arg-type]
    return browser


def read(program: Program, **figures: Any) -> None:
    """Put figures where workers publish them; names with ``__`` for the dot."""
    Reading.objects.filter(program=program).delete()
    for name, value in figures.items():
        text = value if isinstance(value, str) else ""
        Reading.objects.create(
            program=program, key=name.replace("__", "."), value=None if text else value, text=text, revision=1
        )


def past(program: Program, key: str, *values: float) -> None:
    for day, value in enumerate(values, 1):
        PastReading.objects.create(
            program=program, key=key, value=Decimal(str(value)), revision=1, data_date=date(2026, 1, day)
        )


@pytest.fixture
def three() -> tuple[Portfolio, list[Program]]:
    portfolio = plans.portfolio()
    programs = [plans.program(portfolio, name=name) for name in ("Alpha", "Beta", "Gamma")]
    read(programs[0], plan__slip_wd=0, plan__finish="2026-06-01T17:00", cost__eac=900, cost__approved=1000,
         cost__ev=450, cost__pv=500, cost__ac=500, cost__spi=Decimal("0.9"), cost__cpi=Decimal("0.9"))  # fmt: skip
    read(programs[1], plan__slip_wd=12, plan__finish="2026-09-01T17:00", cost__eac=3000, cost__approved=2500,
         cost__ev=1000, cost__pv=1000, cost__ac=1000, cost__spi=1, cost__cpi=1)  # fmt: skip
    return portfolio, programs


def table(browser: Client, portfolio: Portfolio, **query: Any) -> Any:
    return browser.get(reverse("programs:portfolio-detail", args=[portfolio.pk]), query)


def names(answer: Any) -> list[str]:
    return [row.program.name for row in answer.context["rows"]]


def test_filters_by_health_manager_and_slippage_come_from_the_address(
    three: tuple[Portfolio, list[Program]],
) -> None:
    portfolio, programs = three
    manager = plans.user("Marta")
    plans.grant(manager, "TPM", programs[1])
    browser = signed_in("PO", portfolio)
    assert names(table(browser, portfolio, person=manager.pk)) == ["Beta"]
    assert names(table(browser, portfolio, q="marta")) == ["Beta"]
    assert names(table(browser, portfolio, slip="over10")) == ["Beta"]
    assert names(table(browser, portfolio, slip="kept")) == ["Alpha"]
    assert names(table(browser, portfolio, slip="unknown")) == ["Gamma"]
    # 12 wd late is off track; SPI 0.90 < 0.95 is to be watched; Gamma has no figures.
    assert names(table(browser, portfolio, health="bad")) == ["Beta"]
    assert names(table(browser, portfolio, health="watch")) == ["Alpha"]
    assert names(table(browser, portfolio, person="x", slip="y", health="z")) == ["Alpha", "Beta", "Gamma"]


def test_sums_are_worked_out_over_the_programs_that_have_the_figure(
    three: tuple[Portfolio, list[Program]],
) -> None:
    portfolio, _programs = three
    sums = table(signed_in("PO", portfolio), portfolio).context["sums"]
    assert (sums.eac, sums.approved, sums.over) == (3900, 3500, -400)
    # (450 + 1000) / (500 + 1000) and (450 + 1000) / (500 + 1000)
    assert round(sums.spi, 4) == round(sums.cpi, 4) == Decimal("0.9667")
    assert sums.slip_wd == 12 and sums.finish.date() == date(2026, 9, 1)
    assert sums.counted["eac"] == 2 and sums.programs == 3


def test_groups_have_their_own_sums_and_whatever_belongs_nowhere_comes_last(
    three: tuple[Portfolio, list[Program]],
) -> None:
    portfolio, programs = three
    plans.grant(plans.user("Zoe"), "TPM", programs[0])
    plans.grant(plans.user("Amir"), "TPM", programs[1])
    plans.project(programs[1], kind=Project.Kind.INFRASTRUCTURE)
    browser = signed_in("PO", portfolio)
    groups = table(browser, portfolio, group="owner").context["groups"]
    assert [(one.label, one.sums.eac) for one in groups] == [
        ("Amir", 3000),
        ("Zoe", 900),
        ("No manager", None),
    ]
    groups = table(browser, portfolio, group="health").context["groups"]
    assert [one.label for one in groups] == ["off track", "watch", "not rated"]
    groups = table(browser, portfolio, group="kind").context["groups"]
    assert [one.label for one in groups] == ["Infrastructure installation", "No kind, or of several"]


def test_a_trend_is_of_the_last_twelve_data_dates(three: tuple[Portfolio, list[Program]]) -> None:
    portfolio, programs = three
    past(programs[0], "plan.slip_wd", *range(14))
    past(programs[0], "cost.spi", 1, 0.9)
    browser = signed_in("PO", portfolio)
    [row] = [row for row in table(browser, portfolio).context["rows"] if row.program == programs[0]]
    assert row.trend == tuple(Decimal(n) for n in range(2, 14))
    answer = table(browser, portfolio, trend="spi")
    assert "SPI: from 1.0 to 0.9" in answer.content.decode()


def test_bubbles_are_links_with_words_and_say_what_they_leave_out(
    three: tuple[Portfolio, list[Program]],
) -> None:
    portfolio, programs = three
    page = table(signed_in("PO", portfolio), portfolio, view="bubbles").content.decode()
    address = reverse("programs:program-detail", args=[programs[1].pk])
    assert f'<a href="{address}" aria-label="Beta: off track, finish slippage +12' in page
    assert "Not drawn:" in page and "no baseline to compare with" in page


def test_the_next_milestone_is_the_first_that_is_not_reached() -> None:
    portfolio = plans.portfolio()
    program = plans.program(portfolio)
    project = plans.project(program)
    plans.tasks(project, 0, 0, is_milestone=True)
    plans.chain([*plans.tasks(project, 5), *plans.tasks(project, 0, is_milestone=True)])
    recompute.drain(program.pk)
    [row] = table(signed_in("PO", portfolio), portfolio).context["rows"]
    step = row.outlook.next_step
    assert step is not None and step.on.date() == date(2026, 1, 5) and "?task=" in step.url
    [row] = table(signed_in("SV", portfolio), portfolio).context["rows"]
    assert row.outlook.next_step is None, "a stakeholder reads no plan"


def test_the_file_has_the_rows_of_the_page(three: tuple[Portfolio, list[Program]]) -> None:
    portfolio, _programs = three
    answer = table(signed_in("PO", portfolio), portfolio, sort="-name", slip="late", export="csv")
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row["Program"] for row in rows] == ["Beta"]
    assert rows[0]["To approved"] == "-500.000000" and rows[0]["Health"] == "off track"


def test_a_rating_opens_its_rule_and_the_rule_its_policy(three: tuple[Portfolio, list[Program]]) -> None:
    portfolio, programs = three
    browser = signed_in("PO", portfolio)
    health = reverse("programs:program-health", args=[programs[1].pk])
    assert health in table(browser, portfolio).content.decode()
    part = browser.get(health, headers={"HX-Request": "true"}).content.decode()
    assert "because finish slippage 12 wd &gt; 10 wd (policy “Standard” v1)" in part
    assert reverse("programs:rag-policy", args=[portfolio.pk]) in part


def test_many_programs_take_as_many_queries_as_few(django_assert_num_queries: Any) -> None:
    portfolio = plans.portfolio()
    actor = plans.member("PO", portfolio)

    def asked(programs: int) -> list[overviews.ProgramRow]:
        for _ in range(programs):
            plans.grant(plans.user(), "TPM", plans.program(portfolio))
        actor.cache.clear()
        return overviews.of_portfolio(actor, portfolio)

    asked(1)
    with django_assert_num_queries(11):
        actor.cache.clear()
        overviews.of_portfolio(actor, portfolio)
    assert len(asked(79)) == 80
    with django_assert_num_queries(11):
        actor.cache.clear()
        overviews.of_portfolio(actor, portfolio)


def test_other_thresholds_are_tried_then_put_in_force_and_told(
    three: tuple[Portfolio, list[Program]],
) -> None:
    portfolio, _programs = three
    browser, url = signed_in("PO", portfolio), reverse("programs:rag-policy", args=[portfolio.pk])
    form = {"slippage_watch": "3", "slippage_bad": "15", "spi_watch": "0.95", "spi_bad": "0.85",
            "cpi_watch": "0.95", "cpi_bad": "0.85", "exposure_watch": "5", "exposure_bad": "10"}  # fmt: skip
    tried = browser.get(reverse("programs:rag-policy-preview", args=[portfolio.pk]), form)
    [one] = tried.context["recoloured"]
    assert (one.program.name, one.before, one.after) == ("Beta", "bad", "watch")
    assert browser.post(url, form | {"name": "Standard", "reason": ""}).status_code == 422
    assert browser.post(url, form | {"name": "Standard", "reason": "Long lead times"}).status_code == 302
    assert RagPolicy.objects.filter(portfolio=portfolio).latest("number").thresholds["exposure_watch"] == 0.05
    [newest, *_] = rag_policies.versions(plans.member("PO", portfolio), portfolio)
    assert (
        newest.reason == "Long lead times"
        and newest.author.startswith("PO of")
        and newest.changed == {"slippage_bad"}
    )
    assert names(table(browser, portfolio, health="bad")) == []
    assert "changed by this version" in browser.get(url).content.decode()
    mild = browser.post(url, form | {"name": "Standard", "reason": "No", "slippage_bad": "1"})
    assert mild.status_code == 422 and "do not fit together" in mild.content.decode()


def test_the_api_gives_versions_previews_and_takes_a_new_one(three: tuple[Portfolio, list[Program]]) -> None:
    portfolio, programs = three
    browser = signed_in("PO", portfolio)
    thresholds = {"slippage_watch": 3, "slippage_bad": 15, "spi_watch": 0.95, "spi_bad": 0.85,
                  "cpi_watch": 0.95, "cpi_bad": 0.85, "exposure_watch": 0.05, "exposure_bad": 0.1}  # fmt: skip
    json = {"content_type": "application/json"}
    tried = browser.post(reverse("api:rag-policy-preview", args=[portfolio.pk]), thresholds, **json)
    assert tried.json() == [{"program": programs[1].pk, "before": "bad", "after": "watch"}]
    refused = browser.post(
        reverse("api:rag-policy-preview", args=[portfolio.pk]), thresholds | {"slippage_bad": 1}, **json
    )
    assert refused.status_code == 400
    made = browser.post(
        reverse("api:portfolio-rag-policies", args=[portfolio.pk]),
        {"thresholds": thresholds, "reason": "Trial"},
        **json,
    )
    assert made.status_code == 201 and made.json()["number"] == 2


def test_the_api_sums_what_the_caller_sees_as_the_page_does(three: tuple[Portfolio, list[Program]]) -> None:
    portfolio, programs = three
    read(programs[2], plan__slip_wd=-2, cost__bac=700, cost__eac=800)
    api = Api(plans.member("AU", portfolio))
    [listed] = api.get("portfolios/").json()["results"]
    shown = api.get(f"portfolios/{portfolio.pk}/").json()["figures"]
    assert listed["figures"] == shown
    # 900 + 3000 + 800; (450 + 1000) / (500 + 1000); (450 + 1000) / (500 + 1000); the largest slippage.
    assert (shown["programs"], shown["eac"], shown["bac"]) == (3, "4700.00", "700.00")
    assert (shown["spi"], shown["cpi"], shown["finish_slippage"]) == ("0.9667", "0.9667", "12.00")
    assert shown["ratings"] == {"bad": 1, "watch": 1, "ok": 1, "none": 0}
    rows = api.get(f"portfolios/{portfolio.pk}/figures/").json()
    assert [(row["name"], row["eac"], row["next_gate"]) for row in rows] == [
        ("Alpha", "900.00", None), ("Beta", "3000.00", None), ("Gamma", "800.00", None),
    ]  # fmt: skip
    assert all(row["revision"] >= row["computed_revision"] for row in rows)
    # Who sees one program gets its sums; who may not read amounts gets none.
    one = Api(plans.member("AU", programs[0])).get(f"portfolios/{portfolio.pk}/").json()["figures"]
    assert (one["programs"], one["eac"], one["finish_slippage"]) == (1, "900.00", "0.00")
    worker = Api(plans.member("CO", portfolio)).get(f"portfolios/{portfolio.pk}/").json()["figures"]
    assert worker["eac"] is None and worker["spi"] is None and worker["finish_slippage"] == "12.00"
