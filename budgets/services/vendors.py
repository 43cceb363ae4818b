"""Vendors of a portfolio. Who orders does not keep them: that is for owners and finance controllers."""

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import RestrictedError
from django.utils.translation import gettext as _

from budgets import events
from budgets.models import Vendor, VendorContact
from budgets.models.vendors import key_of
from budgets.services import categories
from programs import policies
from programs.models import Portfolio
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.writing import Change, Conflict

MOST_CONTACTS = 20


def create(
    *, actor: Actor, portfolio: Portfolio, contacts: Sequence[dict[str, str]] = (), **values: Any
) -> Vendor:
    """Add a vendor. ``contacts``: rows of ``name``, ``role``, ``email``, ``phone``.

    :raises NotAllowed:
    :raises ValidationError: for a key or name that is there already (spelled otherwise, too), an unknown category.
    """
    vendor = Vendor(portfolio=portfolio, **values)
    policies.authorize(actor, "vendor.edit", vendor)
    vendor.key = vendor.key.strip() or key_of(vendor.name)
    _check(vendor)
    with activity.change(actor=actor, event=events.VENDORS_CHANGED) as change:
        change.create(vendor)
        _write(change, vendor, contacts)
        return vendor


def update(
    *, actor: Actor, vendor: Vendor, contacts: Sequence[dict[str, str]] | None = None, **new: Any
) -> Vendor:
    """Change a vendor, and its contacts if they are given.

    :raises NotAllowed, Conflict, ValidationError:
    """
    policies.authorize(actor, "vendor.edit", vendor)
    if "key" in new:
        new["key"] = new["key"].strip() or key_of(new.get("name", vendor.name))
    wanted = Vendor(**{f.attname: getattr(vendor, f.attname) for f in Vendor._meta.concrete_fields})
    for name, value in new.items():
        setattr(wanted, name, value)
    _check(wanted, vendor.category)
    with activity.change(actor=actor, event=events.VENDORS_CHANGED) as change:
        version = vendor.version
        changed = change.update(vendor, **new)
        if contacts is not None:
            if changed.version == version and not change.bulk_update(
                Vendor.objects.filter(pk=vendor.pk, version=version)
            ):
                raise Conflict(Vendor, vendor.pk, Vendor.objects.filter(pk=vendor.pk).first())
            changed.refresh_from_db(fields=["version"])
            change.bulk_delete(VendorContact.objects.filter(vendor=vendor))
            _write(change, changed, contacts)
        return changed


def delete(*, actor: Actor, vendor: Vendor) -> None:
    """Delete a vendor that nothing was bought from.

    :raises NotAllowed, Conflict:
    :raises ValidationError: if it has contracts or orders.
    """
    policies.authorize(actor, "vendor.edit", vendor)
    try:
        with activity.change(actor=actor, event=events.VENDORS_CHANGED) as change:
            change.delete(vendor)
    except RestrictedError as error:
        raise ValidationError(
            _("Contracts or orders name this vendor. Take it out of the offer instead.")
        ) from error


def _check(vendor: Vendor, before: str = "") -> None:
    if not vendor.key:
        raise ValidationError({"name": _("A name has letters or digits.")})
    if vendor.category:
        categories.check(vendor.portfolio_id, vendor.category, before or None)
    others = Vendor.objects.filter(portfolio=vendor.portfolio_id).exclude(pk=vendor.pk)
    if others.filter(key=vendor.key).exists():
        raise ValidationError({"key": _("There is a vendor of this key already.")})
    for name in others.filter(name__istartswith=vendor.name[:1]).values_list("name", flat=True):
        if key_of(name) == key_of(vendor.name):
            raise ValidationError({"name": _("There is “%(name)s” already.") % {"name": name}})


def _write(change: Change, vendor: Vendor, contacts: Sequence[dict[str, str]]) -> None:
    if len(contacts) > MOST_CONTACTS:
        raise ValidationError({"contacts": _("At most %(n)s contacts.") % {"n": MOST_CONTACTS}})
    for number, given in enumerate(contacts, 1):
        if not given.get("name", "").strip():
            raise ValidationError({"contacts": _("Contact %(n)s has no name.") % {"n": number}})
        try:
            change.create(VendorContact(vendor=vendor, **given))
        except ValidationError as error:
            raise ValidationError(
                {"contacts": _("Contact %(n)s: %(why)s") % {"n": number, "why": " ".join(error.messages)}}
            ) from error
