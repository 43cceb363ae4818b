"""Governance reports: composed as drafts, then sealed for ever."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models.programs import Program
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked


class StatusReportQuerySet(models.QuerySet["StatusReport"]):
    def visible_to(self, actor: Actor) -> "StatusReportQuerySet":
        """Published reports for those who may read reports, drafts for those who compose or publish them."""
        if actor.is_system:
            return self
        published = policies.within(actor, "report.read", project=None) & models.Q(
            state=StatusReport.State.PUBLISHED
        )
        drafts = policies.within(actor, "report.compose", project=None) | policies.within(
            actor, "report.publish", project=None
        )
        return self.filter(published | drafts)


@tracked
class StatusReport(Versioned):
    """A program's state at a data date: narrative by people, figures and ratings by rule.

    Once published the row can not change (a trigger holds it): ``content`` is what was shown, ``content_sha256`` its seal.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PUBLISHED = "published", _("Published")

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="reports")
    number = models.PositiveIntegerField()
    title = models.CharField(_("title"), max_length=200)
    data_date = models.DateField(_("data date"))
    headline = models.TextField(_("headline"), blank=True)
    achievements = models.TextField(_("what was achieved"), blank=True)
    outlook = models.TextField(_("what comes next"), blank=True)
    decisions = models.TextField(_("decisions asked of the committee"), blank=True)
    supersedes = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="corrections",
        verbose_name=_("corrects"),
    )
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    composed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    revision = models.BigIntegerField(null=True, blank=True)
    content = models.JSONField(null=True, blank=True)
    content_sha256 = models.CharField(max_length=64, blank=True)

    objects = StatusReportQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["program", "number"],
                name="report_number_once",
                violation_error_message=_("The program has a report of this number already."),
            ),
            models.CheckConstraint(
                name="published_report_is_sealed",
                condition=models.Q(state="draft")
                | models.Q(
                    state="published",
                    content__isnull=False,
                    revision__isnull=False,
                    published_at__isnull=False,
                )
                & ~models.Q(content_sha256=""),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="sealed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                when=pgtrigger.Before,
                condition=pgtrigger.Q(old__state="published"),
                func="RAISE EXCEPTION 'a published report is sealed: % refused', TG_OP;",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.program.portfolio_id, self.program_id)

    @property
    def is_published(self) -> bool:
        return self.state == self.State.PUBLISHED
