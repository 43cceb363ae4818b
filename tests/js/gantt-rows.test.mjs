// Rows that are not in the plan any more, edits of many rows, people typed by name.
import assert from "node:assert/strict";
import { test } from "node:test";
import { bulkCommands } from "../../static/js/gantt/bulk.js";
import { indent, reorder } from "../../static/js/gantt/commands.js";
import { GanttModel } from "../../static/js/gantt/model.js";
import { parseStaff, staffingCommands } from "../../static/js/gantt/staffing.js";
import { parseWall } from "../../static/js/gantt/time.js";

const DAY = [[480, 720], [780, 1020]];
const at = (day) => parseWall(`2026-11-${day}`);
/* One project: 1 (11, 12, 13), 2. */
const payload = (gone) => ({
  program: { id: 7, data_date: "2026-11-02", input_revision: 3, computed_revision: 3 }, can_edit: true,
  projects: [{ id: 1, name: "A", can_edit: true }], calendars: [{ id: 1, week: [DAY, DAY, DAY, DAY, DAY, [], []], exceptions: [] }], default_calendar: 1,
  tasks: {
    id: [1, 11, 12, 13, 2], project: [1, 1, 1, 1, 1], parent: [null, 1, 1, 1, null], name: ["Build", "Rack", "Cable", "Ready", "Train"], version: [1, 1, 1, 1, 1],
    is_milestone: [false, false, false, true, false], duration: [960, 960, 960, 0, 480], percent: [0, 0, 0, 0, 0], calendar: [1, 1, 1, 1, 1],
    start: [at("02T08:00"), at("02T08:00"), at("02T08:00"), at("03T17:00"), at("02T08:00")], finish: [at("03T17:00"), at("03T17:00"), at("03T17:00"), at("03T17:00"), at("02T17:00")],
  },
  links: { id: [], pred: [], succ: [], kind: [] },
  gone,
});
const gone = (rows) => ({
  id: rows.map(([id]) => id), project: rows.map(() => 1), parent: rows.map(([, parent]) => parent), after: rows.map(([, , after]) => after),
  wbs: rows.map(([id]) => String(id)), name: rows.map(([id]) => `gone ${id}`), is_summary: rows.map(() => false), is_milestone: rows.map(() => false),
  start: rows.map(() => at("02T08:00")), finish: rows.map(() => at("03T17:00")),
});
const load = (rows) => {
  const model = new GanttModel();
  model.load(payload(gone(rows)));
  model.outline.arrange(() => false);
  return model;
};
const names = (model) => Array.from(model.outline.rows, (node) => model.get(node, "name"));

test("rows that are gone stand behind the sibling they followed, in what held them, and count for nothing", () => {
  const model = load([[50, 1, null], [51, 1, 11], [52, 51, null], [53, 1, 51], [54, 2, null], [55, null, 2]]);
  assert.deepEqual(names(model), ["A", "Build", "gone 50", "Rack", "gone 51", "gone 52", "gone 53", "Cable", "Ready", "Train", "gone 54", "gone 55"]);
  const train = model.node.get(2);
  assert.equal(model.outline.hasChildren(train), false, "a task is no summary because of what it once held");
  assert.equal(model.isSchedulable(train), true);
  assert.equal(model.canEditNode(model.node.get("gone:51")), false);
  assert.equal(model.get(0, "baseline_finish"), null);
});

test("order and levels are counted among the living", () => {
  const model = load([[51, 1, 11], [56, null, 1]]);
  assert.deepEqual(reorder(model, 12, -1), { op: "move", task: 12, parent: 1, after: null });
  assert.deepEqual(indent(model, 2), { op: "move", task: 2, parent: 1, after: 13 });
});

test("a row that comes and goes with the answers is where a full load puts it", () => {
  const model = load([]);
  assert.equal(model.applyDelta({ removed: [12], gone: gone([[12, 1, 11]]), input_revision: 4, computed_revision: 4 }).restructured, true);
  model.outline.arrange(() => false);
  assert.deepEqual(names(model), ["A", "Build", "Rack", "gone 12", "Ready", "Train"]);
  const tasks = Object.fromEntries(Object.entries(payload().tasks).map(([name, column]) => [name, [column[2]]]));
  model.applyDelta({ tasks, order: [1, 11, 12, 13, 2], gone: gone([]), input_revision: 5, computed_revision: 5 });
  model.outline.arrange(() => false);
  assert.deepEqual(names(model), ["A", "Build", "Rack", "Cable", "Ready", "Train"]);
});

test("many fields of many rows are one update for each row that takes them", () => {
  const model = load([]);
  const gantt = { model, t: (key) => key };
  const { commands, left } = bulkCommands(gantt, [1, 11, 13], { duration: "3 d", owner: " Ann ", shift_days: "2" });
  assert.deepEqual(commands.map(({ task, set }) => [task, set]), [
    [1, { owner: "Ann" }],
    [11, { constraint: 4, constraint_at: at("04T08:00"), duration: 1440, owner: "Ann" }],
    [13, { constraint: 4, constraint_at: at("06T08:00"), owner: "Ann" }],
  ]);
  assert.equal(left, 0);
  assert.deepEqual(bulkCommands(gantt, [1], { duration: "3 d" }), { commands: [], left: 1 });
  assert.throws(() => bulkCommands(gantt, [11], { duration: "soon" }), /bad_value/);
});

test("people are typed as the cell shows them", () => {
  assert.deepEqual(parseStaff("Ann, Ben 50 %; Cable × 300"), [{ name: "Ann", units: 1 }, { name: "Ben", units: 0.5 }, { name: "Cable", units: 300 }]);
  assert.equal(parseStaff(" × 3"), null);
  const gantt = { model: load([]), t: (key) => key };
  const known = {
    resources: [{ id: 1, name: "Ann", kind: "work" }, { id: 2, name: "Ben", kind: "work" }, { id: 3, name: "Crane", kind: "work" }],
    assignments: [{ id: 8, version: 2, resource: 1, units: "1" }, { id: 9, version: 5, resource: 3, units: "1" }],
  };
  const commands = staffingCommands(gantt, gantt.model.node.get(11), "ann 50 %, Ben", known).map(({ touches: _, show: __, ...command }) => command);
  assert.deepEqual(commands, [
    { op: "reassign", assignment: 8, version: 2, set: { units: 0.5 } }, { op: "assign", task: 11, resource: 2, set: { units: 1 } },
    { op: "unassign", assignment: 9, version: 5 },
  ]);
  assert.throws(() => staffingCommands(gantt, gantt.model.node.get(11), "Zoe", known), /unknown_resource/);
});
