"""Imports as people see them: what was uploaded, what was found in it, what became of it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Portfolio, Program
from tpm.accounts.actors import Actor
from tpm.activity.models import ChangeSet


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, actor: Actor) -> "ImportRunQuerySet":
        """Imports into portfolios and programs where the actor may import; of postings, where the actor may post; of earning
        rules, where the actor edits budgets."""
        whole = policies.within(actor, "import.run", portfolio="portfolio_id", program=None, project=None)
        posts = policies.within(actor, "actuals.post", project=None)
        return self.filter(
            whole
            | policies.within(actor, "import.run", portfolio=None, project=None)
            | posts & models.Q(kind="actuals")
            | policies.within(actor, "budget.edit", project=None) & models.Q(kind="earnings")
        )


class ImportRun(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        READING = "reading", _("Reading")
        CHECKED = "checked", _("Checked, nothing written yet")
        WRITING = "writing", _("Writing")
        APPLIED = "applied", _("Applied")
        REVERTED = "reverted", _("Reverted")
        REFUSED = "refused", _("Refused")

    portfolio = models.ForeignKey(Portfolio, on_delete=models.CASCADE, related_name="+")
    program = models.ForeignKey(Program, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=16)
    options = models.JSONField(default=dict)
    file_name = models.CharField(max_length=300)
    file_sha256 = models.CharField(max_length=64)
    stored_at = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    counts = models.JSONField(default=dict)
    report = models.JSONField(default=list)
    message = models.TextField(blank=True)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    change_set = models.ForeignKey(ChangeSet, null=True, on_delete=models.PROTECT, related_name="+")
    reverted_by = models.ForeignKey(ChangeSet, null=True, on_delete=models.PROTECT, related_name="+")

    objects = ImportRunQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.file_name} ({self.state})"

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.portfolio_id, self.program_id)
