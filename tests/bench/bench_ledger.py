"""100,000 postings of a ledger: checked and applied, by the services that the doors call.

make bench ONLY=ledger
"""

import io
import os
import tempfile
import time
from datetime import date, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tpm.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402

from budgets.models import Actual  # noqa: E402
from budgets.services import periods  # noqa: E402
from projects.models import ImportRun  # noqa: E402
from tests.factories import large, plans  # noqa: E402
from tpm.accounts import actors  # noqa: E402
from tpm.imports import reading, runs  # noqa: E402

ROWS = 100_000


def main() -> None:
    """Print how long the check and the writing take."""
    call_command("migrate", verbosity=0)
    with tempfile.TemporaryDirectory() as folder:
        settings.MEDIA_ROOT = folder
        _measure()


def _measure() -> None:
    program, ids = large.program(plans.portfolio(), 5_000)
    periods.set_calendar(actor=actors.system(), portfolio=program.portfolio, pattern="months", starts_in=1)
    for year in (2026, 2027):
        periods.open_year(actor=actors.system(), portfolio=program.portfolio, year=year)
    first = date(2026, 1, 1)
    lines = ["posted_on,amount,currency,project,task,category,description,key"]
    lines += [
        f"{first + timedelta(days=n % 700)},{n % 9_000 + 1}.{n % 100:02d},,,#{ids[n % len(ids)]},cloud,Invoice {n},K{n}"
        for n in range(ROWS)
    ]
    data = "\n".join(lines).encode()
    run = runs.start(
        actor=actors.system(),
        kind=reading.ACTUALS,
        portfolio=program.portfolio,
        program=program,
        files=[("ledger.csv", io.BytesIO(data))],
    )
    started = time.perf_counter()
    runs.check(run.pk)
    checked = time.perf_counter()
    runs.order(actor=actors.system(), run=ImportRun.objects.get(pk=run.pk))
    runs.apply(run.pk)
    applied = time.perf_counter()
    state = ImportRun.objects.get(pk=run.pk)
    assert state.state == "applied" and Actual.objects.filter(program=program).count() == ROWS, state.message
    print(f"{ROWS:,} postings, {len(data) / 1e6:.1f} MB, {os.cpu_count()} cores")
    print(f"check (read, find, compare)   {checked - started:6.2f} s")
    print(f"apply (read, compare, write)  {applied - checked:6.2f} s")


if __name__ == "__main__":
    main()
