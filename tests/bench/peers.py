"""Other schedulers on the same plan, where they are installed: nothing here needs them, and no lock names them.

``mpxj`` with ``jpype1`` and a Java (its scheduler after MS Project's rules), ``trueppm-scheduler`` (whole days). The plan is one
that all of them can hold: whole days, finish-to-start links, Monday to Friday.
"""

from __future__ import annotations

import importlib
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from programs.engine.calendars import STANDARD, wall_minutes
from projects.engine import cpm
from projects.engine.network import Network
from projects.engine.warm import warm
from projects.importers import mspdi_write
from projects.importers.plan import (
    ImportedCalendar,
    ImportedLink,
    ImportedPlan,
    ImportedProject,
    ImportedTask,
    Progress,
)

START = wall_minutes(datetime(2026, 1, 5, 8))
DAY = 480
Scheduled = Callable[[], date]
"""Schedules the plan and returns the day on which it finishes."""


class Sample(NamedTuple):
    """Durations in days (n,) and the ends of the links (m,)."""

    days: np.ndarray[Any, Any]
    pred: np.ndarray[Any, Any]
    succ: np.ndarray[Any, Any]


class NotInstalled(Exception):
    """The message says what is missing."""


def sample(n: int, *, seed: int = 1, reach: int = 400) -> Sample:
    """Random finish-to-start links, up to 1.67 a task, each pair once."""
    random = np.random.default_rng(seed)
    succ = random.integers(1, n, int(n * 1.67))
    pred = np.maximum(0, succ - random.integers(1, reach, len(succ)))
    pairs = np.unique(np.stack([pred, succ]), axis=1)
    return Sample(random.integers(1, 10, n), pairs[0], pairs[1])


def ours(given: Sample) -> Scheduled:
    """The engine of this project."""
    network = Network.build(
        duration=given.days * DAY, pred=given.pred, succ=given.succ, start=START, calendars=(STANDARD,)
    )

    def run() -> date:
        finish = cpm.compute(network, fast=True).project_finish
        return date(1970, 1, 1) + timedelta(minutes=finish)

    return run


def mpxj(given: Sample) -> Scheduled:
    """MPXJ's scheduler after MS Project's rules, in a Java machine of this process."""
    jpype = _module("jpype", "jpype1")
    _module("mpxj", "mpxj")
    if not jpype.isJVMStarted():
        try:
            jpype.startJVM("-Xmx3g")
        except jpype.JVMNotFoundException as error:
            raise NotInstalled("Java") from error
    reader = jpype.JClass("org.mpxj.reader.UniversalProjectReader")()
    scheduler = jpype.JClass("org.mpxj.cpm.MicrosoftScheduler")()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "plan.xml"
        with file.open("wb") as stream:
            mspdi_write.write(_plan(given), stream)
        project = reader.read(str(file))
    start = jpype.JClass("java.time.LocalDateTime").of(2026, 1, 5, 8, 0)

    def run() -> date:
        scheduler.schedule(project, start)
        finish = max(str(task.getFinish()) for task in project.getTasks() if task.getFinish() is not None)
        return date.fromisoformat(finish[:10])

    return run


def trueppm(given: Sample) -> Scheduled:
    """The scheduler of TruePPM."""
    module = _module("trueppm_scheduler", "trueppm-scheduler")
    names = [str(task) for task in range(len(given.days))]
    tasks = [
        module.Task(id=name, name=name, duration=timedelta(days=int(days)))
        for name, days in zip(names, given.days, strict=True)
    ]
    links = [
        module.Dependency(names[p], names[s])
        for p, s in zip(given.pred.tolist(), given.succ.tolist(), strict=True)
    ]
    project = module.Project("1", "bench", date(2026, 1, 5), tasks, links)

    def run() -> date:
        found = module.schedule(project)
        finish: date = max(task.early_finish for task in found.tasks)
        return finish

    return run


PEERS = {"this engine": ours, "MPXJ": mpxj, "trueppm-scheduler": trueppm}


def compare(out: Callable[[str], Any], n: int = 5_000) -> None:
    """Print what each takes for the same plan: first run, median of three more, and the day on which the plan finishes."""
    given = sample(n)
    out(f"\nthe same plan of {n:,} tasks and {len(given.pred):,} finish-to-start links, wall clock\n")
    out(f"{'scheduler':<20}{'first ms':>10}{'median ms':>11}  finish\n")
    for name, make in PEERS.items():
        spent = []
        try:
            run = make(given)
            for _ in range(4):
                began = time.perf_counter()
                finish = run()
                spent.append((time.perf_counter() - began) * 1000)
        except NotInstalled as missing:
            out(f"{name:<20}not installed: {missing}\n")
            continue
        except Exception as error:  # another release of a peer must not end the benchmark
            out(f"{name:<20}failed: {' '.join(str(error).split())[:100]}\n")
            continue
        out(f"{name:<20}{spent[0]:>10.1f}{statistics.median(spent[1:]):>11.1f}  {finish}\n")


def _module(name: str, package: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise NotInstalled(package) from error


def _plan(given: Sample) -> ImportedPlan:
    tasks = tuple(
        ImportedTask(
            uid=uid,
            name=f"Task {uid}",
            project_key="main",
            row=uid,
            duration=days * DAY,
            progress=Progress(actual_duration=0, remaining_duration=days * DAY),  # MPXJ asks for both
        )
        for uid, days in enumerate(given.days.tolist(), 1)
    )
    ends = zip(given.pred.tolist(), given.succ.tolist(), strict=True)
    return ImportedPlan(
        source="bench",
        name="bench",
        start=START,
        calendar_uid=1,
        calendars=(ImportedCalendar(1, "Standard"),),
        projects=(ImportedProject("main", "bench", start=START, calendar_uid=1),),
        tasks=tasks,
        links=tuple(ImportedLink(p + 1, s + 1) for p, s in ends),
    )


if __name__ == "__main__":
    warm()
    compare(sys.stdout.write, int(sys.argv[1]) if len(sys.argv) > 1 else 5_000)
