"""Change the thresholds by which a portfolio rates its programs: each change is a new version, old ones stay readable."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from programs import events, policies
from programs.engine import rag
from programs.models import Portfolio, RagPolicy
from tpm import activity
from tpm.accounts.actors import Actor


def revise(
    *,
    actor: Actor,
    portfolio: Portfolio,
    thresholds: Mapping[str, float],
    name: str = "Standard",
    reason: str = "",
) -> RagPolicy:
    """Put new thresholds in force; those that are not named keep their defaults.

    Ratings are made when they are read, so nothing is recomputed.

    :raises NotAllowed:
    :raises ValidationError: for an unknown threshold, or a *bad* one that is milder than its *watch*.
    """
    policies.authorize(actor, "portfolio.edit", portfolio)
    values = {key: float(value) for key, value in thresholds.items()}
    try:
        rag.Policy.of(name, 1, values)
    except ValueError as error:
        raise ValidationError(_("These thresholds do not fit together: %(why)s.") % {"why": error}) from error
    with activity.change(actor=actor, event=events.INDICATORS_CHANGED, reason=reason) as change:
        # The newest number decides, whatever the policy is called; the portfolio's row keeps two revisions apart.
        Portfolio.objects.select_for_update().get(pk=portfolio.pk)
        last = RagPolicy.objects.filter(portfolio=portfolio).aggregate(last=Max("number"))["last"] or 0
        return change.create(RagPolicy(portfolio=portfolio, name=name, number=last + 1, thresholds=values))
