"""Business objectives and their key results: what portfolio and program are run for, by when, and how far that is."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models.portfolios import Portfolio
from programs.models.programs import Program
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked


class ObjectiveQuerySet(models.QuerySet["Objective"]):
    def visible_to(self, actor: Actor) -> "ObjectiveQuerySet":
        """A portfolio's objectives for who reads any program of it; those of one program only with that program."""
        return self.filter(_readable(actor, ""))


class KeyResultQuerySet(models.QuerySet["KeyResult"]):
    def visible_to(self, actor: Actor) -> "KeyResultQuerySet":
        """Key results of the objectives that the actor reads."""
        return self.filter(_readable(actor, "objective__"))


def _readable(actor: Actor, prefix: str) -> Q:
    if actor.is_system:
        return Q()
    held = list(policies.holding(actor, "program.read"))
    whole = Q(**{f"{prefix}portfolio_id__in": {g.portfolio_id for g in held if not g.program_id}})
    inside = Q(**{f"{prefix}portfolio_id__in": {g.portfolio_id for g in held}})
    own = Q(**{f"{prefix}program": None}) | Q(
        **{f"{prefix}program_id__in": {g.program_id for g in held if g.program_id}}
    )
    return whole | (inside & own)


@tracked
class Objective(Versioned):
    """``program`` is set for an objective of one program only. The period is from ``starts_on`` to ``ends_on``, both included."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        REACHED = "reached", _("Reached")
        DROPPED = "dropped", _("Dropped")

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="objectives")
    program = models.ForeignKey(
        Program, null=True, blank=True, on_delete=models.CASCADE, related_name="objectives"
    )
    name = models.CharField(_("objective"), max_length=300)
    description = models.TextField(_("why it matters"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("owner"),
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="objective_ends_after_it_starts",
                violation_error_message=_("An objective can not end before it starts."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.portfolio_id, self.program_id)


@tracked
class KeyResult(Versioned):
    """A measure of an objective: from ``start`` to ``target``, at present ``current``, all in ``unit``."""

    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="results")
    name = models.CharField(_("key result"), max_length=300)
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    start = models.DecimalField(_("start value"), max_digits=24, decimal_places=6, default=0)
    target = models.DecimalField(_("target"), max_digits=24, decimal_places=6)
    current = models.DecimalField(_("present value"), max_digits=24, decimal_places=6, null=True, blank=True)
    measured_on = models.DateField(_("measured on"), null=True, blank=True)

    objects = KeyResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("key result")
        verbose_name_plural = _("key results")
        constraints = [
            models.CheckConstraint(
                condition=~Q(start=F("target")),
                name="key_result_leads_somewhere",
                violation_error_message=_("Start value and target are the same: there is nothing to reach."),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> policies.Scope:
        return self.objective.scope

    @property
    def share(self) -> Decimal | None:
        """How far it is, from 0 to 1; None where nothing was measured yet."""
        if self.current is None:
            return None
        return min(max((self.current - self.start) / (self.target - self.start), Decimal(0)), Decimal(1))
