"""Small MS Project XML documents for tests."""

from __future__ import annotations

import io

from projects.importers import mspdi
from projects.importers.plan import ImportedPlan

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<Project xmlns="http://schemas.microsoft.com/project">'


def day(kind: int, *hours: tuple[str, str]) -> str:
    times = "".join(
        f"<WorkingTime><FromTime>{a}:00</FromTime><ToTime>{b}:00</ToTime></WorkingTime>" for a, b in hours
    )
    return (
        f"<WeekDay><DayType>{kind}</DayType><DayWorking>{int(bool(hours))}</DayWorking>"
        f"<WorkingTimes>{times}</WorkingTimes></WeekDay>"
    )


def calendar(uid: int, inside: str = "", *, base: int = -1) -> str:
    return (
        f"<Calendar><UID>{uid}</UID><Name>Calendar {uid}</Name><IsBaseCalendar>{int(base < 0)}</IsBaseCalendar>"
        f"<BaseCalendarUID>{base}</BaseCalendarUID>{inside}</Calendar>"
    )


def exception(first: str, last: str, inside: str = "<DayWorking>0</DayWorking>", name: str = "Closed") -> str:
    return (
        f"<Exception><TimePeriod><FromDate>{first}T00:00:00</FromDate><ToDate>{last}T23:59:00</ToDate></TimePeriod>"
        f"<Name>{name}</Name>{inside}</Exception>"
    )


def task(uid: int, inside: str = "", *, level: int = 1, hours: int = 8) -> str:
    return (
        f"<Task><UID>{uid}</UID><ID>{uid}</ID><Name>Task {uid}</Name><OutlineLevel>{level}</OutlineLevel>"
        f"<Duration>PT{hours}H0M0S</Duration>{inside}</Task>"
    )


def link(predecessor: int, inside: str = "") -> str:
    return f"<PredecessorLink><PredecessorUID>{predecessor}</PredecessorUID>{inside}</PredecessorLink>"


def document(*tasks: str, head: str = "", calendars: str = "", rest: str = "") -> bytes:
    return (
        f"{HEAD}{head}<Calendars>{calendars}</Calendars><Tasks>{''.join(tasks)}</Tasks>{rest}</Project>"
    ).encode()


def read(data: bytes) -> ImportedPlan:
    return mspdi.read(io.BytesIO(data), file="t.xml")


def losses(plan: ImportedPlan) -> list[tuple[str, str]]:
    return [(entry.code, entry.column) for entry in plan.losses]
