import assert from "node:assert/strict";
import { test } from "node:test";

import { hours, minutes } from "../../static/js/elements/timesheet-grid.js";

test("hours are read as people write them", () => {
  assert.deepEqual(["7.5", "7,5", "7:30", " 0.25 ", "", "x", "-1"].map(minutes), [450, 450, 450, 15, 0, 0, 0]);
});

test("sums are written as the server writes them", () => {
  assert.deepEqual([450, 0, 480, 20].map(hours), ["7.5", "", "8", "0.33"]);
});
