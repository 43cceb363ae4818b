"""One listener per process: a single subscription to Valkey, fanned out to every open stream.

A stream keeps at most one message per topic, the newest, so a slow reader costs no memory and misses nothing that matters.
While Valkey is away the database is asked each second instead.
"""

import asyncio
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import redis.asyncio
import structlog
from django.conf import settings
from django.db import close_old_connections
from redis.exceptions import RedisError

from tpm.live import topics
from tpm.live.telling import CHANNEL
from tpm.live.topics import Message

log = structlog.get_logger(__name__)
POLL_SECONDS = 1.0
T = TypeVar("T")
_threads = ThreadPoolExecutor(2, thread_name_prefix="live")  # with one lasting database connection each


async def in_database(function: Callable[..., T], *arguments: Any) -> T:
    """Run a function that asks the database, beside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _asked, function, arguments)


def _asked(function: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    close_old_connections()
    return function(*arguments)


class Stream:
    """What one open page follows, and what it has not been told yet."""

    def __init__(self, wanted: dict[str, set[int]]) -> None:
        self.wanted = wanted
        self.told: dict[str, Message] = {}
        self._news: dict[str, Message] = {}
        self._waiting = asyncio.Event()

    def offer(self, message: Message) -> None:
        """Take a message about a topic of this stream; older news about the same topic is dropped."""
        kind, _, number = message["topic"].partition(":")
        if int(number) in self.wanted.get(kind, ()) and self.told.get(message["topic"]) != message:
            self._news[message["topic"]] = message
            self._waiting.set()

    async def next(self, timeout: float) -> list[Message]:
        """Return the news; an empty list if there were none for so many seconds."""
        try:
            await asyncio.wait_for(self._waiting.wait(), timeout)
        except TimeoutError:
            return []
        self._waiting.clear()
        news, self._news = list(self._news.values()), {}
        self.told.update((message["topic"], message) for message in news)
        return news


class Hub:
    """The streams of one event loop, and the task that feeds them while there are any."""

    def __init__(self) -> None:
        self.streams: set[Stream] = set()
        self.connected = asyncio.Event()
        self._task: asyncio.Task[None] | None = None
        self._dirty: dict[str, set[int]] = {}
        self._wake = asyncio.Event()

    def add(self, stream: Stream) -> None:
        self.streams.add(stream)
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._run())

    def remove(self, stream: Stream) -> None:
        self.streams.discard(stream)
        if not self.streams and self._task is not None:
            self._task.cancel()
            self._task = None
            self.connected.clear()

    def followed(self) -> dict[str, set[int]]:
        """Return everything that any stream follows."""
        found: dict[str, set[int]] = {}
        for stream in self.streams:
            for kind, ids in stream.wanted.items():
                found.setdefault(kind, set()).update(ids)
        return found

    async def _run(self) -> None:
        async with asyncio.TaskGroup() as group:
            group.create_task(self._listen())
            group.create_task(self._tell())

    async def _listen(self) -> None:
        """Hear which programs have news; ask about all of them after each (re)connection and while there is none."""
        while True:
            client = redis.asyncio.Redis.from_url(
                settings.REDIS_URL, socket_connect_timeout=1.0, health_check_interval=5
            )
            try:
                async with client.pubsub() as subscription:
                    await subscription.subscribe(CHANNEL)
                    self._mark(self.followed())
                    self.connected.set()
                    while True:
                        heard = await subscription.get_message(ignore_subscribe_messages=True, timeout=5.0)
                        if heard is not None:
                            self._mark(_named(heard["data"]))
            except (RedisError, OSError) as error:
                if self.connected.is_set():
                    log.warning("live_polls", error=str(error))
                self.connected.clear()
                self._mark(self.followed())
                await asyncio.sleep(POLL_SECONDS)
            finally:
                await client.aclose()

    def _mark(self, named: dict[str, set[int]]) -> None:
        followed = self.followed()
        for kind, ids in named.items():
            if known := ids & followed.get(kind, set()):
                self._dirty.setdefault(kind, set()).update(known)
                self._wake.set()

    async def _tell(self) -> None:
        """Look marked topics up, once for all streams, and offer them the result."""
        while True:
            await self._wake.wait()
            self._wake.clear()
            dirty, self._dirty = self._dirty, {}
            try:
                found = await in_database(topics.messages, dirty)
            except Exception:  # the database is away: streams stay open and hear more when it is back
                log.exception("live_lookup_failed")
                await asyncio.sleep(POLL_SECONDS)
                self._mark(dirty)
                continue
            for message in found:
                for stream in self.streams:
                    stream.offer(message)


def _named(data: bytes | str) -> dict[str, set[int]]:
    """Return the topics that a published message names: ``{"program": 42}``."""
    try:
        named = json.loads(data)
        return {kind: {int(number)} for kind, number in named.items() if kind in topics.sources}
    except (ValueError, TypeError, AttributeError):
        return {}


_hubs: dict[asyncio.AbstractEventLoop, Hub] = {}


def here() -> Hub:
    """Return the hub of the running event loop."""
    loop = asyncio.get_running_loop()
    for other in [one for one in _hubs if one.is_closed()]:
        del _hubs[other]
    return _hubs.setdefault(loop, Hub())
