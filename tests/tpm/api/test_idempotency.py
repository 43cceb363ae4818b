"""A repeated request has one effect, also when both are sent at once."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.test.client import encode_multipart

from projects.models import ImportRun
from risks.models import Risk
from tests.api_client import Api
from tests.factories import plans
from tests.stack import PATIENCE
from tpm.activity import idempotency
from tpm.activity.models import ChangeSet, IdempotentRequest

pytestmark = pytest.mark.django_db(transaction=True)
BODY = {"title": "Late supplier", "probability": 0.5}


@pytest.fixture
def program():
    return plans.program()


def test_the_same_key_gives_the_same_answer_and_one_effect(program) -> None:
    api = Api(plans.member("TPM", program))
    first = api.post(f"programs/{program.pk}/risks/", BODY, **{"Idempotency-Key": "a"})
    again = api.post(f"programs/{program.pk}/risks/", BODY, **{"Idempotency-Key": "a"})
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.content == again.content
    assert again.headers["Idempotent-Replayed"] == "true"
    assert {n: again.headers[n] for n in ("ETag", "Location")} == {
        n: first.headers[n] for n in ("ETag", "Location")
    }
    assert Risk.objects.count() == 1
    other = api.post(f"programs/{program.pk}/risks/", BODY, **{"Idempotency-Key": "b"})
    assert other.json()["number"] == 2


def test_a_key_of_another_request_is_refused_and_of_another_person_is_free(program) -> None:
    api = Api(plans.member("TPM", program))
    api.post(f"programs/{program.pk}/risks/", BODY, **{"Idempotency-Key": "a"})
    other = api.post(f"programs/{program.pk}/risks/", {**BODY, "title": "Other"}, **{"Idempotency-Key": "a"})
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    somebody = Api(plans.member("PM", program))
    assert somebody.post(f"programs/{program.pk}/risks/", BODY, **{"Idempotency-Key": "a"}).status_code == 201
    assert Risk.objects.count() == 2


def test_a_refused_request_may_be_mended_under_its_key(program) -> None:
    api = Api(plans.member("TPM", program))
    refused = api.post(
        f"programs/{program.pk}/risks/", {**BODY, "probability": 2}, **{"Idempotency-Key": "a"}
    )
    assert refused.status_code == 400
    assert api.post(f"programs/{program.pk}/risks/", BODY, **{"Idempotency-Key": "a"}).status_code == 201
    assert api.post(f"programs/{program.pk}/risks/", BODY, **{"Idempotency-Key": "ä" * 3}).status_code == 400
    assert IdempotentRequest.objects.count() == 1


def test_two_at_once_have_one_effect(program, monkeypatch) -> None:
    """The first is held inside its work; the second is told to wait and then gets the first one's answer."""
    actor = plans.member("TPM", program)
    inside, go_on = threading.Event(), threading.Event()
    original = idempotency.JSONRenderer.render

    def held(self, *args, **kwargs):
        if not inside.is_set():
            inside.set()
            assert go_on.wait(PATIENCE)
        return original(self, *args, **kwargs)

    path, key = f"programs/{program.pk}/risks/", {"Idempotency-Key": "once"}
    first_api, second_api = Api(actor), Api(actor)

    def first():
        try:
            monkeypatch.setattr(idempotency.JSONRenderer, "render", held)
            return first_api.post(path, BODY, **key)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        running = pool.submit(first)
        assert inside.wait(PATIENCE)
        meanwhile = second_api.post(path, BODY, **key)
        go_on.set()
        answer = running.result(PATIENCE)
    assert (meanwhile.status_code, meanwhile.json()["code"], meanwhile.headers["Retry-After"]) == (
        409,
        "still_running",
        "1",
    )
    assert answer.status_code == 201
    assert second_api.post(path, BODY, **key).content == answer.content
    assert Risk.objects.count() == 1


def test_a_burst_of_repeats_has_one_effect(program) -> None:
    actor = plans.member("TPM", program)
    apis = [Api(actor) for _ in range(6)]
    start = threading.Barrier(len(apis))

    def send(api: Api) -> int:
        try:
            start.wait(PATIENCE)
            return api.post(f"programs/{program.pk}/risks/", BODY, **{"Idempotency-Key": "burst"}).status_code
        finally:
            connections.close_all()

    before = ChangeSet.objects.count()
    with ThreadPoolExecutor(len(apis)) as pool:
        answers = list(pool.map(send, apis))
    assert set(answers) <= {201, 409}
    assert 201 in answers
    assert (Risk.objects.count(), ChangeSet.objects.count() - before) == (1, 1)


def test_of_writers_with_one_version_exactly_one_wins(program) -> None:
    actor = plans.member("TPM", program)
    apis = [Api(actor) for _ in range(6)]
    made = apis[0].post(f"programs/{program.pk}/risks/", BODY).json()
    start = threading.Barrier(len(apis))

    def send(number: int) -> int:
        try:
            start.wait(PATIENCE)
            return (
                apis[number]
                .patch(f"risks/{made['id']}/", {"title": f"Title {number}"}, made["version"])
                .status_code
            )
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(apis)) as pool:
        answers = sorted(pool.map(send, range(len(apis))))
    assert answers == [200, *[412] * (len(apis) - 1)]
    assert Risk.objects.get().version == made["version"] + 1


def test_an_upload_that_is_sent_again_is_one_import_whatever_its_boundary(
    program, settings, tmp_path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    client = Client()
    client.force_login(plans.member("TPM", program).user)

    def send(boundary: str, content: bytes):
        data = {"files": SimpleUploadedFile("plan.xml", content), "project": "Plan"}
        return client.post(
            f"/api/v1/programs/{program.pk}/imports/", encode_multipart(boundary, data),
            content_type=f"multipart/form-data; boundary={boundary}", headers={"Idempotency-Key": "a"},
        )  # fmt: skip

    first, again, other = (
        send("one", b"<Project/>"),
        send("another", b"<Project/>"),
        send("one", b"<Project />"),
    )
    assert (first.status_code, again.status_code, other.status_code) == (202, 202, 422)
    assert first.content == again.content
    run = ImportRun.objects.get()
    [kept] = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert kept.read_bytes() == b"<Project/>" and run.file_name == "plan.xml"
