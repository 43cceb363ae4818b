"""Links checked against the tasks of the file: an engine never meets one that has no ends."""

from __future__ import annotations

from collections.abc import Sequence

from projects.importers.mspdi_values import Losses
from projects.importers.plan import ImportedLink, ImportedTask
from projects.importers.reports import Severity

PROJECT_SUMMARY = 0


def checked_links(
    links: Sequence[ImportedLink],
    tasks: Sequence[ImportedTask],
    losses: Losses,
    *,
    column: str = "Task/PredecessorLink",
) -> tuple[ImportedLink, ...]:
    """The links whose two ends are tasks of the file, once each; every other link is reported with its ends.

    A link from another file is kept: ``external`` says where its predecessor lives. ``column`` is where the source
    states links.
    """
    if not links:
        return ()
    parents = {task.uid: task.parent_uid for task in tasks}
    kept: list[ImportedLink] = []
    seen: set[tuple[int, int, int, str]] = set()
    for link in links:
        identity = (link.predecessor_uid, link.successor_uid, int(link.kind), link.external)
        problem = _problem(link, parents)
        if problem is not None:
            losses.add(Severity.ERROR, problem[0], column, problem[1], line=0, value=_ends(link))
        elif identity in seen:
            reason = "repeats an earlier link; left out"
            losses.add(Severity.WARNING, "duplicate_link", column, reason, line=0, value=_ends(link))
        else:
            seen.add(identity)
            kept.append(link)
    return tuple(kept)


def _ends(link: ImportedLink) -> str:
    return f"{link.predecessor_uid} -> {link.successor_uid}"


def _problem(link: ImportedLink, parents: dict[int, int | None]) -> tuple[str, str] | None:
    if link.external:
        return None
    if link.predecessor_uid not in parents:
        if link.predecessor_uid == PROJECT_SUMMARY:
            return "link_to_project", "leads from the project itself; left out"
        return "missing_predecessor", "leads from a task that is not in the file; left out"
    if link.successor_uid not in parents:
        return "missing_successor", "leads to a task that is not in the file; left out"
    if link.predecessor_uid == link.successor_uid:
        return "self_link", "leads from a task to itself; left out"
    if _above(link.successor_uid, link.predecessor_uid, parents) or _above(
        link.predecessor_uid, link.successor_uid, parents
    ):
        return "link_to_own_summary", "joins a task with a summary it belongs to; left out"
    return None


def _above(uid: int, wanted: int, parents: dict[int, int | None]) -> bool:
    """Whether ``wanted`` is one of the summaries above ``uid``."""
    here = parents[uid]
    while here is not None:
        if here == wanted:
            return True
        here = parents[here]
    return False
