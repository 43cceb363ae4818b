"""Capital requests over the API: the whole way, what was read, and who never votes."""

from datetime import timedelta

import pytest
from django.utils import timezone

from budgets.models import CapitalRequest, Delegation
from tests.api_client import Api
from tests.factories import capex as stages
from tests.factories import plans
from tpm.accounts import tokens
from tpm.accounts.models import ApiToken

pytestmark = pytest.mark.django_db
BODY = {
    "title": "Core switch",
    "business_case": "The old one is out of support.",
    "amounts": [{"year": 2026, "amount": "40000.00"}, {"year": 2027, "benefit": "60000.00"}],
}


def test_a_request_is_written_submitted_and_approved() -> None:
    at = stages.stage()
    api = Api(at.tpm)
    made = api.post(f"programs/{at.program.pk}/capital-requests/", BODY)
    assert made.status_code == 201, made.content
    body = made.json()
    # −40 000 + 60 000 / 1.08 = 15 555.56; the rate at which it is worth nothing: 60 / 40 − 1 = 50 %
    assert (body["appraisal"]["npv"], body["appraisal"]["irr"]) == ("15555.56", "0.500000")
    assert (body["asked"], body["state"], body["round"]) == ("40000.00", "draft", None)
    path = f"capital-requests/{body['id']}/"
    assert api.post(f"{path}submit/").status_code == 428
    assert api.post(f"{path}submit/", **{"If-Match": '"v9"'}).status_code == 412
    sent = api.post(f"{path}submit/", **{"If-Match": f'"v{body["version"]}"'}).json()
    assert sent["state"] == "submitted"
    vote = {"content_sha256": sent["content_sha256"], "decision": "approve"}
    first = Api(at.es).post(f"{path}votes/", vote, **{"Idempotency-Key": "once"})
    again = Api(at.es).post(f"{path}votes/", vote, **{"Idempotency-Key": "once"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    twice = Api(at.es).post(f"{path}votes/", vote)
    assert (twice.status_code, twice.json()["code"]) == (400, "vote_once")
    assert Api(at.fc).post(f"{path}votes/", vote).json()["state"] == "approved"
    assert api.get(path).json()["authorised"] == "40000.00"
    assert len(api.get(f"{path}votes/").json()[0]["votes"]) == 2


def test_a_vote_on_what_was_changed_since_is_409_and_says_what() -> None:
    at = stages.stage()
    made, _round = stages.submitted(at)
    path = f"capital-requests/{made.pk}/"
    changed = Api(at.tpm).patch(path, {"vendor": "Other"}, CapitalRequest.objects.get(pk=made.pk).version)
    assert changed.json()["state"] == "draft"
    answer = Api(at.es).post(f"{path}votes/", {"content_sha256": made.content_sha256, "decision": "approve"})
    assert (answer.status_code, answer.json()["code"]) == (409, "content_changed")
    assert "vendor" in answer.json()["detail"]


def test_a_token_never_approves() -> None:
    at = stages.stage()
    made, _round = stages.submitted(at)
    _token, secret = tokens.issue(
        user=at.es.user,
        name="script",
        scope=ApiToken.Scope.WRITE,
        expires_at=timezone.now() + timedelta(days=1),
    )
    answer = Api(None, Authorization=f"Bearer {secret}").post(
        f"capital-requests/{made.pk}/votes/", {"content_sha256": made.content_sha256, "decision": "approve"}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "token_never_approves")


def test_policies_and_delegations_over_the_api() -> None:
    at = stages.stage()
    tiers = [{"up_to": None, "steps": [{"roles": ["SC"], "quorum": 2}]}]
    path = f"portfolios/{at.program.portfolio_id}/approval-policies/"
    made = Api(at.fc).post(path, {"effective_from": "2026-06-01", "tiers": tiers}).json()
    assert (made["number"], made["confirmed_by"]) == (2, None)
    confirm = f"approval-policies/{made['id']}/confirm/"
    assert Api(at.fc).post(confirm, **{"If-Match": '"v1"'}).status_code == 400  # the person who wrote it
    assert Api(at.po).post(confirm, **{"If-Match": '"v1"'}).json()["confirmed_by"] == at.po.user_id
    assert Api(at.fc).post(path, {"effective_from": "2026-06-01", "tiers": "all"}).status_code == 400
    now = timezone.now()
    lend = {"starts_at": now.isoformat(), "ends_at": (now + timedelta(days=1)).isoformat()}
    given = Api(at.es).post("delegations/", {"delegate": at.fc.user_id, **lend}).json()
    stranger = plans.member("AU", plans.portfolio())
    assert Api(at.es).post("delegations/", {"delegate": stranger.user_id, **lend}).status_code == 400
    assert Api(stranger).post("delegations/revoke/", {"delegation": given["id"]}).status_code == 404
    assert Api(at.fc).post("delegations/revoke/", {"delegation": given["id"]}).status_code == 200
    assert Delegation.objects.get().revoked_at is not None
