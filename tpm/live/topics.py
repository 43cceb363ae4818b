"""What can be followed live. The apps' knowledge comes from above: the roof registers a source per kind of topic."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from tpm.accounts.actors import Actor

MOST = 500
"""Topics that one page may follow."""

Message = dict[str, Any]


@dataclass(frozen=True)
class Source:
    """How a kind of topic is looked up.

    :ivar allowed: the ids among those given that the actor may follow.
    :ivar messages: one message per id: ``{"topic", "input", "computed", "state"}``, no data.
    """

    allowed: Callable[[Actor, Iterable[int]], set[int]]
    messages: Callable[[Iterable[int]], list[Message]]


sources: dict[str, Source] = {}


def parse(wanted: Iterable[str]) -> dict[str, set[int]]:
    """Return the ids by kind of topics such as ``program:42``; what is no topic is left out."""
    found: dict[str, set[int]] = {}
    for topic in list(wanted)[:MOST]:
        kind, _, number = topic.partition(":")
        if kind in sources and number.isascii() and number.isdigit() and len(number) < 19:
            found.setdefault(kind, set()).add(int(number))
    return found


def allowed(actor: Actor, wanted: dict[str, set[int]]) -> dict[str, set[int]]:
    """Return what of it the actor may follow: one query per kind."""
    visible = {kind: sources[kind].allowed(actor, ids) for kind, ids in wanted.items()}
    return {kind: ids for kind, ids in visible.items() if ids}


def messages(wanted: dict[str, set[int]]) -> list[Message]:
    """Return the present revisions; the caller has checked that they may be told."""
    return [message for kind, ids in wanted.items() for message in sources[kind].messages(sorted(ids))]
