"""From a PATCH to the published truth: task 1 slips by five working days, everything behind it moves; then one in the middle.

    make bench ONLY=recompute        (SIZES="500 5000" chooses; default 500 5000 20000 100000, and a chain of 5000)

The web server, one worker and the embedded PostgreSQL run as in production (fsync on); the plan has a baseline, so that every slip shows.
*worker* is from its snapshot to its commit, of that *reading*, *engines* (dates; money is counted beside the writing) and *publishing*.
*CPU* is what the worker and the database's processes used meanwhile (the database's with the API's own queries): on a busy machine it says
more than the clock. *published* is the time from sending the
PATCH to the moment at which the API answers that the program is current and the last task (of an edit in the middle: the edited one)
shows its new date.
"""

import http.client
import json
import os
import re
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
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from budgets.services import baselines  # noqa: E402
from programs.models import RecomputeState  # noqa: E402
from programs.services import portfolios  # noqa: E402
from projects.services import ledger  # noqa: E402
from tests.factories import large, plans  # noqa: E402
from tests.stack import Stack, children  # noqa: E402
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


class Processes:
    """What the worker and the database use, and what the worker says about its computations."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.worker = stack.worker(concurrency=1, beat=True).pid
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.database = _parent(cursor.fetchone()[0])

    def cpu(self) -> tuple[float, float]:
        """Return the milliseconds that worker and database used until now."""
        return tuple(  # type: ignore[return-value]
            sum(map(_milliseconds, [pid, *children(pid)])) for pid in (self.worker, self.database)
        )

    def split(self, program: int, revision: int) -> tuple[float, float, float] | None:
        """Return reading, engines, publishing of one computation, if this worker made it."""
        for line in reversed(self.stack.log("worker").splitlines()):
            said = dict(re.findall(r"(\w+)['\"]?[=:] ?(\d+)", line)) if "recomputed" in line else {}
            if (said.get("program"), said.get("revision")) == (str(program), str(revision)):
                return float(said["reading_ms"]), float(said["engines_ms"]), float(said["publishing_ms"])
        return None


def _stat(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()


def _parent(pid: int) -> int:
    return int(_stat(pid)[1])


def _milliseconds(pid: int) -> float:
    try:
        own = _stat(pid)
    except OSError:
        return 0.0
    return sum(map(int, own[11:15])) * 1000 / os.sysconf("SC_CLK_TCK")  # with those of children that ended


def measure(
    client: Client,
    person: User,
    processes: Processes,
    tasks: int,
    *,
    chain: bool = False,
    agreed: bool = True,
) -> None:
    number = int(time.time() * 1000)
    portfolio = portfolios.create(actor=actors.system(), name=f"Bench {number}", owner=person)
    plans.grant(person, "TPM", portfolio)
    program, ids = large.program(portfolio, tasks, chain=chain, code=f"B{number}")
    _settle(program.pk)
    if agreed:
        baselines.take(actor=actors.system(), program=program, name="Agreed")
        _settle(program.pk)
    name = f"chain of {tasks}" if chain else f"{tasks} tasks" if agreed else "no baseline"
    _edit(client, processes, program.pk, name, ids[0], ids[-1])
    if not chain and agreed:
        _edit(client, processes, program.pk, "… in the middle", ids[tasks // 2], ids[tasks // 2])


def _settle(program: int) -> None:
    while RecomputeState.objects.get(pk=program).behind:
        time.sleep(0.1)


def _edit(client: Client, processes: Processes, program: int, name: str, first: int, last: int) -> None:
    """Let the task ``first`` slip and wait until ``last`` has moved; print the medians. The first of the runs warms up."""
    runs: list[list[float]] = []
    for _ in range(RUNS + 1):
        client.link.close()  # the server hangs up on an idle connection; it opens again by itself
        task, headers = client("GET", f"/tasks/{first}/")
        before, _h = client("GET", f"/tasks/{last}/")
        used = processes.cpu()
        started = time.perf_counter()
        client(
            "PATCH",
            f"/tasks/{first}/",
            {"duration": task["duration"] + FIVE_DAYS},
            **{"If-Match": headers["etag"]},
        )
        answered = (time.perf_counter() - started) * 1000
        while True:
            status, _h = client("GET", f"/programs/{program}/status/")
            if status["state"] == "current":
                break
            time.sleep(0.01)
        after, _h = client("GET", f"/tasks/{last}/")
        published = (time.perf_counter() - started) * 1000
        of_worker, of_database = (now - then for now, then in zip(processes.cpu(), used, strict=True))
        if after["schedule"]["finish"] <= before["schedule"]["finish"]:
            raise SystemExit(f"the last task did not move: {before['schedule']} → {after['schedule']}")
        state = RecomputeState.objects.get(pk=program)
        split = processes.split(program, state.computed_revision) or (float("nan"),) * 3
        runs.append(
            [
                answered,
                state.engine_ms or 0.0,
                float(state.duration_ms or 0),
                *split,
                of_worker,
                of_database,
                published,
            ]
        )
        while program in ledger.due(limit=100):  # it follows; it is not to be measured with the next edit
            time.sleep(0.2)
    columns = list(zip(*runs[1:], strict=True))
    figures = " | ".join(
        f"{statistics.median(values):8.{1 if i == 1 else 0}f}" for i, values in enumerate(columns)
    )
    print(
        f"{name:>16} | {figures}   ({min(columns[-1]):.0f}–{max(columns[-1]):.0f}; load {os.getloadavg()[0]:.1f})",
        flush=True,
    )


def main() -> None:
    call_command("migrate", verbosity=0)
    person, secret = _owner()
    with tempfile.TemporaryDirectory() as directory:
        stack = Stack(Path(directory))
        try:
            client = Client(stack.web(), secret)
            processes = Processes(stack)
            print(f"median of {RUNS} runs, milliseconds")
            print(
                "            plan | answered |   engine |   worker |  reading |  engines | publish. | CPU work | CPU data | published"
            )
            sizes = [int(size) for size in os.environ.get("SIZES", "500 5000 20000 100000").split()]
            for size in sizes:
                measure(client, person, processes, size)
                if size == max(sizes):
                    measure(client, person, processes, size, agreed=False)
            measure(client, person, processes, 5000, chain=True)
        finally:
            stack.stop()


if __name__ == "__main__":
    sys.exit(main())
