"""Server time of the pages and calls that people wait for, on a program of 5,000 tasks in 10 projects.

    make bench ONLY=pages

Then the same pages in headless Chromium, as somebody sees them who has been here before: Largest Contentful Paint (median of five,
asked ≤ 1 s), what moves while the page comes, and what the first visit weighs, compressed.

Times are the server's own (``Server-Timing``), medians of many calls on one warm process, embedded PostgreSQL with fsync on.
"""

import http.client
import http.cookiejar
import os
import re
import shutil
import statistics
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from contextlib import suppress
from functools import partial
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tpm.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from playwright.sync_api import Error, Response, sync_playwright  # noqa: E402

from budgets.services import baselines  # noqa: E402
from programs.models import RecomputeState  # noqa: E402
from programs.services import portfolios  # noqa: E402
from tests.browser.conftest import FLAGS, NAMES  # noqa: E402
from tests.browser.test_pages import VITALS, _weigh  # noqa: E402
from tests.browser.visitors import DESK  # noqa: E402
from tests.factories import large, plans  # noqa: E402
from tests.stack import Stack  # noqa: E402
from tpm import recompute  # noqa: E402
from tpm.accounts import actors  # noqa: E402

TASKS, RUNS, LOOKS = 5000, 15, 5


class Browser:
    """A signed-in person without a screen."""

    def __init__(self, address: str, email: str) -> None:
        self.address = address
        cookies = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(cookies)
        page = self.opener.open(f"{address}/signin/").read().decode()
        token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert token
        fields = {"csrfmiddlewaretoken": token[1], "username": email, "password": plans.PASSWORD}
        request = urllib.request.Request(f"{address}/signin/", urllib.parse.urlencode(fields).encode())
        request.add_header("Referer", f"{address}/signin/")
        self.opener.open(request).read()

    def milliseconds(self, path: str) -> tuple[float, int]:
        """Return the server's time and the size of the answer."""
        with self.opener.open(self.address + path) as answer:
            size = len(answer.read())
            assert "/signin/" not in answer.geturl(), "not signed in"
            timing = re.search(r"dur=([\d.]+)", answer.headers["Server-Timing"])
            assert timing
            return float(timing[1]), size


def seen(address: str, email: str, pages: dict[str, str]) -> None:
    """Print what a browser says of the pages."""
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if chromium is None:
        print("no Chromium: pages were not looked at")
        return
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        print(f"in the browser, median of {LOOKS}; load {os.getloadavg()[0]:.1f}")
        for name, path in pages.items():
            context = browser.new_context(base_url=address, viewport=DESK, reduced_motion="reduce")
            page = context.new_page()
            page.goto("/signin/")
            page.locator("[name=username]").fill(email)
            page.locator("[name=password]").fill(plans.PASSWORD)
            page.keyboard.press("Enter")
            page.wait_for_url(lambda url: "/signin/" not in url)
            page.goto("about:blank")
            page.add_init_script(VITALS)
            weights: dict[str, int] = {}
            weigh = partial(_weighed, weights=weights)
            page.on("response", weigh)
            painted, shifts = [], []
            for _ in range(LOOKS + 1):
                page.goto(path)
                page.wait_for_load_state("load")
                page.wait_for_timeout(700)
                if not painted:
                    page.remove_listener("response", weigh)
                vitals = page.evaluate("() => window.vitals")
                painted.append(vitals["painted"])
                shifts.append(vitals["shift"])
            first, *later = painted
            middle = statistics.median(later)
            print(
                f"{name:>36} | LCP {middle:5.0f} ms{' (over 1 s)' if middle > 1000 else ''}, first visit {first:5.0f} ms"
                f" | shift {max(shifts):.3f} | {sum(weights.values()) / 1000:5.0f} kB"
            )
            context.close()
        browser.close()


def _weighed(answer: Response, weights: dict[str, int]) -> None:
    """Weigh an answer whose body the browser still has; those that it fetched for the page before are not this page's."""
    with suppress(Error):
        _weigh(answer, weights)


def main() -> None:
    call_command("migrate", verbosity=0)
    number = int(time.time())
    person = plans.user(f"Bench {number}")
    person.email = f"bench{number}@example.org"
    person.save()
    portfolio = portfolios.create(actor=actors.system(), name=f"Bench {number}", owner=person)
    plans.grant(person, "TPM", portfolio)
    program, ids = large.program(portfolio, TASKS, code=f"P{number}")
    while RecomputeState.objects.get(pk=program.pk).behind:
        recompute.drain(program.pk)
    baselines.take(actor=actors.system(), program=program, name="Agreed")
    while RecomputeState.objects.get(pk=program.pk).behind:
        recompute.drain(program.pk)
    pages = {
        "program page (≤ 200 ms)": f"/programs/{program.pk}/",
        "plan page": f"/programs/{program.pk}/plan/",
        "Gantt data, 5,000 tasks": f"/programs/{program.pk}/plan/data/",
        "milestones": f"/programs/{program.pk}/milestones/",
        "money page": f"/programs/{program.pk}/money/",
        "budget grid, 5,000 lines (≤ 250 ms)": f"/programs/{program.pk}/budget-grid/",
        "cash flow": f"/programs/{program.pk}/cash-flow/",
        "float paths into the last task": f"/tasks/{ids[-1]}/paths/",
        "risks page": f"/programs/{program.pk}/risks/",
        "portfolio page": f"/portfolios/{portfolio.pk}/",
        "API: 100 tasks (≤ 60 ms)": f"/api/v1/tasks/?program={program.pk}&limit=100",
        "API: status": f"/api/v1/programs/{program.pk}/status/",
    }
    with tempfile.TemporaryDirectory() as directory:
        stack = Stack(Path(directory))
        try:
            browser = Browser(stack.web(), person.email)
            print(f"server time, median of {RUNS} calls; load {os.getloadavg()[0]:.1f}")
            for name, path in pages.items():
                taken = [browser.milliseconds(path) for _ in range(RUNS + 2)][2:]
                times = [time_ for time_, _size in taken]
                print(
                    f"{name:>36} | {statistics.median(times):7.1f} ms   ({min(times):.0f}–{max(times):.0f}) | {taken[0][1] / 1024:7.0f} kB"
                )
            shown = {
                name: path for name, path in pages.items() if "/api/" not in path and "/data/" not in path
            }
            seen(browser.address, person.email, {"my day": "/"} | shown)
        finally:
            stack.stop()


if __name__ == "__main__":
    sys.exit(main())
