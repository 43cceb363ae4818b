"""Tasks: what a person says about the work. What the engine finds stands in ``TaskSchedule``."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from programs import policies
from programs.models import Program, WorkCalendar
from projects.models.projects import Project
from tpm.accounts.actors import Actor
from tpm.activity.models import Versioned
from tpm.activity.tracking import tracked
from tpm.lib.fields import WallTimeField

GAP = 1024  # between neighbours in ``position``, so that a row can be put between two others without moving them


class TaskQuerySet(models.QuerySet["Task"]):
    def visible_to(self, actor: Actor) -> "TaskQuerySet":
        """Tasks of the projects whose plan the actor reads."""
        return self.filter(policies.within(actor, "plan.read"))


@tracked
class Task(Versioned):
    """A summary is a task that has children; a milestone has no duration. Times are wall-clock times of the program."""

    class Constraint(models.IntegerChoices):
        """Codes as in MS Project's XML."""

        ASAP = 0, _("As soon as possible")
        ALAP = 1, _("As late as possible")
        MSO = 2, _("Must start on")
        MFO = 3, _("Must finish on")
        SNET = 4, _("Start no earlier than")
        SNLT = 5, _("Start no later than")
        FNET = 6, _("Finish no earlier than")
        FNLT = 7, _("Finish no later than")

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="tasks")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="tasks")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children"
    )
    position = models.BigIntegerField(default=0)
    name = models.CharField(_("name"), max_length=500)
    is_milestone = models.BooleanField(_("milestone"), default=False)
    duration = models.BigIntegerField(_("duration"), default=480, help_text=_("working minutes"))
    is_elapsed = models.BooleanField(_("elapsed duration"), default=False)
    calendar = models.ForeignKey(
        WorkCalendar,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("calendar"),
    )
    ignores_resource_calendars = models.BooleanField(
        _("works whenever its own calendar does, whoever is assigned"), default=False
    )
    constraint = models.SmallIntegerField(
        _("constraint"), choices=Constraint.choices, default=Constraint.ASAP
    )
    constraint_at = WallTimeField(_("constraint date"), null=True, blank=True)
    deadline = WallTimeField(_("deadline"), null=True, blank=True)
    is_active = models.BooleanField(_("active"), default=True)
    is_manual = models.BooleanField(_("manually scheduled"), default=False)
    manual_start = WallTimeField(_("manual start"), null=True, blank=True)
    manual_finish = WallTimeField(_("manual finish"), null=True, blank=True)
    actual_start = WallTimeField(_("actual start"), null=True, blank=True)
    actual_finish = WallTimeField(_("actual finish"), null=True, blank=True)
    percent_complete = models.FloatField(
        _("percent complete"), default=0, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )
    remaining = models.BigIntegerField(
        _("remaining duration"), null=True, blank=True, help_text=_("working minutes")
    )
    resume = WallTimeField(_("resumes"), null=True, blank=True)
    gap = models.BigIntegerField(_("split"), default=0, help_text=_("working minutes in which nobody works"))
    gap_ahead = models.BigIntegerField(default=0)
    priority = models.PositiveSmallIntegerField(
        _("priority"), default=500, validators=[MaxValueValidator(1000)]
    )
    responsible = models.CharField(_("responsible"), max_length=200, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    external_key = models.CharField(max_length=200, blank=True)

    objects = TaskQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(duration__gte=0),
                name="task_duration_not_negative",
                violation_error_message=_("A duration can not be negative."),
            ),
            models.CheckConstraint(
                condition=Q(remaining=None) | Q(remaining__gte=0),
                name="task_remaining_not_negative",
                violation_error_message=_("Remaining work can not be negative."),
            ),
            models.CheckConstraint(
                condition=Q(percent_complete__range=(0, 100)),
                name="task_percent_in_range",
                violation_error_message=_("Percent complete lies between 0 and 100."),
            ),
            models.CheckConstraint(
                condition=Q(is_milestone=False) | Q(duration=0),
                name="milestone_has_no_duration",
                violation_error_message=_("A milestone has no duration."),
            ),
            models.CheckConstraint(
                condition=Q(constraint__in=(0, 1)) | Q(constraint_at__isnull=False),
                name="task_constraint_has_date",
                violation_error_message=_("This kind of constraint needs a date."),
            ),
            models.CheckConstraint(
                condition=Q(actual_finish=None)
                | Q(actual_start__isnull=False, actual_finish__gte=F("actual_start")),
                name="task_finishes_after_it_starts",
                violation_error_message=_("A task can not finish before it started."),
            ),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="task_is_not_its_own_parent",
                violation_error_message=_("A task can not be put below itself."),
            ),
        ]
        indexes = [
            models.Index(fields=["program", "project", "parent", "position"], name="task_outline"),
            # For lists by id: without it they walk over the tasks of all programs made before.
            models.Index(fields=["program", "id"], name="task_by_program"),
            models.Index(
                fields=["project", "external_key"], name="task_external_key", condition=~Q(external_key="")
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope(self) -> policies.Scope:
        return policies.Scope(self.program.portfolio_id, self.program_id, self.project_id)
