"""Errors are problem details, whoever causes them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.api_client import Api
from tests.factories import plans
from tpm.accounts import tokens
from tpm.lib.api import problems

pytestmark = pytest.mark.django_db


def test_nobody_is_asked_to_sign_in_as_a_problem() -> None:
    answer = Api(None).get("programs/")
    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    problem = answer.json()
    assert problem["type"] == "urn:tpm:problem:not_authenticated"
    assert (problem["title"], problem["status"], problem["instance"]) == (
        "Unauthorized",
        401,
        "/api/v1/programs/",
    )
    assert len(problem["request_id"]) == 36


def test_an_unknown_address_is_a_problem_too() -> None:
    for path in ("/api/", "/api/v1/nothing/", "/api/v2/programs/"):
        answer = Client().get(path)
        assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")
        assert answer.json()["instance"] == path


def test_hidden_and_unknown_are_answered_alike() -> None:
    mine, other = plans.program(), plans.program()
    api = Api(plans.member("TPM", mine))
    hidden, unknown = api.get(f"programs/{other.pk}/").json(), api.get("programs/987654321/").json()
    for answer in (hidden, unknown):
        del answer["instance"], answer["request_id"]
    assert hidden == unknown
    assert hidden["status"] == 404
    assert api.get("programs/99999999999999999999999/").status_code == 404


def test_a_method_a_type_and_a_broken_body_are_told() -> None:
    program = plans.program()
    api = Api(plans.member("PO", program.portfolio))
    assert api.call("PUT", f"programs/{program.pk}/", {}).status_code == 405
    broken = api.client.post(
        f"/api/v1/portfolios/{program.portfolio_id}/programs/", "{", content_type="application/json"
    )
    assert (broken.status_code, broken.json()["code"]) == (400, "invalid")
    form = api.client.post(f"/api/v1/portfolios/{program.portfolio_id}/programs/", {"name": "x"})
    assert (form.status_code, form.headers["Content-Type"]) == (415, "application/problem+json")
    picky = api.get(f"programs/{program.pk}/", Accept="text/html")
    assert (picky.status_code, picky.headers["Content-Type"]) == (406, "application/problem+json")


def test_a_duplicate_is_a_conflict_and_a_bad_field_has_a_pointer() -> None:
    program = plans.program(data_date=None)
    api = Api(plans.member("PO", program.portfolio))
    path = f"portfolios/{program.portfolio_id}/programs/"
    bad = api.post(
        path, {"code": "X", "name": "", "starts_on": "soon", "time_zone": "Mars/Base", "colour": 1}
    )
    assert bad.status_code == 400
    assert {one["pointer"] for one in bad.json()["errors"]} == {
        "/name",
        "/starts_on",
        "/time_zone",
        "/colour",
    }
    made = api.post(path, {"code": "X", "name": "X", "starts_on": "2026-01-05"})
    assert (made.status_code, made.json()["revision"]) == (201, 0)
    finance = Api(plans.member("FC", program))
    budget = {"project": None, "approved": "100.00"}
    assert finance.post(f"programs/{program.pk}/budgets/", budget).status_code == 201
    twice = finance.post(f"programs/{program.pk}/budgets/", budget)
    assert twice.status_code in (400, 409)  # by the service's own check, or by the database under a race
    assert twice.headers["Content-Type"] == "application/problem+json"
    assert len(finance.get(f"budgets/?program={program.pk}").json()["results"]) == 1


def test_a_bug_is_an_internal_error_without_its_text() -> None:
    problem = problems.translated(RuntimeError("the password is swordfish"))
    assert (problem.status, problem.code) == (500, "internal")
    assert "swordfish" not in problem.detail
    assert problems.translated(PermissionError(13, "Permission denied: /etc/shadow")).status == 500


def _token(user, scope: str) -> dict[str, str]:
    _row, secret = tokens.issue(
        user=user, name="ci", scope=scope, expires_at=timezone.now() + timedelta(days=1)
    )
    return {"Authorization": f"Bearer {secret}"}


def test_a_token_has_its_owners_rights_and_no_more_than_its_scope() -> None:
    program = plans.program()
    user = plans.member("TPM", program).user
    reading, writing = Api(None, **_token(user, "read")), Api(None, **_token(user, "write"))
    me = reading.get("me/").json()
    assert (me["token"]["scope"], me["roles"][0]["role"], me["roles"][0]["program"]) == (
        "read",
        "TPM",
        program.pk,
    )
    assert reading.get(f"programs/{program.pk}/").status_code == 200
    refused = reading.patch(f"programs/{program.pk}/", {"name": "Mine"}, 1)
    assert (refused.status_code, refused.json()["code"]) == (403, "read_only_token")
    assert writing.patch(f"programs/{program.pk}/", {"name": "Mine"}, 1).status_code == 200
    wrong = Api(None, Authorization="Bearer tpm_wrong").get("me/")
    assert wrong.status_code == 401


def test_a_session_needs_its_csrf_token_and_a_bearer_token_does_not() -> None:
    program = plans.program()
    user = plans.member("TPM", program).user
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(user)
    path, body = f"/api/v1/programs/{program.pk}/recompute/", {}
    assert strict.post(path, body, content_type="application/json").status_code == 403
    by_token = Client(enforce_csrf_checks=True, headers=_token(user, "write"))
    assert by_token.post(path, body, content_type="application/json").status_code == 202


def test_too_many_requests_are_told_when_to_come_back(settings) -> None:
    rates = {**settings.REST_FRAMEWORK["DEFAULT_THROTTLE_RATES"], "principal": "3/h"}
    settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "DEFAULT_THROTTLE_RATES": rates}
    api = Api(plans.member("TPM", plans.program()))
    answers = [api.get("me/") for _ in range(4)]
    assert [answer.status_code for answer in answers] == [200, 200, 200, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 3601
    assert Api(plans.member("TPM", plans.program())).get("me/").status_code == 200
