"""Plan cost: lines that follow a task's dates, have their own, or are phased by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from budgets import events
from budgets.engine import allocation
from budgets.engine import periods as engine
from budgets.models import Category, CostLine, CostPortion
from budgets.selectors import periods, rates
from budgets.services import categories, pricing
from programs import policies
from programs.models import Program, Resource
from projects.models import Assignment, Project, Task
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet
from tpm.activity.reverting import RevertRefused, revert, written_by
from tpm.activity.tracking import event_model
from tpm.activity.writing import Change, Conflict


@dataclass(frozen=True)
class Portion:
    """What a line spends in the period that holds the day ``on``, in the line's own currency."""

    on: date
    amount: Decimal


def create(
    *,
    actor: Actor,
    program: Program,
    portions: Sequence[Portion] | None = None,
    rate_on: date | None = None,
    **fields: Any,
) -> CostLine:
    """Add a cost line; with a ``task`` its project is the task's.

    :param portions: phases the line by hand; they must sum to its amount. Its dates are then those of their periods.
    :param rate_on: for a foreign ``currency``, the day whose rate counts: as a rule the data date.
    :raises NotAllowed, ValidationError:

    A line ``from_assignments`` is given no amount: it is computed from the task's assignments and the rate cards.
    """
    fields = _placed(program, fields)
    fields = _computed(fields, portions) or _priced(program, fields, rate_on)
    shares = _shares(program, fields, portions)
    line = CostLine(program=program, **(fields | _phased(shares)))
    policies.authorize(actor, "budget.edit", line)
    categories.check(program.portfolio_id, line.category)
    _check(line)
    with activity.change(actor=actor, event=events.BUDGET_CHANGED, programs=[program]) as change:
        made = change.create(line)
        _write(change, made, shares)
        return made


def update(
    *,
    actor: Actor,
    line: CostLine,
    portions: Sequence[Portion] | None = None,
    rate_on: date | None = None,
    **new: Any,
) -> CostLine:
    """Change a cost line.

    :param portions: phases the line by hand; an empty sequence takes the phasing by hand back.
    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "budget.edit", line)
    new = _placed(line.program, new)
    if new.get("from_assignments", line.from_assignments):
        new = _computed(new | {"from_assignments": True}, portions)
    else:
        if line.from_assignments and "amount" not in new and "original_amount" not in new:
            raise ValidationError({"amount": _("Give the amount that the line has from now on.")})
        new = _priced(line.program, new, rate_on, line)
    whole = {name: new.get(name, getattr(line, name)) for name in ("amount", "currency", "original_amount")}
    shares = _shares(line.program, whole, portions)
    if portions is not None:
        new |= _phased(shares)
    elif line.by_hand:
        if new.get("task") is not None:
            raise ValidationError({"task": _("The line is phased by hand; take that back first.")})
        if new.get("amount", line.amount) != line.amount:
            raise ValidationError(
                {"amount": _("The line is phased by hand: give the amount of each period with it.")}
            )
    wanted = CostLine(**{f.attname: getattr(line, f.attname) for f in CostLine._meta.concrete_fields})
    for name, value in new.items():
        setattr(wanted, name, value)
    policies.authorize(actor, "budget.edit", wanted)
    categories.check(line.program.portfolio_id, wanted.category, line.category)
    _check(wanted)
    with activity.change(actor=actor, event=events.BUDGET_CHANGED, programs=[line.program]) as change:
        version = line.version
        changed = change.update(line, **new)
        if portions is not None:
            if changed.version == version:  # only the portions differ: they count as the line
                if not change.bulk_update(CostLine.objects.filter(pk=line.pk, version=version)):
                    raise Conflict(CostLine, line.pk, CostLine.objects.filter(pk=line.pk).first())
                changed.version += 1
            change.bulk_delete(CostPortion.objects.filter(line=line))
            _write(change, changed, shares)
        return changed


def delete(*, actor: Actor, line: CostLine) -> None:
    """Delete a cost line.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, "budget.edit", line)
    with activity.change(actor=actor, event=events.BUDGET_CHANGED, programs=[line.program]) as change:
        change.delete(line)


def undo(*, actor: Actor, line: CostLine, change_set: int) -> None:
    """Take one's own change of a cost line back, as a change of its own.

    :raises NotAllowed:
    :raises ChangeSet.DoesNotExist: if it is no change of this line alone.
    :raises RevertRefused: if it is somebody else's, or if the line was changed since.
    """
    policies.authorize(actor, "budget.edit", line)
    found = ChangeSet.objects.get(
        pk=change_set, event=events.BUDGET_CHANGED, revisions__program_id=line.program_id
    )
    touched = event_model(CostLine)._base_manager.filter(pgh_context_id=found.context_id)
    if set(touched.values_list("pgh_obj_id", flat=True)) != {line.pk} or not set(written_by(found)) <= {
        CostLine,
        CostPortion,
    }:
        raise ChangeSet.DoesNotExist
    if found.actor_id != actor.user_id:
        raise RevertRefused("not_yours", _("Only who made this change takes it back."))
    with activity.change(
        actor=actor, event=events.BUDGET_CHANGED, programs=[line.program], cause=found
    ) as change:
        revert(change, found)


def _placed(program: Program, fields: dict[str, Any]) -> dict[str, Any]:
    task, project = fields.get("task"), fields.get("project")
    for part in (task, project):
        if part is not None and part.program_id != program.pk:
            raise ValidationError(_("“%(name)s” belongs to another program.") % {"name": part})
    return fields | ({"project": task.project} if task is not None else {})


def _computed(fields: dict[str, Any], portions: Sequence[Portion] | None) -> dict[str, Any]:
    """Return the fields of a line whose amount is computed; none if it is not.

    :raises ValidationError: if an amount or a phasing is given as well.
    """
    if not fields.get("from_assignments"):
        return {}
    given = next((name for name in pricing.MONEY if fields.get(name)), None)
    if given or portions:
        raise ValidationError(
            {given or "portions": _("The amount of a line from assignments is computed; leave it out.")}
        )
    return fields | {"amount": Decimal(0), "currency": None, "original_amount": None, "rate": None}


def cost_assigned_work(*, actor: Actor, program: Program, project: Project | None = None) -> int:
    """Add a line from assignments to each task that has people at work and none yet, in one change; return how many.

    Projects whose budget the actor may not change are left out.

    :raises NotAllowed: if there is none that they may.
    """
    policies.authorize_within(actor, "budget.edit", program)
    allowed = Project.objects.visible_to(actor, "budget.edit").filter(program=program)
    if project is not None:
        allowed = allowed.filter(pk=project.pk)
    wanting = (
        Task.objects.filter(program=program, project__in=allowed, is_active=True)
        .filter(Exists(Assignment.objects.filter(task=OuterRef("pk"), resource__kind=Resource.Kind.WORK)))
        .exclude(Exists(CostLine.objects.filter(task=OuterRef("pk"), from_assignments=True)))
    )
    with activity.change(actor=actor, event=events.BUDGET_CHANGED, programs=[program]) as change:
        lines = [
            CostLine(
                program=program, project_id=project_id, task_id=pk, name=_("Assigned work"), category=Category.LABOUR,
                amount=Decimal(0), from_assignments=True,
            )
            for pk, project_id in wanting.order_by("pk").values_list("pk", "project_id")
        ]  # fmt: skip
        change.bulk_create(lines)
    return len(lines)


def _priced(
    program: Program, fields: dict[str, Any], rate_on: date | None, before: CostLine | None = None
) -> dict[str, Any]:
    """Convert a foreign amount. A line keeps the day of its rate until another is given."""
    if before is not None and rate_on is None and not any(name in fields for name in pricing.MONEY):
        return fields
    day = rate_on or program.data_date or fields.get("starts_on") or program.starts_on
    kept = before.rate if before is not None and rate_on is None else None
    if before is not None and kept is not None and fields.get("currency", before.currency) == before.currency:
        day = kept.on
    return pricing.priced(
        program.portfolio, lambda: rates.of_portfolio(program.portfolio_id), fields, day, before
    )


def _shares(
    program: Program, money: dict[str, Any], portions: Sequence[Portion] | None
) -> list[tuple[engine.Period, Decimal]]:
    """Return the amount of each period in the portfolio's currency; they sum to the line's to the cent.

    :raises ValidationError: if two portions are of one period, their signs differ, or they do not sum to the line.
    """
    if not portions:
        return []
    rule = periods.rule_of(program.portfolio_id)
    found: dict[engine.Period, Decimal] = {}
    for portion in portions:
        period = engine.period_of(rule, portion.on)
        if period in found:
            raise ValidationError(
                {
                    "portions": _("Two amounts are given for the period from %(day)s.")
                    % {"day": period.starts_on}
                }
            )
        found[period] = portion.amount
    whole = money["original_amount"] if money.get("currency") else money["amount"]
    total = sum(found.values(), Decimal(0))
    if total != whole:
        raise ValidationError(
            {
                "portions": _("The periods sum to %(total)s, the line says %(amount)s.")
                % {"total": f"{total:.2f}", "amount": f"{whole:.2f}"}
            }
        )
    if any(amount * whole < 0 for amount in found.values()) or not whole:
        raise ValidationError(
            {"portions": _("All periods have the sign of the line's amount, and it is not zero.")}
        )
    parts = sorted(found.items())
    if money.get("currency"):
        scaled = allocation.allocate(
            int(money["amount"] * 100), [int(abs(amount) * 10_000) for _period, amount in parts]
        )
        parts = [
            (period, Decimal(cents) / 100) for (period, _amount), cents in zip(parts, scaled, strict=True)
        ]
    return [(period, amount) for period, amount in parts if amount]


def _phased(shares: Sequence[tuple[engine.Period, Decimal]]) -> dict[str, Any]:
    if not shares:
        return {"by_hand": False}
    return {"by_hand": True, "starts_on": shares[0][0].starts_on, "ends_on": shares[-1][0].ends_on}


def _write(change: Change, line: CostLine, shares: Sequence[tuple[engine.Period, Decimal]]) -> None:
    change.bulk_create(
        CostPortion(line=line, starts_on=period.starts_on, ends_on=period.ends_on, amount=amount)
        for period, amount in shares
    )


def _check(line: CostLine) -> None:
    if line.task_id is None and (line.starts_on is None or line.ends_on is None):
        raise ValidationError({"starts_on": _("Without a task a cost line needs its own dates.")})
    if line.starts_on and line.ends_on and line.ends_on < line.starts_on:
        raise ValidationError({"ends_on": _("The line ends before it starts.")})
    if line.from_assignments and line.task_id is None:
        raise ValidationError({"task": _("A line from assignments names the task whose work it costs.")})
    if line.by_hand and line.task_id is not None:
        raise ValidationError({"task": _("A line that follows a task is phased over the task's dates.")})
