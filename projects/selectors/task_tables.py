"""A program's tasks as a flat table: which of them, found by words, in which order."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from programs.models import Program
from projects.models import Task
from projects.selectors import attention
from tpm.accounts.actors import Actor

Narrow = Callable[[Any], Any]
SHOWS: Final[Mapping[str, tuple[Any, Narrow]]] = {
    "open": (_("open"), lambda rows: rows.filter(Q(schedule=None) | Q(schedule__percent_complete__lt=100))),
    "stale": (_("progress not reported"), attention.stale_tasks),
    "late": (_("later than the baseline"), lambda rows: rows.filter(schedule__finish_slip__gt=0)),
    "critical": (
        _("critical"),
        lambda rows: rows.filter(schedule__is_critical=True, schedule__percent_complete__lt=100),
    ),
    "nobody": (
        _("nobody responsible"),
        lambda rows: rows.filter(responsible="", schedule__percent_complete__lt=100),
    ),
    "done": (_("done"), lambda rows: rows.filter(schedule__percent_complete__gte=100)),
    "all": (_("all"), lambda rows: rows),
}
SORTS: Final = {
    "wbs": "schedule__sequence",
    "name": "name",
    "project": "project__name",
    "who": "responsible",
    "start": "schedule__start",
    "finish": "schedule__finish",
    "slip": "schedule__finish_slip",
    "float": "schedule__total_float",
    "percent": "schedule__percent_complete",
    "deadline": "deadline",
}


def rows(
    actor: Actor,
    program: Program,
    *,
    show: str = "open",
    text: str = "",
    project: int = 0,
    sort: str = "",
) -> QuerySet[Task]:
    """Return the tasks that are no summaries (those that are not computed yet, too), with schedule and project.

    ``show`` is a key of ``SHOWS``, ``text`` looks into name and responsible, ``sort`` is a key of ``SORTS``, with ``-`` descending;
    tasks without the figure come last either way. The order is total, by outline in the end.
    """
    found: Any = attention.with_plan(
        Task.objects.visible_to(actor).filter(
            Q(schedule=None) | Q(schedule__is_summary=False), program=program, is_active=True
        )
    ).select_related("schedule", "project")
    found = SHOWS.get(show, SHOWS["open"])[1](found)
    for word in text.split()[:6]:
        found = found.filter(Q(name__icontains=word) | Q(responsible__icontains=word))
    if project:
        found = found.filter(project_id=project)
    result: QuerySet[Task] = found.order_by(*order(sort, "wbs"))
    return result


def order(sort: str, default: str) -> list[Any]:
    """Return the order by a key of ``SORTS``; an unknown one is the default."""
    key = sort.removeprefix("-")
    if key not in SORTS:
        sort = key = default
    column = F(SORTS[key])
    first = column.desc(nulls_last=True) if sort.startswith("-") else column.asc(nulls_last=True)
    return [first, "schedule__sequence", "pk"]
