import assert from "node:assert/strict";
import { test } from "node:test";
import { STUB, farByTask, labelOf, sides, stub } from "../../static/js/gantt/far-links.js";

const box = { x: 100, y: 10, width: 40, height: 12 };

test("a stub stands where the link takes hold of the bar, and points out of it or into it", () => {
  const at = (kind, out) => stub({ kind, out }, box);
  assert.deepEqual(at("FS", false), [100 - STUB, 16, 100, 16]);
  assert.deepEqual(at("SF", false), [140 + STUB, 16, 140, 16]);
  assert.deepEqual(at("FS", true), [140, 16, 140 + STUB, 16]);
  assert.deepEqual(at("SS", true), [100, 16, 100 - STUB, 16]);
});

test("a label names the first link of its side and counts the others; of what is hidden it tells nothing", () => {
  const gantt = { t: (key) => key, formats: { finish: (at) => `until ${at}`, at: (style, at) => `from ${at}` } };
  const far = farByTask({
    id: [1, 2, 3], task: [7, 7, 7], out: [true, true, false], kind: ["FS", "FF", "FS"], far: [8, 9, null], name: ["Ship", "Bill", ""],
    program: ["OPS", "FIN", ""], program_id: [2, 3, null], at: [60, 90, null], ends: [false, true, true],
  });
  const { left, right } = sides(far.get(7));
  assert.equal(labelOf(gantt, right), "→ OPS · Ship, from 60 +1");
  assert.equal(labelOf(gantt, left), "← far_hidden");
});
