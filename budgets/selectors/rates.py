"""Exchange rates: which one holds on a day."""

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from budgets.engine import currencies
from budgets.models import Actual, BudgetRevisionLine, CostLine, EstimateLine, ExchangeRate
from programs.models import Portfolio
from tpm.accounts.actors import Actor


@dataclass
class Rates:
    """The rates of a portfolio by currency, each list by day."""

    by_currency: dict[str, list[ExchangeRate]] = field(default_factory=dict)

    def on(self, currency: str, day: date) -> ExchangeRate | None:
        """Return the rate in force on a day: the latest of that day or before; None if there is none."""
        found = self.by_currency.get(currency, [])
        place = bisect_right(found, day, key=lambda rate: rate.on)
        return found[place - 1] if place else None


def of_portfolio(portfolio_id: int) -> Rates:
    """Return all rates of a portfolio: one query."""
    rates = Rates()
    for rate in ExchangeRate.objects.filter(portfolio=portfolio_id).order_by("currency", "on"):
        rates.by_currency.setdefault(rate.currency, []).append(rate)
    return rates


def rows(actor: Actor, portfolio: Portfolio | None = None) -> QuerySet[Any]:
    """Return the visible rates, by currency, the newest first."""
    found = ExchangeRate.objects.visible_to(actor)
    if portfolio is not None:
        found = found.filter(portfolio=portfolio)
    return found.select_related("portfolio").order_by("currency", "-on")


def get_for(actor: Actor, pk: int) -> ExchangeRate:
    """Return one rate.

    :raises ExchangeRate.DoesNotExist: if there is none that the actor may see.
    """
    rate: ExchangeRate = rows(actor).get(pk=pk)
    return rate


@dataclass(frozen=True)
class Uses:
    """How many amounts were converted at a rate."""

    lines: int
    actuals: int
    budget_lines: int
    estimate_lines: int

    @property
    def total(self) -> int:
        return self.lines + self.actuals + self.budget_lines + self.estimate_lines


def uses(rate: ExchangeRate) -> Uses:
    """Count the amounts that were converted at a rate: four queries."""
    models = (CostLine, Actual, BudgetRevisionLine, EstimateLine)
    return Uses(*(model._base_manager.filter(rate=rate).count() for model in models))


def names(portfolio: Portfolio) -> list[tuple[str, str]]:
    """Return the currencies to choose from: the portfolio's own, those that have rates, as (code, code): one query."""
    known = ExchangeRate.objects.filter(portfolio=portfolio).order_by("currency")
    codes = [portfolio.currency, *known.values_list("currency", flat=True).distinct()]
    return [(code, code) for code in dict.fromkeys(codes) if currencies.is_known(code)]
