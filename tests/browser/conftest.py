"""Browser tests: a real Chromium before the product's real processes. One browser and one stack serve the whole run.

The tables are emptied only at the end, so each test makes a portfolio of its own through the services.
"""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import Any

import pgtrigger
import pytest
from django.core.management import call_command
from django.db import connections
from django.db.backends.base.creation import TEST_DATABASE_PREFIX
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import Browser, sync_playwright

from tests.browser.visitors import Visitor
from tests.stack import Stack, children, frozen, patient_broker

# The first is Chromium without its own windows, menus and tabs: the pages are the same, in two thirds of the time.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-component-update",
    "--disable-background-networking", "--font-render-hinting=none", "--hide-scrollbars",
]  # fmt: skip


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of a Chromium: ``CHROMIUM``, or the first of the usual names."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(
            "no Chromium found: install one (Debian: apt-get install chromium) or set CHROMIUM to the path of yours"
        )
    return found


@pytest.fixture(scope="session")
def database(chromium: str, django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test database with real commits, emptied at the end of the run."""
    # Playwright's event loop runs in this very thread. Django would see an async context: refuse the database, and keep
    # other connections for it than those that know the test database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    kept, plain = connections._connections, threading.local()
    for connection in connections.all():
        setattr(plain, connection.alias, connection)
    connections._connections = plain
    with django_db_blocker.unblock():
        # Where no test of the run carries the mark of pytest-django, no database was made: a mark would mean a flush per test.
        alone = not connections["default"].settings_dict["NAME"].startswith(TEST_DATABASE_PREFIX)
        made = setup_databases(verbosity=0, interactive=False, aliases={"default"}) if alone else []
        yield
        with pgtrigger.ignore():
            call_command("flush", verbosity=0, interactive=False)
        teardown_databases(made, verbosity=0)
    connections._connections = kept
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def browser(chromium: str, database: None) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield launched
        launched.close()


@pytest.fixture(scope="session")
def stack(database: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Web server, worker and beat on the test database."""
    with patient_broker() as broker:
        broker.flushdb()
    made = Stack(tmp_path_factory.mktemp("stack"))
    try:
        made.worker(beat=True)
        made.web()
        yield made
    finally:
        made.stop()


@pytest.fixture
def pause(stack: Stack) -> Callable[[], AbstractContextManager[None]]:
    """``with pause():`` freezes the worker with its pool."""

    @contextmanager
    def paused() -> Iterator[None]:
        worker = stack.processes[0].pid
        with ExitStack() as held:
            for pid in [worker, *children(worker)]:
                held.enter_context(frozen(pid))
            yield

    return paused


@pytest.fixture
def visit(browser: Browser, stack: Stack) -> Iterator[Callable[..., Visitor]]:
    """Open windows with ``visit(user)``; in the end none of them may have met a problem."""
    visitors: list[Visitor] = []

    def open_window(user: Any = None, **options: Any) -> Visitor:
        visitor = Visitor(browser, f"http://127.0.0.1:{stack.port}", **options)
        visitors.append(visitor)
        if user is not None:
            visitor.enter(user)
        return visitor

    yield open_window
    try:
        for visitor in visitors:
            visitor.check()
    finally:
        for visitor in visitors:
            visitor.close()
