"""Figures that the apps above publish here, and the KPIs by which a program is judged.

Dashboards and reports read this one table; every reading carries the revision it was computed at.
"""

from typing import Self, TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models.programs import Program
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked

# A key's first word says which capability its readers need.
READ_CAPABILITY = {"plan": "plan.read", "cost": "budget.read", "risk": "risk.read", "rag": "program.read"}


M = TypeVar("M", bound=models.Model, covariant=True)


class ReadingQuerySet(models.QuerySet[M]):
    def visible_to(self, actor: Actor) -> Self:
        """Readings whose subject the actor may read; a figure of a whole program needs a grant for the whole program."""
        if actor.is_system:
            return self
        allowed = models.Q(pk__in=[])
        for prefix, capability in READ_CAPABILITY.items():
            allowed |= models.Q(key__startswith=f"{prefix}.") & policies.within(actor, capability)
        return self.filter(allowed)


class AbstractReading(models.Model):
    """One figure of a program (``project_id`` is 0) or of one of its projects."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="+", db_index=False)
    project_id = models.BigIntegerField(default=0)
    key = models.CharField(max_length=64)
    value = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    text = models.CharField(max_length=64, blank=True)
    revision = models.BigIntegerField()

    class Meta:
        abstract = True


class Reading(AbstractReading):
    """The current figure. ``value`` is None where a figure is not available (a division by zero)."""

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["program", "project_id", "key"], name="reading_once")]

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class PastReading(AbstractReading):
    """A program's figures as they were at an earlier data date: the last computation of each date stays."""

    data_date = models.DateField()

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "project_id", "key", "data_date"], name="past_reading_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.value} on {self.data_date}"


class KpiQuerySet(models.QuerySet["Kpi"]):
    def visible_to(self, actor: Actor) -> "KpiQuerySet":
        """KPIs of the programs that the actor reads as a whole."""
        return self.filter(policies.within(actor, "plan.read", project=None))


@tracked
class Kpi(Versioned):
    """A measure that the program promised, and whether it was met.

    ``target``, ``watch_at`` and ``bad_at`` are in ``unit``; a value beyond ``bad_at`` is bad, beyond ``watch_at`` to be watched.
    ``higher_is_better`` says on which side *beyond* is.
    """

    class Result(models.TextChoices):
        MET = "met", _("Met")
        NOT_MET = "not_met", _("Not met")
        OPEN = "open", _("Open")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="kpis")
    category = models.CharField(_("category"), max_length=200, blank=True)
    description = models.TextField(_("description"))
    result = models.CharField(_("result"), max_length=8, choices=Result.choices, default=Result.OPEN)
    unit = models.CharField(_("unit"), max_length=40, blank=True, default="", db_default="")
    higher_is_better = models.BooleanField(_("higher is better"), default=True, db_default=True)
    target = models.DecimalField(_("target"), max_digits=24, decimal_places=6, null=True, blank=True)
    watch_at = models.DecimalField(_("watch beyond"), max_digits=24, decimal_places=6, null=True, blank=True)
    bad_at = models.DecimalField(_("bad beyond"), max_digits=24, decimal_places=6, null=True, blank=True)
    external_key = models.CharField(max_length=200, blank=True)

    objects = KpiQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(watch_at=None)
                | models.Q(bad_at=None)
                | models.Q(higher_is_better=True, bad_at__lte=models.F("watch_at"))
                | models.Q(higher_is_better=False, bad_at__gte=models.F("watch_at")),
                name="kpi_thresholds_fit",
                violation_error_message=_("The threshold of “bad” is milder than that of “watch”."),
            )
        ]

    def __str__(self) -> str:
        return self.description[:80]

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.program.portfolio_id, self.program_id)


class KpiValueQuerySet(models.QuerySet["KpiValue"]):
    def visible_to(self, actor: Actor) -> "KpiValueQuerySet":
        """Values of the KPIs that the actor reads."""
        allowed = policies.within(
            actor,
            "plan.read",
            portfolio="kpi__program__portfolio_id",
            program="kpi__program_id",
            project=None,
        )
        return self.filter(allowed)


@tracked
class KpiValue(Versioned):
    """What a KPI was measured at on a day."""

    kpi = models.ForeignKey(Kpi, on_delete=models.CASCADE, related_name="values")
    measured_on = models.DateField(_("measured on"))
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6)
    note = models.CharField(_("note"), max_length=300, blank=True)

    objects = KpiValueQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kpi", "measured_on"],
                name="kpi_value_once_a_day",
                violation_error_message=_("There is a value of this day already. Change that one."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.value:f} on {self.measured_on}"

    @property
    def scope(self) -> policies.Scope:
        return self.kpi.scope
