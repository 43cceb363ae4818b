import assert from "node:assert/strict";
import { test } from "node:test";
import { GanttModel } from "../../static/js/gantt/model.js";
import { nextWindow, rowsOfOutline } from "../../static/js/gantt/model-windows.js";

/*  Two projects: 11 (12, 13), 20 of the first, 30 (31) of the second; 12 → 13 → 31. Of a first answer only 11 and 12 are here. */
const WHOLE = {
  id: [11, 12, 13, 20, 30, 31], project: [1, 1, 1, 1, 2, 2], parent: [null, 11, 11, null, null, 30],
  name: ["Build", "Rack", "Cable", "Train", "Move", "Lift"], version: [1, 1, 1, 1, 1, 1], duration: [960, 480, 480, 480, 480, 480],
  start: [480, 480, 1920, 480, 3360, 3360], finish: [2460, 1020, 2460, 1020, 3900, 3900], percent: [50, 100, 0, 0, 0, 0],
  critical: [false, false, false, false, false, true],
};
const LINKS = { id: [1, 2], pred: [12, 13], succ: [13, 31], kind: ["FS", "FS"], lag: [0, 0], version: [1, 1] };
const frame = {
  program: { id: 7, data_date: null, input_revision: 3, computed_revision: 3 }, head: "h", can_edit: true,
  projects: [{ id: 1, name: "A", can_edit: true }, { id: 2, name: "B", can_edit: true }],
};
const rows = (...ids) => {
  const at = ids.map((id) => WHOLE.id.indexOf(id));
  const links = LINKS.succ.map((succ, i) => [succ, i]).filter(([succ]) => ids.includes(succ)).map(([, i]) => i);
  const pick = (columns, which) => Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, which.map((i) => column[i])]));
  return { tasks: pick(WHOLE, at), links: pick(LINKS, links) };
};
const opening = () => ({
  ...frame, ...rows(11, 12), span: [480, 3900], outline: { id: [11, 1, 1, 7, 10, 1], up: [0, 1, 2, 0, 0, 1], project: [[1, 4], [2, 2]] },
  sums: { project: [1, 2], start: [480, 3360], finish: [2460, 3900], work: [1440, 480], done: [48000, 0], critical: [false, true], total_float: [0, 0] },
});
const whole = () => ({ ...frame, tasks: WHOLE, links: LINKS });
const load = (payload) => {
  const model = new GanttModel();
  model.load(payload);
  return model;
};
const shown = (model) => ({
  rows: model.sequence.map((node) => Object.values(model.columns).map((column) => column[node])), links: model.links, span: model.span(),
  drawn: [...model.network.pred].map((pred, i) => [pred, model.network.succ[i]]), depth: [...model.outline.depth],
});

test("an outline says ids, projects and parents in few digits", () => {
  const { id, project, parent } = rowsOfOutline(opening().outline);
  assert.deepEqual({ id, project, parent }, { id: WHOLE.id, project: WHOLE.project, parent: WHOLE.parent });
});

test("from the first window on the outline, the time line and the rows of projects are those of the whole", () => {
  const [part, all] = [load(opening()), load(whole())];
  for (const model of [part, all]) model.outline.arrange(() => false);
  assert.deepEqual([...part.outline.rows], [...all.outline.rows]);
  assert.deepEqual(part.span(), all.span());
  for (const name of ["start", "finish", "percent", "critical", "duration"]) {
    for (const head of [0, 1]) assert.equal(part.get(head, name), all.get(head, name), `${name} of project ${head}`);
  }
  const cable = part.node.get(13);
  assert.deepEqual([part.isHere(cable), part.canEditNode(cable), part.isSchedulable(cable), part.isWhole], [false, false, false, false]);
});

test("windows in any order, some rows twice, make the plan whole", () => {
  const model = load(opening());
  assert.equal(model.takeRows(rows(30, 31)), 2);
  assert.deepEqual(model.links.map(({ id }) => id), [2]);
  assert.equal(model.takeRows(rows(20, 30)), 1);
  assert.equal(model.takeRows(rows(11, 12, 13)), 1);
  assert.equal(model.isWhole, true);
  assert.deepEqual(shown(model), shown(load(whole())));
});

test("a window does not undo an edit of a row that is here, nor bring back one that was deleted", () => {
  const model = load(opening());
  model.applySet(12, { name: "Mine" });
  model.remove([13]);
  model.takeRows(rows(11, 12, 13, 20, 30, 31));
  assert.equal(model.get(model.node.get(12), "name"), "Mine");
  assert.equal(model.node.has(13), false);
  assert.equal(model.isWhole, true);
});

test("a change brings a row that no window brought, and takes one away that none will bring", () => {
  const model = load(opening());
  model.takeRows(rows(30, 31));
  const { moved } = model.applyDelta({ tasks: rows(13).tasks, removed: [20], links: rows(13).links, computed_revision: 4, input_revision: 4 });
  assert.deepEqual(moved, [], "a row that comes has not moved");
  assert.equal(model.isWhole, true);
});

test("the next window is what is looked at, then what is nearest to it, and never what is here", () => {
  const missing = (text) => [(at) => text[at] === "-", text.length];
  assert.deepEqual(nextWindow(...missing("++------++"), 0, 3), { from: 2, rows: 3 });
  assert.deepEqual(nextWindow(...missing("----++++--"), 4, 9), { from: 0, rows: 4 });
  assert.deepEqual(nextWindow(...missing("------++++"), 9, 2), { from: 4, rows: 2 });
  assert.deepEqual(nextWindow(...missing("+-+-+-++++"), 0, 4), { from: 1, rows: 3 });
  assert.deepEqual(nextWindow(...missing("-"), 99, 4), { from: 0, rows: 1 });
  assert.equal(nextWindow(...missing("++++"), 1, 4), null);
  assert.equal(nextWindow(...missing(""), 0, 4), null);
});
