"""What the views of dependencies between projects say and draw: choices of the address, words, the board, the graph, files."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from projects.models import Project
from projects.selectors import commitments as read
from projects.selectors.commitments import Edge, Give
from tpm.lib import exports
from tpm.lib.charts import Chart
from tpm.lib.exports import Column
from tpm.lib.flow_chart import Arrow, Node, flow
from tpm.lib.templatetags.tpm_ui import wd_minutes

VIEWS = {"board": gettext_lazy("Board"), "list": gettext_lazy("List"), "graph": gettext_lazy("Graph")}
SHOWN = {
    "open": gettext_lazy("Open"),
    "trouble": gettext_lazy("In trouble"),
    "overdue": gettext_lazy("Overdue"),
    "all": gettext_lazy("All"),
}
SIDES = {"give": gettext_lazy("Who gives"), "get": gettext_lazy("Who gets")}
BREACHES = {
    read.OVERDUE: gettext_lazy("overdue"),
    read.LATE_PROMISE: gettext_lazy("promised too late"),
    read.LATE_FORECAST: gettext_lazy("forecast after promise"),
    read.UNPROMISED: gettext_lazy("no promise"),
    read.REJECTED: gettext_lazy("rejected"),
}
STATES = {
    read.NO_PROMISE: gettext_lazy("nothing agreed"),
    read.ASKED: gettext_lazy("asked for"),
    read.DONE: gettext_lazy("happened"),
    "proposed": gettext_lazy("proposed"),
    "accepted": gettext_lazy("accepted"),
    "rejected": gettext_lazy("rejected"),
    "delivered": gettext_lazy("delivered"),
}


@dataclass(frozen=True)
class Choice:
    """What the address asks for."""

    view: str
    show: str
    side: str
    project: int | None

    @classmethod
    def of(cls, query: QueryDict) -> "Choice":
        """Read the address; what is not understood is the default."""
        number = query.get("project", "")
        return cls(
            query.get("view", "") if query.get("view") in VIEWS else "board",
            query.get("show", "") if query.get("show") in SHOWN else "open",
            query.get("by", "") if query.get("by") in SIDES else "give",
            int(number) if number.isdecimal() and len(number) < 16 else None,
        )

    def address(self, **new: Any) -> str:
        """Return the query string with something chosen otherwise; defaults are left out."""
        given = {"view": self.view, "show": self.show, "by": self.side, "project": self.project} | new
        plain = {"view": "board", "show": "open", "by": "give", "project": None}
        return "?" + urlencode({name: value for name, value in given.items() if value != plain[name]})


def kept(gives: Sequence[Give], choice: Choice) -> list[Give]:
    """Return what the address asks for."""
    by_show: dict[str, Callable[[Give], bool]] = {
        "open": lambda one: one.is_open,
        "trouble": lambda one: bool(one.breaches),
        "overdue": lambda one: read.OVERDUE in one.breaches,
        "all": lambda one: True,
    }
    fits = by_show[choice.show]
    return [
        one
        for one in gives
        if fits(one) and (choice.project is None or choice.project in (one.giver.pk, one.taker.pk))
    ]


def columns(gives: Sequence[Give], choice: Choice) -> list[dict[str, Any]]:
    """The board: a column for each project on the chosen side, in it a group for each project on the other side."""
    found: dict[int, dict[str, Any]] = {}
    for give in gives:
        mine, other = (give.giver, give.taker) if choice.side == "give" else (give.taker, give.giver)
        column = found.setdefault(mine.pk, {"project": mine, "groups": {}, "count": 0, "level": give.level})
        group = column["groups"].setdefault(other.pk, {"project": other, "cards": []})
        group["cards"].append(give)
        column["count"] += 1
    for column in found.values():
        column["groups"] = list(column["groups"].values())
    return list(found.values())


def graph(gives: Sequence[Give], choice: Choice, own: set[int]) -> Chart:
    """Return projects as boxes and what they give each other as arrows; ``own`` are the programs whose code needs not be said."""
    found = read.edges(gives)
    nodes = {one.pk: one for edge in found for one in (edge.giver, edge.taker)}
    programs_of = {
        task.project_id: task.program
        for give in gives
        for task in (give.link.predecessor, give.link.successor)
    }
    boxes = [
        Node(
            pk, one.name, one.code if one.program_id in own else f"{one.code} · {programs_of[pk].code}",
            choice.address(project=pk, view="board"),
        )
        for pk, one in nodes.items()
    ]  # fmt: skip
    arrows = [
        Arrow(
            one.giver.pk, one.taker.pk, _arrow_label(one), _arrow_name(one), one.level,
            choice.address(view="list", project=one.giver.pk),
        )
        for one in found
    ]  # fmt: skip
    rows = [
        (
            one.giver.name,
            one.taker.name,
            str(one.total),
            str(one.open),
            wd_minutes(one.slack),
            _level_word(one.level),
        )
        for one in found
    ]
    head = [_("Gives"), _("Gets"), _("Links"), _("Open"), _("Least slack"), _("State")]
    desc = _(
        "Projects as boxes, what they give each other as arrows with the number of links and the least slack."
    )
    return flow(
        title=_("Dependencies between projects"), desc=desc, nodes=boxes, arrows=arrows, head=head, rows=rows
    )


def _level_word(level: str) -> str:
    return {
        "bad": _("breach"), "watch": _("look at it"), "ok": _("in order"), "none": _("nothing agreed, there is time"),
    }[level]  # fmt: skip


def _arrow_label(edge: Edge) -> str:
    mark = {"bad": "■ ", "watch": "▲ ", "ok": "● ", "none": "○ "}[edge.level]
    slack = "" if edge.slack is None else f" · {wd_minutes(edge.slack)}"
    return f"{mark}{edge.total}{slack}"


def _arrow_name(edge: Edge) -> str:
    return ngettext(
        "%(giver)s gives %(taker)s %(n)s thing: %(state)s, least slack %(slack)s",
        "%(giver)s gives %(taker)s %(n)s things: %(state)s, least slack %(slack)s",
        edge.total,
    ) % {
        "giver": edge.giver.name, "taker": edge.taker.name, "n": edge.total, "state": _level_word(edge.level),
        "slack": wd_minutes(edge.slack),
    }  # fmt: skip


def file(kind: str, title: str, gives: list[Give], choice: Choice) -> HttpResponse:
    """Return the list as a download.

    :raises Http404: for a format that there is not.
    """
    if kind not in exports.FORMATS:
        raise Http404
    columns = [
        Column(_("Giving program"), 12), Column(_("Giving project"), 28), Column(_("Giving task"), 36),
        Column(_("Taking program"), 12), Column(_("Taking project"), 28), Column(_("Taking task"), 36),
        Column(_("What is given"), 36), Column(_("Link"), 8), Column(_("State"), 14), Column(_("Owes it"), 22),
        Column(_("Waits for it"), 22), Column(_("Promised for"), 12), Column(_("Last day in time"), 12),
        Column(_("Forecast"), 12), Column(_("Slack, working days")), Column(_("Forecast after promise, working days")),
        Column(_("Delivered on"), 12), Column(_("Breaches"), 40),
    ]  # fmt: skip
    return exports.respond(kind, title, columns, map(_cells, kept(gives, choice)))


def _cells(give: Give) -> tuple[Any, ...]:
    link, found = give.link, give.commitment
    return (
        link.predecessor.program.code, give.giver.name, link.predecessor.name,
        link.successor.program.code, give.taker.name, link.successor.name,
        give.title, ("FS", "SS", "FF", "SF")[link.kind], str(STATES[give.state]),
        _who(found.giver if found else None, give.giver), _who(found.taker if found else None, give.taker),
        give.promised_on, give.needed_on, give.forecast.date() if give.forecast else None,
        None if give.slack is None else round(give.slack / 480, 2),
        None if give.drift is None else round(give.drift / 480, 2),
        found.delivered_on if found else None, ", ".join(str(BREACHES[one]) for one in give.breaches),
    )  # fmt: skip


def _who(person: Any, project: Project) -> str:
    return str(person or project.manager or "")
