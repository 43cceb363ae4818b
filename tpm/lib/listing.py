"""Small tables that are read whole: one description of the columns heads the page, sorts by the address, and writes the file."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse

from tpm.lib import exports

R = TypeVar("R")


@dataclass(frozen=True)
class Head(Generic[R]):
    """A column.

    :ivar value: what a row says in it: sorted by (None comes last), and written to the file unless ``said`` is there for that.
    :ivar width: in characters, in a spreadsheet. :ivar sort: whether people may sort by it.
    :ivar shown, filed: whether it stands on the page, and in the file.
    """

    key: str
    label: str
    value: Callable[[R], Any]
    num: bool = False
    unit: str = ""
    hint: str = ""
    width: int = 16
    sort: bool = True
    shown: bool = True
    filed: bool = True
    said: Callable[[R], Any] | None = None


class Listing(Generic[R]):
    """Rows in the order that the address asks for (``?sort=key``, ``-key`` descending), with heads for ``_table_head.html``."""

    def __init__(
        self, request: HttpRequest, rows: Iterable[R], heads: Sequence[Head[R]], *, default: str = ""
    ) -> None:
        self.heads = heads
        wanted = request.GET.get("sort", "")
        by_key = {head.key: head for head in heads if head.sort}
        self.sort = wanted if wanted.removeprefix("-") in by_key else default
        self.rows = list(rows)
        if wanted and self.sort == wanted:
            self.rows = arranged(
                self.rows, by_key[wanted.removeprefix("-")].value, descending=wanted.startswith("-")
            )

    @property
    def columns(self) -> list[dict[str, Any]]:
        """The heads as ``components/_table_head.html`` takes them."""
        return [
            {
                "key": one.key,
                "label": one.label,
                "num": one.num,
                "unit": one.unit,
                "hint": one.hint,
                "sort": one.sort,
            }
            for one in self.heads
            if one.shown
        ]

    def respond(self, kind: str, title: str) -> HttpResponse:
        """Return the rows as a file."""
        filed = [one for one in self.heads if one.filed]
        columns = [
            exports.Column(f"{one.label}, {one.unit}" if one.unit else one.label, one.width) for one in filed
        ]
        return exports.respond(
            kind, title, columns, ([(one.said or one.value)(row) for one in filed] for row in self.rows)
        )


def actions() -> Head[Any]:
    """The column of buttons: without words, without order, not in the file."""
    return Head("actions", "", lambda row: None, sort=False, filed=False)


def arranged(rows: Sequence[R], value: Callable[[R], Any], *, descending: bool = False) -> list[R]:
    """Return rows by a value, text without regard to case; those without one come last either way."""

    def key(row: R) -> Any:
        found = value(row)
        return found.lower() if isinstance(found, str) else found

    known = [row for row in rows if key(row) not in (None, "")]
    return sorted(known, key=key, reverse=descending) + [row for row in rows if key(row) in (None, "")]
