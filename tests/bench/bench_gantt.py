"""Figures of the Gantt in headless Chromium: load, build, scroll and edit preview of plans of 5,000 and 20,000 tasks.

python -m tests.bench.bench_gantt [tasks …]

The page is the element with the product's own style sheets, served from memory; no database takes part (what the server needs for
its answers: bench_pages). Each plan is opened as one answer and by windows of rows. The budget: first paint 0.5 s after
the data are there, 50 frames a second while scrolling, also while rows are still on their way.
"""

import gzip
import json
import os
import statistics
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import groupby
from pathlib import Path
from random import Random
from shutil import which
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

STATIC = Path(__file__).resolve().parents[2] / "static"
DAY, WORK_DAY = 1440, 480
RUNS = 3
FIRST = 20703 * DAY + 480  # 2026-09-07, a Monday, 08:00
OFFICE = [[[480, 720], [780, 1020]]] * 5 + [[], []]
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Plan</title>
<link rel="stylesheet" href="/css/app.css"><link rel="stylesheet" href="/css/components/gantt.css">
<script type="module" src="/js/elements/program-gantt.js"></script></head>
<body><program-gantt src="/plan.json" edit="/edit" program="1"></program-gantt></body></html>"""

MEASURES = """
  window.seen = {};
  document.addEventListener("gantt-ready", () => requestAnimationFrame(() => requestAnimationFrame(() => { window.seen.painted = performance.now(); })));
"""
LOADED = """async () => {
  const gantt = document.querySelector("program-gantt");
  while (!gantt.loader.isDone || !window.seen.painted) await new Promise((done) => setTimeout(done, 5));
  const answers = performance.getEntriesByType("resource").filter((one) => one.name.includes("/plan.json"));
  return { painted: window.seen.painted, asked: answers[0].startTime, first: answers[0].encodedBodySize / 1000, answers: answers.length,
    all: answers.reduce((sum, one) => sum + one.encodedBodySize, 0) / 1000, whole: performance.now() };
}"""
BUILD = """async () => {
  const gantt = document.querySelector("program-gantt");
  const text = await (await fetch("/plan.json?whole=1")).text();
  const begun = performance.now();
  gantt.takePlan(JSON.parse(text), true);
  gantt.renderNow();
  const built = performance.now();
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  return { kilobytes: text.length / 1000, build: built - begun, paint: performance.now() - begun,
    nodes: gantt.querySelectorAll("*").length };
}"""
SCROLL = """async (during) => {
  const gantt = document.querySelector("program-gantt");
  const script = [];
  const frames = [];
  let last = performance.now();
  const steps = during ? 600 : 180;
  for (let i = 0; i < steps && !(during && gantt.loader.isDone); i += 1) {
    gantt.scroller.scrollTop += i % 60 === 59 ? 20000 : 96;
    const begun = performance.now();
    gantt.renderNow();
    script.push(performance.now() - begun);
    await new Promise((done) => requestAnimationFrame(done));
    frames.push(performance.now() - last);
    last = performance.now();
  }
  const at = (list, share) => list.sort((a, b) => a - b)[Math.floor(list.length * share)];
  if (!frames.length) return { steps: 0 };
  return { steps: frames.length, slowest: Math.max(...frames), script: at(script, 0.5), script95: at(script, 0.95), frame: at(frames, 0.5), frame95: at(frames, 0.95),
    rate: 1000 / (frames.reduce((sum, value) => sum + value, 0) / frames.length) };
}"""
PREVIEW = """async () => {
  const gantt = document.querySelector("program-gantt");
  const { BarDraft } = await import("/js/gantt/draft.js");
  const { model } = gantt;
  const node = model.sequence.find((one) => model.isSchedulable(one) && model.network.outOf(one).length);
  const draft = new BarDraft(gantt, "move", [model.get(node, "id")]);
  const begun = performance.now();
  draft.moveBy((start) => start + 7 * 1440);
  draft.describe();
  const took = performance.now() - begun;
  const moved = gantt.preview.size;
  draft.close(false);
  return { took, moved };
}"""


def plan(n_tasks: int) -> dict[str, Any]:
    """Return a columnar plan: ten projects of summaries with twelve linked tasks each, some across projects."""
    random = Random(20261120)
    columns: dict[str, list[Any]] = {
        name: [] for name in ("id", "project", "parent", "wbs", "name", "start", "finish", "duration")
    }
    columns |= {
        name: []
        for name in (
            "baseline_start",
            "baseline_finish",
            "late_finish",
            "total_float",
            "critical",
            "percent",
            "version",
        )
    }
    links: dict[str, list[Any]] = {name: [] for name in ("id", "pred", "succ", "kind", "lag", "version")}
    project, summary, finish_of = 0, 0, dict[int, int]()
    for task in range(1, n_tasks + 1):
        if (task - 1) * 10 // n_tasks + 1 != project:
            project, summary = (task - 1) * 10 // n_tasks + 1, 0
        is_summary = summary == 0 or task - summary > 12
        summary = task if is_summary else summary
        pred = (
            random.randrange(1, task)
            if task > 1 and random.random() < 0.03
            else task - random.choice([1, 1, 2])
        )
        linked = (
            not is_summary and pred in finish_of and (pred > summary or finish_of[pred] < FIRST + 900 * DAY)
        )
        start = (finish_of[pred] // DAY + 1) * DAY + 480 if linked else FIRST + random.randrange(60) * DAY
        days = random.randrange(1, 15)
        finish = start + (days - 1) * DAY + 540
        critical = random.random() < 0.05
        if not is_summary:
            finish_of[task] = finish
        values = (
            task,
            project,
            None if is_summary else summary,
            str(task),
            f"Task {task}",
            start,
            finish,
            days * WORK_DAY,
        )
        more = (
            start,
            finish,
            finish + (0 if critical else 9 * DAY),
            0 if critical else 6 * WORK_DAY,
            critical,
            task % 101,
            1,
        )
        for column, value in zip(columns.values(), values + more, strict=True):
            column.append(value)
        if linked:
            for column, value in zip(links.values(), (task, pred, task, "FS", 0, 1), strict=True):
                column.append(value)
    return {
        "program": {
            "id": 1,
            "name": "Bench",
            "data_date": "2026-11-20",
            "input_revision": 1,
            "computed_revision": 1,
        },
        "can_edit": True,
        "projects": [
            {"id": number, "name": f"Project {number}", "can_edit": True} for number in range(1, 11)
        ],
        "calendars": [{"id": 1, "week": OFFICE, "exceptions": []}],
        "default_calendar": 1,
        "tasks": columns,
        "links": links,
    }


class Plan:
    """A plan as the server answers it: whole, and by windows of rows."""

    def __init__(self, n_tasks: int) -> None:
        self.payload = plan(n_tasks)
        self.tasks, self.links = self.payload["tasks"], self.payload["links"]
        self.at = {pk: row for row, pk in enumerate(self.tasks["id"])}
        self.whole = packed(self.payload)

    def answer(self, query: dict[str, list[str]]) -> bytes:
        """Return what is sent, compressed."""
        if "whole" in query or "rows" not in query:
            return self.whole
        first = self.at.get(int(query.get("from", ["0"])[0]), 0)
        found = self.rows(first, int(query["rows"][0]))
        if "window" in query:
            return packed(found | {"input_revision": 1, "computed_revision": 1, "head": "bench"})
        return packed(
            self.payload | {"head": "bench", "outline": self.outline(), "sums": self.sums()} | found
        )

    def rows(self, first: int, count: int) -> dict[str, Any]:
        """Return the rows and the links into them."""
        end = first + count
        into = [at for at, succ in enumerate(self.links["succ"]) if first <= self.at[succ] < end]
        return {
            "tasks": {name: column[first:end] for name, column in self.tasks.items()},
            "links": {name: [column[at] for at in into] for name, column in self.links.items()},
        }

    def outline(self) -> dict[str, Any]:
        """Return the packed outline (``projects.selectors.gantt_windows``)."""
        tasks = self.tasks
        return {
            "id": [1] * len(tasks["id"]),
            "up": [
                0 if parent is None else row - self.at[parent] for row, parent in enumerate(tasks["parent"])
            ],
            "project": [[pk, len(list(rows))] for pk, rows in groupby(tasks["project"])],
        }

    def sums(self) -> dict[str, Any]:
        """Return the first start and last finish of each project."""
        rows = range(len(self.at))
        spans = {
            pk: [row for row in rows if self.tasks["project"][row] == pk] for pk in set(self.tasks["project"])
        }
        return {
            "project": list(spans),
            "start": [min(self.tasks["start"][row] for row in of) for of in spans.values()],
            "finish": [max(self.tasks["finish"][row] for row in of) for of in spans.values()],
        }


def packed(payload: dict[str, Any]) -> bytes:
    return gzip.compress(json.dumps(payload, separators=(",", ":")).encode(), 6)


class Handler(SimpleHTTPRequestHandler):
    """Serves the page, the plan and the static files; says nothing."""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        self.plan = plan
        super().__init__(*args, directory=str(STATIC), **kwargs)

    def do_GET(self) -> None:
        """Answer from memory, else from the static files."""
        parts = urlsplit(self.path)
        if parts.path == "/":
            source = "/plan.json?whole=1" if "whole" in parts.query else "/plan.json"
            kind, body = "text/html", gzip.compress(PAGE.replace("/plan.json", source).encode())
        elif parts.path == "/plan.json":
            kind, body = "application/json", self.plan.answer(parse_qs(parts.query))
        else:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
        return None

    def log_message(self, format: str, *args: Any) -> None:
        """Keep the figures readable."""


def measure(n_tasks: int, chromium: str) -> None:
    """Print the figures for a plan of ``n_tasks``."""
    handler = partial(Handler, plan=Plan(n_tasks))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_address[1]}/"
    try:
        with sync_playwright() as playwright:
            arguments = ["--headless", "--no-sandbox", "--disable-gpu"]
            browser = playwright.chromium.launch(executable_path=chromium, args=arguments)
            print(f"{n_tasks:,} tasks; load {os.getloadavg()[0]:.1f}")
            for name, query in (("one answer", "?whole=1"), ("by windows", "")):
                loads = [load(browser, address + query) for _ in range(RUNS)]
                one = {key: statistics.median(each[key] for each in loads) for key in loads[0]}
                print(
                    f"  {name}: first rows painted {one['painted']:>5.0f} ms after navigation ({one['painted'] - one['asked']:.0f} ms after asking)  "
                    f"first answer {one['first']:>4.0f} kB  all {one['all']:>4.0f} kB in {one['answers']:.0f}, here after {one['whole']:.0f} ms"
                )
            page = opened(browser, address)
            during = page.evaluate(SCROLL, True)
            page.evaluate(LOADED)
            built, scrolled, previewed = (page.evaluate(script, False) for script in (BUILD, SCROLL, PREVIEW))
            browser.close()
    finally:
        server.shutdown()
    scrolling = "over before a frame was drawn"
    if during["steps"]:
        scrolling = f"{during['rate']:.0f} frames/s over {during['steps']} frames (slowest {during['slowest']:.0f} ms)"
    print(
        f"  scrolling during the load: {scrolling}  "
        f"after it: {scrolled['rate']:>3.0f} frames/s, step {scrolled['script']:>4.1f} ms (95 % {scrolled['script95']:>4.1f}), "
        f"frame {scrolled['frame']:>4.1f} ms (95 % {scrolled['frame95']:>4.1f})\n"
        f"  the whole from memory: {built['kilobytes']:,.0f} kB, built {built['build']:>4.0f} ms, painted {built['paint']:>4.0f} ms, nodes {built['nodes']}  "
        f"preview of {previewed['moved']:,} moves {previewed['took']:>4.1f} ms"
    )


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_page(viewport={"width": 1280, "height": 720})
    page.add_init_script(MEASURES)
    page.goto(address)
    page.wait_for_selector("program-gantt[data-state=ready]")
    return page


def load(browser: Browser, address: str) -> dict[str, float]:
    page = opened(browser, address)
    found: dict[str, float] = page.evaluate(LOADED)
    page.close()
    return found


def main() -> None:
    """Measure the sizes named on the command line, or 5,000 and 20,000."""
    chromium = which("chromium") or which("chromium-browser") or which("google-chrome")
    if chromium is None:
        print("Gantt: not measured, no Chromium found (Debian: apt-get install chromium)")
        return
    for n_tasks in [int(word) for word in sys.argv[1:]] or [5_000, 20_000]:
        measure(n_tasks, chromium)


if __name__ == "__main__":
    main()
