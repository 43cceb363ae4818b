"""Pages by key: complete, without repeats, also while rows come and go."""

import base64
import json

import pytest

from projects.models import Task
from tests.api_client import Api
from tests.factories import plans

pytestmark = pytest.mark.django_db


def _all(api: Api, path: str, key: str) -> list:
    found: list = []
    for _ in range(30):
        page = api.get(path).json()
        found += [row[key] for row in page["results"]]
        path = page["next"]
        if path is None:
            return found
    raise AssertionError("the pages do not end")


@pytest.fixture
def api():
    program = plans.program()
    project = plans.project(program)
    for count in (3, 3, 5):  # names repeat: A B C A B C A B C D E
        plans.tasks(project, *[1] * count)
    return Api(plans.member("TPM", program))


@pytest.mark.parametrize("ordering", ["id", "-id", "name", "-name"])
@pytest.mark.parametrize("limit", [1, 3, 5, 11, 400])
def test_pages_hold_every_row_once_in_order(api, ordering, limit) -> None:
    rows = list(Task.objects.order_by("pk"))
    key = ordering.removeprefix("-")
    rows.sort(key=lambda row: (getattr(row, key), row.pk), reverse=ordering.startswith("-"))
    assert _all(api, f"tasks/?ordering={ordering}&limit={limit}", "id") == [row.pk for row in rows]


def test_rows_that_come_meanwhile_do_not_shift_the_pages(api) -> None:
    first = api.get("tasks/?ordering=-id&limit=5").json()
    seen = [row["id"] for row in first["results"]]
    task = Task.objects.first()
    plans.tasks(task.project, 1, 1)
    rest = _all(api, first["next"], "id")
    assert len(seen + rest) == len(set(seen + rest)) == 11


@pytest.mark.parametrize(
    "cursor", ["x", "%00", "W10", "eyJhIjoxfQ", base64.urlsafe_b64encode(json.dumps(["a\x00", 1]).encode()).decode(),
               base64.urlsafe_b64encode(json.dumps([2**80]).encode()).decode(), "[" * 3000],
)  # fmt: skip
@pytest.mark.parametrize("ordering", ["id", "name"])
def test_a_cursor_from_elsewhere_is_refused(api, cursor, ordering) -> None:
    answer = api.get(f"tasks/?ordering={ordering}&cursor={cursor}")
    assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (400, "?cursor")


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=-1",
        "limit=x",
        "limit=1e3",
        "ordering=notes",
        "project=x",
        "late=maybe",
        "program=-1",
    ],
)
def test_a_parameter_that_is_not_understood_is_an_error(api, query) -> None:
    answer = api.get(f"tasks/?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"].endswith(query.partition("=")[0])
