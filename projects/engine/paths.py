"""Why a date is what it is: the chain that holds a task, the path to a milestone, and float paths.

The chain follows drivers back to what holds the first of them: a project start, a constraint, an actual date,
the data date, a predecessor outside of the network. Float paths rank, as Primavera P6's multiple float paths
do, the chains that end in a chosen task: path 1 is its driving chain, each further path leaves the ones
before it over the link with the least relationship float. Relationship float of a link: how far its
predecessor's event may slip, in working minutes on the predecessor's clock, before it moves the successor's
scheduled dates.
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from programs.engine.calendars import (
    NONE,
    ROUND_THE_CLOCK,
    WorkCalendar,
    add_working,
    next_working,
    work_ordinal,
)
from projects.engine.network import Driver, LagUnit, Link, Network
from projects.engine.schedules import Schedule


@dataclass(frozen=True, slots=True)
class Step:
    """One task of a chain: what holds it (``kind``), through which link (index or -1) and from which task or
    boundary link (index or -1); ``lag`` of that link in its own unit."""

    task: int
    start: int
    finish: int
    kind: Driver
    link: int = -1
    source: int = -1
    link_kind: Link | None = None
    lag: int = 0
    lag_unit: LagUnit = LagUnit.WORKING


@dataclass(frozen=True, slots=True)
class FloatPath:
    """A chain into a chosen task, first task first, and the float (working minutes) by which it may slip
    before it drives."""

    number: int
    relative_float: int
    tasks: tuple[int, ...]


def why(network: Network, schedule: Schedule, task: int) -> list[Step]:
    """The chain that holds the start of ``task``, the task itself first, back to what holds the last one.

    A summary is followed through the child that finishes last. Tasks that go as late as possible end the
    chain: their successors hold them.
    """
    steps: list[Step] = []
    seen: set[int] = set()
    at = task
    while at >= 0 and at not in seen:
        seen.add(at)
        step = _step(network, schedule, at)
        steps.append(step)
        at = step.source if step.kind in (Driver.PREDECESSOR, Driver.CHILDREN) else -1
    return steps


def path_to(network: Network, schedule: Schedule, milestone: int) -> list[int]:
    """Task indexes of the driving chain into ``milestone``, first task first; summaries on it are left
    out."""
    chain = [step.task for step in why(network, schedule, milestone) if step.kind != Driver.CHILDREN]
    return chain[::-1]


def _step(network: Network, schedule: Schedule, task: int) -> Step:
    kind, link = Driver(int(schedule.driver_kind[task])), int(schedule.driver_link[task])
    source = int(schedule.driver[task])
    dates = int(schedule.start[task]), int(schedule.finish[task])
    if kind == Driver.BOUNDARY:
        b = source
        of_link = (network.boundary_kind[b], network.boundary_lag[b], network.boundary_lag_unit[b])
    elif link >= 0:
        of_link = (network.link_kind[link], network.lag[link], network.lag_unit[link])
    else:
        return Step(task, *dates, kind, source=source)
    return Step(
        task, *dates, kind, link, source, Link(int(of_link[0])), int(of_link[1]), LagUnit(int(of_link[2]))
    )


def longest_path(network: Network, schedule: Schedule) -> NDArray[np.bool_]:
    """P6's longest path, shape (n,): tasks on a chain of driving links into the last finish, whatever their
    float."""
    leaves = schedule.is_live & ~schedule.is_summary
    if not leaves.any():
        return np.zeros(network.n, np.bool_)
    return _driving(
        network, schedule, np.flatnonzero(leaves & (schedule.early_finish == schedule.project_finish))
    )


def driving_into(
    network: Network, schedule: Schedule, task: int, links: Incoming | None = None
) -> NDArray[np.bool_]:
    """All tasks on a chain of driving links into ``task``, itself too, shape (n,): where several predecessors hold
    a task together, the chains of each. Of a summary, those into the child that finishes last."""
    if not schedule.is_live[task]:
        return np.zeros(network.n, np.bool_)
    return _driving(network, schedule, np.array([_leaf_of(schedule, task)]), links)


def _driving(
    network: Network, schedule: Schedule, ends: NDArray[np.intp], links: Incoming | None = None
) -> NDArray[np.bool_]:
    on = np.zeros(network.n, np.bool_)
    links = links or Incoming(network, schedule)
    stack = ends.tolist()
    while stack:
        task = stack.pop()
        if not on[task]:
            on[task] = True
            if schedule.driver_kind[task] in (Driver.PREDECESSOR, Driver.BOUNDARY):
                stack.extend(source for slack, source in links.offers(task) if slack == 0)
    return on


def float_paths(
    network: Network, schedule: Schedule, end: int, *, most: int = 10, links: Incoming | None = None
) -> list[FloatPath]:
    """Up to ``most`` chains into task ``end``, from the driving one to the one with the most float; each task
    is on one. ``links`` may be shared with :func:`driving_into`."""
    links = links or Incoming(network, schedule)
    paths: list[FloatPath] = []
    taken: set[int] = set()
    waiting = [(0, _leaf_of(schedule, end))]
    while waiting and len(paths) < most:
        total, task = heapq.heappop(waiting)
        if task in taken:
            continue
        chain: list[int] = []
        following = True
        while following:
            taken.add(task)
            chain.append(task)
            offers = [offer for offer in links.offers(task) if offer[1] not in taken]
            following = bool(offers) and offers[0][0] == 0
            for slack, source in offers[1:] if following else offers:
                heapq.heappush(waiting, (total + slack, source))
            if following:
                task = offers[0][1]
        paths.append(FloatPath(len(paths) + 1, total, tuple(chain[::-1])))
    return paths


class Incoming:
    """Live links into leaves; links into summaries count for every leaf below."""

    def __init__(self, network: Network, schedule: Schedule) -> None:
        self._network, self._schedule = network, schedule
        self._slack = relationship_floats(network, schedule)
        live = np.flatnonzero(schedule.is_live[network.pred] & schedule.is_live[network.succ])
        self._links = live[
            np.argsort(network.succ[live], kind="stable")
        ]  # by successor, those of task t from first[t]
        self._first = np.searchsorted(network.succ[self._links], np.arange(network.n + 1))

    def offers(self, task: int) -> list[tuple[int, int]]:
        """``(float, leaf)`` of the predecessors of a leaf, the driving one first with float 0, the rest by
        float."""
        driving = int(self._schedule.driver_link[task])
        found: dict[int, int] = {}
        at = task
        while at >= 0:
            for link in self._links[self._first[at] : self._first[at + 1]].tolist():
                source = _leaf_of(self._schedule, int(self._network.pred[link]))
                slack = -1 if link == driving else max(int(self._slack[link]), 0)
                found[source] = min(slack, found.get(source, slack))
            at = int(self._network.parent[at])
        ranked = sorted((slack, source) for source, slack in found.items())
        return [(max(slack, 0), source) for slack, source in ranked]


def _leaf_of(schedule: Schedule, task: int) -> int:
    """The leaf that stands for a task: itself, or the one below a summary that finishes last."""
    while schedule.is_summary[task] and schedule.driver[task] >= 0:
        task = int(schedule.driver[task])
    return task


class Dated(Protocol):
    """What relationship float is measured on: columns of a :class:`Schedule`, shapes (n,)."""

    @property
    def start(self) -> NDArray[np.int64]: ...
    @property
    def finish(self) -> NDArray[np.int64]: ...
    @property
    def duration(self) -> NDArray[np.int64]: ...
    @property
    def is_live(self) -> NDArray[np.bool_]: ...
    @property
    def is_summary(self) -> NDArray[np.bool_]: ...


def relationship_floats(network: Network, schedule: Dated) -> NDArray[np.int64]:
    """Relationship float of every link (m,), in working minutes on the predecessor's clock; ``NONE`` for dead
    links.

    Links into summaries are measured against the summary's start.
    """
    result = np.full(network.m, NONE, np.int64)
    pred, succ = network.pred, network.succ
    live = schedule.is_live[pred] & schedule.is_live[succ]
    finish_in = np.isin(network.link_kind, (Link.FF, Link.SF))
    target = np.where(finish_in, schedule.finish[succ], schedule.start[succ])
    event = np.where(
        np.isin(network.link_kind, (Link.FS, Link.FF)), schedule.finish[pred], schedule.start[pred]
    )
    clocks = (*network.calendars, ROUND_THE_CLOCK)
    own = np.where(network.is_elapsed, len(network.calendars), network.calendar)
    lag, elapsed = lag_minutes(network, schedule)
    target = np.where(elapsed & live, target - lag, target)
    for index in np.unique(network.calendar[succ[live]]).tolist():
        rows = np.flatnonzero(live & ~elapsed & (lag != 0) & (network.calendar[succ] == index))
        target[rows] = _shifted(network.calendars[index], target[rows], -lag[rows])
    for index in np.unique(own[pred[live]]).tolist():
        rows = np.flatnonzero(live & (own[pred] == index))
        result[rows] = work_ordinal(clocks[index], target[rows]) - work_ordinal(clocks[index], event[rows])
    return result


def _shifted(calendar: WorkCalendar, t: NDArray[np.int64], minutes: NDArray[np.int64]) -> NDArray[np.int64]:
    moved = add_working(calendar, t, minutes)
    return np.where(minutes > 0, next_working(calendar, moved), moved)


def lag_minutes(network: Network, schedule: Dated) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Lag of every link in minutes (m,), percent lags resolved, and whether it runs around the clock."""
    unit = network.lag_unit
    percent = np.isin(unit, (LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT))
    product = schedule.duration[network.pred] * network.lag
    share = np.sign(product) * ((np.abs(product) + 5000) // 10000)
    of_elapsed = network.is_elapsed[network.pred] & ~schedule.is_summary[network.pred]
    elapsed = np.isin(unit, (LagUnit.ELAPSED, LagUnit.ELAPSED_PERCENT)) | (
        (unit == LagUnit.PERCENT) & of_elapsed
    )
    return np.where(percent, share, network.lag), elapsed
