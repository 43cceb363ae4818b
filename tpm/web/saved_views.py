"""Saved views in the browser: the menu on a list, the page that keeps order among them, and the view a page opens by."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from programs.models import Portfolio, Program
from tpm.accounts import actors, saved_views
from tpm.accounts.actors import Actor
from tpm.accounts.models import SavedView
from tpm.lib import exports, htmx
from tpm.lib.exports import Column
from tpm.lib.forms import add_errors

CHANGED = "views-changed"


class ViewForm(forms.Form):
    """A view's name, and who finds it where."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    shared = forms.BooleanField(
        label=gettext_lazy("Share it with everybody in the portfolio"), required=False
    )
    everywhere = forms.BooleanField(
        label=gettext_lazy("Offer it on this page of every program"), required=False
    )
    favourite = forms.BooleanField(label=gettext_lazy("Keep it in the side bar"), required=False)
    default = forms.BooleanField(label=gettext_lazy("Open this page by it"), required=False)

    def __init__(self, *args: Any, noun: str, portfolio: int | None, **options: Any) -> None:
        super().__init__(*args, **options)
        if portfolio is None:
            del self.fields["shared"]
        if noun != "program":
            del self.fields["everywhere"]


@dataclass(frozen=True)
class Shown:
    """A view as lists show it."""

    view: SavedView
    url: str
    page: str
    place: str
    mine: bool
    may_edit: bool
    favourite: bool
    default: bool


class DefaultViewMiddleware:
    """Open a page by the view that its reader chose for it, where the address says nothing else. ``?plain=1`` opens it bare."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view_func: Any, view_args: Any, view_kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        bare = (
            request.method == "GET"
            and not request.META.get("QUERY_STRING")
            and not request.headers.get("HX-Request")
        )
        if not bare or match is None or match.view_name not in saved_views.pages:
            return None
        if not request.user.is_authenticated:
            return None
        actor = actors.from_request(request)
        view = saved_views.default_of(actor, match.view_name, int(view_kwargs.get("pk", 0)))
        return redirect(f"{request.path}?{view.query}") if view and view.query else None


def address(view: SavedView) -> str:
    """Return where a view leads; empty if its page is not served here."""
    try:
        path = reverse(view.page, args=[view.place] if view.place else [])
    except NoReverseMatch:
        return ""
    return f"{path}?{view.query or 'plain=1'}"


@require_safe
def view_menu(request: HttpRequest) -> HttpResponse:
    """The views that a page offers, for its menu."""
    actor = actors.from_request(request)
    page, place = _where(request)
    found = saved_views.of_page(actor, page, place)
    here = reverse(page, args=[place] if place else [])
    shown = [_shown(actor, view, {}, f"{here}?{view.query or 'plain=1'}") for view in found]
    default = saved_views.default_of(actor, page, place)
    context = {
        "views": shown,
        "here": here,
        "has_default": default is not None,
        "where": request.GET.urlencode(),
    }
    return render(request, "tpm/saved_views/_menu.html", context)


@require_http_methods(["GET", "POST"])
def view_create(request: HttpRequest) -> HttpResponse:
    """Keep what a page shows under a name, in a dialog."""
    actor = actors.from_request(request)
    page, place = _where(request)
    noun, portfolio = saved_views.pages[page].noun, _portfolio(actor, page, place)
    form = ViewForm(request.POST or None, noun=noun, portfolio=portfolio)
    if form.is_valid():
        given = form.cleaned_data
        try:
            view = saved_views.create(
                actor=actor,
                page=page,
                place=place,
                name=given["name"],
                query=request.POST.get("query", ""),
                everywhere=given.get("everywhere", False),
                portfolio_id=portfolio if given.get("shared") else None,
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            saved_views.mark(actor=actor, view=view, favourite=given["favourite"], default=given["default"])
            said = _("“%(name)s” is kept. It opens from the menu of views.") % {"name": view.name}
            response = htmx.done(said, events=("tpm:close", CHANGED))
            return htmx.trigger(response, "tpm:view", {"id": view.pk, "name": view.name, "query": view.query})
    return _form(request, form, request.get_full_path(), keep=True)


@require_safe
def view_list(request: HttpRequest) -> HttpResponse:
    """One's own views and those shared with oneself."""
    actor = actors.from_request(request)
    found = SavedView.objects.visible_to(actor).select_related("owner").order_by("page", "name", "pk")
    places = _places(actor)
    rows = [_shown(actor, view, places, address(view)) for view in found if view.page in saved_views.pages]
    if kind := exports.wanted(request):
        columns = [
            Column(_("View"), 30), Column(_("Page"), 20), Column(_("Of"), 30), Column(_("Owner"), 24), Column(_("Shared")), Column(_("Address"), 60),
        ]  # fmt: skip
        cells = ((row.view.name, row.page, row.place, row.view.owner.name, _("yes") if row.view.portfolio_id else "", row.url) for row in rows)  # fmt: skip
        return exports.respond(kind, _("Saved views"), columns, cells)
    context = {"mine": [row for row in rows if row.mine], "others": [row for row in rows if not row.mine]}
    template = "_list.html" if htmx.wants_fragment(request) else "list.html"
    return render(request, f"tpm/saved_views/{template}", context)


@require_safe
def view_open(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Go to what a view shows: an address that stays the same when the view changes."""
    url = address(saved_views.get_for(actors.from_request(request), pk))
    if not url:
        raise Http404
    return redirect(url)


@require_http_methods(["GET", "POST"])
def view_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename a view and share it, in a dialog."""
    actor = actors.from_request(request)
    view = _editable(actor, pk)
    noun, portfolio = saved_views.pages[view.page].noun, _portfolio(actor, view.page, view.place)
    user = actor.user
    assert user is not None
    initial = {
        "name": view.name,
        "shared": view.portfolio_id is not None,
        "everywhere": view.everywhere,
        "favourite": pk in user.favourite_views,
        "default": pk in user.default_views,
    }
    form = ViewForm(request.POST or None, initial=initial, noun=noun, portfolio=portfolio)
    if form.is_valid():
        given = form.cleaned_data
        new: dict[str, Any] = {"name": given["name"], "everywhere": given.get("everywhere", view.everywhere)}
        if portfolio is not None:
            new["portfolio_id"] = portfolio if given["shared"] else None
        try:
            saved_views.update(actor=actor, view=view, **new)
        except ValidationError as error:
            add_errors(form, error)
        else:
            saved_views.mark(actor=actor, view=view, favourite=given["favourite"], default=given["default"])
            return htmx.done(_("Saved."), events=("tpm:close", CHANGED))
    return _form(request, form, request.path, keep=False)


@require_POST
def view_update(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a view show what its page shows now."""
    actor = actors.from_request(request)
    view = _editable(actor, pk)
    try:
        saved_views.update(actor=actor, view=view, query=request.POST.get("query", ""))
    except ValidationError as error:
        return HttpResponse(error.messages[0], status=422, content_type="text/plain; charset=utf-8")
    response = htmx.done(_("“%(name)s” shows this now.") % {"name": view.name}, events=(CHANGED,))
    return htmx.trigger(response, "tpm:view", {"id": view.pk, "name": view.name, "query": view.query})


@require_POST
def view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Delete a view, for everybody whom it is shared with."""
    actor = actors.from_request(request)
    view = _editable(actor, pk)
    saved_views.delete(actor=actor, view=view)
    return htmx.done(_("“%(name)s” is deleted.") % {"name": view.name}, events=(CHANGED,))


@require_POST
def view_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a view into one's side bar or take it out, open its page by it or no more."""
    actor = actors.from_request(request)
    view = saved_views.get_for(actor, pk)
    marks = {name: request.POST[name] == "1" for name in ("favourite", "default") if name in request.POST}
    saved_views.mark(actor=actor, view=view, **marks)
    return htmx.done(_("Saved."), events=(CHANGED,))


def _where(request: HttpRequest) -> tuple[str, int]:
    """The page and the place that the menu stands on."""
    page, place = request.GET.get("page", ""), request.GET.get("place", "0")
    if page not in saved_views.pages or not place.isascii() or not place.isdecimal() or len(place) > 18:
        raise Http404
    if bool(saved_views.pages[page].noun) != bool(int(place)):
        raise Http404
    return page, int(place)


def _portfolio(actor: Actor, page: str, place: int) -> int | None:
    """The portfolio that a view of a page may be shared with."""
    noun = saved_views.pages[page].noun
    found: Any
    if noun == "portfolio":
        found = Portfolio.objects.visible_to(actor).filter(pk=place).values_list("pk", flat=True)
    elif noun == "program":
        found = Program.objects.visible_to(actor).filter(pk=place).values_list("portfolio_id", flat=True)
    else:
        return None
    pk: int | None = found.first()
    return pk


def _places(actor: Actor) -> dict[tuple[str, int], str]:
    """The names of what stands in addresses: two queries."""
    portfolios = Portfolio.objects.visible_to(actor).values_list("pk", "name")
    programs = Program.objects.visible_to(actor).values_list("pk", "name")
    return {("portfolio", pk): name for pk, name in portfolios} | {
        ("program", pk): name for pk, name in programs
    }


def _shown(actor: Actor, view: SavedView, places: dict[tuple[str, int], str], url: str) -> Shown:
    user, page = actor.user, saved_views.pages[view.page]
    assert user is not None
    place = _("every program") if view.everywhere else places.get((page.noun, view.place), "")
    return Shown(
        view, url, str(page.label), place, view.owner_id == user.pk, saved_views.may_edit(actor, view),
        view.pk in user.favourite_views, view.pk in user.default_views,
    )  # fmt: skip


def _editable(actor: Actor, pk: int) -> SavedView:
    view = saved_views.get_for(actor, pk)
    if not saved_views.may_edit(actor, view):
        raise PermissionError("view")
    return view


def _form(request: HttpRequest, form: ViewForm, action: str, *, keep: bool) -> HttpResponse:
    context = {"form": form, "action": action, "keep": keep}
    return render(request, "tpm/saved_views/_form.html", context, status=422 if form.errors else 200)
