"""The computed schedule of a network, as columns."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from programs.engine.calendars import EARLIEST, LATEST, NONE
from projects.engine.network import Driver, Network, NetworkError
from projects.engine.preparation import Prepared
from projects.engine.record_kernels import NODE

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Schedule:
    """The computed schedule of a network; shapes (n,), instants in wall minutes, float in working minutes.

    Inactive tasks have ``NONE`` dates and zeros. ``start``/``finish`` are the scheduled dates; they differ
    from the early dates for tasks that go as late as possible only. ``driver`` is the index of what
    ``driver_kind`` names: the predecessor task, the boundary link, the child that finishes last (of a
    summary); else -1. ``driver_link`` is the index of the driving link or -1.
    """

    early_start: Ints
    early_finish: Ints
    late_start: Ints
    late_finish: Ints
    start: Ints
    finish: Ints
    total_float: Ints
    free_float: Ints
    critical: NDArray[np.bool_]
    is_summary: NDArray[np.bool_]
    is_live: NDArray[np.bool_]
    duration: Ints  # work of leaves; of summaries the working time from start to finish
    percent: NDArray[np.float64]  # 0..100; of summaries weighted by duration
    resumes: Ints  # where the remaining work starts (equals early_start unless started)
    driver_kind: NDArray[np.int8]
    driver: NDArray[np.int32]
    driver_link: NDArray[np.int32]
    order: NDArray[np.int32]  # preorder of the outline
    depth: NDArray[np.int32]
    project_finish: int  # last early finish, NONE if nothing is scheduled
    state: Any = field(repr=False)  # what cpm.recompute needs of this computation


def publish(network: Network, prepared: Prepared, nodes: NDArray[Any], state: Any) -> Schedule:
    """Check the range of the computed dates, name the drivers, turn records into columns."""
    n, m = network.n, network.m
    alive = np.asarray(prepared.tasks["live"] != 0)
    columns = {name: np.ascontiguousarray(nodes[name][:n]) for name in NODE.names or ()}
    for name in ("early_start", "early_finish", "late_start", "late_finish"):
        wild = alive & ((columns[name] < EARLIEST) | (columns[name] > LATEST))
        if wild.any():
            found = np.flatnonzero(wild)
            message = f"computed dates leave the years 1 to 9999 (task {network.task_id[found[0]]})"
            raise NetworkError("date_out_of_range", message, found[:20].tolist())
    kind, driver = columns["driver_kind"], columns["driver"]
    link = np.where(kind == Driver.PREDECESSOR, driver, -1).astype(np.int32)
    driver = np.where(kind == Driver.BOUNDARY, driver - m, driver).astype(np.int32)
    driver[link >= 0] = network.pred[link[link >= 0]]
    names = (
        "early_start",
        "early_finish",
        "late_start",
        "late_finish",
        "start",
        "finish",
        "total_float",
        "free_float",
    )
    return Schedule(
        **{
            name: columns[name]
            for name in (*names, "critical", "duration", "percent", "resumes", "driver_kind")
        },
        is_summary=np.asarray(prepared.tasks["first_child"] >= 0),
        is_live=alive,
        driver=driver,
        driver_link=link,
        order=prepared.preorder,
        depth=prepared.depth,
        state=state,
        project_finish=int(columns["early_finish"][alive].max()) if alive.any() else NONE,
    )


def as_rows(schedule: Schedule) -> list[dict[str, Any]]:
    """The schedule as one plain dictionary a task, for printing and tests."""
    names = (
        "early_start",
        "early_finish",
        "late_start",
        "late_finish",
        "start",
        "finish",
        "total_float",
        "free_float",
    )
    columns = {
        name: getattr(schedule, name).tolist() for name in (*names, "critical", "driver_kind", "driver")
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]
