"""What stands on My day: one kind of line, and a list of sources that give lines. A new source is a function and its name below.

A source gets ``Day`` (who looks, the programs they see with their figures, what time it is) and returns lines in a fixed number of
queries, under the reader's own rights. What waits for the reader comes before what waits for others.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from programs.selectors.overviews import ProgramRow
from tpm.accounts.actors import Actor

MOST = 14
"""Lines of a column; the rest is counted."""


@dataclass(frozen=True)
class Day:
    """Who looks, at what, when."""

    actor: Actor
    rows: list[ProgramRow]
    now: datetime
    today: date


@dataclass(frozen=True)
class Line:
    """One line: what it is, where it leads, why it stands here.

    :ivar side: a few words at the end of the line; ``tone`` (bad, watch or nothing) colours them.
    :ivar mine: it waits for the reader himself. :ivar urgency: lower comes first.
    :ivar mark: ``milestone``, ``critical`` (milestone), a rating (bad, watch, ok, none), or an icon's name.
    """

    text: str
    url: str
    why: str = ""
    side: str = ""
    tone: str = ""
    mine: bool = False
    urgency: float = 0
    mark: str = ""


@dataclass(frozen=True)
class Column:
    """The lines of a column, the reader's own and the others', and how many are left out."""

    mine: list[Line]
    others: list[Line]
    left_out: int


Source = Callable[[Day], Iterable[Line]]


def gather(day: Day, sources: Iterable[Source]) -> Column:
    """Ask all sources; one's own lines first, the urgent before the rest, in the order of the sources otherwise."""
    lines = [line for source in sources for line in source(day)]
    lines.sort(key=lambda line: (not line.mine, line.urgency))
    shown = lines[:MOST]
    return Column(
        [line for line in shown if line.mine],
        [line for line in shown if not line.mine],
        len(lines) - len(shown),
    )
