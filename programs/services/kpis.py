"""Promise KPIs, set their targets and thresholds, and write down what was measured."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from programs import events, policies
from programs.models import Kpi, KpiValue, Program
from tpm import activity
from tpm.accounts.actors import Actor


def create(*, actor: Actor, program: Program, description: str, **fields: Any) -> Kpi:
    """Add a KPI to a program.

    :raises NotAllowed:
    :raises ValidationError: if the thresholds do not fit together.
    """
    kpi = Kpi(program=program, description=description, **fields)
    policies.authorize(actor, "indicator.edit", kpi)
    _check(kpi)
    with activity.change(actor=actor, event=events.INDICATORS_CHANGED) as change:
        return change.create(kpi)


def update(*, actor: Actor, kpi: Kpi, **new: Any) -> Kpi:
    """Change a KPI.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if the thresholds do not fit together.
    """
    policies.authorize(actor, "indicator.edit", kpi)
    _check(
        Kpi(
            **{name: new.get(name, getattr(kpi, name)) for name in ("watch_at", "bad_at", "higher_is_better")}
        )
    )
    with activity.change(actor=actor, event=events.INDICATORS_CHANGED) as change:
        return change.update(kpi, **new)


def delete(*, actor: Actor, kpi: Kpi) -> None:
    """Delete a KPI and its values; the audit keeps them.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, "indicator.edit", kpi)
    with activity.change(actor=actor, event=events.INDICATORS_CHANGED) as change:
        for value in kpi.values.all():
            change.delete(value)
        change.delete(kpi)


def measure(*, actor: Actor, kpi: Kpi, measured_on: date, value: Decimal, note: str = "") -> KpiValue:
    """Write down what a KPI was measured at on a day.

    :raises NotAllowed:
    :raises ValidationError: if there is a value of this day already.
    """
    policies.authorize(actor, "indicator.edit", kpi)
    if KpiValue.objects.filter(kpi=kpi, measured_on=measured_on).exists():
        raise ValidationError({"measured_on": _("There is a value of this day already. Change that one.")})
    with activity.change(actor=actor, event=events.INDICATORS_CHANGED) as change:
        return change.create(KpiValue(kpi=kpi, measured_on=measured_on, value=value, note=note))


def correct(*, actor: Actor, row: KpiValue, **new: Any) -> KpiValue:
    """Change a value, its day or its note.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if there is another value of this day already.
    """
    policies.authorize(actor, "indicator.edit", row)
    day = new.get("measured_on", row.measured_on)
    if KpiValue.objects.filter(kpi=row.kpi_id, measured_on=day).exclude(pk=row.pk).exists():
        raise ValidationError({"measured_on": _("There is a value of this day already. Change that one.")})
    with activity.change(actor=actor, event=events.INDICATORS_CHANGED) as change:
        return change.update(row, **new)


def discard(*, actor: Actor, row: KpiValue) -> None:
    """Take a value off; the audit keeps it.

    :raises NotAllowed, Conflict:
    """
    policies.authorize(actor, "indicator.edit", row)
    with activity.change(actor=actor, event=events.INDICATORS_CHANGED) as change:
        change.delete(row)


def _check(kpi: Kpi) -> None:
    if kpi.watch_at is None or kpi.bad_at is None:
        return
    side = 1 if kpi.higher_is_better else -1
    if side * kpi.bad_at > side * kpi.watch_at:
        raise ValidationError({"bad_at": _("The threshold of “bad” is milder than that of “watch”.")})
