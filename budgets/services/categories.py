"""Add, rename and retire cost categories."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets import events
from budgets.models import Category, CostCategory
from budgets.selectors import categories
from programs import policies
from programs.models import Portfolio
from tpm import activity
from tpm.accounts.actors import Actor
from tpm.activity.writing import Conflict


def put(
    *,
    actor: Actor,
    portfolio: Portfolio,
    code: str,
    name: str,
    is_active: bool = True,
    version: int | None = None,
) -> CostCategory:
    """Add the category of a code, or change its name and whether it is offered. The code stays, as amounts name it.

    The first change of a portfolio writes down the seven that it began with. ``version`` guards a change as elsewhere.

    :raises NotAllowed, Conflict, ValidationError:
    """
    row = CostCategory(portfolio=portfolio, code=code.strip().lower(), name=name.strip(), is_active=is_active)
    policies.authorize(actor, "money.configure", row)
    if not row.name:
        raise ValidationError({"name": _("A category needs a name.")})
    with activity.change(actor=actor, event=events.CATEGORIES_CHANGED) as change:
        # One writer at a time: the first one writes seven rows.
        Portfolio.objects.select_for_update().get(pk=portfolio.pk)
        known = CostCategory.objects.filter(portfolio=portfolio)
        fresh = not known.exists()
        if fresh:
            for position, (seeded, label) in enumerate(Category.choices, 1):
                change.create(
                    CostCategory(portfolio=portfolio, code=seeded, name=str(label), position=position)
                )
        there = known.filter(code=row.code).first()
        if there is None:
            row.position = known.count() + 1
            return change.create(row)
        if version is not None and version != (0 if fresh else there.version):
            raise Conflict(CostCategory, there.pk, there)
        return change.update(there, name=row.name, is_active=is_active)


def check(portfolio_id: int, code: str, before: str | None = None) -> None:
    """Refuse a category that the portfolio does not offer; what a row has already may stay: one query at most.

    :raises ValidationError:
    """
    if code == before:
        return
    offered = dict(categories.choices(portfolio_id))
    if code not in offered:
        raise ValidationError(
            {
                "category": _("There is no category “%(code)s”. Choose one of %(known)s.")
                % {"code": code, "known": ", ".join(offered)}
            }
        )
