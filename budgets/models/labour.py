"""Rate cards: what an hour of work costs from a day on; and what assigned work costs by them, as the pipeline found it."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from budgets.models.earned_value import ResultQuerySet, money
from programs import policies
from programs.models import Portfolio, Program, Resource
from programs.models.portfolios import currency_code
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked
from tpm.lib.fields import WallTimeField


class LabourRateQuerySet(models.QuerySet["LabourRate"]):
    def visible_to(self, actor: Actor) -> "LabourRateQuerySet":
        """Rates of the portfolios in which the actor reads money anywhere; those of a program only where they read its money."""
        if actor.is_system:
            return self
        held = list(policies.holding(actor, "budget.read"))
        own = Q(program=None) | Q(program__in={grant.program_id for grant in held if grant.program_id})
        whole = Q(portfolio__in={grant.portfolio_id for grant in held if not grant.program_id})
        return self.filter(whole | Q(portfolio__in={grant.portfolio_id for grant in held}) & own)


def legible(rate: Decimal) -> Decimal:
    """Return a rate with two decimals, or as many as it needs."""
    plain = rate.normalize()
    return rate.quantize(Decimal("0.01")) if -int(plain.as_tuple().exponent) <= 2 else plain


@tracked
class LabourRate(Versioned):
    """One line of a rate card: an hour of a resource, or of all resources of a role, from a day on until the next rate of the
    same, or until its own end. Without a program it is the portfolio's card, with one that program's own, which comes first.
    """

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(
        Program, null=True, blank=True, on_delete=models.CASCADE, related_name="+", verbose_name=_("program")
    )
    resource = models.ForeignKey(
        Resource,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("resource"),
    )
    role = models.CharField(_("role or skill"), max_length=200, blank=True)
    currency = models.CharField(_("currency"), max_length=3, validators=[currency_code])
    rate = models.DecimalField(
        _("rate per hour"), max_digits=12, decimal_places=4, validators=[MinValueValidator(Decimal(0))]
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)

    objects = LabourRateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "portfolio",
                "program",
                "resource",
                Lower("role"),
                "starts_on",
                name="one_labour_rate_per_day",
                violation_error_message=_("There is a rate of this from this day already. Correct that one."),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(resource=None) & ~Q(role="") | Q(resource__isnull=False, role=""),
                name="labour_rate_of_one",
                violation_error_message=_("A rate is that of a resource or of a role, not of both."),
            ),
            models.CheckConstraint(
                condition=Q(rate__gte=0),
                name="labour_rate_not_negative",
                violation_error_message=_("A rate can not be negative."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="labour_rate_in_order",
                violation_error_message=_("The rate ends before it starts."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resource or self.role}: {self.rate.normalize():f} {self.currency}/h ({self.starts_on})"

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.portfolio_id, self.program_id)

    @property
    def shown(self) -> Decimal:
        """The rate with two decimals, or more if it needs them."""
        return legible(self.rate)


class LabourCost(models.Model):
    """What one resource's work on a task costs while one rate holds. Only workers write here.

    ``amount`` is ``minutes`` × ``rate`` / 60, rounded half to even once; whatever is above is a sum of such rows. ``rate`` is per
    hour in the portfolio's currency, null where none is known: then the work costs nothing *yet*, and is shown as unrated.
    ``card_row`` is the line of the card (0: none holds on these days; else, without a rate, an exchange rate is missing).
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    project_id = models.BigIntegerField()
    task_id = models.BigIntegerField()
    line = models.ForeignKey(
        "budgets.CostLine", on_delete=models.DO_NOTHING, db_constraint=False, related_name="labour_costs"
    )
    resource = models.ForeignKey(Resource, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    part = models.IntegerField()
    starts = WallTimeField()
    ends = WallTimeField()
    minutes = models.BigIntegerField()
    rate = models.DecimalField(max_digits=20, decimal_places=6, null=True)
    card_row = models.BigIntegerField()
    amount = money()

    objects = ResultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["program", "line", "resource", "part"], name="labour_cost_once")
        ]

    def __str__(self) -> str:
        return f"{self.minutes} min: {self.amount}"

    @property
    def last_day(self) -> date:
        """The last day of the part; one that ends at midnight ends with the day before."""
        last: datetime = max(self.starts, self.ends - timedelta(minutes=1))
        return last.date()

    @property
    def shown(self) -> Decimal | None:
        return None if self.rate is None else legible(self.rate)
