"""Contracts: with whom, for how much, how long, and what is due when."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import RestrictedError
from django.utils import timezone
from django.utils.translation import gettext as _

from budgets import events
from budgets.models import Contract, ContractMilestone
from budgets.selectors import rates
from budgets.services import pricing
from programs import policies
from programs.models import Program
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.writing import Change, Conflict


def create(
    *, actor: Actor, program: Program, milestones: Sequence[dict[str, Any]] = (), **values: Any
) -> Contract:
    """Write a contract down. ``milestones``: rows of ``name``, ``task``, ``due_on``, ``amount`` (in the contract's currency).

    :raises NotAllowed:
    :raises ValidationError: for a vendor, project or task of elsewhere, a currency without a rate, an end before the start.
    """
    contract = Contract(program=program, **_kept(program, values))
    policies.authorize(actor, "budget.edit", contract)
    with activity.change(actor=actor, event=events.PROCUREMENT_CHANGED, programs=[program]) as change:
        change.create(contract)
        _write(change, contract, milestones)
        return contract


def update(
    *, actor: Actor, contract: Contract, milestones: Sequence[dict[str, Any]] | None = None, **new: Any
) -> Contract:
    """Change a contract, and its milestones if they are given.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "budget.edit", contract)
    program = contract.program
    new = _kept(program, new, contract)
    policies.authorize(
        actor, "budget.edit", Contract(program=program, project=new.get("project", contract.project))
    )
    with activity.change(actor=actor, event=events.PROCUREMENT_CHANGED, programs=[program]) as change:
        version = contract.version
        changed = change.update(contract, **new)
        if milestones is not None:
            same = changed.version == version
            if same and not change.bulk_update(Contract.objects.filter(pk=contract.pk, version=version)):
                raise Conflict(Contract, contract.pk, Contract.objects.filter(pk=contract.pk).first())
            changed.version = version + 1
            change.bulk_delete(ContractMilestone.objects.filter(contract=contract))
            _write(change, changed, milestones)
        return changed


def delete(*, actor: Actor, contract: Contract) -> None:
    """Delete a contract under which nothing was ordered.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if orders name it.
    """
    policies.authorize(actor, "budget.edit", contract)
    try:
        with activity.change(
            actor=actor, event=events.PROCUREMENT_CHANGED, programs=[contract.program]
        ) as change:
            change.delete(contract)
    except RestrictedError as error:
        raise ValidationError(_("Orders were placed under this contract. Close it instead.")) from error


def _kept(program: Program, values: dict[str, Any], before: Contract | None = None) -> dict[str, Any]:
    """Return the fields as they are kept: the supplier's name, and the value in the portfolio's currency."""
    kept = dict(values)
    vendor, project = kept.get("vendor"), kept.get("project")
    if before is None and vendor is None:
        raise ValidationError({"vendor": _("A contract names its vendor.")})
    if vendor is not None and vendor.portfolio_id != program.portfolio_id:
        raise ValidationError({"vendor": _("“%(name)s” belongs to another portfolio.") % {"name": vendor}})
    if project is not None and project.program_id != program.pk:
        raise ValidationError({"project": _("“%(name)s” belongs to another program.") % {"name": project}})
    if vendor is not None and (before is None or before.vendor_id != vendor.pk):
        kept.setdefault("supplier", vendor.name)
    start = kept.get("starts_on", before.starts_on if before else None)
    end = kept.get("ends_on", before.ends_on if before else None)
    if start and end and end < start:
        raise ValidationError({"ends_on": _("The contract ends before it starts.")})
    money = {name: kept.pop(name) for name in ("currency", "original_amount", "value") if name in kept}
    if not money:
        return kept
    code = money.get("currency", before.currency if before else None) or program.portfolio.currency
    amount = money.get("original_amount", money.get("value"))
    if amount is not None and amount < 0:
        raise ValidationError({"value": _("A contract is worth nothing less than zero.")})
    if amount is None:
        if code != program.portfolio.currency:
            raise ValidationError({"value": _("Give the value in %(code)s.") % {"code": code}})
        return kept | {"value": None, "currency": None, "original_amount": None, "rate": None}
    day = start or timezone.localdate()
    try:
        priced = pricing.priced(
            program.portfolio,
            lambda: rates.of_portfolio(program.portfolio_id),
            {"currency": code, "original_amount": amount},
            day,
        )
    except ValidationError as error:
        told = {"value" if k == "original_amount" else k: v for k, v in error.message_dict.items()}
        raise ValidationError(told) from error
    return kept | {"value": priced.pop("amount"), **priced}


def _write(change: Change, contract: Contract, milestones: Sequence[dict[str, Any]]) -> None:
    for number, given in enumerate(milestones, 1):
        task = given.get("task")
        if not given.get("name", "").strip():
            raise ValidationError({"milestones": _("Milestone %(n)s has no name.") % {"n": number}})
        if task is not None and task.program_id != contract.program_id:
            raise ValidationError(
                {"milestones": _("Milestone %(n)s: the task is of another program.") % {"n": number}}
            )
        if task is None and given.get("due_on") is None:
            raise ValidationError({"milestones": _("Milestone %(n)s needs a task or a day.") % {"n": number}})
        change.create(ContractMilestone(contract=contract, **given))
