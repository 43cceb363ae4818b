"""Action items: what somebody said they would do by when, and what it came from."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models.programs import Program
from tpm.accounts.actors import Actor
from tpm.activity import subjects
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked

ORIGINS = ("risk", "gate", "task", "commitment", "objective", "report")
"""Kinds of things (``tpm.activity.subjects``) that an action may come from."""
CONFIDENTIAL = ("risk",)
"""Those of them that may be hidden from people who otherwise read the actions of their program."""


class ActionQuerySet(models.QuerySet["Action"]):
    def visible_to(self, actor: Actor) -> "ActionQuerySet":
        """Actions of the programs and projects whose actions the actor reads. What comes from a confidential risk is seen by who sees
        the risk, by who reads confidential things there anyway, and by who has to do it or asked for it."""
        if actor.is_system:
            return self
        plain: Q = ~Q(origin_kind__in=CONFIDENTIAL) | Q(owner=actor.user) | Q(raised_by=actor.user)
        for kind in CONFIDENTIAL:
            if kind in subjects.kinds():
                row = subjects.rows_of(actor, kind).filter(pk=OuterRef("origin_id")).order_by()
                plain |= Q(Q(origin_kind=kind), Exists(row))
        restricted = policies.within(actor, "risk.read_confidential")
        return self.filter(policies.within(actor, "action.read"), plain | restricted)


@tracked
class Action(Versioned):
    """Something to do. ``project_id`` is no foreign key: projects live in the app above. ``origin_kind`` and ``origin_id`` name what it
    came from; the thing may go, the action stays."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        IN_PROGRESS = "in_progress", _("In progress")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    class Priority(models.IntegerChoices):
        HIGH = 1, _("High")
        MEDIUM = 2, _("Medium")
        LOW = 3, _("Low")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="actions")
    project_id = models.BigIntegerField(_("project"), null=True, blank=True)
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("what is to be done"), max_length=300)
    detail = models.TextField(_("detail"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="actions",
        verbose_name=_("owner"),
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.OPEN)
    priority = models.PositiveSmallIntegerField(
        _("priority"), choices=Priority.choices, default=Priority.MEDIUM
    )
    origin_kind = models.CharField(max_length=24, blank=True, editable=False)
    origin_id = models.BigIntegerField(null=True, blank=True, editable=False)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        editable=False,
        verbose_name=_("raised by"),
    )
    raised_at = models.DateTimeField(_("raised"), auto_now_add=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.TextField(_("what came of it"), blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("action")
        verbose_name_plural = _("actions")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "number"],
                name="action_number_once",
                violation_error_message=_("The program has an action of this number already."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("done", "dropped"), closed_on__isnull=False)
                | Q(state__in=("open", "in_progress"), closed_on=None),
                name="closed_action_has_day",
                violation_error_message=_("What is done or dropped needs the day on which it was."),
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(outcome=""),
                name="dropped_action_says_why",
                violation_error_message=_("Say why it is dropped."),
            ),
            models.CheckConstraint(
                condition=Q(origin_kind="", origin_id=None)
                | (~Q(origin_kind="") & Q(origin_id__isnull=False)),
                name="action_origin_is_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["origin_kind", "origin_id"], name="action_by_origin"),
            models.Index(
                fields=["owner", "due_on"],
                name="action_to_do",
                condition=Q(state__in=("open", "in_progress")),
            ),
        ]

    def __str__(self) -> str:
        return f"A-{self.number} {self.title}"

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.program.portfolio_id, self.program_id, self.project_id)

    @property
    def is_live(self) -> bool:
        """Whether it is still to be done."""
        return self.state in (self.State.OPEN, self.State.IN_PROGRESS)
