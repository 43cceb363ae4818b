"""What rows are made with: the portfolio's working time, and the people that a file may name."""

from dataclasses import dataclass, field
from datetime import datetime

from programs.engine import calendars as engine
from programs.models import Portfolio
from programs.selectors import calendars
from programs.services.programs import standard_calendar
from projects.importers.reports import ImportEntry, Severity
from tpm.accounts.models import User
from tpm.lib.walltime import NONE, to_datetime


@dataclass
class Context:
    """``calendar`` is the portfolio's standard calendar; ``notes`` collects what was decided while rows were made."""

    portfolio: Portfolio
    calendar_id: int
    calendar: engine.WorkCalendar
    people: dict[str, int]
    notes: list[ImportEntry] = field(default_factory=list)

    @classmethod
    def of(cls, portfolio: Portfolio) -> "Context":
        """Read the context of a portfolio."""
        row = standard_calendar(portfolio)
        people: dict[str, int] = {}
        for pk, email, name in User.objects.filter(is_active=True).values_list("pk", "email", "name"):
            people[name.casefold()] = pk
            people[email.casefold()] = pk
        return cls(portfolio, row.pk, calendars.compiled([row])[0], people)

    def person(self, name: str) -> int | None:
        """Return the id of the user whom a file means by name or e-mail address."""
        return self.people.get(name.strip().casefold()) if name.strip() else None

    def start(self, minutes: int) -> datetime | None:
        """Return the first working instant at or after an instant."""
        return None if minutes == NONE else to_datetime(int(engine.next_working(self.calendar, minutes)))

    def finish(self, minutes: int) -> datetime | None:
        """Return the last working instant at or before an instant."""
        return None if minutes == NONE else to_datetime(int(engine.previous_working(self.calendar, minutes)))

    def work(self, start: int, finish: int) -> int:
        """Return the working minutes between two instants, never below zero."""
        return max(0, int(engine.working_between(self.calendar, start, finish)))

    def note(self, severity: Severity, code: str, reason: str, count: int = 1) -> None:
        """Say in the report what was decided."""
        if count:
            self.notes.append(ImportEntry(severity, code, reason, count=count))
