"""KPIs that the actor may see, with their newest value and how it stands against the thresholds."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from programs.models import Kpi, KpiValue, Program
from tpm.accounts.actors import Actor

OK, WATCH, BAD, NONE = "ok", "watch", "bad", "none"


@dataclass(frozen=True)
class KpiRow:
    """A KPI with its values, the oldest first; ``level`` rates the newest: ok, watch, bad or none."""

    kpi: Kpi
    values: Sequence[KpiValue]

    @property
    def last(self) -> KpiValue | None:
        return self.values[-1] if self.values else None

    @property
    def level(self) -> str:
        return level(self.kpi, self.last.value if self.last else None)

    @property
    def trend(self) -> list[Decimal]:
        return [one.value for one in self.values[-12:]]


def level(kpi: Kpi, value: Decimal | None) -> str:
    """Rate a value by the KPI's thresholds; a KPI without thresholds, or without a value, is not rated.

    At a threshold it is fine, beyond it is not, as with the ratings of programs.
    """
    if value is None or (kpi.watch_at is None and kpi.bad_at is None):
        return NONE
    side = 1 if kpi.higher_is_better else -1
    for limit, found in ((kpi.bad_at, BAD), (kpi.watch_at, WATCH)):
        if limit is not None and side * value < side * limit:
            return found
    return OK


def get_for(actor: Actor, pk: int) -> Kpi:
    """Return one KPI with its program and portfolio.

    :raises Kpi.DoesNotExist: if there is none that the actor may see.
    """
    return (
        Kpi.objects.visible_to(actor).select_related("program__portfolio", "program__computation").get(pk=pk)
    )


def value_for(actor: Actor, pk: int) -> KpiValue:
    """Return one value with its KPI.

    :raises KpiValue.DoesNotExist: if there is none that the actor may see.
    """
    values = KpiValue.objects.visible_to(actor)
    return values.select_related("kpi__program__portfolio", "kpi__program__computation").get(pk=pk)


def of_program(actor: Actor, program: Program) -> list[KpiRow]:
    """Return a program's KPIs by category with their values: two queries."""
    rows = Kpi.objects.visible_to(actor).filter(program=program).order_by("category", "pk")
    return [row(kpi) for kpi in rows.prefetch_related("values")]


def row(kpi: Kpi) -> KpiRow:
    """Return one KPI with its values: one query."""
    return KpiRow(kpi, sorted(kpi.values.all(), key=lambda one: one.measured_on))
