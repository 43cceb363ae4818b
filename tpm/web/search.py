"""Search, or jump: everything that this person may see, by one statement; and the pages and actions of the program at hand."""

from typing import Any

from django.db.models import Case, CharField, IntegerField, Q, Value, When
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import NoReverseMatch
from django.views.decorators.http import require_safe

from programs.models import Program
from programs.selectors import programs
from tpm.accounts import actors
from tpm.accounts.actors import Actor
from tpm.templatetags.program_page import reverse_or_nothing, tabs
from tpm.web import program_actions
from tpm.web.search_sources import KINDS, SOURCES, Source, shown

MOST = 7  # of each kind
WORDS = 6


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """JSON for the palette, a page for everybody else. ``?program=`` gives that program's pages and actions (JSON only)."""
    actor = actors.from_request(request)
    query = " ".join(request.GET.get("q", "").replace("\x00", "").split())[:100]
    found = results(actor, query) if query else []
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"results": found, "here": _here(actor, request.GET.get("program", ""))})
    return render(request, "tpm/search.html", {"query": query, "results": found})


def results(actor: Actor, query: str) -> list[dict[str, Any]]:
    """Return what matches all words of the query, at most seven of each kind: one statement.

    What begins with the query comes before what holds it somewhere.
    """
    first, *others = (_matching(source, actor, query) for source in SOURCES)
    rows = list(first.union(*others, all=True))
    by_kind: dict[str, list[dict[str, Any]]] = {kind: [] for kind in KINDS}
    sources = {source.kind: source for source in SOURCES} | {"milestone": _source_of("task")}
    for kind, pk, title, hint, place, _rank in rows:
        try:
            url = sources[kind].url(pk, place)
        except NoReverseMatch:
            continue
        by_kind[kind].append(
            {"label": title, "type": kind, "kind": str(KINDS[kind]), "url": url, "hint": hint.strip(" ·")}
        )
    return [one for found in by_kind.values() for one in found[:MOST]]


def _source_of(kind: str) -> Source:
    return next(source for source in SOURCES if source.kind == kind)


def _matching(source: Source, actor: Actor, query: str) -> Any:
    """The rows of one kind that hold all words, as the columns that all kinds share."""
    rows = source.rows(actor)
    for word in query.split()[:WORDS]:
        condition = Q()
        for name in source.fields:
            condition |= Q(**{f"{name}__icontains": word})
        rows = rows.filter(condition)
    begins = Q()
    for name in source.fields:
        begins |= Q(**{f"{name}__istartswith": query})
    rows = rows.annotate(
        found_kind=Cast(source.found_as or Value(source.kind), CharField()),
        found_title=shown(source, "title"),
        found_hint=shown(source, "hint"),
        found_place=shown(source, "place"),
        found_rank=Case(When(begins, then=Value(0)), default=Value(1), output_field=IntegerField()),
    )
    columns = ("found_kind", "pk", "found_title", "found_hint", "found_place", "found_rank")
    most = MOST * 2 if source.found_as is not None else MOST
    if rows.query.distinct_fields:  # one row per person: found first, put in order afterwards
        return rows.values_list(*columns)[:most]
    return rows.order_by("found_rank", "found_title", "pk").values_list(*columns)[:most]


def _here(actor: Actor, program: str) -> list[dict[str, Any]]:
    """The pages and actions of the program that the palette was opened on; nothing if it is not the actor's."""
    if not program.isascii() or not program.isdecimal() or len(program) > 18:
        return []
    try:
        found = programs.get_for(actor, int(program))
    except Program.DoesNotExist:
        return []
    return program_actions.of_program(actor, found, tabs(actor, found, ""), reverse_or_nothing)
