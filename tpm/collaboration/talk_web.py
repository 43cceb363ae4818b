"""Conversations and histories in the browser: the part below a drawer or on a page, a page of its own, and what is done there."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from programs.selectors import programs
from tpm.accounts import actors
from tpm.activity import comments, subjects
from tpm.activity.models import Comment
from tpm.activity.subjects import Seen
from tpm.collaboration import history
from tpm.lib import exports, htmx
from tpm.notify import watching

SHOW = ("all", "comments", "changes")
OFFERED = 8  # people while somebody writes @


@require_safe
def item(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """A page with nothing but a thing's conversation and history."""
    seen = _look(request, kind, pk)
    if not seen.subject.is_talked_about:
        raise Http404
    program = programs.get_for(seen.actor, seen.program_id) if seen.program_id else None
    back = seen.address if seen.address != request.path else ""
    return render(
        request,
        "collaboration/item.html",
        {**_part(request, seen), "program": program, "tab": "", "back": back},
    )


@require_safe
def talk(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The part of a page: who watches, the field to write in, the time line."""
    seen = _look(request, kind, pk)
    return render(request, "collaboration/_talk.html", _part(request, seen))


@require_safe
def talk_list(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """The time line alone: what a comment, an edit or the filter changes."""
    seen = _look(request, kind, pk)
    return render(request, "collaboration/_list.html", _lines(request, seen))


@require_POST
def comment(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Say something (``text``), perhaps in answer (``parent``)."""
    seen = _look(request, kind, pk)
    parent = request.POST.get("parent", "")
    try:
        comments.write(
            seen=seen,
            text=request.POST.get("text", ""),
            parent=int(parent) if parent.isdecimal() and len(parent) < 19 else None,
        )
    except ValidationError as error:
        return _refused(error)
    return render(request, "collaboration/_list.html", _lines(request, seen), status=201)


@require_POST
def comment_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend one's own comment (``text``, and the ``version`` that was read)."""
    actor = actors.from_request(request)
    found = _versioned(request, comments.get_for(actor, pk))
    try:
        comments.edit(actor=actor, comment=found, text=request.POST.get("text", ""), at=timezone.now())
    except ValidationError as error:
        return _refused(error)
    return _list_of(request, found)


@require_POST
def comment_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one's own comment back."""
    actor = actors.from_request(request)
    found = _versioned(request, comments.get_for(actor, pk))
    comments.delete(actor=actor, comment=found, at=timezone.now())
    return _list_of(request, found)


@require_POST
def comment_resolve(request: HttpRequest, pk: int) -> HttpResponse:
    """Settle a thread (``resolved``: 1), or open it again (0)."""
    actor = actors.from_request(request)
    found = comments.get_for(actor, pk)
    seen = subjects.look(actor, found.subject_kind, found.subject_id)
    try:
        comments.resolve(
            seen=seen,
            comment=found,
            is_resolved=request.POST.get("resolved") == "1",
            at=timezone.now(),
        )
    except ValidationError as error:
        return _refused(error)
    return _list_of(request, found)


@require_safe
def comment_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What a comment said before it was mended."""
    found = comments.get_for(actors.from_request(request), pk)
    return render(
        request, "collaboration/_versions.html", {"comment": found, "versions": comments.earlier(found)}
    )


@require_safe
def people(request: HttpRequest, kind: str, pk: int) -> JsonResponse:
    """Whom a comment here can mention (``?q=``): those who see the thing."""
    seen = _look(request, kind, pk)
    words = request.GET.get("q", "").casefold().split()[:4]
    readers = subjects.readers(seen) if seen.may_comment else []
    names = [str(one).casefold() for one in readers]
    found = []
    for one in readers:
        text = f"{one} {one.email}".casefold()
        if one.pk != seen.actor.user_id and all(word in text for word in words):
            several = names.count(str(one).casefold()) > 1
            found.append({"label": str(one), "hint": one.email, "insert": one.email if several else str(one)})
    # Who is called so comes before whose name or address merely holds it.
    first = words[0] if words else ""
    found.sort(key=lambda one: not one["label"].casefold().startswith(first))
    return JsonResponse({"people": found[:OFFERED]})


@require_POST
def watch(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Watch a thing (``watching``: 1), or be left alone by it (0)."""
    seen = _look(request, kind, pk)
    found = watching.watch(seen=seen, is_on=request.POST.get("watching") == "1")
    response = render(request, "collaboration/_watch.html", {"seen": seen, "watch": found})
    said = _("You watch this now.") if found.is_on else _("You will not be told of this any more.")
    return htmx.toast(response, said)


@require_safe
def export(request: HttpRequest, kind: str, pk: int, file_kind: str) -> HttpResponse:
    """Everything that happened to a thing, as a file."""
    seen = _look(request, kind, pk)
    if file_kind not in exports.FORMATS:
        raise Http404
    lines = history.timeline(history.threads(seen), history.acts(seen, history.EXPORTED))
    return exports.respond(file_kind, f"{seen.name} history", history.columns(), history.table(lines))


# ---- pieces ---------------------------------------------------------------------------------------------------------


def _look(request: HttpRequest, kind: str, pk: int) -> Seen:
    return subjects.look(actors.from_request(request), kind, pk)


def _part(request: HttpRequest, seen: Seen) -> dict[str, Any]:
    return {
        **_lines(request, seen),
        "watch": watching.state(seen),
        "in_drawer": request.GET.get("in") == "drawer",
    }


def _lines(request: HttpRequest, seen: Seen) -> dict[str, Any]:
    asked = request.GET.get("show", "") or request.POST.get("show", "")
    show = asked if asked in SHOW else SHOW[0]
    threads = history.threads(seen)
    acts = history.acts(seen)
    lines = history.timeline(threads if show != "changes" else [], acts if show != "comments" else [])
    count = sum((not one.comment.is_deleted) + len(one.replies) for one in threads)
    return {
        "seen": seen,
        "show": show,
        "lines": lines,
        "count": count,
        "acts": len(acts),
        "is_cut": len(acts) == history.SHOWN,
        "me": seen.actor.user_id,
        "may_comment": seen.may_comment,
    }


def _list_of(request: HttpRequest, about: Comment) -> HttpResponse:
    seen = subjects.look(actors.from_request(request), about.subject_kind, about.subject_id)
    return render(request, "collaboration/_list.html", _lines(request, seen))


def _versioned(request: HttpRequest, found: Comment) -> Comment:
    version = request.POST.get("version", "")
    if version.isdecimal() and len(version) < 10:
        found.version = int(version)
    return found


def _refused(error: ValidationError) -> HttpResponse:
    return HttpResponse(" ".join(error.messages), status=422, content_type="text/plain; charset=utf-8")
