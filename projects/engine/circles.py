"""Circles in a dependency graph with summaries. Plain Python: it runs in a request, on one edit's neighbourhood.

A summary is not work of its own: what follows it waits for the last of its leaves, what it follows holds all of them. So every
task has an *in* node and an *out* node; a leaf leads from in to out, a summary's in to its children's ins, the children's
outs to its out, and a link from the predecessor's out to the successor's in.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class TaskGraph:
    """``parent`` holds task ids, 0 for none; arrays of shape ``(n_tasks,)`` and ``(n_links,)``, all int64 ids."""

    task: NDArray[np.int64]
    parent: NDArray[np.int64]
    predecessor: NDArray[np.int64]
    successor: NDArray[np.int64]

    def edges(self) -> dict[int, list[int]]:
        """Return the node graph: node ``2 * task`` is a task's in, ``2 * task + 1`` its out."""
        found: dict[int, list[int]] = {}
        summaries = set(self.parent.tolist())
        for task, parent in zip(self.task.tolist(), self.parent.tolist(), strict=True):
            if task not in summaries:
                found.setdefault(2 * task, []).append(2 * task + 1)
            if parent:
                found.setdefault(2 * parent, []).append(2 * task)
                found.setdefault(2 * task + 1, []).append(2 * parent + 1)
        for before, after in zip(self.predecessor.tolist(), self.successor.tolist(), strict=True):
            found.setdefault(2 * before + 1, []).append(2 * after)
        return found


def find_path(graph: TaskGraph, start: int, target: int) -> list[int] | None:
    """Return task ids of a shortest chain by which ``start`` already leads to ``target``, or None.

    A link ``target → start`` would close exactly this chain to a circle.
    """
    edges = graph.edges()
    first, last = 2 * start, 2 * target + 1
    came_from: dict[int, int] = {first: -1}
    queue = deque([first])
    while queue:
        node = queue.popleft()
        if node == last:
            return _tasks(_walk(came_from, node))
        for following in edges.get(node, ()):
            if following not in came_from:
                came_from[following] = node
                queue.append(following)
    return None


def find_circle(graph: TaskGraph) -> list[int] | None:
    """Return task ids of some circle, first and last the same, or None if the graph has none."""
    edges = graph.edges()
    waiting: dict[int, int] = {}
    for followers in edges.values():
        for node in followers:
            waiting[node] = waiting.get(node, 0) + 1
    nodes = set(edges) | set(waiting)
    ready = [node for node in nodes if not waiting.get(node)]
    done = 0
    while ready:
        node = ready.pop()
        done += 1
        for following in edges.get(node, ()):
            waiting[following] -= 1
            if not waiting[following]:
                ready.append(following)
    if done == len(nodes):
        return None
    # Every node that is left has a follower that is left only if it lies before a circle: walk backwards instead,
    # where each left node has a left predecessor by definition.
    left = {node for node in nodes if waiting.get(node)}
    before = {following: node for node in left for following in edges.get(node, ()) if following in left}
    seen: list[int] = []
    node = next(iter(before))
    while node not in seen:
        seen.append(node)
        node = before[node]
    circle = seen[seen.index(node) :]
    tasks = _tasks(iter([*reversed(circle)]))
    return [*tasks, tasks[0]]


def _walk(came_from: dict[int, int], node: int) -> Iterator[int]:
    path = []
    while node != -1:
        path.append(node)
        node = came_from[node]
    return reversed(path)


def _tasks(nodes: Iterator[int]) -> list[int]:
    tasks: list[int] = []
    for node in nodes:
        if not tasks or tasks[-1] != node // 2:
            tasks.append(node // 2)
    return tasks
