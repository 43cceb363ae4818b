"""The OpenAPI schema is valid, complete, and answers stay within it."""

import json
from urllib.parse import urlencode

import pytest
import schemathesis
from django.db import transaction
from django.urls import reverse
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis.core import NotSet

from tests.access import world as worlds
from tests.access.routes import all_routes
from tests.access.table import TABLE
from tests.api_client import Api
from tests.factories import plans
from tpm.accounts.actors import Actor

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def document():
    return SchemaGenerator().get_schema(request=None, public=True)


def test_the_schema_is_valid_openapi_3_1(document) -> None:
    assert document["openapi"].startswith("3.1")
    validate_schema(document)


def test_every_operation_of_the_table_stands_in_the_schema(document) -> None:
    described = {(path, method.upper()) for path, item in document["paths"].items() for method in item}
    routes = all_routes()
    operations = [row for row in TABLE if routes[row.route].endpoint is not None]
    assert len(described) == len(operations)


def test_every_operation_has_a_summary_and_its_errors(document) -> None:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            assert operation.get("summary"), f"{method} {path}"
            assert {"401", "403", "404"} <= set(operation["responses"]), f"{method} {path}"
            if method in ("patch", "delete"):
                assert {"412", "428"} <= set(operation["responses"]), f"{method} {path}"


def test_the_schema_and_its_page_are_for_those_who_signed_in(client) -> None:
    assert client.get("/api/v1/schema/").status_code == 401
    assert client.get("/api/v1/docs/").status_code == 302
    api = Api(plans.member("SV", plans.program()))
    assert api.get("schema/", Accept="application/json").status_code == 200
    page = api.get("docs/").content.decode()
    assert "<style" not in page
    assert 'style="' not in page
    assert page.count("<script src=") == page.count("<script")  # nothing inline: the policy would refuse it


@pytest.mark.slow
def test_whatever_is_asked_no_answer_is_a_server_error_or_off_the_schema(document) -> None:
    """Schemathesis makes requests from the schema, as a program manager. Each is undone, so that they do not build on
    each other; ids in addresses are those of objects that exist."""
    world = worlds.build()
    manager = next(who for who in world.principals if who.role == "TPM" and who.where == "here")
    api = Api(Actor(user=manager.user, via="api"))
    loaded = schemathesis.openapi.from_dict(json.loads(json.dumps(document, default=str)))
    places = {
        reverse(
            row.route,
            kwargs={name: 987654 if name == "pk" else world.objects[at] for name, at in row.at.items()},
        ): row
        for row in TABLE
        if row.at and row.route.startswith("api:")
    }
    wrong: list[str] = []

    def send(case: schemathesis.Case) -> None:
        template = case.operation.path.replace("{kind}", world.objects["task_kind"])
        row = places.get(template.replace("{id}", "987654"))
        pk = world.objects[next(iter(row.at.values()))] if row else 0
        path = template.replace("{id}", str(pk)).replace("{pk}", str(pk))
        headers = {name: str(value) for name, value in (case.headers or {}).items() if str(value).isascii()}
        if "If-Match" in headers:
            headers["If-Match"] = '"v1"'
        query = urlencode({k: v for k, v in (case.query or {}).items()}, doseq=True)
        body = None if isinstance(case.body, NotSet) else case.body
        with transaction.atomic():
            response = api.call(case.method, f"{path}?{query}" if query else path, body, **headers)
            transaction.set_rollback(True)
        documented = {code for code in case.operation.definition.raw["responses"]}
        if response.status_code >= 500 or str(response.status_code) not in documented:
            wrong.append(
                f"{case.method} {path}?{query} {body!r}: {response.status_code} {response.content[:300]!r}"
            )

    for result in loaded.get_all_operations():
        strategy = result.ok().as_strategy()
        bounds = settings(
            max_examples=4,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        )
        bounds(seed(7)(given(case=strategy)(send)))()
    assert not wrong, "\n".join(wrong[:10])
