"""How far a program's results are behind its inputs (docs/architecture.md, "How a plan change flows")."""

from collections.abc import Sequence

from django.db import connection, models
from django.db.models import F, Q

from programs.models.programs import Program


class RecomputeStateQuerySet(models.QuerySet["RecomputeState"]):
    def bump(self, program_ids: Sequence[int]) -> dict[int, int]:
        """Count up the input revision of each program, locking the rows in the order given (ascending id).

        A new edit also wakes a program that was stuck: it may be the mend.
        """
        if not program_ids:
            return {}
        with connection.cursor() as cursor:
            cursor.execute(
                """
                WITH locked AS (
                    SELECT program_id FROM programs_recomputestate WHERE program_id = ANY(%s) ORDER BY program_id FOR UPDATE
                )
                UPDATE programs_recomputestate AS s
                   SET input_revision = input_revision + 1, requested_at = clock_timestamp(),
                       pending_since = coalesce(pending_since, clock_timestamp()), attempts = 0,
                       next_attempt_at = clock_timestamp()
                  FROM locked WHERE s.program_id = locked.program_id
                RETURNING s.program_id, s.input_revision
                """,
                [sorted(program_ids)],
            )
            return dict(cursor.fetchall())

    def pending(self) -> "RecomputeStateQuerySet":
        """Programs whose results are behind their inputs."""
        return self.filter(computed_revision__lt=F("input_revision"))


class RecomputeState(models.Model):
    """One row per program, beside it: the two revisions, the lease of the worker, the last error."""

    program = models.OneToOneField(
        Program, primary_key=True, on_delete=models.CASCADE, related_name="computation"
    )
    input_revision = models.BigIntegerField(default=0)
    computed_revision = models.BigIntegerField(default=0)
    requested_at = models.DateTimeField(null=True)
    pending_since = models.DateTimeField(null=True)
    lease_token = models.BigIntegerField(default=0)
    lease_owner = models.CharField(max_length=120, blank=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(null=True)
    error_code = models.CharField(max_length=64, blank=True)
    error_message = models.TextField(blank=True)
    error_at = models.DateTimeField(null=True)
    computed_at = models.DateTimeField(null=True)
    duration_ms = models.PositiveIntegerField(null=True)
    engine_ms = models.FloatField(null=True)
    computations = models.BigIntegerField(default=0)

    objects = RecomputeStateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(computed_revision__lte=F("input_revision")), name="computed_not_ahead_of_input"
            )
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"],
                name="recompute_pending",
                condition=Q(computed_revision__lt=F("input_revision")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.computed_revision} of {self.input_revision}"

    @property
    def behind(self) -> int:
        return self.input_revision - self.computed_revision
