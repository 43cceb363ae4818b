// Two people, one row: what is kept by itself, what is asked, what is sent again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { contested, settled } from "../../static/js/gantt/conflicts.js";
import { threeWay } from "../../static/js/lib/conflicts.js";

const update = (task, set, more = {}) => ({ op: "update", task, set, version: 3, ...more });
const error = (index, task, theirs) => ({ op_index: index, task, message: "changed", theirs: theirs && { version: 4, name: "Rack", ...theirs } });

test("fields that somebody else left alone do not contradict", () => {
  const commands = [update(7, { duration: 960 })];
  const before = () => 480;
  assert.deepEqual(contested(commands, [error(0, 7, { duration: 480, responsible: "Ann" })], before), []);
  assert.deepEqual(settled(commands, []), [{ op: "update", task: 7, set: { duration: 960 } }]);
});

test("a field that both wrote is asked, with both values; what was left to them is not sent again", () => {
  const commands = [update(7, { duration: 960, owner: "Me" }), update(8, { percent_complete: 50 })];
  const before = (task, column) => ({ duration: 480, owner: "", percent: 0 })[column];
  const rows = contested(commands, [error(0, 7, { duration: 1440, responsible: "Ann" })], before);
  assert.deepEqual(rows.map(({ field, mine, theirs }) => [field, mine, theirs]), [["duration", 960, 1440], ["owner", "Me", "Ann"]]);
  assert.deepEqual(settled(commands, rows.slice(0, 1)).map(({ task, set }) => [task, set]), [[7, { owner: "Me" }], [8, { percent_complete: 50 }]]);
  assert.deepEqual(settled(commands, rows).map(({ task }) => task), [8]);
});

test("the same value typed by both is no contradiction; one typed over a value unseen always is", () => {
  assert.deepEqual(contested([update(7, { duration: 960 })], [error(0, 7, { duration: 960 })], () => 480), []);
  const asked = contested([update(7, { duration: 960 }, { asks: true })], [error(0, 7, { duration: 480 })], () => 480);
  assert.equal(asked.length, 1);
});

test("what is gone is said and not sent again; a link keeps the part that nobody touched", () => {
  const commands = [update(7, { duration: 960 }), { op: "relink", link: 5, version: 1, kind: "SS", lag: 480 }];
  const rows = contested(commands, [{ op_index: 0, task: 7, message: "gone" }, { op_index: 1, link: 5, theirs: { version: 2, kind: "FF", lag: 0 } }], () => undefined);
  assert.deepEqual(rows.map(({ field, lost }) => [field, lost]), [[null, true], ["kind", false], ["lag", false]]);
  assert.deepEqual(settled(commands, rows.slice(0, 2)), [{ op: "relink", link: 5, lag: 480 }]);
});

test("a form of two: mine where I changed it, theirs elsewhere, a question where both did", () => {
  const base = { title: ["A"], amount: ["1"], tags: ["x"], note: [""] };
  const mine = { title: ["Mine"], amount: ["2"], tags: ["x"], note: ["same"] };
  const theirs = { title: ["Theirs"], amount: ["1"], tags: ["x", "y"], note: ["same"], fresh: ["new"] };
  assert.deepEqual(threeWay(base, mine, theirs), {
    merged: { title: ["Mine"], amount: ["2"], tags: ["x", "y"], note: ["same"], fresh: ["new"] }, contested: ["title"],
  });
});
