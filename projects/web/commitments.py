"""Dependencies between projects: who gives what to whom by when, as a board, a list and a graph; the drawer of one promise."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from programs import policies
from programs.models import Portfolio, Program
from programs.selectors import portfolios, programs
from projects.models import Commitment, Dependency
from projects.selectors import commitments as read
from projects.selectors.commitments import Give
from projects.services import commitments as services
from projects.web import commitment_words as words
from projects.web.commitment_words import BREACHES, SHOWN, SIDES, STATES, VIEWS, Choice
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.lib import htmx
from tpm.lib.forms import DayField, add_errors


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
    return words.file(
        kind, f"{program.code} dependencies", read.of_program(actor, program), Choice.of(request.GET)
    )


@require_safe
def portfolio_dependency_export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The list of a portfolio."""
    actor = actors.from_request(request)
    portfolio = portfolios.readable(actor, pk, "plan.read")
    gives = read.of_portfolio(actor, portfolio)
    return words.file(kind, f"{portfolio.name} dependencies", gives, Choice.of(request.GET))


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
        "reads_actions": found is not None and policies.holds(actor, "action.read", found.scope),
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


def _shown(gives: list[Give], choice: Choice, own: set[int]) -> dict[str, Any]:
    kept = words.kept(gives, choice)
    of_project = [
        one for one in gives if choice.project is None or choice.project in (one.giver.pk, one.taker.pk)
    ]
    counts = {name: len(words.kept(of_project, Choice("", name, "", None))) for name in SHOWN}
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
        "columns": words.columns(kept, choice) if choice.view == "board" else None,
        "graph": words.graph(kept, choice, own) if choice.view == "graph" and kept else None,
        "words": {"states": STATES, "breaches": BREACHES},
    }
