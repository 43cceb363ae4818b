"""How long every file of a table takes, on a program of 20,000 tasks with a cost line each, 2,000 risks and 5,000 changes of one task.

    make bench ONLY=exports

Time on the clock and CPU time of one process that has done it once before, rows and size. What takes longer than two seconds
is made by a worker, with its progress shown and a way to call it off (ADR 27).
"""

import os
import sys
import time
from decimal import Decimal

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tpm.settings")
django.setup()

from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402
from django.utils import timezone  # noqa: E402

from budgets.services import baselines  # noqa: E402
from programs.models import RecomputeState  # noqa: E402
from programs.services import portfolios, reports  # noqa: E402
from risks import events  # noqa: E402
from risks.models import Risk  # noqa: E402
from tests.factories import large, plans  # noqa: E402
from tpm import activity, recompute  # noqa: E402
from tpm.accounts import actors  # noqa: E402
from tpm.accounts.models import User  # noqa: E402
from tpm.lib import exports  # noqa: E402

TASKS, RISKS = 20_000, 2_000


def main() -> None:
    call_command("migrate", verbosity=0)
    number = int(time.time())
    person = User.objects.create(email=f"bench{number}@example.org", name=f"Bench {number}")
    portfolio = portfolios.create(actor=actors.system(), name=f"Bench {number}", owner=person)
    for role in ("TPM", "FC"):
        plans.grant(person, role, portfolio)
    program, _ids = large.program(portfolio, TASKS, code=f"X{number}")
    with activity.change(actor=actors.system(), event=events.REGISTER_CHANGED, programs=[program]) as change:
        change.bulk_create(
            Risk(
                program=program, number=at, title=f"Risk {at}", probability=0.3, impact_days=5,
                impact_cost=Decimal(1000),
            )
            for at in range(1, RISKS + 1)
        )  # fmt: skip
    _computed(program.pk)
    baselines.take(actor=actors.system(), program=program, name="Agreed")
    _computed(program.pk)
    program.refresh_from_db()
    report = reports.compose(actor=actors.system(), program=program, title="Month end")

    def at(name: str, *more: object) -> str:
        return reverse(name, args=[program.pk, *more])

    tasks = at("projects:task-list") + "?show=all&export="
    files = {
        "tasks": tasks,
        "milestones": at("projects:milestone-list") + "?export=",
        "risks": at("risks:risk-export", "KIND"),
        "changes": at("projects:change-export", "KIND"),
        "dependencies": at("projects:dependency-export", "KIND"),
        "board": at("projects:board-export", "KIND"),
        "milestone trend": at("projects:trend-export", "KIND"),
        "load": at("projects:load-export", "KIND"),
        "road map": at("projects:roadmap-export", "KIND"),
        "cost lines": at("budgets:money-export", "cost-lines", "KIND"),
        "projects' money": at("budgets:money-export", "projects", "KIND"),
        "budget grid": at("budgets:budget-grid-export", "KIND"),
        "earned value": at("budgets:earned-value-export", "scopes", "KIND"),
        "baselines compared": at("budgets:baseline-compare-export", "KIND"),
        "cash flow": at("budgets:cash-flow-export", "KIND"),
        "labour": at("budgets:labour-export", "KIND"),
        "MS Project XML": at("exports:plan-file"),
    }
    reports.publish(actor=actors.system(), report=report, at=timezone.now())
    files["report PDF"] = reverse("programs:report-pdf", args=[report.pk])
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    print(f"{TASKS} tasks, {RISKS} risks; load {os.getloadavg()[0]:.1f}")
    for name, path in files.items():
        for kind in ("csv", "xlsx") if "KIND" in path or path.endswith("export=") else ("",):
            address = path.replace("KIND", kind) if "KIND" in path else path + kind
            try:
                with exports.at_work(lambda *_: None):  # as the worker asks for it
                    client.get(address)
                    began, worked = time.perf_counter(), time.process_time()
                    answer = client.get(address)
                    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
                taken, cpu = time.perf_counter() - began, time.process_time() - worked
                print(
                    f"{name:>20} {kind:4} | {taken:6.2f} s | CPU {cpu:6.2f} s | {len(body) / 1000:8.0f} kB | {answer.status_code}"
                )
            except Exception as error:
                print(f"{name:>20} {kind:4} | {type(error).__name__}: {str(error)[:90]}")


def _computed(pk: int) -> None:
    while RecomputeState.objects.get(pk=pk).behind:
        recompute.drain(pk)


if __name__ == "__main__":
    sys.exit(main())
