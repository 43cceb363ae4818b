"""Cost categories as a portfolio uses them; until somebody changes them, the seven that every portfolio begins with."""

from dataclasses import dataclass

from budgets.models import Category, CostCategory


@dataclass(frozen=True)
class CategoryRow:
    """``version`` is 0 where the portfolio has not changed this one yet."""

    code: str
    name: str
    is_active: bool = True
    version: int = 0


def of(portfolio_id: int) -> list[CategoryRow]:
    """Return the categories of a portfolio in their order, those that are no longer offered too: one query."""
    kept = CostCategory.objects.filter(portfolio=portfolio_id).order_by("position", "pk")
    rows = [CategoryRow(row.code, row.name, row.is_active, row.version) for row in kept]
    return rows or [CategoryRow(code, str(label)) for code, label in Category.choices]


def names(portfolio_id: int) -> dict[str, str]:
    """Return the names of all categories by code: one query."""
    return {row.code: row.name for row in of(portfolio_id)}


def choices(portfolio_id: int, *, also: str = "") -> list[tuple[str, str]]:
    """Return the categories that are offered (and ``also`` this one) as (code, name): one query."""
    return [(row.code, row.name) for row in of(portfolio_id) if row.is_active or row.code == also]
