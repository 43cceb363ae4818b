"""The options of the schedule engine, and the baselines."""

from django.db.models import Count, QuerySet

from programs.models import Program
from projects.models import Baseline, Plan
from tpm.accounts.actors import Actor


def of_program(program: Program) -> Plan:
    """Return the program's options; the defaults, unsaved, where nobody chose any."""
    return Plan.objects.filter(pk=program.pk).select_related("baseline").first() or Plan(program=program)


def baseline_choices(actor: Actor, program: Program) -> list[Baseline]:
    """Return the program's baselines by name and id, the newest first."""
    rows = Baseline.objects.visible_to(actor).filter(program=program).order_by("-taken_at", "-pk")
    return list(rows.only("pk", "name"))


def baselines(actor: Actor, program: Program) -> QuerySet[Baseline]:
    """Return the program's baselines with ``rows``, how many tasks each holds, the newest first."""
    visible = Baseline.objects.visible_to(actor).filter(program=program).select_related("taken_by")
    return visible.annotate(rows=Count("tasks")).order_by("-taken_at", "-pk")
