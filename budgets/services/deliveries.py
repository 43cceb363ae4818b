"""Deliveries of an order, and the installation and acceptance of what has to be installed."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from budgets import events
from budgets.models import Acceptance, AcceptanceStep, Delivery, DeliveryLine, OrderLine, PurchaseOrder
from budgets.services.orders import wrong
from programs import policies
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.writing import Change

State = Acceptance.State


def steps() -> list[str]:
    """Return the steps that every installation begins with; more are added as needed."""
    return [_("Installed"), _("Configured and connected"), _("Tested against the requirements")]


def receive(
    *, actor: Actor, order: PurchaseOrder, delivered_on: date, rows: Sequence[dict[str, Any]], note: str = ""
) -> Delivery:
    """Write down what came. ``rows``: ``order_line``, ``quantity``, ``rejected`` (sent back at once).

    What has to be installed gets an acceptance with its first steps.

    :raises NotAllowed:
    :raises ValidationError: naming row, column and reason; if the order is not placed.
    """
    policies.authorize(actor, "purchase.receive", order)
    if actor.user is None:
        raise ValidationError(_("A person has to receive it."))
    if not rows:
        raise ValidationError({"rows": _("Say what came.")})
    with _changed(actor, order) as change:
        check_state(order, PurchaseOrder.State.PLACED)
        if order.ordered_on and delivered_on < order.ordered_on:
            raise ValidationError({"delivered_on": _("That is before the day of the order.")})
        known = {line.pk: line for line in OrderLine.objects.filter(order=order)}
        last = Delivery.objects.filter(order=order).aggregate(last=Max("number"))["last"] or 0
        delivery = change.create(
            Delivery(
                program=order.program, project=order.project, order=order, number=last + 1,
                delivered_on=delivered_on, received_by=actor.user, note=note,
            )
        )  # fmt: skip
        for number, row in enumerate(rows, 1):
            line = known.get(row["order_line"])
            if line is None:
                raise wrong(number, _("position"), _("the order has no such line"))
            rejected = row.get("rejected") or Decimal(0)
            if row["quantity"] <= 0:
                raise wrong(number, _("quantity"), _("more than zero"))
            if not 0 <= rejected <= row["quantity"]:
                raise wrong(number, _("sent back"), _("not more than came"))
            came = change.create(
                DeliveryLine(delivery=delivery, order_line=line, quantity=row["quantity"], rejected=rejected)
            )
            if line.needs_acceptance and rejected < row["quantity"]:
                _start(change, order, came, line, 1, steps())
        return delivery


def set_step(
    *, actor: Actor, step: AcceptanceStep, done_on: date | None, evidence: str, responsible: str
) -> AcceptanceStep:
    """Say who does a step, when it was done and what shows it.

    :raises NotAllowed:
    :raises ValidationError: for a day without evidence, or if the acceptance is decided.
    """
    acceptance = step.acceptance
    policies.authorize(actor, "purchase.receive", acceptance)
    if done_on is not None and not evidence.strip():
        raise ValidationError({"evidence": _("Say what shows that the step is done.")})
    with _changed(actor, acceptance.order) as change:
        _check_open(acceptance)
        values = {"done_on": done_on, "evidence": evidence.strip(), "responsible": responsible.strip()}
        AcceptanceStep.objects.filter(pk=step.pk).update(**values)
        change.wrote()
    step.refresh_from_db()
    return step


def add_step(*, actor: Actor, acceptance: Acceptance, name: str) -> AcceptanceStep:
    """Add a step at the end.

    :raises NotAllowed, ValidationError:
    """
    policies.authorize(actor, "purchase.receive", acceptance)
    with _changed(actor, acceptance.order) as change:
        _check_open(acceptance)
        last = AcceptanceStep.objects.filter(acceptance=acceptance).aggregate(last=Max("position"))["last"]
        return change.create(
            AcceptanceStep(acceptance=acceptance, position=(last or 0) + 1, name=name.strip())
        )


def decide(*, actor: Actor, acceptance: Acceptance, accept: bool, on: date, note: str = "") -> Acceptance:
    """Accept what was installed, or reject it with a reason. Who placed the order can not (the database refuses it, too).

    :raises NotAllowed, Conflict:
    :raises ValidationError: if steps are open, if it is decided, by the orderer or by nobody in person.
    """
    policies.authorize(actor, "purchase.receive", acceptance)
    note = note.strip()
    if actor.user is None or actor.user.is_service:
        raise ValidationError(_("A person has to decide it."))
    if not accept and not note:
        raise ValidationError({"note": _("Say why you reject it.")})
    with _changed(actor, acceptance.order) as change:
        _check_open(acceptance)
        if accept and acceptance.steps.filter(done_on=None).exists():
            raise ValidationError(_("Steps are open. Do them, with evidence, before you accept."))
        state = State.ACCEPTED if accept else State.REJECTED
        return change.update(acceptance, state=state, decided_by_id=actor.user_id, decided_on=on, note=note)


def retry(*, actor: Actor, acceptance: Acceptance) -> Acceptance:
    """Begin the next attempt after a rejection, with the same steps.

    :raises NotAllowed:
    :raises ValidationError: if it was not rejected, or the next attempt is under way.
    """
    policies.authorize(actor, "purchase.receive", acceptance)
    with _changed(actor, acceptance.order) as change:
        if acceptance.state != State.REJECTED:
            raise ValidationError(_("Only what was rejected is tried again."))
        names = list(acceptance.steps.order_by("position").values_list("name", flat=True))
        came = acceptance.delivery_line
        if came.acceptances.filter(attempt__gt=acceptance.attempt).exists():
            raise ValidationError(_("The next attempt is under way already."))
        return _start(change, acceptance.order, came, came.order_line, acceptance.attempt + 1, names)


def _start(
    change: Change, order: PurchaseOrder, came: DeliveryLine, line: OrderLine, attempt: int, names: list[str]
) -> Acceptance:
    acceptance = change.create(
        Acceptance(
            program=order.program, project=order.project, order=order, delivery_line=came, attempt=attempt,
            task=line.task,
        )
    )  # fmt: skip
    for position, name in enumerate(names, 1):
        change.create(AcceptanceStep(acceptance=acceptance, position=position, name=name))
    return acceptance


def check_state(order: PurchaseOrder, *states: str) -> None:
    """Refuse what only an order in one of these states allows.

    :raises ValidationError:
    """
    now = PurchaseOrder.objects.select_for_update().values_list("state", flat=True).get(pk=order.pk)
    if now not in states:
        raise ValidationError(_("The order is %(state)s.") % {"state": PurchaseOrder.State(now).label})


def _check_open(acceptance: Acceptance) -> None:
    now = Acceptance.objects.select_for_update().values_list("state", flat=True).get(pk=acceptance.pk)
    if now != State.OPEN:
        raise ValidationError(_("It is decided already."))


def _changed(actor: Actor, order: PurchaseOrder) -> AbstractContextManager[Change]:
    return activity.change(actor=actor, event=events.PROCUREMENT_CHANGED, programs=[order.program])
