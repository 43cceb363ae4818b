"""The calendars that the tasks and resources of a plan file work on, as calendars of the program."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from programs.models import CalendarException, Program, WorkCalendar
from projects.importers.plan import ImportedCalendar, ImportedPlan
from tpm.imports.rows import Ref, Sheet, text

Shape = tuple[Any, ...]


@dataclass
class PlanCalendars:
    """States each calendar that is used once, under the name of a base calendar where several have the same hours."""

    plan: ImportedPlan
    program: Program
    key: str
    sheets: dict[str, Sheet]
    _made: dict[Shape, Ref] = field(default_factory=dict)
    _names: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._by_uid = {calendar.uid: calendar for calendar in self.plan.calendars}
        self._first: dict[Shape, ImportedCalendar] = {}
        for calendar in sorted(self.plan.calendars, key=lambda one: not one.is_base):
            self._first.setdefault(shape_of(calendar), calendar)
        others = self.program.own_calendars.exclude(external_key__startswith=f"{self.key}@")
        self._names = {name.casefold() for name in others.values_list("name", flat=True)}

    def default(self) -> Ref:
        """Return the plan's calendar."""
        return self.of(self.plan.calendar_uid) or self._stated(ImportedCalendar(-1, "Standard"))

    def of(self, uid: int | None) -> Ref | None:
        """Return the calendar of this number, None if there is none."""
        found = self._by_uid.get(uid) if uid is not None else None
        return self._stated(found) if found else None

    def _stated(self, calendar: ImportedCalendar) -> Ref:
        shape = shape_of(calendar)
        if shape not in self._made:
            first = self._first.get(shape, calendar)
            self._made[shape] = self._add(
                str(first.uid), first.name, first.week_json(), first.exceptions_json()
            )
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


def shape_of(calendar: ImportedCalendar) -> Shape:
    return calendar.week, tuple((item.first, item.last, item.intervals) for item in calendar.exceptions)
