"""Server time of the pages and calls that people wait for, on a program of 5,000 tasks in 10 projects.

    make bench ONLY=pages

Times are the server's own (``Server-Timing``), medians of many calls on one warm process, embedded PostgreSQL with fsync on.
"""

import http.client
import http.cookiejar
import os
import re
import statistics
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tpm.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from budgets.services import baselines  # noqa: E402
from programs.models import RecomputeState  # noqa: E402
from programs.services import portfolios  # noqa: E402
from tests.factories import large, plans  # noqa: E402
from tests.stack import Stack  # noqa: E402
from tpm import recompute  # noqa: E402
from tpm.accounts import actors  # noqa: E402

TASKS, RUNS = 5000, 15


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
        finally:
            stack.stop()


if __name__ == "__main__":
    sys.exit(main())
