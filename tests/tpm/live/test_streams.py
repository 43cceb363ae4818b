"""The live channel: revisions at once, news by publish/subscribe, rights at each heartbeat, polling without Valkey."""

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.db import connections
from django.test import AsyncClient, Client
from django.urls import reverse

from programs.models import Grant, Program, RecomputeState
from programs.services import members
from tests.factories import plans
from tpm import live
from tpm.accounts import actors
from tpm.accounts.models import User
from tpm.lib import broker
from tpm.live import hub, streams
from tpm.live.hub import Stream

committed = pytest.mark.django_db(transaction=True)  # the hub reads by connections of its own
WAIT = 60.0


@pytest.fixture(autouse=True)
def _no_connections_left() -> Iterator[None]:
    """The hub's threads keep their connections; a test database that is emptied must not wait for them."""
    yield
    barrier = threading.Barrier(2)
    for done in [hub._threads.submit(_close, barrier) for _ in range(2)]:
        done.result()


def _close(barrier: threading.Barrier) -> None:
    barrier.wait(WAIT)  # so that each of the two threads gets one of the two calls
    connections.close_all()


@pytest.fixture(autouse=True)
def _patient_broker(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """News are sent once and may get lost when the broker is slow; here they must not, however busy the machine is."""
    settings.BROKER_TIMEOUT_SECONDS = WAIT
    monkeypatch.setattr(broker, "_clients", {})
    monkeypatch.setattr(broker, "_state", {"closed_until": 0.0})


@pytest.fixture
def program() -> Program:
    return plans.program()


@pytest.fixture
def member(program: Program) -> User:
    person = plans.member("TPM", program).user
    assert person is not None
    return person


def listen(person: User, topics: list[str], script: Callable[[AsyncIterator[Any]], Awaitable[None]]) -> None:
    """Open the stream as a browser does, let ``script`` read its events, close it."""

    async def run() -> None:
        client = AsyncClient()
        await client.aforce_login(person)
        answer = await client.get("/events/?" + "&".join(f"topic={topic}" for topic in topics))
        assert answer.status_code == 200 and answer.headers["Content-Type"] == "text/event-stream"
        parts = answer.streaming_content.__aiter__()  # type: ignore[attr-defined]
        try:
            await script(_events(parts))
        finally:
            await parts.aclose()

    async_to_sync(run)()


async def _events(parts: AsyncIterator[bytes]) -> AsyncIterator[Any]:
    async for part in parts:
        for block in part.decode().split("\n\n"):
            if block.startswith("event: revision"):
                yield json.loads(block.split("data: ", 1)[1])
            elif block.startswith(":"):
                yield "heartbeat"


async def soon(events: AsyncIterator[Any]) -> Any:
    return await asyncio.wait_for(anext(events), WAIT)


def bump(program: Program) -> None:
    RecomputeState.objects.bump([program.pk])


async def announced(program: Program) -> None:
    await asyncio.wait_for(hub.here().connected.wait(), WAIT)
    await hub.in_database(bump, program)
    await hub.in_database(live.tell, program.pk)


@committed
def test_the_present_revisions_come_at_once_and_news_follow(program: Program, member: User) -> None:
    async def script(events: AsyncIterator[Any]) -> None:
        first = await soon(events)
        assert first == {"topic": f"program:{program.pk}", "input": 0, "computed": 0, "state": "current"}
        await announced(program)
        assert (await soon(events))["input"] == 1

    listen(member, [f"program:{program.pk}"], script)


@committed
def test_a_foreign_program_is_not_told_of(program: Program, member: User) -> None:
    foreign = plans.program()

    async def script(events: AsyncIterator[Any]) -> None:
        assert (await soon(events))["topic"] == f"program:{program.pk}"
        await announced(foreign)
        with pytest.raises(TimeoutError):
            await asyncio.wait_for(anext(events), 0.5)

    listen(member, [f"program:{program.pk}", f"program:{foreign.pk}"], script)


@committed
def test_the_stream_ends_when_the_role_is_taken_away(
    program: Program, member: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "HEARTBEAT_SECONDS", 0.2)

    async def script(events: AsyncIterator[Any]) -> None:
        await soon(events)
        assert await soon(events) == "heartbeat"
        await hub.in_database(
            lambda: members.revoke(actor=actors.system(), grant=Grant.objects.get(user=member))
        )
        with pytest.raises(StopAsyncIteration):
            while True:
                await soon(events)

    listen(member, [f"program:{program.pk}"], script)


@committed
def test_without_valkey_the_database_is_asked(
    program: Program, member: User, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    monkeypatch.setattr(hub, "POLL_SECONDS", 0.1)

    async def script(events: AsyncIterator[Any]) -> None:
        await soon(events)
        await hub.in_database(bump, program)
        assert (await soon(events))["input"] == 1

    listen(member, [f"program:{program.pk}"], script)


@committed
def test_there_is_nothing_to_follow_for_strangers(program: Program) -> None:
    stranger = plans.user()

    async def run() -> int:
        client = AsyncClient()
        await client.aforce_login(stranger)
        return (await client.get(f"/events/?topic=program:{program.pk}")).status_code

    assert async_to_sync(run)() == 204


@pytest.mark.django_db
def test_the_status_says_the_same_as_json(program: Program, member: User) -> None:
    foreign, browser = plans.program(), Client()
    browser.force_login(member)
    query = f"?topic=program:{program.pk}&topic=program:{foreign.pk}&topic=program:x&topic=nonsense"
    answer = browser.get(reverse("live-status") + query).json()
    assert answer == {
        "topics": [{"topic": f"program:{program.pk}", "input": 0, "computed": 0, "state": "current"}]
    }


def test_a_slow_reader_gets_the_newest_message_of_a_topic_only() -> None:
    async def run() -> list[dict[str, Any]]:
        stream = Stream({"program": {1}})
        for revision in range(1000):
            stream.offer({"topic": "program:1", "input": revision, "computed": 0, "state": "queued"})
        return await stream.next(0.1)

    assert [message["input"] for message in asyncio.run(run())] == [999]
