"""The calendars that the tasks of a plan file work on, as calendars of the program."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from programs.engine import calendars as engine
from programs.models import CalendarException, Program, WorkCalendar
from projects.importers.networks import compiled
from projects.importers.plan import ImportedCalendar, ImportedPlan, ImportedTask, ResourceKind
from tpm.imports.rows import Ref, Sheet, text

Shape = tuple[Any, ...]


@dataclass
class PlanCalendars:
    """States each calendar that is used once. A task works on its own calendar, else on that of its people if they all work
    alike, else on the plan's; on the common hours of both where it has a calendar of its own and does not ignore its people's."""

    plan: ImportedPlan
    program: Program
    key: str
    sheets: dict[str, Sheet]
    _made: dict[Shape, tuple[Ref, engine.WorkCalendar]] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._by_uid = {calendar.uid: calendar for calendar in self.plan.calendars}
        working = {r.uid: r.calendar_uid for r in self.plan.resources if r.kind == ResourceKind.WORK}
        self._people: dict[int, set[int]] = {}
        for assignment in self.plan.assignments:
            uid = working.get(assignment.resource_uid) if assignment.resource_uid is not None else None
            if uid is not None and uid in self._by_uid:
                self._people.setdefault(assignment.task_uid, set()).add(uid)
        others = self.program.own_calendars.exclude(external_key__startswith=f"{self.key}@")
        self._names = {name.casefold() for name in others.values_list("name", flat=True)}

    def default(self) -> tuple[Ref, engine.WorkCalendar]:
        """Return the plan's calendar."""
        found = self._by_uid.get(self.plan.calendar_uid) if self.plan.calendar_uid is not None else None
        return self._stated(found or ImportedCalendar(-1, "Standard"))

    def of(self, task: ImportedTask) -> tuple[Ref, engine.WorkCalendar]:
        """Return the calendar that a task works on."""
        own = self._by_uid.get(task.calendar_uid) if task.calendar_uid is not None else None
        people = self._common(self._people.get(task.uid, ()))
        if own is None:
            return self._stated(people) if people else self.default()
        if people is None or task.ignore_resource_calendar or _shape(own) == _shape(people):
            return self._stated(own)
        return self._both(own, people)

    def _common(self, uids: Iterable[int]) -> ImportedCalendar | None:
        found = [self._by_uid[uid] for uid in sorted(uids)]
        return found[0] if len({_shape(calendar) for calendar in found}) == 1 else None

    def _stated(self, calendar: ImportedCalendar) -> tuple[Ref, engine.WorkCalendar]:
        shape = _shape(calendar)
        if shape not in self._made:
            ref = self._add(
                str(calendar.uid), calendar.name, calendar.week_json(), calendar.exceptions_json()
            )
            self._made[shape] = ref, compiled(calendar)
        return self._made[shape]

    def _both(self, own: ImportedCalendar, people: ImportedCalendar) -> tuple[Ref, engine.WorkCalendar]:
        shape = (_shape(own), _shape(people))
        if shape not in self._made:
            both = engine.intersect(compiled(own), compiled(people))
            stored = both.to_json()
            ref = self._add(f"{own.uid}+{people.uid}", stored["name"], stored["week"], stored["exceptions"])
            self._made[shape] = ref, both
        return self._made[shape]

    def _add(self, uid: str, name: str, week: Any, exceptions: list[dict[str, Any]]) -> Ref:
        name = text(name.strip() or f"Calendar {uid}", 180)
        free, number = name, 1
        while free.casefold() in self._names:
            number += 1
            free = f"{name} ({number})"
        self._names.add(free.casefold())
        key = f"{self.key}@{uid}"
        ref = self.sheets["calendars"].add(
            key,
            {"week": week},
            portfolio_id=self.program.portfolio_id,
            program_id=self.program.pk,
            name=free,
            external_key=key,
        )
        for exception in exceptions:
            self.sheets["exceptions"].add(
                f"{key} {exception['first']}",
                {
                    "last_on": date.fromisoformat(exception["last"]),
                    "intervals": exception["intervals"],
                    "name": text(exception["name"], 200),
                },
                calendar_id=ref,
                first_on=date.fromisoformat(exception["first"]),
            )
        return ref


def calendar_sheets(program: Program) -> dict[str, Sheet]:
    """Return the empty sheets of calendars and their dated exceptions."""
    own = CalendarException.objects.filter(calendar__program=program)
    return {
        "calendars": Sheet(WorkCalendar, "calendars", WorkCalendar.objects.filter(program=program)),
        "exceptions": Sheet(
            CalendarException,
            "exceptions",
            own,
            identity=("calendar_id", "first_on"),
            drops=True,
            owner="program",
        ),
    }


def _shape(calendar: ImportedCalendar) -> Shape:
    return calendar.week, tuple((item.first, item.last, item.intervals) for item in calendar.exceptions)
