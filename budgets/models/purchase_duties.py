"""Separation of duties in buying, held by the database like that of approvals (``separation.py``): who ordered neither accepts
what comes nor posts its invoice, and what was posted does not change."""

import pgtrigger
from django.utils.translation import gettext_lazy as _

from tpm.activity.models import RULES

REFUSALS = {
    "order_orderer_fixed": _("Who placed an order does not change."),
    "acceptance_by_orderer": _("Who placed the order can not accept it: somebody else has to look."),
    "acceptance_by_person": _("Service accounts and closed accounts accept nothing."),
    "acceptance_settled": _("It is decided already."),
    "invoice_by_orderer": _("Who placed the order can not post its invoice: somebody else has to."),
    "invoice_by_person": _("Service accounts and closed accounts post no invoice."),
    "invoice_posted": _("A posted invoice does not change; reverse it, and enter it anew."),
    "tolerance_confirmed": _("A confirmed tolerance does not change. Write a new version."),
}
RULES.update(REFUSALS)


def _refuse(rule: str) -> str:
    return f"RAISE EXCEPTION '{rule}' USING ERRCODE = '23514', CONSTRAINT = '{rule}';"


def _no_person(user: str) -> str:
    return f"EXISTS (SELECT FROM accounts_user WHERE id = {user} AND (is_service OR NOT is_active))"


ORDER = [
    pgtrigger.Trigger(
        name="orderer_fixed",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(old__ordered_by_id__isnull=False)
        & pgtrigger.Q(old__ordered_by_id__df=pgtrigger.F("new__ordered_by_id")),
        func=_refuse("order_orderer_fixed"),
    )
]
ACCEPTANCE = [
    pgtrigger.Trigger(
        name="separate",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        func=f"""
IF TG_OP = 'UPDATE' AND OLD.state <> 'open' AND (NEW.state, NEW.decided_by_id) IS DISTINCT FROM (OLD.state, OLD.decided_by_id)
THEN {_refuse("acceptance_settled")} END IF;
IF NEW.decided_by_id IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.decided_by_id IS NULL) THEN
    IF {_no_person("NEW.decided_by_id")} THEN {_refuse("acceptance_by_person")} END IF;
    IF EXISTS (SELECT FROM budgets_purchaseorder WHERE id = NEW.order_id AND ordered_by_id = NEW.decided_by_id)
    THEN {_refuse("acceptance_by_orderer")} END IF;
END IF;
RETURN NEW;
""",
    )
]
INVOICE = [
    pgtrigger.Trigger(
        name="separate",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        func=f"""
IF TG_OP = 'UPDATE' AND OLD.state <> 'entered' AND (
    NEW.state = 'entered' OR NEW.state = 'posted' AND OLD.state = 'reversed'
    OR (NEW.order_id, NEW.number, NEW.total, NEW.invoiced_on, NEW.posted_by_id, NEW.posted_on)
       IS DISTINCT FROM (OLD.order_id, OLD.number, OLD.total, OLD.invoiced_on, OLD.posted_by_id, OLD.posted_on))
THEN {_refuse("invoice_posted")} END IF;
IF NEW.posted_by_id IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.posted_by_id IS NULL) THEN
    IF {_no_person("NEW.posted_by_id")} THEN {_refuse("invoice_by_person")} END IF;
    IF EXISTS (SELECT FROM budgets_purchaseorder WHERE id = NEW.order_id AND ordered_by_id = NEW.posted_by_id)
    THEN {_refuse("invoice_by_orderer")} END IF;
END IF;
RETURN NEW;
""",
    )
]
INVOICE_LINE = [
    pgtrigger.Trigger(
        name="posted_stays",
        operation=pgtrigger.Insert | pgtrigger.Update,
        when=pgtrigger.Before,
        func=f"""
IF EXISTS (SELECT FROM budgets_invoice WHERE id = NEW.invoice_id AND state <> 'entered') THEN {_refuse("invoice_posted")} END IF;
RETURN NEW;
""",
    )
]
TOLERANCE = [
    pgtrigger.Trigger(
        name="confirmed",
        operation=pgtrigger.Update,
        when=pgtrigger.Before,
        condition=pgtrigger.Q(old__confirmed_by_id__isnull=False),
        func=_refuse("tolerance_confirmed"),
    )
]
