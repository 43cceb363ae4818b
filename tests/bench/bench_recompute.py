"""From a PATCH to the published truth: task 1 slips by five working days, everything behind it moves; then one in the middle.

    make bench ONLY=recompute        (SIZES="500 5000" chooses; default 500 5000 20000 100000, and a chain of 5000)

The web server, one worker and the embedded PostgreSQL run as in production (fsync on). *published* is the time from sending the
PATCH to the moment at which the API answers that the program is current and the last task (of an edit in the middle: the edited one)
shows its new date.
"""

import http.client
import json
import os
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tpm.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.utils import timezone  # noqa: E402

from programs.models import RecomputeState  # noqa: E402
from programs.services import portfolios  # noqa: E402
from tests.factories import large, plans  # noqa: E402
from tests.stack import Stack  # noqa: E402
from tpm import recompute  # noqa: E402
from tpm.accounts import actors, tokens  # noqa: E402
from tpm.accounts.models import ApiToken, User  # noqa: E402

RUNS = 5
FIVE_DAYS = 5 * 480


class Client:
    """One keep-alive connection with a token, as an integration has it."""

    def __init__(self, address: str, secret: str) -> None:
        self.link = http.client.HTTPConnection(urlsplit(address).netloc, timeout=120)
        self.headers = {"Authorization": f"Bearer {secret}", "Content-Type": "application/json"}

    def __call__(
        self, method: str, path: str, body: Any = None, **headers: str
    ) -> tuple[dict[str, Any], dict[str, str]]:
        text = None if body is None else json.dumps(body)
        self.link.request(method, f"/api/v1{path}", text, self.headers | headers)
        answer = self.link.getresponse()
        read = answer.read()
        if answer.status >= 400:
            raise SystemExit(f"{method} {path}: {answer.status} {read.decode()[:500]}")
        return json.loads(read), {name.lower(): value for name, value in answer.getheaders()}


def _owner() -> tuple[User, str]:
    person = User.objects.filter(email="bench@example.org").first() or User.objects.create_user(
        "bench@example.org", plans.PASSWORD, name="Bench"
    )
    _token, secret = tokens.issue(
        user=person, name="bench", scope=ApiToken.Scope.WRITE, expires_at=timezone.now() + timedelta(days=1)
    )
    return person, secret


def measure(client: Client, person: User, tasks: int, *, chain: bool) -> None:
    number = int(time.time() * 1000)
    portfolio = portfolios.create(actor=actors.system(), name=f"Bench {number}", owner=person)
    plans.grant(person, "TPM", portfolio)
    program, ids = large.program(portfolio, tasks, chain=chain, code=f"B{number}")
    while RecomputeState.objects.get(pk=program.pk).behind:
        recompute.drain(program.pk)  # or the worker, whoever claims it first
        time.sleep(0.1)
    name = f"chain of {tasks}" if chain else f"{tasks} tasks"
    _edit(client, program.pk, name, ids[0], ids[-1])
    if not chain:
        _edit(client, program.pk, "… in the middle", ids[tasks // 2], ids[tasks // 2])


def _edit(client: Client, program: int, name: str, first: int, last: int) -> None:
    """Let the task ``first`` slip and wait until ``last`` has moved; print the medians."""
    published, answered, engine, worker = [], [], [], []
    for _ in range(RUNS):
        task, headers = client("GET", f"/tasks/{first}/")
        before, _h = client("GET", f"/tasks/{last}/")
        started = time.perf_counter()
        client(
            "PATCH",
            f"/tasks/{first}/",
            {"duration": task["duration"] + FIVE_DAYS},
            **{"If-Match": headers["etag"]},
        )
        answered.append((time.perf_counter() - started) * 1000)
        while True:
            status, _h = client("GET", f"/programs/{program}/status/")
            if status["state"] == "current":
                break
            time.sleep(0.01)
        after, _h = client("GET", f"/tasks/{last}/")
        published.append((time.perf_counter() - started) * 1000)
        if after["schedule"]["finish"] <= before["schedule"]["finish"]:
            raise SystemExit(f"the last task did not move: {before['schedule']} → {after['schedule']}")
        state = RecomputeState.objects.get(pk=program)
        engine.append(state.engine_ms or 0.0)
        worker.append(float(state.duration_ms or 0))
    figures = [f"{statistics.median(values):8.0f}" for values in (answered, worker, published)]
    print(
        f"{name:>16} | {figures[0]} | {statistics.median(engine):8.1f} | {figures[1]} | {figures[2]}"
        f"   ({min(published):.0f}–{max(published):.0f})",
        flush=True,
    )


def main() -> None:
    call_command("migrate", verbosity=0)
    person, secret = _owner()
    with tempfile.TemporaryDirectory() as directory:
        stack = Stack(Path(directory))
        try:
            client = Client(stack.web(), secret)
            stack.worker(concurrency=1, beat=True)
            print(f"median of {RUNS} runs, milliseconds; load {os.getloadavg()[0]:.1f}")
            print("            plan | answered |   engine |   worker | published")
            sizes = [int(size) for size in os.environ.get("SIZES", "500 5000 20000 100000").split()]
            for size in sizes:
                measure(client, person, size, chain=False)
            measure(client, person, 5000, chain=True)
        finally:
            stack.stop()


if __name__ == "__main__":
    sys.exit(main())
