"""Numbers of the file: those that an import gave, where they are still unique, else new ones."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

LARGEST = 2**31 - 1
K = TypeVar("K", bound=Hashable)


def numbered(wanted: Mapping[K, str]) -> dict[K, int]:
    """Return a number for each key. ``wanted`` is the number that an import left behind as text, empty if there is none; of two
    that want the same number the first gets it. Zero stands for the whole plan and is given to nobody."""
    given: dict[K, int] = {}
    taken: set[int] = set()
    for key, text in wanted.items():
        number = int(text) if text.isascii() and text.isdigit() and len(text) < 11 else 0
        if 0 < number < LARGEST - len(wanted) and number not in taken:
            taken.add(number)
            given[key] = number
    following = max(taken, default=0)
    for key in wanted:
        if key not in given:
            following += 1
            given[key] = following
    return {key: given[key] for key in wanted}
