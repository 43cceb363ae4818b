"""The sources of My day: what needs somebody, and what will hurt next."""

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Final

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from budgets.selectors import alerts, approvals, timesheets
from budgets.selectors.procurement import Expiring
from programs import policies
from programs.models import Action, StatusReport
from programs.selectors import actions as to_do
from programs.selectors import overviews, readings
from projects.selectors import attention, commitments
from projects.selectors import gates as gates_of
from risks.selectors import watch
from tpm.lib.templatetags.tpm_ui import (
    ago,
    duration,
    money_delta,
    money_short,
    percent_delta,
    relative_day,
    signed_days,
)
from tpm.lib.templatetags.tpm_ui import day as day_words
from tpm.web.day import Day, Line, Source

LOOK_BACK = timedelta(days=62)
GREW = Decimal("0.03")
"""An estimate that grew by so much in two months is worth a look."""
TROUBLED = 8
OTHERS = 6
TIGHTEST = 4


# --- needs you ---------------------------------------------------------------------------------------------------


def votes(day: Day) -> Iterable[Line]:
    """Capital requests that wait for the reader's vote."""
    for item in approvals.waiting(day.actor, day.now)[:8]:
        program = item.round.program
        why = f"{program.name} · {money_short(item.round.amount, program.portfolio.currency)}"
        if item.way and item.way.delegation:
            why += " · " + _("for %(whom)s") % {"whom": item.way.principal}
        url = reverse("budgets:capex-detail", args=[item.request.pk])
        text = _("Approve “%(title)s”") % {"title": item.request.title}
        yield Line(text, url, why, ago(item.round.opened_at), mine=True, urgency=1, mark="check")


def hours(day: Day) -> Iterable[Line]:
    """Timesheets that wait for the reader to agree."""
    if not any(policies.holding(day.actor, "time.approve")):
        return
    for sheet in timesheets.waiting(day.actor)[:8]:
        url = reverse("budgets:timesheet-detail", args=[sheet.pk])
        text = _("Agree to the hours of %(name)s") % {"name": sheet.person.name}
        why = f"{sheet.project.name} · {day_words(sheet.week)}"
        since = ago(sheet.submitted_at) if sheet.submitted_at else ""
        yield Line(text, url, why, since, mine=True, urgency=1.5, mark="clock")


def stuck(day: Day) -> Iterable[Line]:
    """Programs whose results do not come."""
    for row in day.rows:
        if row.status.state not in ("stuck", "late"):
            continue
        mine = policies.holds(day.actor, "plan.edit", row.program.scope)
        url = reverse("programs:program-detail", args=[row.program.pk])
        if row.status.state == "stuck":
            why = row.status.error_message[:120] or _("The plan can not be computed.")
            yield Line(row.program.name, url, why, _("stuck"), "bad", mine, 0, "warning")
        else:
            why = _("results are %(n)s revisions behind") % {"n": row.status.behind}
            yield Line(row.program.name, url, why, _("late"), "watch", mine, 2, "clock")


def drafts(day: Day) -> Iterable[Line]:
    """Reports that the reader began and did not finish."""
    found = StatusReport.objects.visible_to(day.actor).filter(
        state=StatusReport.State.DRAFT, composed_by=day.actor.user, program__archived_at=None
    )
    for report in found.select_related("program").order_by("created_at")[:8]:
        url = reverse("programs:report-edit", args=[report.pk])
        text = _("Finish the report “%(title)s”") % {"title": report.title}
        yield Line(
            text, url, report.program.name, ago(report.created_at), mine=True, urgency=3, mark="report"
        )


def progress(day: Day) -> Iterable[Line]:
    """Tasks whose progress is not reported: one line per program."""
    for one in attention.stale(day.actor, [row.program for row in day.rows]):
        since = _("the oldest was due %(date)s") % {"date": day_words(one.oldest)}
        if one.task_id:
            url = f"{reverse('projects:program-plan', args=[one.program.pk])}?task={one.task_id}"
            why = f"{one.program.name} · {_('progress is not reported')}"
            side = _("due %(date)s") % {"date": day_words(one.oldest)}
            yield Line(one.name, url, why, side, "bad", one.mine > 0, 4, "task")
            continue
        text = ngettext("Progress stale: %(n)s task", "Progress stale: %(n)s tasks", one.count) % {
            "n": one.count
        }
        why = f"{one.program.name} · {since}"
        if one.mine and one.mine < one.count:
            why += " · " + _("%(n)s are yours") % {"n": one.mine}
        yield Line(text, _task_list(one.program.pk, "stale"), why, "", "bad", one.mine > 0, 4, "task")


def promises(day: Day) -> Iterable[Line]:
    """Dates that one project promised to another and did not keep, by project."""
    for one in commitments.overdue(day.actor):
        url = f"{reverse('projects:program-dependencies', args=[one.program])}?show=overdue&project={one.project}"
        text = ngettext("%(n)s promise overdue (%(name)s)", "%(n)s promises overdue (%(name)s)", one.count)
        yield Line(
            text % {"n": one.count, "name": one.name}, url, one.program_name,
            _("since %(date)s") % {"date": day_words(one.oldest)}, "bad", urgency=3, mark="link",
        )  # fmt: skip


def actions(day: Day) -> Iterable[Line]:
    """What the reader has to do that is overdue or due this week, and what others are late with."""
    for one in to_do.mine(day.actor, day.today + to_do.WEEK):
        if one.due_on is None:
            continue
        late = one.due_on < day.today
        side = relative_day(one.due_on, day.today)
        why = f"{one.program.name} · {one.get_state_display()}"
        yield Line(
            str(one), _action(one), why, _("overdue, %(when)s") % {"when": side} if late else side, "bad" if late else "",
            mine=True, urgency=1 if late else 2.5, mark="check",
        )  # fmt: skip
    for one in to_do.overdue_of_others(day.actor, day.today)[:OTHERS]:
        owner = str(one.owner) if one.owner else _("nobody yet")
        yield Line(
            str(one), _action(one), f"{one.program.name} · {owner}",
            _("overdue since %(date)s") % {"date": day_words(one.due_on)}, "bad", urgency=3.5, mark="check",
        )  # fmt: skip


def _action(one: Action) -> str:
    return f"{reverse('programs:action-list', args=[one.program_id])}?show=all&action={one.pk}"


# --- will hurt next ----------------------------------------------------------------------------------------------


def milestones(day: Day) -> Iterable[Line]:
    """Milestones that are short of float; the tightest first of all, the others behind what else is at stake."""
    for at, task in enumerate(attention.tight_milestones(day.actor)):
        url = f"{reverse('projects:program-plan', args=[task.program_id])}?task={task.pk}"
        why = f"{task.program.name} · {day_words(task.schedule.finish)} · {relative_day(task.schedule.finish, day.today)}"
        side = _("float %(time)s") % {"time": duration(task.schedule.total_float)}
        late = (task.schedule.total_float or 0) < 0
        mark = "critical" if task.schedule.is_critical else "milestone"
        yield Line(
            task.name, url, why, side, "bad" if late else "", urgency=1 if at < TIGHTEST else 5, mark=mark
        )


def gates(day: Day) -> Iterable[Line]:
    """Gates in the next 30 days, or overdue, with criteria that are not met."""
    for row in gates_of.soon(day.actor, day.today)[:8]:
        gate = row.gate
        mine = policies.holds(day.actor, "gate.decide", gate.scope) or (
            gate.project is not None and gate.project.manager_id == day.actor.user_id
        )
        where = gate.project.name if gate.project else gate.program.name
        why = f"{where} · {day_words(row.forecast)} · {relative_day(row.forecast, day.today)}"
        side = ngettext("%(n)s criterion open", "%(n)s criteria open", row.open) % {"n": row.open}
        url = reverse("projects:gate-detail", args=[gate.pk])
        late = row.forecast is not None and row.forecast < day.today
        text = _("Gate “%(name)s”") % {"name": gate.name}
        yield Line(text, url, why, side, "bad" if late else "watch", mine, urgency=2, mark="gate")


def budgets(day: Day) -> Iterable[Line]:
    """Programs whose estimate is over its approval, or grew fast in the last two months."""
    key = "cost.eac"
    past = readings.histories(day.actor, [row.program.pk for row in day.rows], [key], last=24)
    for row in day.rows:
        if row.eac is None:
            continue
        newest = [one for one in past.get(row.program.pk, ()) if one.figures.number(key)]
        recent = [one for one in newest if newest[-1].data_date - one.data_date <= LOOK_BACK]
        before = recent[0].figures.number(key) if recent else None
        grew = (row.eac - before) / before if before else Decimal(0)
        over = row.over is not None and row.over < 0
        if not over and grew < GREW:
            continue
        words = []
        if grew >= GREW:
            words.append(
                _("EAC %(delta)s since %(date)s")
                % {"delta": percent_delta(grew * 100), "date": day_words(recent[0].data_date)}
            )
        if over:
            words.append(
                _("%(amount)s to approved")
                % {"amount": money_delta(row.over, row.program.portfolio.currency)}
            )
        url = reverse("budgets:program-money", args=[row.program.pk])
        share = row.over / row.approved if over and row.over is not None and row.approved else Decimal(0)
        side = percent_delta(share * 100) if over else percent_delta(grew * 100)
        text = _("%(program)s: budget") % {"program": row.program.name}
        yield Line(
            text,
            url,
            " · ".join(words),
            side,
            "bad" if over else "watch",
            urgency=2 if over else 2.5,
            mark="money",
        )


def money(day: Day) -> Iterable[Line]:
    """Capital requests that overrun what was authorised, and contracts that end or renew themselves."""
    found = alerts.due(day.actor, day.today)
    yield from _overruns(found.overruns)
    yield from _contracts(found.expiring)


def _overruns(found: list[alerts.Overrun]) -> Iterable[Line]:
    for one in found:
        over = one.spend.is_overrun
        words = (
            _("more is spent or committed than was authorised")
            if over
            else _("will overrun what was authorised")
        )
        side = "" if one.percent is None else _("%(percent)s %% of it") % {"percent": round(one.percent)}
        url = reverse("budgets:capex-detail", args=[one.request.pk])
        yield Line(
            f"{one.request.key} {one.request.title}", url, f"{one.request.program.name} · {words}", side,
            "bad" if over else "watch", urgency=2, mark="money",
        )  # fmt: skip


def _contracts(found: list[Expiring]) -> Iterable[Line]:
    for one in found:
        contract, end = one.contract, {"end": day_words(one.contract.ends_on)}
        if one.has_ended:
            words, side, tone = _("the contract ended on %(end)s") % end, _("ended"), "bad"
        elif one.has_renewed:
            words, side, tone = (
                _("renewed itself on %(end)s; write down its new end") % end,
                _("renewed"),
                "watch",
            )
        else:
            words = (_("renews itself on %(end)s") if one.renews else _("the contract ends on %(end)s")) % end
            side, tone = _("decide by %(by)s") % {"by": day_words(one.notice_by)}, "watch"
        url = f"{reverse('budgets:program-orders', args=[contract.program_id])}#expiring-head"
        yield Line(
            contract.supplier,
            url,
            f"{contract.program.name} · {words}",
            side,
            tone,
            urgency=3,
            mark="contract",
        )


def triggers(day: Day) -> Iterable[Line]:
    """Risks whose review is near or missed, with the trigger that people look for."""
    for risk in watch.near(day.actor, day.today):
        url = f"{reverse('risks:program-risks', args=[risk.program_id])}?risk={risk.pk}"
        why = risk.program.name
        if risk.trigger:
            why += " · " + _("trigger: %(what)s") % {"what": risk.trigger}
        missed = risk.review_on is not None and risk.review_on < day.today
        when = relative_day(risk.review_on, day.today)
        side = (
            _("review missed, %(when)s") % {"when": when} if missed else _("review %(when)s") % {"when": when}
        )
        mine = risk.owner_id == day.actor.user_id
        yield Line(f"R-{risk.number} {risk.title}", url, why, side, "bad" if missed else "", mine, 3, "risk")


def troubled(day: Day) -> Iterable[Line]:
    """Programs that are off track or to be watched, the worst first."""
    worst = [row for row in overviews.ordered(day.rows, "-health") if row.rating.level in ("bad", "watch")]
    for row in worst[:TROUBLED]:
        url = reverse("programs:program-health", args=[row.program.pk])
        side = signed_days(row.slip_wd) if row.slip_wd is not None else ""
        yield Line(
            row.program.name, url, row.rating.overall.sentence, side, "bad" if (row.slip_wd or 0) > 0 else "",
            urgency=4, mark=row.rating.level,
        )  # fmt: skip


def _task_list(program: int, show: str) -> str:
    return f"{reverse('projects:task-list', args=[program])}?show={show}"


NEEDS: Final[list[Source]] = [votes, hours, stuck, actions, drafts, promises, progress]
HURTS: Final[list[Source]] = [milestones, gates, budgets, money, triggers, troubled]
