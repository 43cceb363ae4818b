"""Every address × every method × every role, here, in a sibling program and in a foreign portfolio, against the table."""

import json
import logging
from collections.abc import Callable, Iterator
from http.cookies import SimpleCookie

import pytest
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import reverse

from programs.policies import CAPABILITIES
from tests.access import world as worlds
from tests.access.routes import METHODS, Route, all_routes
from tests.access.table import ADMINISTRATOR, ANYBODY, AUTHOR, OWN, OWNER, SECRET, TABLE, Row
from tests.access.world import FOREIGN, HERE, SIBLING, Principal, World
from tpm.web import errors

pytestmark = pytest.mark.django_db
SIGN_IN, UNKNOWN, FORBIDDEN, ALLOWED = "sign in first", "not found", "forbidden", "allowed"
EVERYWHERE_404 = {"api:nowhere"}  # answers every method of every caller with 404


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: object) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic(), pytest.MonkeyPatch.context() as patch:  # type: ignore[attr-defined]
        patch.setattr(errors, "_page", _refused_in_words_once(errors._page))
        logging.disable(
            logging.ERROR
        )  # thousands of refusals are meant; writing them all down takes longer than making them
        built = worlds.build()
        for who in built.principals:
            _client(built, who)
        yield built
        logging.disable(logging.NOTSET)
        transaction.set_rollback(True)


def _refused_in_words_once(page: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Draw the page that says no once for each person and reason; ten thousand refusals after that are told by status alone."""
    drawn: set[tuple[object, str]] = set()

    def refused(request: HttpRequest, template: str, kind: type[HttpResponse]) -> HttpResponse:
        case = (request.user.pk, template)
        if case in drawn:
            return kind()
        drawn.add(case)
        return page(request, template, kind)

    return refused


def expected(row: Row, who: Principal) -> str:
    """Return what the table says."""
    if row.needs in (ANYBODY, SECRET):
        return ALLOWED
    if who.user is None:
        return SIGN_IN
    if row.needs == ADMINISTRATOR:
        return ALLOWED if who.user.is_administrator else FORBIDDEN
    if row.needs == OWNER:
        return UNKNOWN
    if not row.at:
        return ALLOWED  # a list holds what the caller may see; test_non_interference.py looks into it
    places = {HERE, SIBLING} if row.shared else {HERE}
    if who.where not in places or (row.see and who.role not in CAPABILITIES[row.see]):
        return UNKNOWN
    if row.needs == OWN:
        return ALLOWED
    if row.needs == AUTHOR:
        return FORBIDDEN  # the world's was written by somebody else
    holds = who.role in CAPABILITIES[row.needs]
    reads = (
        row.needs == row.see
    )  # a shared object is read by members of a part, and changed by those of the whole
    return ALLOWED if holds and (who.where == HERE or reads) else FORBIDDEN


def found(response: HttpResponse, path: str) -> str:
    """Return what the answer means."""
    if response.status_code == 401 or (
        response.status_code == 302 and "next=" in response.headers.get("Location", "")
    ):
        is_page = not path.startswith("/api/") or path == reverse("api:docs")
        assert is_page != (response.status_code == 401), "pages redirect to sign-in, the API answers 401"
        return SIGN_IN
    if response.status_code in (403, 404):
        return FORBIDDEN if response.status_code == 403 else UNKNOWN
    if path == reverse("readyz") and response.status_code == 503:
        return ALLOWED  # no worker runs here, and after some minutes it says so to everybody
    assert response.status_code < 500, response.content[:500]
    return ALLOWED


def ask(world: World, row: Row, who: Principal, route: Route) -> HttpResponse:
    client, cookies = _client(world, who)
    path = reverse(row.route, kwargs=world.arguments(route.parameters, row.at)) + row.query
    is_api = path.startswith("/api/")
    body = {} if row.body is None else row.body
    with transaction.atomic():
        if row.method == "GET":
            response = client.get(path)
        elif is_api:
            response = client.generic(row.method, path, _json(body), content_type="application/json")
        else:
            response = client.generic(row.method, path) if row.method != "POST" else client.post(path, body)
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(cookies)
    return response


def _client(world: World, who: Principal) -> tuple[Client, str]:
    """Return the browser of a principal, signed in once, and its cookies as they were then."""
    if who not in world.browsers:
        client = Client(raise_request_exception=False)
        if who.user is not None:
            client.force_login(who.user)
        world.browsers[who] = client, client.cookies.output(header="", sep=";")
    return world.browsers[who]


def _json(body: dict[str, object]) -> str:
    return json.dumps(body)


def test_every_address_stands_in_the_table_and_the_table_names_no_other() -> None:
    routes = all_routes()
    rows = {(row.route, row.method) for row in TABLE}
    assert len(rows) == len(TABLE), "a row stands twice"
    named = {route for route, _method in rows} | EVERYWHERE_404
    assert not routes.keys() - named, "addresses without a row"
    assert not named - routes.keys(), "rows without an address"
    known = {(name, method) for name, route in routes.items() for method in route.methods or ()}
    declared = {(name, method) for name, method in rows if routes[name].methods is not None}
    assert known - declared == set() and declared - known == set(), "methods and rows differ"


def test_the_api_declares_the_capabilities_of_the_table() -> None:
    routes = all_routes()
    for row in TABLE:
        endpoint = routes[row.route].endpoint
        if endpoint is not None:
            handler = getattr(endpoint, row.method.lower())
            assert handler.capability == row.needs, row


@pytest.mark.parametrize("row", TABLE, ids=str)
def test_each_role_gets_what_the_table_says(world: World, row: Row) -> None:
    route = all_routes()[row.route]
    wrong = []
    for who in world.principals:
        response = ask(world, row, who, route)
        want, got = expected(row, who), found(response, response.request["PATH_INFO"])
        if want != got:
            wrong.append(f"{who}: {want} expected, {got} found ({response.status_code})")
    assert not wrong, "\n".join(wrong)


def test_a_secret_in_an_address_opens_that_door_alone_and_a_wrong_one_none(world: World) -> None:
    """Whoever asks: with another secret, with a revoked one, or by another method there is nothing."""
    routes = all_routes()
    doors = [row for row in TABLE if row.needs == SECRET]
    assert [row.route for row in doors] == ["calendar-feed"]
    for row in doors:
        few = [who for who in world.principals if who.where in ("", HERE) and who.role in ("", "PO", "TPM")]
        secret_ = world.objects["feed_secret"]
        for who in few:
            for secret in (secret_[:-1], secret_.upper()):
                client, _cookies = _client(world, who)
                response = client.get(reverse(row.route, args=[secret]))
                assert response.status_code == 404, (who, secret)
        assert {one.method for one in TABLE if one.route == row.route} == {"GET"}
        assert not routes[row.route].endpoint, "it opens no door of the API"
    nobody = Client(headers={"Authorization": f"Bearer {world.objects['feed_secret']}"})
    assert nobody.get(reverse("api:me")).status_code == 401, "and is no token"


@pytest.mark.slow
def test_a_method_without_a_row_is_not_answered(world: World) -> None:
    """Functions do not say which methods they answer: ask as those who may do most."""
    rows: dict[str, set[str]] = {}
    for row in TABLE:
        rows.setdefault(row.route, set()).add(row.method)
    strongest = [who for who in world.principals if who.where == HERE and who.role in ("PO", "TPM")] + [
        who for who in world.principals if who.user is not None and not who.role
    ]
    objects = {row.route: row.at for row in TABLE}
    for name, route in all_routes().items():
        if route.methods is not None or name in EVERYWHERE_404:
            continue
        for method in set(METHODS) - rows[name]:
            for who in strongest:
                response = ask(world, Row(name, method, OWN, objects[name]), who, route)
                assert response.status_code in (403, 404, 405), (
                    f"{method} {name} answers {who}: {response.status_code}"
                )


def test_the_world_has_every_role_here_and_in_a_sibling_program(world: World) -> None:
    for where in (HERE, SIBLING):
        assert {who.role for who in world.principals if who.where == where} == {
            "PO", "ES", "SC", "TPM", "PM", "CO", "FC", "AU", "SV", "SA",
        }  # fmt: skip
    assert FOREIGN in {who.where for who in world.principals}
