"""The options of a plan by API, on the version that was read."""

import json
from typing import Any

import pytest

from programs.models import Program
from projects.models import Plan
from tests.factories import plans
from tests.factories.browsers import browser

pytestmark = pytest.mark.django_db


def test_options_are_read_with_their_defaults_and_set_on_the_version_that_was_read() -> None:
    program: Program = plans.program()
    client, url = browser(plans.member("TPM", program)), f"/api/v1/programs/{program.pk}/plan/"

    def patch(tag: str | None, **body: Any) -> Any:
        headers = {"If-Match": tag} if tag else {}
        return client.patch(url, json.dumps(body), content_type="application/json", headers=headers)

    read = client.get(url)
    assert (read.json()["baseline_gate"], read.json()["passing_score"]) == (False, 100)
    assert patch(None, baseline_gate=True).status_code == 428
    said = patch(read["ETag"], baseline_gate=True, passing_score=90, critical_threshold=480)
    assert (said.status_code, said.json()["passing_score"], said.json()["version"]) == (200, 90, 2)
    stored = Plan.objects.get(pk=program.pk)
    assert (stored.baseline_gate, stored.passing_score, stored.critical_threshold) == (True, 90, 480)
    assert patch(read["ETag"], passing_score=80).status_code == 412
    assert patch(said["ETag"], passing_score=101).status_code == 400
    assert patch(said["ETag"], nonsense=1).status_code == 400
