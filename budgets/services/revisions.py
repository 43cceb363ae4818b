"""Write down budgets as they are set: each time a revision with its lines. Called within the change that sets them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from budgets.models import Budget, BudgetRevision, BudgetRevisionLine
from budgets.selectors import rates, revisions
from budgets.services import categories, pricing
from programs.models import Program
from tpm.activity.writing import Change

Kind = BudgetRevision.Kind
Fields = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """A category's part (``""``: not broken down); in another currency by ``currency`` and ``original_amount``."""

    category: str = ""
    amount: Decimal | None = None
    currency: str | None = None
    original_amount: Decimal | None = None


def priced_lines(program: Program, lines: Sequence[Line], day: date | None) -> list[Fields]:
    """Check lines and convert foreign ones at the rate of ``day`` (else of the data date, else of the program's start).

    :raises ValidationError: for an unknown or repeated category, a negative amount, a currency without a rate.
    """
    known: list[rates.Rates] = []

    def once() -> rates.Rates:
        if not known:
            known.append(rates.of_portfolio(program.portfolio_id))
        return known[0]

    day = day or program.data_date or program.starts_on
    found: list[Fields] = []
    for line in lines:
        if line.category:
            categories.check(program.portfolio_id, line.category)
        given: Fields = {"amount": line.amount}
        if line.currency:
            given |= {"currency": line.currency, "original_amount": line.original_amount}
        fields = pricing.priced(program.portfolio, once, given, day)
        if fields["amount"] < 0:
            raise ValidationError({"lines": _("A budget is not negative.")})
        found.append({"category": line.category, **fields})
    if len({fields["category"] for fields in found}) < len(found):
        raise ValidationError({"lines": _("Each category has one line.")})
    return found


def keep(
    change: Change,
    budget: Budget,
    kind: str,
    lines: Sequence[Fields],
    *,
    effective_on: date | None = None,
    reason: str = "",
) -> BudgetRevision:
    """Add the next revision of a budget; its amount is the sum of the lines."""
    scope = (budget.program_id, budget.project_id or 0)
    number = revisions.numbers([budget.program_id]).get(scope, 0) + 1
    revision = change.create(
        BudgetRevision(
            program_id=budget.program_id,
            project_id=budget.project_id,
            number=number,
            kind=kind,
            effective_on=effective_on,
            reason=reason,
            amount=sum((fields["amount"] for fields in lines), Decimal(0)),
            contingency=budget.contingency,
            reserve=budget.reserve,
            change_set=change.change_set,
        )
    )
    change.bulk_create(BudgetRevisionLine(revision=revision, **fields) for fields in lines)
    return revision


def keep_as_they_are(change: Change, budgets: Iterable[Budget]) -> None:
    """Add an approved revision, not broken down, for budgets that were written otherwise (imports): a few statements."""
    found = list(budgets)
    if not found:
        return
    taken = revisions.numbers({budget.program_id for budget in found})
    moved = Budget.objects.filter(pk__in=[b.pk for b in found], current__isnull=False)
    if moved.exists():
        change.bulk_update(moved, current=None)
    made = change.bulk_create(
        BudgetRevision(
            program_id=budget.program_id,
            project_id=budget.project_id,
            number=taken.get((budget.program_id, budget.project_id or 0), 0) + 1,
            kind=Kind.APPROVED,
            reason=budget.note,
            amount=budget.approved,
            contingency=budget.contingency,
            reserve=budget.reserve,
            change_set=change.change_set,
        )
        for budget in found
    )
    change.bulk_create(BudgetRevisionLine(revision=one, amount=one.amount) for one in made)


def lines_in_force(budget: Budget, kinds: Iterable[str] = revisions.IN_FORCE) -> list[Fields]:
    """Return the lines of the newest revision among ``kinds`` as :func:`keep` takes them: two queries."""
    scope = (budget.program_id, budget.project_id or 0)
    revision = revisions.latest([budget.program_id], kinds).get(scope)
    if revision is None:
        return [{"category": "", "amount": budget.in_force}]
    names = ("category", "amount", "currency", "original_amount", "rate_id")
    return [{name: getattr(line, name) for name in names} for line in revision.lines.all()]
