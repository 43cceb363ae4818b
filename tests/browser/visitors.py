"""A person at a browser: a window with cookies of its own that notices everything that goes wrong in it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.test import Client
from playwright.sync_api import (
    APIResponse,
    Browser,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    Route,
    TimeoutError,
)

from programs.models import Program, RecomputeState
from tests.factories.plans import PASSWORD
from tests.stack import PATIENCE, wait_for
from tpm import subscriptions
from tpm.accounts.models import User

ROOT = Path(__file__).resolve().parents[2]
SCREENSHOTS = Path(__file__).parent / "screenshots"
DESK = {"width": 1280, "height": 720}
TABLET = {"width": 820, "height": 1180}
PHONE = {"width": 390, "height": 844}
#: What axe holds a page against: WCAG 2.2, levels A and AA.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


class Visitor:
    """One window. ``problems`` must be empty in the end; ``forgive`` names what a test provokes on purpose."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.address = address
        self.problems: list[str] = []
        self._forgiven: list[str] = []
        self._probing = False
        self.context = browser.new_context(
            base_url=address, **{"viewport": DESK, "locale": "en-GB", "reduced_motion": "reduce", **options}
        )
        self.context.set_default_timeout(60_000)
        self.page = self.context.new_page()
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.problems.append(f"error in the page: {error}"))
        self.page.on("request", self._on_request)
        self.page.on("requestfailed", self._on_failure)
        self.page.on("response", self._on_response)

    # ---- what goes wrong ------------------------------------------------------------------------------------------

    def forgive(self, pattern: str) -> None:
        """Do not count problems of this kind: the test provokes them."""
        self._forgiven.append(pattern)

    def check(self) -> None:
        """Fail on any problem seen so far."""
        left = [
            one for one in self.problems if not any(re.search(pattern, one) for pattern in self._forgiven)
        ]
        assert not left, "the browser met:\n" + "\n".join(dict.fromkeys(left))

    def _on_console(self, message: ConsoleMessage) -> None:
        # Every failed load is told by its response, with the address.
        told = message.text.startswith("Failed to load resource")
        ours = (
            self._probing and "Applying inline style" in message.text
        )  # axe and screenshots try styles of their own
        if message.type == "error" and not told and not ours:
            self.problems.append(f"console on {self.page.url}: {message.text[:110]}")

    def _on_request(self, request: Request) -> None:
        parts = urlsplit(request.url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.netloc != urlsplit(self.address).netloc:
            self.problems.append(f"request to another host: {request.url}")

    def _on_failure(self, request: Request) -> None:
        if request.failure != "net::ERR_ABORTED":  # a stream that ends with its page
            self.problems.append(f"request failed: {request.method} {request.url}: {request.failure}")

    def _on_response(self, response: Response) -> None:
        if response.status >= 400:
            self.problems.append(f"status {response.status}: {response.request.method} {response.url}")

    # ---- what a person does ---------------------------------------------------------------------------------------

    def sign_in(self, user: User) -> None:
        """Type e-mail address and password."""
        self.page.goto("/signin/")
        self.page.get_by_label(re.compile("e-?mail", re.I)).fill(user.email)
        self.page.get_by_label("Password").fill(PASSWORD)
        self.page.get_by_role("button", name="Sign in").click()
        self.page.wait_for_url(lambda url: "/signin/" not in url)

    def enter(self, user: User) -> None:
        """Come with the cookie of an earlier sign-in."""
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        cookie = client.cookies[settings.SESSION_COOKIE_NAME]
        self.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": self.address}])

    def open(self, path: str) -> Page:
        """Go to a page and wait until all it fetches is there (the live stream stays open)."""
        if self._probing:  # what the probe of the last page still has to say is not this page's
            self.page.wait_for_timeout(100)
            self._probing = False
        self.page.goto(path)
        self.settle()
        return self.page

    def settle(self) -> None:
        """Wait until no part of the page is still fetched."""
        self.page.wait_for_function(
            # (what waits in a closed menu is fetched when somebody opens it)
            "() => document.readyState === 'complete' && !document.querySelector('.htmx-request')"
            " && ![...document.querySelectorAll('main .skeleton')].some((one) => one.checkVisibility())"
        )

    def toast(self, text: str) -> Locator:
        """Return the message that says this."""
        return self.page.locator("toast-region").get_by_text(text)

    @contextmanager
    def unanswered(self, address: str) -> Iterator[None]:
        """Hold requests back on their way to the server: what is seen meanwhile, the page shows by itself."""
        held: list[Route] = []
        holds = True

        def meet(request: Route) -> None:
            if holds:
                held.append(request)
            else:
                request.continue_()

        self.page.route(address, meet)
        yield
        holds = False
        for request in held:
            request.continue_()

    @contextmanager
    def late(self, address: str) -> Iterator[Callable[[], None]]:
        """Hold answers back on their way to the page: they tell of a moment that is over when they come.

        What it yields waits for the first one.
        """
        held: list[tuple[Route, APIResponse]] = []
        holds = True

        def meet(request: Route) -> None:
            if holds:
                held.append((request, request.fetch()))
            else:
                request.continue_()

        def first() -> None:
            for _ in range(100):
                if not held:
                    self.page.wait_for_timeout(100)
            assert held, f"nothing asked for {address}"

        self.page.route(address, meet)
        yield first
        first()
        holds = False
        for request, answer in held:
            request.fulfill(response=answer)

    def live(self) -> None:
        """Wait until the page is connected to the stream."""
        self.page.locator("live-indicator[state=live]").wait_for()

    # ---- what a tester does ---------------------------------------------------------------------------------------

    def axe(self, *, only: str = "") -> list[str]:
        """Return violations of WCAG 2.2 AA (or of one rule) as ``rule: elements``."""
        source = ROOT / "node_modules" / "axe-core" / "axe.min.js"
        if not self.page.evaluate("() => 'axe' in window"):
            self.page.evaluate(source.read_text(encoding="utf-8"))
        self._probing = True
        found = self.page.evaluate(
            "(only) => axe.run(document, { runOnly: only, resultTypes: ['violations'] }).then((r) => r.violations)",
            {"type": "rule", "values": [only]} if only else {"type": "tag", "values": RULES},
        )
        self._end_probe()
        return [
            f"{one['id']} ({one['help']}): "
            + "; ".join(" ".join(map(str, node["target"])) for node in one["nodes"][:4])
            for one in found
        ]

    def _end_probe(self) -> None:
        """Let the console's messages of the probe arrive: they come in order with answers."""
        for _ in range(2):
            self.page.evaluate("() => new Promise((done) => setTimeout(done, 0))")

    def screenshot(self, name: str, *, full_page: bool = False) -> Path:
        """Save what is seen under ``screenshots/``."""
        SCREENSHOTS.mkdir(exist_ok=True)
        path = SCREENSHOTS / f"{name}.png"
        self._probing = True
        try:
            self.page.screenshot(path=path, full_page=full_page, animations="disabled", timeout=5_000)
        except (
            TimeoutError
        ):  # without a window Chromium now and then draws no frame until the page is asked for
            self.page.bring_to_front()
            self.page.evaluate(
                "() => new Promise((done) => { requestAnimationFrame(done); setTimeout(done, 1000); })"
            )
            self.page.screenshot(path=path, full_page=full_page, animations="disabled")
        self._end_probe()
        return path

    def close(self) -> None:
        self.context.close()


def computed(program: Program) -> int:
    """Wait for the worker; return the revision it has computed."""
    state = RecomputeState.objects.get(pk=program.pk)
    if state.behind:
        subscriptions.kick(program.pk)
        wait_for(lambda: RecomputeState.objects.get(pk=program.pk).behind == 0, "the worker's results")
    return RecomputeState.objects.get(pk=program.pk).computed_revision


class Gantt:
    """The plan's chart and table, as hands and eyes meet them."""

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page
        self.element = self.page.locator("program-gantt")
        self.grid = self.element.get_by_role("treegrid")

    def ready(self) -> Gantt:
        """Wait until the plan is drawn and its figures are current."""
        self.page.locator("program-gantt[data-state=ready]").wait_for()
        self.element.evaluate(
            "(gantt) => Promise.race([gantt.whenIdle(), new Promise((_, fail) => setTimeout(() => fail(new Error("
            "`not idle: ${JSON.stringify(gantt.model.program)}, busy ${gantt.edits.busy}, dragging ${gantt.isDragging}`"
            ")), 90_000))])"
        )
        return self

    def text(self, task: int, column: str) -> str:
        """Return what a cell says."""
        return str(
            self.element.evaluate(
                "(g, [id, key]) => g.cellOf(id, key)?.textContent.trim() ?? ''", [task, column]
            )
        )

    def computed(self) -> int:
        """Return the revision of the figures shown."""
        return int(self.element.get_attribute("data-computed-revision") or 0)

    def wait_for(self, task: int, column: str, text: str, *, seconds: float = PATIENCE) -> None:
        """Wait until a cell says this."""
        try:
            self.page.wait_for_function(
                "([id, key, text]) => document.querySelector('program-gantt').cellOf(id, key)?.textContent.includes(text)",
                arg=[task, column, text], timeout=seconds * 1000,
            )  # fmt: skip
        except Exception as error:
            raise AssertionError(
                f"{column} of task {task} says {self.text(task, column)!r}, not {text!r}"
            ) from error

    def wait_computed(self, beyond: int, *, seconds: float = PATIENCE) -> int:
        """Wait for figures newer than this revision, computed from the last edit; return their revision."""
        self.page.wait_for_function(
            "(known) => { const g = document.querySelector('program-gantt'); return g.revision > known && !g.isBehind; }",
            arg=beyond, timeout=seconds * 1000,
        )  # fmt: skip
        return self.computed()

    def bar(self, task: int) -> dict[str, float]:
        """Return the box of a bar in the window, scrolled into sight."""
        self.element.evaluate("(gantt, id) => gantt.reveal(id)", task)
        box = self.element.evaluate("(g, id) => { const r = g.rectOf(id); return r && r.toJSON(); }", task)
        assert box, f"the bar of task {task} is not in sight"
        return dict(box)

    def px_per_day(self) -> float:
        return float(self.element.evaluate("(gantt) => gantt.scale.pxPerDay"))

    def drag_bar(self, task: int, days: int, *, edge: str = "middle") -> None:
        """Drag a bar (or its right edge) with the mouse by calendar days."""
        box = self.bar(task)
        x = box["right"] - 2 if edge == "finish" else box["left"] + box["width"] / 2
        y = box["top"] + box["height"] / 2
        mouse = self.page.mouse
        mouse.move(x, y)
        mouse.down()
        mouse.move(x + days * self.px_per_day() / 2, y, steps=3)
        mouse.move(x + days * self.px_per_day(), y, steps=3)
        mouse.up()

    def choose(self, task: int, column: str = "name") -> None:
        """Click the cell of a task."""
        self.element.evaluate("(gantt, id) => gantt.reveal(id)", task)
        self.grid.locator(f"[data-task='{task}'] [data-key='{column}']").click(position={"x": 40, "y": 12})
