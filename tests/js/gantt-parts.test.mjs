import assert from "node:assert/strict";
import { test } from "node:test";
import { Formats, parseDuration, parsePercent, parsePredecessors } from "../../static/js/gantt/format.js";
import { History } from "../../static/js/gantt/history.js";
import { barBox, distanceTo, partAt, route } from "../../static/js/gantt/layout.js";
import { Preferences } from "../../static/js/gantt/prefs.js";
import { TimeScale, ZOOMS } from "../../static/js/gantt/scale.js";
import { Selection } from "../../static/js/gantt/selection.js";
import { translator } from "../../static/js/gantt/strings.js";
import { DAY, floorTo, isoDate, nextOf, parseWall } from "../../static/js/gantt/time.js";

test("units begin on Mondays and on the first of months, quarters and years", () => {
  const friday = parseWall("2026-11-20T15:30");
  assert.equal(isoDate(floorTo("week", friday)), "2026-11-16");
  assert.equal(isoDate(floorTo("quarter", friday)), "2026-10-01");
  assert.equal(isoDate(nextOf("month", floorTo("month", parseWall("2024-02-29")))), "2024-03-01");
  assert.equal(isoDate(nextOf("year", floorTo("year", friday))), "2027-01-01");
  assert.equal(parseWall("2026-02-30"), null);
});

test("durations are read as people type them", () => {
  assert.deepEqual(["5", "5d", "1.5 w", "4h", "30m", "2 mo", "3ed", "-2d", "+1h", "1,5d"].map(parseDuration),
    [2400, 2400, 3600, 240, 30, 19200, 4320, -960, 60, 720]);
  assert.deepEqual(["", "soon", "5x y", "d"].map(parseDuration), [null, null, null, null]);
});

test("percent is a number from 0 to 100", () => {
  assert.deepEqual(["40", "40 %", "0", "100", "101", "-1", "x"].map(parsePercent), [40, 40, 0, 100, null, null, null]);
});

test("predecessors carry project, kind and lag", () => {
  assert.deepEqual(parsePredecessors("1.2, 1.3 SS+2d; Network:4FF-4h, #17"), [
    { ref: "1.2", project: null, kind: "FS", lag: 0 },
    { ref: "1.3", project: null, kind: "SS", lag: 960 },
    { ref: "4", project: "Network", kind: "FF", lag: -240 },
    { ref: "#17", project: null, kind: "FS", lag: 0 },
  ]);
  assert.deepEqual(parsePredecessors(""), []);
  assert.equal(parsePredecessors("1.2 then 1.3 maybe"), null);
});

test("what a format writes, the parser reads", () => {
  const formats = new Formats("en");
  for (const minutes of [0, 30, 240, 480, 720, 4800]) assert.equal(parseDuration(formats.duration(minutes)), minutes);
  assert.equal(formats.lag(-960), "−2d");
  assert.equal(parseDuration(formats.lag(-960)), -960);
  assert.equal(formats.slip(5), "+5 wd");
  assert.equal(formats.slip(-2), "−2 wd");
});

test("a finish at midnight is said as the day before", () => {
  assert.equal(new Formats("en-GB").finish(parseWall("2026-11-21")), new Formats("en-GB").date(parseWall("2026-11-20")));
});

test("pixels and instants are inverse at every zoom", () => {
  const scale = new TimeScale();
  scale.setRange(parseWall("2026-01-05"), parseWall("2027-06-30"), 1000);
  for (const zoom of Object.values(ZOOMS)) {
    scale.zoom(zoom);
    assert.ok(Math.abs(scale.t(scale.x(parseWall("2026-11-20"))) - parseWall("2026-11-20")) < 1e-6);
  }
});

test("fit shows the whole plan in the viewport", () => {
  const scale = new TimeScale();
  const [first, last] = [parseWall("2026-01-05"), parseWall("2027-06-30")];
  scale.zoom(scale.fitting(first, last, 900));
  scale.setRange(first, last, 900);
  assert.ok(scale.x(last) - scale.x(first) <= 900);
  assert.ok(scale.width >= 900);
});

test("ticks cover the window without gaps", () => {
  const scale = new TimeScale();
  const ticks = scale.ticks("month", parseWall("2026-11-20"), parseWall("2027-02-03"));
  assert.deepEqual(ticks.map(isoDate), ["2026-11-01", "2026-12-01", "2027-01-01", "2027-02-01", "2027-03-01"]);
});

const BOX = { x: 100, y: 10, width: 80, height: 14 };
const points = (flat) => flat.reduce((pairs, value, i) => (i % 2 ? [...pairs.slice(0, -1), [pairs.at(-1)[0], value]] : [...pairs, [value, 0]]), []);

test("every link bends at right angles and joins the ends its kind names", () => {
  const to = { x: 300, y: 74, width: 50, height: 14 };
  for (const target of [to, { ...to, x: 20 }, { ...to, y: 10 }, { ...to, x: 182 }]) {
    for (const kind of ["FS", "SS", "FF", "SF"]) {
      const line = points(route(kind, BOX, target));
      for (let i = 1; i < line.length; i += 1) assert.ok(line[i][0] === line[i - 1][0] || line[i][1] === line[i - 1][1], `${kind} ${line}`);
      assert.equal(line[0][0], kind[0] === "F" ? 180 : 100);
      const [x] = line.at(-1);
      assert.ok(x >= target.x && x <= target.x + target.width, `${kind} ends at ${x}`);
    }
  }
});

test("a bar has a body, a resize edge, a progress handle and two link dots", () => {
  const part = (x, y, options) => partAt(BOX, x, y, options);
  assert.equal(part(130, 15), "bar");
  assert.equal(part(178, 15), "finish");
  assert.equal(part(188, 17), "link-finish");
  assert.equal(part(92, 17), "link-start");
  assert.equal(part(140, 24, { progressX: 140 }), "progress");
  assert.equal(part(140, 60), null);
  assert.equal(part(178, 15, { isMilestone: true }), "bar");
});

test("a milestone is centred on its instant and a short task stays visible", () => {
  const scale = new TimeScale();
  scale.setRange(0, 100 * DAY);
  const diamond = barBox(scale, 10 * DAY, 10 * DAY, true, 0, 32);
  assert.equal(diamond.x + diamond.width / 2, scale.x(10 * DAY));
  assert.equal(barBox(scale, 10 * DAY, 10 * DAY + 1, false, 0, 32).width, 3);
});

test("distance to a line is measured to its nearest leg", () => {
  assert.equal(distanceTo([0, 0, 10, 0, 10, 20], 13, 10), 3);
  assert.equal(distanceTo([0, 0, 10, 0, 10, 20], 5, -4), 4);
});

test("undo of undo of undo always names the version of today", () => {
  const history = new History();
  const answer = (version, undo) => ({ versions: { 1: version }, undo: [{ op: "update", task: 1, version, set: { duration: undo } }] });
  history.record("do", { t1: 1 }, answer(2, 10));
  history.record("do", { t1: 2 }, answer(3, 20));
  assert.equal(history.peek("undo").commands[0].version, 3);
  history.record("undo", { t1: 3 }, answer(4, 30));
  assert.deepEqual(history.peek("undo").commands[0], { op: "update", task: 1, version: 4, set: { duration: 10 } });
  history.record("undo", { t1: 4 }, answer(5, 20));
  assert.equal(history.peek("redo").commands[0].version, 5);
  history.record("redo", { t1: 5 }, answer(6, 10));
  assert.deepEqual(history.peek("redo").commands[0], { op: "update", task: 1, version: 6, set: { duration: 30 } });
  assert.equal(history.canUndo, true);
});

test("somebody else's version in between stays a conflict", () => {
  const history = new History();
  history.record("do", { t1: 1 }, { versions: { 1: 2 }, undo: [{ op: "update", task: 1, version: 2, set: {} }] });
  assert.equal(history.peek("undo").commands[0].version, 2);
});

test("a new edit forgets what was undone", () => {
  const history = new History();
  const answer = { versions: { 1: 2 }, undo: [{ op: "update", task: 1, version: 2, set: {} }] };
  history.record("do", { t1: 1 }, answer);
  history.record("undo", { t1: 2 }, answer);
  assert.equal(history.canRedo, true);
  history.record("do", { t1: 2 }, answer);
  assert.equal(history.canRedo, false);
});

test("a range goes from the anchor in either direction", () => {
  const selection = new Selection();
  selection.only(3);
  selection.extend(5, [1, 2, 3, 4, 5]);
  assert.deepEqual([...selection.ids], [3, 4, 5]);
  selection.extend(1, [1, 2, 3, 4, 5]);
  assert.deepEqual([...selection.ids], [1, 2, 3]);
  selection.keep((id) => id !== 1);
  assert.deepEqual([...selection.ids], [2, 3]);
  assert.equal(selection.active, null);
});

test("a broken or forbidden store means defaults, not an error", () => {
  const broken = { getItem: () => "{", setItem: () => { throw new Error("full"); } };
  assert.equal(new Preferences("1", broken).get("only"), "all");
  const prefs = new Preferences("1", null);
  prefs.values.only = "late";
  prefs.save();
});

test("the server's words come before the English ones", () => {
  assert.equal(translator({ moves: "verschiebt {n} weitere" })("moves", { n: 3 }), "verschiebt 3 weitere");
  assert.equal(translator()("moves", { n: 3 }), "moves 3 more tasks");
});
