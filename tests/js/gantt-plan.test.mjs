import assert from "node:assert/strict";
import { test } from "node:test";
import { applyLocally, indent, outdent, relinkTo, reorder, topmost } from "../../static/js/gantt/commands.js";
import { GanttModel } from "../../static/js/gantt/model.js";
import { closesCircle } from "../../static/js/gantt/network.js";
import { preview } from "../../static/js/gantt/preview.js";
import { parseWall } from "../../static/js/gantt/time.js";

const DAY = [[480, 720], [780, 1020]];
const at = (text) => parseWall(text);
/*  A: 10 (11, 12, 13 milestone), 20; B: 30. 11 → 12 → 13 → 30, each finish to start; 11 runs Mon 2 to Fri 6 November 2026. */
const payload = () => ({
  program: { id: 7, data_date: "2026-11-02", input_revision: 3, computed_revision: 3 },
  can_edit: true,
  projects: [{ id: 1, name: "A", can_edit: true }, { id: 2, name: "B", can_edit: false }],
  calendars: [{ id: 1, week: [DAY, DAY, DAY, DAY, DAY, [], []], exceptions: [] }],
  default_calendar: 1,
  tasks: {
    id: [10, 11, 12, 13, 20, 30],
    project: [1, 1, 1, 1, 1, 2],
    parent: [null, 10, 10, 10, null, null],
    wbs: ["1", "1.1", "1.2", "1.3", "2", "1"],
    name: ["Build", "Rack", "Cable", "Ready", "Train", "Move"],
    version: [1, 1, 1, 1, 1, 1],
    is_milestone: [false, false, false, true, false, false],
    duration: [4800, 2400, 2400, 0, 480, 960],
    start: ["02T08", "02T08", "09T08", "13T17", "02T08", "16T08"].map((t) => at(`2026-11-${t}:00`)),
    finish: ["13T17", "06T17", "13T17", "13T17", "02T17", "17T17"].map((t) => at(`2026-11-${t}:00`)),
    baseline_finish: ["13T17", "06T17", "13T17", "13T17", "02T17", "16T17"].map((t) => at(`2026-11-${t}:00`)),
    percent: [0, 100, 50, 0, 0, 0],
    driver: [null, null, 11, 12, null, 13],
    calendar: [1, 1, 1, 1, 1, 1],
  },
  links: { id: [1, 2, 3], pred: [11, 12, 13], succ: [12, 13, 30], kind: ["FS", "FS", "FS"], lag: [0, 0, 0], version: [1, 1, 1] },
});
const load = () => {
  const model = new GanttModel();
  model.load(payload());
  model.outline.arrange(() => false);
  return model;
};
const names = (model) => Array.from(model.outline.rows, (node) => model.get(node, "name"));

test("projects stand above their tasks and carry their dates", () => {
  const model = load();
  assert.deepEqual(names(model), ["A", "Build", "Rack", "Cable", "Ready", "Train", "B", "Move"]);
  assert.equal(model.get(0, "finish"), at("2026-11-13T17:00"));
  assert.equal(model.get(1, "slip_wd"), 1);
  assert.deepEqual(Array.from(model.outline.order, (node) => model.outline.depth[node]), [0, 1, 2, 2, 2, 1, 0, 1]);
});

test("folding hides what is below and a filter keeps the ancestors", () => {
  const model = load();
  const { outline } = model;
  outline.arrange((node) => model.get(node, "name") === "Build");
  assert.deepEqual(names(model), ["A", "Build", "Train", "B", "Move"]);
  outline.arrange(() => false, (node) => model.get(node, "name") === "Cable");
  assert.deepEqual(names(model), ["A", "Build", "Cable"]);
  assert.equal(outline.isContext(model.node.get(10)), true);
  assert.equal(outline.isContext(model.node.get(12)), false);
});

test("the driving chain runs up to the first cause and down to the last effect", () => {
  const model = load();
  const chain = model.chain(model.node.get(12));
  const ids = (set) => [...set].map((node) => model.get(node, "id")).sort();
  assert.deepEqual(ids(chain.up), [11]);
  assert.deepEqual(ids(chain.down), [13, 30]);
  assert.equal(chain.links.size, 3);
});

test("a link back is a circle and a link forward is none", () => {
  const model = load();
  const node = (id) => model.node.get(id);
  assert.equal(closesCircle(model.network, node(30), node(11)), true);
  assert.equal(closesCircle(model.network, node(20), node(30)), false);
});

const plan = (model, dataDate = null) => ({
  start: (n) => model.get(n, "start"), finish: (n) => model.get(n, "finish"), duration: (n) => model.get(n, "duration"),
  calendar: (n) => model.calendar(n), constraint: (n) => model.get(n, "constraint"), constraintAt: (n) => model.get(n, "constraint_at"),
  isFixed: (n) => !model.isSchedulable(n), dataDate,
});
const moved = (model, id, start, finish) => new Map([[model.node.get(id), { start: at(start), finish: at(finish) }]]);

test("a preview pushes the whole chain by the days the first task moves", () => {
  const model = load();
  const result = preview(plan(model), model.network, moved(model, 11, "2026-11-03T08:00", "2026-11-09T17:00"));
  assert.equal(result.get(model.node.get(12)).start, at("2026-11-10T08:00"));
  assert.equal(result.get(model.node.get(13)).finish, at("2026-11-16T17:00"));
  assert.equal(result.get(model.node.get(30)).start, at("2026-11-17T08:00"));
  assert.equal(result.has(model.node.get(20)), false);
});

test("a preview pulls a link-driven task forward, but not before its constraint", () => {
  const model = load();
  const earlier = moved(model, 11, "2026-10-26T08:00", "2026-10-30T17:00");
  assert.equal(preview(plan(model), model.network, earlier).get(model.node.get(12)).start, at("2026-11-02T08:00"));
  Object.assign(model.columns.constraint, { [model.node.get(12)]: 4 });
  Object.assign(model.columns.constraint_at, { [model.node.get(12)]: at("2026-11-04T08:00") });
  assert.equal(preview(plan(model), model.network, earlier).get(model.node.get(12)).start, at("2026-11-04T08:00"));
});

test("a task that stands later than its links ask is not pulled forward", () => {
  const model = load();
  model.columns.start[model.node.get(30)] = at("2026-11-23T08:00");
  const result = preview(plan(model), model.network, moved(model, 11, "2026-10-26T08:00", "2026-10-30T17:00"));
  assert.equal(result.has(model.node.get(30)), false);
});

test("an edit shows at once and is taken back whole", () => {
  const model = load();
  const { revert } = applyLocally(model, [{ op: "update", task: 12, set: { duration: 960, name: "Cables" } }]);
  const node = model.node.get(12);
  assert.equal(model.get(node, "finish"), at("2026-11-10T17:00"));
  revert();
  assert.deepEqual([model.get(node, "name"), model.get(node, "duration"), model.get(node, "finish")], ["Cable", 2400, at("2026-11-13T17:00")]);
});

test("indent makes the elder sibling the parent and outdent undoes it", () => {
  const model = load();
  const inward = indent(model, 20);
  assert.deepEqual(inward, { op: "move", task: 20, parent: 10, after: 13 });
  applyLocally(model, [inward]);
  assert.equal(model.outline.parent[model.node.get(20)], model.node.get(10));
  const outward = outdent(model, 20);
  assert.deepEqual(outward, { op: "move", task: 20, parent: null, after: 10 });
  applyLocally(model, [outward]);
  model.outline.arrange(() => false);
  assert.deepEqual(names(model), ["A", "Build", "Rack", "Cable", "Ready", "Train", "B", "Move"]);
  assert.equal(indent(model, 10), null);
  assert.equal(outdent(model, 10), null);
});

test("reorder exchanges siblings and stops at the ends", () => {
  const model = load();
  assert.deepEqual(reorder(model, 12, -1), { op: "move", task: 12, parent: 10, after: null });
  assert.deepEqual(reorder(model, 12, 1), { op: "move", task: 12, parent: 10, after: 13 });
  assert.equal(reorder(model, 11, -1), null);
  applyLocally(model, [reorder(model, 12, -1)]);
  model.outline.arrange(() => false);
  assert.deepEqual(names(model).slice(2, 5), ["Cable", "Rack", "Ready"]);
});

test("moving the first row of a project down puts it behind its younger sibling's subtree", () => {
  const model = load();
  applyLocally(model, [reorder(model, 10, 1)]);
  model.outline.arrange(() => false);
  assert.deepEqual(names(model), ["A", "Train", "Build", "Rack", "Cable", "Ready", "B", "Move"]);
});

test("rows below another chosen row are not counted twice", () => {
  assert.deepEqual(topmost(load(), [12, 10, 20, "project:1"]), [10, 20]);
});

test("edited predecessors become links, changed links and removed links", () => {
  const model = load();
  assert.deepEqual(relinkTo(model, 12, [{ pred: 11, kind: "SS", lag: 480 }, { pred: 20, kind: "FS", lag: 0 }]), [
    { op: "relink", link: 1, kind: "SS", lag: 480 },
    { op: "link", pred: 20, succ: 12, kind: "FS", lag: 0 },
  ]);
  assert.deepEqual(relinkTo(model, 12, []), [{ op: "unlink", link: 1 }]);
});

test("a delta changes cells and tells what moved", () => {
  const model = load();
  const result = model.applyDelta({
    computed_revision: 4, input_revision: 4,
    tasks: { id: [12], start: [at("2026-11-10T08:00")], finish: [at("2026-11-16T17:00")], version: [2] }, removed: [], links: null,
  });
  assert.deepEqual(result.moved.map(({ node }) => model.get(node, "id")), [12]);
  assert.equal(model.program.computed_revision, 4);
  assert.equal(model.get(0, "finish"), at("2026-11-16T17:00"));
  assert.equal(model.links.length, 3);
});

test("results computed before my last edit do not overwrite what I typed", () => {
  const model = load();
  model.columns.version[model.node.get(12)] = 5;
  model.columns.name[model.node.get(12)] = "Mine";
  model.applyDelta({ computed_revision: 4, tasks: { id: [12], name: ["Old"], finish: [at("2026-11-18T17:00")], version: [4] } });
  assert.equal(model.get(model.node.get(12), "name"), "Mine");
  assert.equal(model.get(model.node.get(12), "finish"), at("2026-11-18T17:00"));
});

test("an unknown row without an order asks for the whole plan", () => {
  assert.equal(load().applyDelta({ computed_revision: 4, tasks: { id: [99], parent: [10] } }), null);
});

test("a delta with an order may add, remove and move rows", () => {
  const model = load();
  model.applyDelta({
    computed_revision: 4, order: [10, 12, 99, 20, 30], removed: [11, 13],
    tasks: { id: [99], project: [1], parent: [10], name: ["New"], version: [1] }, links: { id: [], pred: [], succ: [], kind: [], lag: [], version: [] },
  });
  model.outline.arrange(() => false);
  assert.deepEqual(names(model), ["A", "Build", "Cable", "New", "Train", "B", "Move"]);
});

test("a project may be read-only in a program that is not", () => {
  const model = load();
  assert.equal(model.canEditNode(model.node.get(11)), true);
  assert.equal(model.canEditNode(model.node.get(30)), false);
});
