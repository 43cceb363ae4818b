"""Figures of the importers: a 100 MB MS Project XML file (time, peak memory), and 20,000 rows of task tables.

python -m tests.bench.bench_importers [MEGABYTES]
"""

import io
import resource
import subprocess
import sys
import tempfile
from time import perf_counter

from projects.importers import mspdi
from projects.importers.sources import read_portfolio

SECONDS, MEBIBYTES = 60, 300
HEAD = '<?xml version="1.0"?>\n<Project xmlns="http://schemas.microsoft.com/project"><Tasks>\n'
PLAIN = (
    "<Task><UID>{0}</UID><ID>{0}</ID><Name>Task number {0}</Name><OutlineLevel>1</OutlineLevel>"
    "<Start>2026-{1:02d}-05T08:00:00</Start><Finish>2027-{1:02d}-05T17:00:00</Finish><Duration>PT{2}H0M0S</Duration>"
    "<DurationFormat>7</DurationFormat></Task>\n"
)
ANSWERS = (
    "".join(
        f"<{name}>2026-03-02T08:00:00</{name}>"
        for name in ("EarlyStart", "EarlyFinish", "LateStart", "LateFinish")
    )
    + "".join(
        f"<{name}>0</{name}>" for name in ("FreeSlack", "TotalSlack", "Critical", "HideBar", "Rollup", "BCWS")
    )
    * 2
)
LINKED = (
    PLAIN.rstrip().removesuffix("</Task>")
    + ANSWERS
    + "<PredecessorLink><PredecessorUID>{3}</PredecessorUID><Type>1</Type><LinkLag>4800</LinkLag></PredecessorLink></Task>\n"
)


def write_file(path: str, pattern: str, size: int) -> None:
    """Write a plan of ``size`` bytes, one task after the other."""
    with open(path, "w", encoding="utf-8") as file:
        written, number = file.write(HEAD), 0
        while written < size:
            number += 1
            written += file.write(pattern.format(number, 1 + number % 12, number % 100, max(1, number - 1)))
        file.write("</Tasks></Project>\n")


def read_one(path: str) -> None:
    """Read one file in this process and print its figures."""
    begun = perf_counter()
    with open(path, "rb") as file:
        plan = mspdi.read(file)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{len(plan.tasks):>9,} tasks {len(plan.links):>9,} links {perf_counter() - begun:6.1f} s {peak:5d} MiB peak"
    )


def read_tables(rows: int) -> None:
    tasks = "".join(f"T{n},J,Task {n},{n % 20 + 1}d\n" for n in range(rows))
    links = "".join(f"T{n},T{n + 1},FS,1d\n" for n in range(rows - 1))
    files = {
        "programs.csv": "program_id,name\nP,Program\n",
        "projects.csv": "project_id,program_id,name\nJ,P,Project\n",
        "tasks.csv": f"task_id,project_id,name,duration\n{tasks}",
        "dependencies.csv": f"predecessor_id,successor_id,kind,lag\n{links}",
    }
    begun = perf_counter()
    result = read_portfolio({name: io.BytesIO(text.encode()) for name, text in files.items()})
    print(
        f"{len(result.portfolio.tasks):>9,} rows of tasks with links in CSV: {perf_counter() - begun:5.2f} s"
    )


def main() -> None:
    if len(sys.argv) > 2:
        read_one(sys.argv[2])
        return
    size = int(sys.argv[1] if len(sys.argv) > 1 else 100) * 1_000_000
    print(f"MS Project XML, {size / 1e6:.0f} MB; budget {SECONDS} s and {MEBIBYTES} MiB")
    for title, pattern in (("shortest tasks", PLAIN), ("tasks with answers and links", LINKED)):
        with tempfile.NamedTemporaryFile(suffix=".xml") as file:
            write_file(file.name, pattern, size)
            print(f"{title:30}", end="", flush=True)
            subprocess.run(
                [sys.executable, "-m", "tests.bench.bench_importers", "read", file.name], check=True
            )
    read_tables(20_000)


if __name__ == "__main__":
    main()
