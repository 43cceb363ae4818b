"""Exchange rates by day, and amounts that were given in another currency than the portfolio's."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.models.portfolio_rows import PortfolioRow
from programs.models.portfolios import currency_code
from tpm.activity.tracking import tracked


@tracked
class ExchangeRate(PortfolioRow):
    """What one unit of ``currency`` is worth in the portfolio's currency, from a day on until the next rate."""

    currency = models.CharField(_("currency"), max_length=3, validators=[currency_code])
    on = models.DateField(_("from"))
    rate = models.DecimalField(
        _("rate"), max_digits=20, decimal_places=10, validators=[MinValueValidator(Decimal("0.0000000001"))]
    )
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["portfolio", "currency", "on"],
                name="one_rate_per_day",
                violation_error_message=_("There is a rate of this currency on this day already."),
            ),
            models.CheckConstraint(
                condition=Q(rate__gt=0),
                name="rate_is_positive",
                violation_error_message=_("A rate is greater than zero."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.currency} {self.rate.normalize():f} ({self.on})"


class Priced(models.Model):
    """Keeps what was given in a foreign currency beside ``amount``, which always is in the portfolio's currency.

    All three are null if the amount was given in the portfolio's currency.
    """

    currency = models.CharField(
        _("currency"), max_length=3, null=True, blank=True, validators=[currency_code]
    )
    original_amount = models.DecimalField(
        _("amount in this currency"), max_digits=22, decimal_places=4, null=True, blank=True
    )
    rate = models.ForeignKey(
        ExchangeRate,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("rate"),
    )

    class Meta:
        abstract = True


def priced_whole(name: str) -> models.CheckConstraint:
    """Return the rule that a foreign amount names currency, amount and rate, or none of them."""
    none = Q(currency=None, original_amount=None, rate=None)
    every = Q(currency__isnull=False, original_amount__isnull=False, rate__isnull=False)
    return models.CheckConstraint(
        condition=none | every,
        name=name,
        violation_error_message=_("A foreign amount names its currency, its amount and its rate."),
    )
