"""A caller of the REST API: a person signed in by session, JSON in and out."""

import json
from typing import Any

from django.http import HttpResponse
from django.test import Client

from tpm.accounts.actors import Actor

BASE = "/api/v1/"


class Api:
    """Calls below /api/v1/ as the actor's user; ``headers`` go with every call."""

    def __init__(self, actor: Actor | None, **headers: str) -> None:
        self.client = Client()
        self.headers = headers
        if actor is not None and actor.user is not None:
            self.client.force_login(actor.user)

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        data = b"" if body is None else json.dumps(body).encode()
        path = path if path.startswith(("/", "http")) else BASE + path
        return self.client.generic(
            method, path, data, content_type="application/json", headers={**self.headers, **headers}
        )

    def get(self, path: str, **headers: str) -> HttpResponse:
        return self.call("GET", path, **headers)

    def post(self, path: str, body: Any = None, **headers: str) -> HttpResponse:
        return self.call("POST", path, body, **headers)

    def patch(self, path: str, body: Any, version: int | None = None, **headers: str) -> HttpResponse:
        return self.call("PATCH", path, body, **headers, **_match(version))

    def delete(self, path: str, version: int | None = None, **headers: str) -> HttpResponse:
        return self.call("DELETE", path, None, **headers, **_match(version))


def _match(version: int | None) -> dict[str, str]:
    return {} if version is None else {"If-Match": f'"v{version}"'}
