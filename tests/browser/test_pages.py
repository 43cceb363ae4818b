"""Every page, in light and dark, on a desk and on a phone: no barrier, no error, nothing from elsewhere, nothing cut off."""

import gzip
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from playwright.sync_api import Page

from budgets.models import CapitalRequest, Estimate, LabourRate, PurchaseOrder, Timesheet, Vendor
from programs.models import Program, StatusReport, WorkCalendar
from projects.models import Gate, Task
from risks.models import Risk
from tests.browser.visitors import DESK, PHONE, TABLET, Gantt, Visitor
from tests.factories import plans
from tpm.accounts.models import User
from tpm.demo import loading

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]

#: Addresses that are no page: parts of pages, data, files, acts, and doors that only the signed-out meet.
NO_PAGE = (
    "api", "metrics", "healthz", "readyz", "events", "live", "welcome", "signin", "signout",
    "menu", "limits", "update", "bulk", "cancel", "preview", "panel", "data", "edits", "options", "star", "recompute", "computation", "computed", "figures", "choose", "blank",
    "paste", "open", "mark", "delivery", "revoke", "delete", "discard", "publish", "undo", "remove", "progress", "links", "months", "export", "link",
    "staffing", "submit", "vote", "book-actual", "book-contract", "withdraw", "facts", "confirm", "end", "active", "done", "close", "take", "tasks", "list", "report.pdf", "baselines", "cost-lines", "actuals", "contracts",
    "set", "decide", "criteria", "settle", "feeds", "simulation", "simulate", "budgets", "approve", "cost", "issue", "forecast", "return", "reopen", "template", "templates", "method", "rows", "apply", "revert", "rates", "calendar", "years", "categories",
    "place", "deliveries", "invoices",
)  # fmt: skip
#: Parts that live inside a drawer or a dialog, and pages that need an object the demo has not.
PARTS = {
    "budgets:estimate-import", "projects:task-cell", "risks:risk-cell", "budgets:cost-line-cell", "download-detail", "download-file",
    "programs:action-drawer", "programs:action-edit", "programs:action-create",
    "saved-view-create", "saved-view-edit", "saved-view-open",
    "projects:project-panel", "projects:task-drawer", "projects:change-detail", "risks:risk-drawer", "risks:risk-create",
    "risks:risk-edit", "budgets:project-table-panel", "budgets:budget-grid-table", "projects:program-movement", "accounts:theme",
}  # fmt: skip
PAGES_OF_CHART = {"projects:program-plan"}


@dataclass
class Demo:
    boss: User
    program: Program
    arguments: dict[str, Any]


@pytest.fixture(scope="module")
def demo(stack: object) -> Demo:
    """The demo portfolio; the program in trouble."""
    world = loading.load("a password nobody types")
    program = world.programs["METER"]
    arguments = {
        "portfolios": world.portfolio.pk,
        "programs": program.pk,
        "projects": next(iter(world.projects.values())).pk,
        "calendars": WorkCalendar.objects.filter(portfolio=world.portfolio)[0].pk,
        "tasks": Task.objects.filter(program=program)[3].pk,
        "risks": Risk.objects.filter(program=program)[0].pk,
        "estimates": Estimate.objects.filter(program=program, state="draft")[0].pk,
        "timesheets": Timesheet.objects.filter(program=program, state="submitted")[0].pk,
        "labour-rates": LabourRate.objects.filter(portfolio=world.portfolio)[0].pk,
        "gates": Gate.objects.filter(program=program, project=None, position=3)[0].pk,
        "vendors": Vendor.objects.filter(portfolio=world.portfolio, orders__isnull=False)[0].pk,
        "orders": PurchaseOrder.objects.filter(program=program)[0].pk,
        "capex": CapitalRequest.objects.filter(program=program, state="submitted")[0].pk,
    }
    for state, name in (("published", "reports"), ("draft", "drafts")):
        if report := StatusReport.objects.filter(program=program, state=state).first():
            arguments[name] = report.pk
    # One person who may do everything: pages are seen at their fullest.
    boss = world.cast.users["admin"]
    for role in ("PO", "TPM", "FC"):
        plans.grant(boss, role, world.portfolio)
    return Demo(boss, program, arguments)


def _routes(patterns: Any, before: str = "", space: str = "") -> Iterator[tuple[str, str]]:
    """Yield (name, route) of all addresses."""
    for one in patterns:
        if isinstance(one, URLResolver):
            inner = f"{space}{one.namespace}:" if one.namespace else space
            yield from _routes(one.url_patterns, before + str(one.pattern), inner)
        elif isinstance(one, URLPattern) and one.name:
            yield space + one.name, before + str(one.pattern)


def pages(demo: Demo) -> dict[str, str]:
    """Return the address of every page by its name, with the demo's objects in it."""
    found = {}
    for name, route in _routes(get_resolver().url_patterns):
        words = {part.strip("<>") for part in route.strip("/").split("/")}
        if name in PARTS or words & set(NO_PAGE) or "export" in route or "." in route:
            continue
        if "<" not in route:
            found[name] = reverse(name)
        elif route.count("<") == 1 and "<int:pk>" in route:
            noun = "drafts" if name == "programs:report-edit" else route.split("/")[0]
            if noun in demo.arguments:
                found[name] = reverse(name, args=[demo.arguments[noun]])
    return found


def _arrive(visitor: Visitor, name: str, address: str) -> None:
    visitor.open(address)
    if name in PAGES_OF_CHART:
        Gantt(visitor).ready()


#: Colours fade into each other when the scheme changes; contrast is measured at the end of it. (A browser without a window now
#: and then draws no frame; that is not waited for.)
FADED = """() => new Promise((done) => { setTimeout(done, 2000); requestAnimationFrame(() => requestAnimationFrame(() => {
  for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
  done();
})); })"""
#: What reaches beyond the window and is in nothing that scrolls or clips, outermost first.
WIDEST = """() => {
  const held = (one) => one && (getComputedStyle(one).overflowX !== 'visible' || held(one.parentElement));
  return [...document.querySelectorAll('body *')]
    .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !held(one.parentElement))
    .slice(0, 5).map((one) => `${one.tagName}.${one.getAttribute('class')}`);
}"""
#: Collects what the browser says of a page as it comes: what moved without being asked to, and when the largest part was there.
VITALS = """(() => {
  window.vitals = { shift: 0, moved: [], painted: 0 };
  const name = (node) => node?.nodeType === 1 ? `${node.tagName.toLowerCase()}.${node.getAttribute('class') ?? ''}#${node.id}` : node?.nodeName;
  new PerformanceObserver((list) => {
    for (const one of list.getEntries()) if (!one.hadRecentInput) {
      window.vitals.shift += one.value;
      if (one.value > 0.002) window.vitals.moved.push(...one.sources.slice(0, 3).map((source) => name(source.node)));
    }
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => { window.vitals.painted = list.getEntries().at(-1).startTime; })
    .observe({ type: 'largest-contentful-paint', buffered: true });
})()"""
MOST_SHIFT = 0.02  # of the window, summed over the load; 0.1 is what is commonly called good
LOOKS = [(device, scheme) for device in ("desk", "phone") for scheme in ("light", "dark")]


def test_every_page_is_without_barriers_errors_and_foreign_requests_in_light_dark_and_on_a_phone(
    visit: Visit, demo: Demo
) -> None:
    visitor = visit(demo.boss)
    page = visitor.page
    wrong: list[str] = []
    addresses = pages(demo)
    assert len(addresses) > 20
    page.add_init_script(VITALS)
    painted: dict[str, int] = {}
    for name, address in addresses.items():
        page.set_viewport_size(DESK)
        page.emulate_media(color_scheme="light")
        try:
            _arrive(visitor, name, address)
        except Exception as error:
            wrong.append(f"{name}: {str(error).splitlines()[0]}")
            continue
        vitals = page.evaluate("() => window.vitals")
        painted[name] = round(vitals["painted"])
        if vitals["shift"] > MOST_SHIFT:
            wrong.append(
                f"{name}: its parts move by {vitals['shift']:.3f} while it comes: {vitals['moved'][:6]}"
            )
        page.set_viewport_size(TABLET)
        wrong += _too_wide(page, f"{name} (tablet)")
        for device, scheme in LOOKS:
            page.set_viewport_size(DESK if device == "desk" else PHONE)
            page.emulate_media(color_scheme=scheme)
            page.evaluate(FADED)
            # Dark differs from light in colours alone.
            found = visitor.axe(only="" if scheme == "light" else "color-contrast")
            wrong += [f"{name} ({device}, {scheme}): {one}" for one in found]
            wrong += _too_wide(page, f"{name} ({device})")
            if (device == "desk") == (scheme == "light"):  # a picture costs time: the two that differ most
                visitor.screenshot(f"{name.replace(':', '-')}-{device}-{scheme}")
    slowest = sorted(painted.items(), key=lambda one: -one[1])
    print("\nlargest contentful paint, ms:", ", ".join(f"{name} {ms}" for name, ms in slowest))
    assert not wrong, "\n".join(wrong)


def _too_wide(page: Page, name: str) -> list[str]:
    """Say by how much a page is wider than its window, and what makes it so."""
    wider = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    return [f"{name}: {wider} px wider than the window: {page.evaluate(WIDEST)}"] if wider > 0 else []


def test_the_picture_of_the_readme_is_taken_from_the_demo(visit: Visit, demo: Demo) -> None:
    visitor = visit(demo.boss, viewport={"width": 1440, "height": 900})
    visitor.open(reverse("projects:program-plan", args=[demo.program.pk]))
    visitor.live()
    Gantt(visitor).ready()
    visitor.page.keyboard.press("Escape")
    path = visitor.screenshot("readme")
    assert 20_000 < path.stat().st_size < 250_000


def test_no_page_weighs_more_than_250_kb_besides_the_chart(visit: Visit, demo: Demo) -> None:
    heavy: list[str] = []
    weighed: dict[str, int] = {}
    for name, address in pages(demo).items():
        if name not in PAGES_OF_CHART | {
            "home",
            "programs:portfolio-detail",
            "programs:program-detail",
            "budgets:program-money",
        }:
            continue
        visitor = visit(demo.boss)
        weights: dict[str, int] = {}
        visitor.page.on("response", lambda answer, weights=weights: _weigh(answer, weights))
        _arrive(visitor, name, address)
        kilobytes = sum(weights.values()) // 1000
        weighed[name] = kilobytes
        if kilobytes > 250:
            heavy.append(f"{name}: {kilobytes} kB")
        visitor.close()
    print(f"\nfirst load, compressed: {weighed}")
    assert weighed and not heavy, heavy


def _weigh(answer: Any, weights: dict[str, int]) -> None:
    """Count what an answer weighs as a server in production sends it."""
    if (
        "/gantt/" in answer.url
        or "program-gantt" in answer.url
        or "gantt.css" in answer.url
        or "/events/" in answer.url
    ):
        return
    if answer.status == 200:
        weights[answer.url] = len(gzip.compress(answer.body(), 6))
