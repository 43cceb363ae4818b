"""Dependencies between projects: who gives what to whom by when, as a board, a list and a graph; the drawer of one promise."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST, require_safe

from programs import policies
from programs.models import Portfolio, Program
from programs.selectors import portfolios, programs
from projects.models import Commitment, Dependency, Project
from projects.selectors import commitments as read
from projects.selectors.commitments import Edge, Give
from projects.services import commitments as services
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import exports, htmx
from tpm.lib.charts import Chart
from tpm.lib.exports import Column
from tpm.lib.flow_chart import Arrow, Node, flow
from tpm.lib.forms import DayField, add_errors
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


class PromiseForm(forms.Form):
    """The day that the giver stands for."""

    promised_on = DayField(label=gettext_lazy("There by the end of"))
    reason = forms.CharField(label=gettext_lazy("Why, or why another day"), max_length=500, required=False)


class AskForm(forms.Form):
    """What the taker needs."""

    deliverable = forms.CharField(
        label=gettext_lazy("What is needed"), max_length=300, required=False,
        help_text=gettext_lazy("empty: the giving task, as it is called"),
    )  # fmt: skip
    criteria = forms.CharField(
        label=gettext_lazy("How it is seen to be right"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class AnswerForm(forms.Form):
    """Accepting needs no word, rejecting does."""

    reason = forms.CharField(label=gettext_lazy("Comment"), max_length=500, required=False)


class DeliveryForm(forms.Form):
    """When it was there."""

    delivered_on = DayField(label=gettext_lazy("There since"))
    reason = forms.CharField(label=gettext_lazy("Evidence or remark"), max_length=500, required=False)


@require_safe
def program_dependencies(request: HttpRequest, pk: int) -> HttpResponse:
    """What the projects of a program give and get, inside it and across programs."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    choice = Choice.of(request.GET)
    gives = read.of_program(actor, program)
    context = _shown(gives, choice, {program.pk}) | {
        "program": program,
        "tab": "dependencies",
        "partial": not policies.holds(actor, "plan.read", program.scope),
        "here": reverse("projects:program-dependencies", args=[pk]),
        "export": reverse("projects:dependency-export", args=[pk, "csv"]).removesuffix("csv"),
        "topics": f"program:{pk}",
    }
    part = htmx.wants_fragment(request)
    return render(request, f"projects/commitments/{'_gives' if part else 'program'}.html", context)


@require_safe
def decision_panel(request: HttpRequest, pk: int) -> HttpResponse:
    """What waits for a decision between projects, for the program's overview: promises to answer, to renew, to make."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    waiting = [
        one
        for one in read.of_program(actor, program)
        if one.is_open and one.state in ("proposed", "rejected", read.ASKED)
    ]
    may_read_cost = programs.may_somewhere(actor, "budget.read", program)
    context = {"program": program, "waiting": waiting[:8], "may_read_cost": may_read_cost}
    return render(request, "projects/commitments/_decisions.html", context)


@require_safe
def portfolio_dependencies(request: HttpRequest, pk: int) -> HttpResponse:
    """The same of all programs of a portfolio."""
    actor = actors.from_request(request)
    portfolio = portfolios.readable(actor, pk, "plan.read")
    mine = _readable(actor, portfolio)
    gives = read.of_portfolio(actor, portfolio)
    context = _shown(gives, Choice.of(request.GET), set()) | {
        "portfolio": portfolio,
        "partial": not policies.holds(actor, "plan.read", portfolio.scope),
        "here": reverse("projects:portfolio-dependencies", args=[pk]),
        "export": reverse("projects:portfolio-dependency-export", args=[pk, "csv"]).removesuffix("csv"),
        "topics": " ".join(f"program:{one}" for one in mine),
    }
    part = htmx.wants_fragment(request)
    return render(request, f"projects/commitments/{'_gives' if part else 'portfolio'}.html", context)


@require_safe
def dependency_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The list of a program as CSV or XLSX, as the address filters it."""
    actor = actors.from_request(request)
    program = programs.get_for(actor, pk, "plan.read")
    return _file(
        kind, f"{program.code} dependencies", read.of_program(actor, program), Choice.of(request.GET)
    )


@require_safe
def portfolio_dependency_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The list of a portfolio."""
    actor = actors.from_request(request)
    portfolio = portfolios.readable(actor, pk, "plan.read")
    gives = read.of_portfolio(actor, portfolio)
    return _file(kind, f"{portfolio.name} dependencies", gives, Choice.of(request.GET))


@require_safe
def commitment_drawer(request: HttpRequest, pk: int) -> HttpResponse:
    """One link between two projects: the promise, the need, the forecast, what was ever said, and what may be done now."""
    actor = actors.from_request(request)
    return _drawer(request, actor, read.get_for(actor, pk))


@require_POST
def commitment_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """The taker asks for a promise, or says better what it needs."""
    actor = actors.from_request(request)
    link = read.get_for(actor, pk)
    form = AskForm(request.POST, prefix="ask")
    found = _commitment(link)

    def act(values: dict[str, Any]) -> None:
        if found is None:
            services.ask(actor=actor, link=link, **values)
        else:
            services.describe(actor=actor, commitment=found, **values)

    return _carry_out(request, actor, link, "ask", form, act)


@require_POST
def commitment_promise(request: HttpRequest, pk: int) -> HttpResponse:
    """The giver promises a day, or another one."""
    actor = actors.from_request(request)
    link = read.get_for(actor, pk)
    form = PromiseForm(request.POST, prefix="promise")

    def act(values: dict[str, Any]) -> None:
        services.promise(actor=actor, link=link, commitment=_commitment(link), **values)

    policies.authorize(actor, services.CAPABILITY, link.predecessor)
    return _carry_out(request, actor, link, "promise", form, act)


@require_POST
def commitment_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """The taker accepts, or rejects with a reason (``reject`` in the request)."""
    actor = actors.from_request(request)
    link = read.get_for(actor, pk)
    policies.authorize(actor, services.CAPABILITY, link.successor)
    found = _existing(link)
    form = AnswerForm(request.POST, prefix="answer")

    def act(values: dict[str, Any]) -> None:
        services.answer(actor=actor, commitment=found, accepts="reject" not in request.POST, **values)

    return _carry_out(request, actor, link, "answer", form, act)


@require_POST
def commitment_deliver(request: HttpRequest, pk: int) -> HttpResponse:
    """The giver says that it is there."""
    actor = actors.from_request(request)
    link = read.get_for(actor, pk)
    policies.authorize(actor, services.CAPABILITY, link.predecessor)
    found = _existing(link)
    form = DeliveryForm(request.POST, prefix="deliver")

    def act(values: dict[str, Any]) -> None:
        services.deliver(actor=actor, commitment=found, **values)

    return _carry_out(request, actor, link, "deliver", form, act)


def _carry_out(
    request: HttpRequest, actor: Actor, link: Dependency, name: str, form: forms.Form, act: Any
) -> HttpResponse:
    found = _commitment(link)
    version = request.POST.get("version", "")
    if found is not None and version.isdecimal():
        found.version = int(version)
    if form.is_valid():
        try:
            act(form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return htmx.trigger(_drawer(request, actor, read.get_for(actor, link.pk)), "dependencies-changed")
    return _drawer(request, actor, link, {name: form})


def _commitment(link: Dependency) -> Commitment | None:
    return getattr(link, "commitment", None)


def _existing(link: Dependency) -> Commitment:
    found = _commitment(link)
    if found is None:
        raise Http404
    return found


def _drawer(
    request: HttpRequest, actor: Actor, link: Dependency, wrong: dict[str, forms.Form] | None = None
) -> HttpResponse:
    give = read.measured([link])[0]
    found = give.commitment
    told = {"deliverable": found.deliverable, "criteria": found.criteria} if found else {}
    suggested = give.promised_on or (give.forecast.date() if give.forecast else None)
    # ``gives``: may promise and deliver; ``takes``: may ask, accept and reject.
    gives = policies.holds(actor, services.CAPABILITY, link.predecessor.scope)
    takes = policies.holds(actor, services.CAPABILITY, link.successor.scope)
    context = {
        "give": give,
        "link": link,
        "found": found,
        "gives": gives,
        "takes": takes,
        "ask": AskForm(prefix="ask", initial=told),
        "promise": PromiseForm(prefix="promise", initial={"promised_on": suggested}),
        "answer": AnswerForm(prefix="answer"),
        "deliver": DeliveryForm(prefix="deliver", initial={"delivered_on": _day_of(link)}),
        "history": read.history(found) if found else [],
        "state_word": STATES[give.state],
        "words": {"states": STATES, "breaches": BREACHES},
        "breaches": [BREACHES[one] for one in give.breaches],
    } | (wrong or {})
    return render(request, "projects/commitments/_drawer.html", context, status=422 if wrong else 200)


def _day_of(link: Dependency) -> Any:
    happened = link.predecessor.actual_finish or link.predecessor.actual_start
    return happened.date() if happened else link.predecessor.program.data_date


def _readable(actor: Actor, portfolio: Portfolio) -> list[int]:
    rows = Program.objects.visible_to(actor, "plan.read").filter(portfolio=portfolio, archived_at=None)
    return sorted(rows.values_list("pk", flat=True))


def _kept(gives: Sequence[Give], choice: Choice) -> list[Give]:
    """Return what the address asks for."""
    by_show = {
        "open": lambda one: one.is_open,
        "trouble": lambda one: bool(one.breaches),
        "overdue": lambda one: read.OVERDUE in one.breaches,
        "all": lambda one: True,
    }[choice.show]
    return [
        one
        for one in gives
        if by_show(one) and (choice.project is None or choice.project in (one.giver.pk, one.taker.pk))
    ]


def _shown(gives: list[Give], choice: Choice, own: set[int]) -> dict[str, Any]:
    kept = _kept(gives, choice)
    of_project = [
        one for one in gives if choice.project is None or choice.project in (one.giver.pk, one.taker.pk)
    ]
    counts = {name: len(_kept(of_project, Choice("", name, "", None))) for name in SHOWN}
    projects = {one.pk: one for give in gives for one in (give.giver, give.taker)}
    return {
        "choice": choice,
        "anything": bool(gives),
        "gives": kept[: read.MOST],
        "views": [(name, label, choice.address(view=name)) for name, label in VIEWS.items()],
        "shown": [(name, label, choice.address(show=name), counts[name]) for name, label in SHOWN.items()],
        "sides": [(name, label, choice.address(by=name)) for name, label in SIDES.items()],
        "projects": sorted(projects.values(), key=lambda one: (one.program_id not in own, one.name)),
        "own": own,
        "query": choice.address(),
        "columns": _columns(kept, choice) if choice.view == "board" else None,
        "graph": _graph(kept, choice, own) if choice.view == "graph" and kept else None,
        "words": {"states": STATES, "breaches": BREACHES},
    }


def _columns(gives: Sequence[Give], choice: Choice) -> list[dict[str, Any]]:
    """The board: a column for each project on the chosen side, in it a group for each project on the other side."""
    columns: dict[int, dict[str, Any]] = {}
    for give in gives:
        mine, other = (give.giver, give.taker) if choice.side == "give" else (give.taker, give.giver)
        column = columns.setdefault(mine.pk, {"project": mine, "groups": {}, "count": 0, "level": give.level})
        group = column["groups"].setdefault(other.pk, {"project": other, "cards": []})
        group["cards"].append(give)
        column["count"] += 1
    for column in columns.values():
        column["groups"] = list(column["groups"].values())
    return list(columns.values())


def _graph(gives: Sequence[Give], choice: Choice, own: set[int]) -> Chart:
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


def _file(kind: str, title: str, gives: list[Give], choice: Choice) -> HttpResponse:
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
    return exports.respond(kind, title, columns, map(_cells, _kept(gives, choice)))


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
