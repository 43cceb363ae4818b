"""What holds a task, in a sentence."""

from django.utils.translation import gettext as _

from projects.engine.network import Driver
from projects.models import Dependency, Task
from tpm.lib.templatetags.tpm_ui import day, duration

FS, SS, FF, SF = Dependency.Kind.values


def sentence(task: Task, kind: Driver, link: Dependency | None, by: Task | None, *, gone: bool) -> str:
    """Say what holds ``task``. ``by`` is the task behind the link, None if it is none or not to be seen; ``gone``: link or
    task were removed since."""
    if gone:
        return _("What it waited for was removed; its dates are being computed again.")
    if kind in (Driver.PREDECESSOR, Driver.BOUNDARY):
        return _waits(task, kind, link, by)
    if kind == Driver.CHILDREN:
        if by is None:
            return _("Its dates are those of the tasks below it.")
        return _("It spans the tasks below it; “%(task)s” finishes last and sets its finish.") % {
            "task": by.name
        }
    if kind == Driver.ACTUAL:
        return _started(task)
    if kind == Driver.ALAP:
        if by is None:
            return _("It goes as late as possible: any later and the plan would end later.")
        finishes = link is not None and link.kind in (FF, SF)
        latest = by.schedule.late_finish if finishes else by.schedule.late_start
        text = _(
            "It goes as late as possible: any later and “%(task)s” would be late (its latest date is %(at)s)."
        )
        return text % {"task": by.name, "at": day(latest)}
    return _alone(task, kind)


def _alone(task: Task, kind: Driver) -> str:
    if kind == Driver.CONSTRAINT:
        values = {"kind": task.get_constraint_display().lower(), "at": day(task.constraint_at)}
        return _("Its own constraint holds it: %(kind)s %(at)s.") % values
    if kind == Driver.PROJECT_START:
        return _("No predecessor holds it: it starts with its project, on %(at)s.") % {
            "at": day(task.schedule.start)
        }
    if kind == Driver.DATA_DATE:
        return _("Work that is not done can not lie before the data date (%(at)s).") % {
            "at": day(task.program.data_date)
        }
    if kind == Driver.MANUAL:
        return _("Its dates were set by hand; links do not move it.")
    return _("Nothing holds it: it starts as early as it can.")


def _started(task: Task) -> str:
    if task.actual_finish:
        return _("It is finished (%(at)s): its dates are facts.") % {"at": day(task.actual_finish)}
    return _("It started on %(at)s: the actual start is a fact.") % {"at": day(task.actual_start)}


def _waits(task: Task, kind: Driver, link: Dependency | None, by: Task | None) -> str:
    if by is None:
        if kind == Driver.BOUNDARY:
            return _("It waits for a task in another program.")
        return _("It waits for a task in another project.")
    values = {"task": by.name, "lag": _lag(link)}
    if link is None:
        text = _("It waits for “%(task)s”.")
    elif not link.lag:
        text = {
            FS: _("It starts when “%(task)s” has finished."),
            SS: _("It starts when “%(task)s” starts."),
            FF: _("It finishes when “%(task)s” has finished."),
            SF: _("It finishes when “%(task)s” starts."),
        }[link.kind]
    elif link.lag > 0:
        text = {
            FS: _("It starts %(lag)s after “%(task)s” has finished."),
            SS: _("It starts %(lag)s after “%(task)s” starts."),
            FF: _("It finishes %(lag)s after “%(task)s” has finished."),
            SF: _("It finishes %(lag)s after “%(task)s” starts."),
        }[link.kind]
    else:
        text = {
            FS: _("It starts %(lag)s before “%(task)s” finishes."),
            SS: _("It starts %(lag)s before “%(task)s” starts."),
            FF: _("It finishes %(lag)s before “%(task)s” finishes."),
            SF: _("It finishes %(lag)s before “%(task)s” starts."),
        }[link.kind]
    said = text % values
    if link is not None and link.successor_id != task.pk:
        said += " " + _("The link is one of the summary above it.")
    return said


def _lag(link: Dependency | None) -> str:
    """Return the lag without its sign, in its own unit."""
    if link is None:
        return ""
    unit, lag = Dependency.LagUnit(link.lag_unit), abs(link.lag)
    if unit == Dependency.LagUnit.WORKING:
        return duration(lag)
    if unit == Dependency.LagUnit.ELAPSED:
        days, hours = f"{lag / 1440:g}", f"{lag / 60:g}"
        return (
            _("%(n)s elapsed days") % {"n": days} if lag >= 1440 else _("%(n)s elapsed hours") % {"n": hours}
        )
    share = f"{lag / 100:g} %"
    if unit == Dependency.LagUnit.PERCENT:
        return _("%(share)s of its duration") % {"share": share}
    return _("%(share)s of its duration, elapsed") % {"share": share}
