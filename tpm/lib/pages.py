"""Long lists in pieces: behind the last row that is shown, in whatever order the list has; nothing is cut off without a word."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import Q, QuerySet
from django.http import HttpRequest

R = TypeVar("R")
SIZE = 200
MOST = 2_000
"""What a refresh may ask for at once; more comes by scrolling."""


class Gone(LookupError):
    """The row that a piece was to follow is not there any more: the list has to be read anew."""


@dataclass(frozen=True)
class Piece(Generic[R]):
    """Some rows; ``next_url`` gives those behind them, and is empty at the end. ``total`` counts all."""

    rows: Sequence[R]
    next_url: str
    total: int


def asked(request: HttpRequest) -> tuple[int, int]:
    """Return (the row that the address continues behind, 0 for the beginning; how many rows are wanted).

    A list that refreshes itself says by ``shown`` how many rows it has (``js/lib/tables.js``), so that none goes away.
    """

    def number(name: str) -> int:
        text = request.GET.get(name, "")
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 18 else 0

    return number("after"), max(SIZE, min(number("shown"), MOST))


def of_rows(request: HttpRequest, rows: "QuerySet[Any]", anchors: "QuerySet[Any]") -> Piece[Any]:
    """Return a piece of a queryset whose order is total and ends in the id: two queries more than the rows, whatever the place.

    :param anchors: all rows that the actor may see, so that one which the list's filter has lost still tells its place.
    :raises Gone:
    """
    after, size = asked(request)
    behind = rows
    if after:
        order = [_column(one) for one in rows.query.order_by]
        values = anchors.filter(pk=after).values_list(*(name for name, _falling in order)).first()
        if values is None:
            raise Gone
        behind = rows.filter(_behind(order, values))
    found = list(behind[: size + 1])
    more = _address(request, found[size - 1].pk) if len(found) > size else ""
    return Piece(found[:size], more, rows.count())


def of_list(request: HttpRequest, rows: Sequence[R], key: Callable[[R], int], path: str = "") -> Piece[R]:
    """Return a piece of a list that was read whole; ``path`` gives further pieces, as a rule the page itself.

    :raises Gone:
    """
    after, size = asked(request)
    begin = 0
    if after:
        begin = next((at for at, row in enumerate(rows, 1) if key(row) == after), 0)
        if not begin:
            raise Gone
    found = rows[begin : begin + size]
    more = _address(request, key(found[-1]), path) if begin + size < len(rows) else ""
    return Piece(found, more, len(rows))


@dataclass(frozen=True)
class Beginning(Generic[R]):
    """The first rows of a side list; ``all_url`` gives the page with all of them, and is empty where these are all."""

    rows: Sequence[R]
    total: int
    all_url: str

    @property
    def shown(self) -> int:
        return len(self.rows)


def beginning(request: HttpRequest, rows: Any, most: int, name: str) -> Beginning[Any]:
    """Return the first rows of a list that is rarely long, or all where the address says so (``?all=name``)."""
    if name in request.GET.getlist("all"):
        found = list(rows)
        return Beginning(found, len(found), "")
    found = list(rows[: most + 1])
    if len(found) <= most:
        return Beginning(found, len(found), "")
    query = request.GET.copy()
    query.appendlist("all", name)
    return Beginning(
        found[:most], rows.count() if isinstance(rows, QuerySet) else len(rows), f"?{query.urlencode()}"
    )


def _address(request: HttpRequest, after: int, path: str = "") -> str:
    query = request.GET.copy()
    query.pop("shown", None)
    query["after"] = str(after)
    return f"{path or request.path}?{query.urlencode()}"


def _column(one: Any) -> tuple[str, bool]:
    """Return the path of a column of an order, and whether it falls."""
    if isinstance(one, str):
        return one.lstrip("-"), one.startswith("-")
    return one.expression.name, bool(one.descending)


def _behind(order: list[tuple[str, bool]], values: Sequence[Any]) -> Q:
    """What comes later in the order than a row with these values; rows without a value come last either way."""
    found, equal = Q(pk__in=()), Q()
    for (name, falling), value in zip(order, values, strict=True):
        if value is not None:
            beyond = Q(**{f"{name}__{'lt' if falling else 'gt'}": value}) | Q(**{f"{name}__isnull": True})
            found |= equal & beyond
        equal &= Q(**{f"{name}__isnull": True}) if value is None else Q(**{name: value})
    return found
