"""What a portfolio's table asks the plan: each program's next milestone and gate, and the kinds of its projects."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from django.db.models import Count
from django.urls import reverse

from programs.selectors.overviews import NextStep, Outlook
from projects.models import Project, Task
from projects.selectors import gates
from tpm.accounts.actors import Actor
from tpm.lib.walltime import NONE

WORKDAY = 480


def for_programs(actor: Actor, program_ids: Sequence[int]) -> Mapping[int, Outlook]:
    """Return the outlook by program id, of what the actor reads: a fixed number of queries for any number of programs."""
    steps = _next_milestones(actor, program_ids)
    passes = _next_gates(actor, program_ids)
    kinds: dict[int, dict[str, int]] = {}
    counted = (
        Project.objects.visible_to(actor)
        .filter(program_id__in=program_ids)
        .values("program_id", "kind")
        .annotate(n=Count("pk"))
        .order_by("kind")
    )
    for row in counted:
        kinds.setdefault(row["program_id"], {})[str(Project.Kind(row["kind"]).label)] = row["n"]
    return {pk: Outlook(steps.get(pk), passes.get(pk), kinds.get(pk, {})) for pk in program_ids}


def _next_gates(actor: Actor, program_ids: Sequence[int]) -> dict[int, NextStep]:
    return {
        pk: NextStep(
            row.gate.name,
            row.forecast,
            row.slip_wd,
            reverse("projects:gate-detail", args=[row.gate.pk]),
            row.open,
        )
        for pk, row in gates.next_by_program(actor, program_ids).items()
    }


def _next_milestones(actor: Actor, program_ids: Sequence[int]) -> dict[int, NextStep]:
    """The milestone of each program that is not reached and comes first."""
    rows = (
        Task.objects.visible_to(actor)
        .filter(
            program_id__in=program_ids,
            schedule__is_summary=False,
            is_milestone=True,
            is_active=True,
            actual_finish=None,
            schedule__finish__isnull=False,
        )
        .order_by("program_id", "schedule__finish", "pk")
        .distinct("program_id")
        .values_list("program_id", "pk", "name", "schedule__finish", "schedule__finish_slip")
    )
    return {
        program: NextStep(
            name,
            finish,
            None if slip is None or slip == NONE else Decimal(slip) / WORKDAY,
            f"{reverse('projects:program-plan', args=[program])}?task={task}",
        )
        for program, task, name, finish, slip in rows
        if finish is not None
    }
