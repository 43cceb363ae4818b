/** Amounts as people type them and spreadsheets copy them. */

import assert from "node:assert/strict";
import test from "node:test";

import { formatBlock, parseAmount, parseBlock } from "../../static/js/money/amounts.js";

test("the last separator before one or two digits is the decimal mark, others group thousands", () => {
  const cases = { "1,234.50": "1234.50", "1.234,5": "1234.50", "1 234": "1234.00", "1,234": "1234.00", "1.234.567,8": "1234567.80", "": "0.00", "(5.5)": "-5.50", "−3": "-3.00", "-0": "0.00" };
  for (const [text, amount] of Object.entries(cases)) assert.equal(parseAmount(text), amount, text);
});

test("what is no amount, or could be two, is refused", () => {
  for (const text of ["abc", "1,2,3", "12.34.5", "1234.567", "=1+1", "1e5"]) assert.equal(parseAmount(text), null, text);
});

test("a block is copied as it is pasted", () => {
  assert.deepEqual(parseBlock("1\t2\r\n3\t\r\n"), [["1", "2"], ["3", ""]]);
  assert.equal(formatBlock([["1", "2"], ["3", ""]]), "1\t2\n3\t");
});
