"""Plans between two plans: some groups of inputs as they were, the others as they are.

Both plans are laid over one another by task id, project id and link id. A task that one of them does not have is inactive
and outside of the outline there, with the fields that it has in the other; its links come and go with it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from programs.engine.calendars import WorkCalendar
from projects.engine.causes import Cause
from projects.engine.network import Network

Ints = NDArray[np.int64]
Places = NDArray[np.intp]

FIELDS: dict[Cause, tuple[str, ...]] = {
    Cause.ACTUALS: ("actual_start", "actual_finish", "remaining", "percent_complete", "resume"),
    Cause.DATA_DATE: ("data_date",),
    Cause.CALENDARS: ("calendar",),
    Cause.SCOPE: ("is_active", "parent", "project"),
    Cause.ESTIMATES: ("duration", "is_elapsed", "is_milestone", "gap", "gap_ahead"),
    Cause.DEPENDENCIES: ("links", "boundary_links"),
    Cause.CONSTRAINTS: (
        "constraint",
        "constraint_at",
        "deadline",
        "is_manual",
        "manual_start",
        "manual_finish",
        "project_start",
    ),
    Cause.OPTIONS: ("options",),
    Cause.OTHER_PROGRAM: ("boundary_dates",),
}
"""What each cause swaps; of a step's causes the earlier in ``Cause`` goes first."""
_LINK = ("pred", "succ", "link_kind", "lag", "lag_unit")
_BOUNDARY = ("boundary_succ", "boundary_kind", "boundary_lag", "boundary_lag_unit")
_DATES = ("boundary_start", "boundary_finish")
_CODED = {"parent", "project", "calendar", "is_active"}


@dataclass(frozen=True, slots=True, eq=False)
class Plan:
    """A network with the ids behind its indexes: ``project_id`` (p,), ``boundary_link`` (k,)."""

    network: Network
    project_id: Ints
    boundary_link: Ints


def places(values: NDArray[Any], ids: NDArray[Any]) -> Places:
    """Where each value stands in ``ids``, -1 where it does not."""
    if not len(ids):
        return np.full(len(values), -1, np.intp)
    order = np.argsort(ids, kind="stable")
    found = order[np.clip(np.searchsorted(ids, values, sorter=order), 0, len(ids) - 1)]
    return np.where(ids[found] == values, found, -1)


def _united(first: Ints, second: Ints) -> Ints:
    return np.concatenate([first, second[places(second, first) < 0]])


class Overlay:
    """Two plans laid over one another: side 0 is the earlier one, side 1 the later one."""

    def __init__(self, before: Plan, after: Plan) -> None:
        self._sides = (before, after)
        self.task_id = _united(after.network.task_id, before.network.task_id)
        self.project_id = _united(after.project_id, before.project_id)
        self._place = [places(self.task_id, side.network.task_id) for side in self._sides]
        self._of_task = [places(side.network.task_id, self.task_id) for side in self._sides]
        self._of_project = [places(side.project_id, self.project_id) for side in self._sides]
        self._calendars, self._of_calendar = _shared_calendars(before.network, after.network)
        self._columns: list[dict[str, Any]] = [self._laid(0), self._laid(1)]
        self._steady = _joined(*(self._links(side, steady=True) for side in (0, 1)))
        self.causes = [cause for cause in FIELDS if self._differs(cause)]
        """The causes by which the two plans differ, in the order in which they are applied."""

    @property
    def is_milestone(self) -> NDArray[np.bool_]:
        """(n,): a milestone in one of the plans."""
        both: NDArray[np.bool_] = self._columns[0]["is_milestone"] | self._columns[1]["is_milestone"]
        return both

    def network(self, applied: Collection[Cause]) -> Network:
        """The earlier plan with the inputs of these causes taken from the later one.

        :raises NetworkError: if they do not go together, such as two halves of a circle.
        """
        values: dict[str, Any] = {"task_id": self.task_id, "calendars": self._calendars}
        for cause, names in FIELDS.items():
            values |= {name: self._columns[cause in applied][name] for name in names}
        values |= _joined(self._steady, values.pop("links"))
        rows = values.pop("boundary_links")
        values |= {name: rows[name] for name in _BOUNDARY}
        chosen, other = values.pop("boundary_dates"), self._columns[Cause.OTHER_PROGRAM not in applied]
        values |= _dates_of(rows["id"], chosen, other["boundary_dates"])
        return Network(**{item.name: values[item.name] for item in fields(Network)})

    def _laid(self, side: int) -> dict[str, Any]:
        """All inputs of one side over the shared indexes; of what it does not have, those of the other."""
        network, here, there = self._sides[side].network, self._place[side], self._place[1 - side]
        other = self._sides[1 - side].network
        missing = here < 0
        names = {name for group in FIELDS.values() for name in group} & {f.name for f in fields(Network)}
        found: dict[str, Any] = {}
        for name in names - _CODED - {"data_date", "options", "project_start"}:
            found[name] = _picked(getattr(network, name), here, getattr(other, name), there)
        found["is_active"] = _picked(network.is_active, here, np.zeros(other.n, np.bool_), there)
        above = np.where(
            network.parent < 0, -1, self._of_task[side][network.parent] if network.n else network.parent
        )
        found["parent"] = np.where(missing, -1, _picked(above, here, np.full(other.n, -1), there))
        for name, codes in (("project", self._of_project), ("calendar", self._of_calendar)):
            own, others = (
                codes[s][getattr(n, name)] if n.n else np.zeros(0, np.intp)
                for s, n in ((side, network), (1 - side, other))
            )
            found[name] = _picked(own, here, others, there)
        projects = [places(self.project_id, one.project_id) for one in self._sides]
        found["project_start"] = _picked(
            network.project_start, projects[side], other.project_start, projects[1 - side]
        )
        if not len(self.project_id):
            found["project_start"] = network.project_start
        found |= {"data_date": network.data_date, "options": network.options}
        found["links"] = self._links(side, steady=False)
        rows = self._boundary_links(side)
        found["boundary_links"] = rows
        found["boundary_dates"] = {"id": rows["id"]} | {name: getattr(network, name) for name in _DATES}
        return found

    def _links(self, side: int, *, steady: bool) -> dict[str, NDArray[Any]]:
        """Links of one side; ``steady`` are those that come or go with a task, which are there all the time."""
        network = self._sides[side].network
        ends = [self._of_task[side][end] if network.m else end for end in (network.pred, network.succ)]
        absent = self._place[1 - side] < 0
        chosen = (absent[ends[0]] | absent[ends[1]]) == steady if network.m else np.zeros(0, np.bool_)
        columns = [*ends, network.link_kind, network.lag, network.lag_unit]
        rows = {name: column[chosen] for name, column in zip(_LINK, columns, strict=True)}
        order = np.lexsort((rows["succ"], rows["pred"]))
        return {name: column[order] for name, column in rows.items()}

    def _boundary_links(self, side: int) -> dict[str, NDArray[Any]]:
        """Links from other programs; those of a task that one side does not have are dead there."""
        plan = self._sides[side]
        rows = {name: getattr(plan.network, name) for name in _BOUNDARY}
        if len(plan.boundary_link):
            rows["boundary_succ"] = self._of_task[side][rows["boundary_succ"]]
        return {"id": plan.boundary_link, **rows}

    def _differs(self, cause: Cause) -> bool:
        if cause is Cause.SCOPE and any((place < 0).any() for place in self._place):
            return True
        if cause is Cause.OTHER_PROGRAM:
            return self._dates_differ()
        was, now = self._columns
        return any(_unequal(was[name], now[name]) for name in FIELDS[cause])

    def _dates_differ(self) -> bool:
        was, now = (columns["boundary_dates"] for columns in self._columns)
        at = places(was["id"], now["id"])
        shared = at >= 0
        return any(bool((was[name][shared] != now[name][at[shared]]).any()) for name in _DATES)


def _picked(own: NDArray[Any], here: Places, other: NDArray[Any], there: Places) -> NDArray[Any]:
    """``own[here]``, and ``other[there]`` where ``here`` is -1."""
    if not len(own):
        return other[there]
    if not len(other):
        return own[here]
    return np.where(here >= 0, own[here], other[there])


def _joined(first: dict[str, NDArray[Any]], second: dict[str, NDArray[Any]]) -> dict[str, NDArray[Any]]:
    return {name: np.concatenate([first[name], second[name]]) for name in first}


def _dates_of(ids: Ints, chosen: dict[str, Any], other: dict[str, Any]) -> dict[str, NDArray[Any]]:
    """Dates of these boundary links from ``chosen``, or from ``other`` where it does not have them."""
    here, there = places(ids, chosen["id"]), places(ids, other["id"])
    return {name: _picked(chosen[name], here, other[name], there) for name in _DATES}


def _unequal(a: Any, b: Any) -> bool:
    if isinstance(a, dict):
        return any(_unequal(a[name], b[name]) for name in a)
    return not np.array_equal(a, b) if isinstance(a, np.ndarray) else bool(a != b)


def _shared_calendars(before: Network, after: Network) -> tuple[tuple[WorkCalendar, ...], list[Places]]:
    """One list of distinct calendars, and for each plan where its own ones stand in it."""
    found: dict[object, int] = {}
    kept: list[WorkCalendar] = []
    maps: list[Places] = []
    for network in (before, after):
        own = np.zeros(len(network.calendars), np.intp)
        for index, calendar in enumerate(network.calendars):
            hours = (
                calendar.week,
                tuple((one.first, one.last, one.intervals) for one in calendar.exceptions),
            )
            if hours not in found:
                found[hours] = len(kept)
                kept.append(calendar)
            own[index] = found[hours]
        maps.append(own)
    return tuple(kept), maps
