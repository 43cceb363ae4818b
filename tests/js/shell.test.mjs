// The pure parts of the shell: revisions, palette, strings, movement.
import assert from "node:assert/strict";
import { test } from "node:test";

import { differences } from "../../static/js/lib/changes.js";
import { group, highlight, matches } from "../../static/js/lib/palette.js";
import { backoff, merge, messagesOf, parseTopic } from "../../static/js/lib/revisions.js";
import { fill } from "../../static/js/lib/strings.js";
import { exportQuery } from "../../static/js/lib/tables.js";
import { same, stateOf } from "../../static/js/lib/views.js";

test("a first message is news and says what is waited for", () => {
  const known = new Map();
  const change = merge(known, { topic: "program:42", input: 5, computed: 4 });
  assert.deepEqual(change, { topic: "program:42", input: 5, computed: 4, state: "queued", reason: "", moved: true });
  assert.equal(merge(known, { topic: "program:42", input: 5, computed: 4 }), null);
});

test("a late message never takes the page back", () => {
  const known = new Map();
  merge(known, { topic: "program:42", input: 7, computed: 7 });
  assert.equal(merge(known, { topic: "program:42", input: 6, computed: 5, state: "stuck", reason: "old" }), null);
  assert.equal(merge(known, { topic: "program:42", input: 7, computed: 6, state: "computing" }), null);
  assert.deepEqual(known.get("program:42"), { input: 7, computed: 7, state: "current", reason: "" });
});

test("messages in any order end in the same state", () => {
  const messages = [
    { topic: "program:1", input: 1, computed: 1 },
    { topic: "program:1", input: 2, computed: 1 },
    { topic: "program:1", input: 3, computed: 1 },
    { topic: "program:1", input: 3, computed: 3 },
  ];
  for (const order of [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]]) {
    const known = new Map();
    for (const at of order) merge(known, messages[at]);
    assert.equal(known.get("program:1").input, 3);
    assert.equal(known.get("program:1").computed, 3);
    assert.equal(known.get("program:1").state, "current");
  }
});

test("getting stuck is news although no revision moved, and asks for no refresh", () => {
  const known = new Map();
  merge(known, { topic: "program:42", input: 5, computed: 4 });
  const change = merge(known, { topic: "program:42", input: 5, computed: 4, state: "stuck", reason: "circular link" });
  assert.equal(change.state, "stuck");
  assert.equal(change.reason, "circular link");
  assert.equal(change.moved, false);
});

test("the status endpoint may answer with one, a list or an object", () => {
  const one = { topic: "program:1", input: 1, computed: 1 };
  assert.deepEqual(messagesOf({ topics: [one] }), [one]);
  assert.deepEqual(messagesOf([one]), [one]);
  assert.deepEqual(messagesOf(one), [one]);
  assert.deepEqual(messagesOf({}), []);
  assert.deepEqual(messagesOf(null), []);
});

test("topics are a kind and an id", () => {
  assert.deepEqual(parseTopic("program:42"), { kind: "program", id: 42 });
  assert.deepEqual(parseTopic("user:ada"), { kind: "user", id: "ada" });
});

test("pauses double from one second to at most thirty, with jitter on top", () => {
  assert.deepEqual([0, 1, 2, 3].map((n) => backoff(n, 0)), [1_000, 2_000, 4_000, 8_000]);
  assert.equal(backoff(50, 0), 30_000);
  assert.equal(backoff(0, 1), 1_300);
});

test("the palette finds every word anywhere, blind to case and accents", () => {
  assert.ok(matches("Réseau principal", "res PRINC"));
  assert.ok(matches("Keyboard shortcuts", ""));
  assert.ok(!matches("Keyboard shortcuts", "keyboard zebra"));
});

test("hits are marked without changing the label", () => {
  assert.deepEqual(highlight("Core switch", "swi"), [["Core ", false], ["swi", true], ["tch", false]]);
  assert.deepEqual(highlight("aaa", "aa"), [["aaa", true]]);
  assert.deepEqual(highlight("Café", "cafe"), [["Café", true]]);
  for (const label of ["Straße ﬁne 𝒳", "<b>&", ""]) assert.equal(highlight(label, "s f b").map(([text]) => text).join(""), label);
});

test("results keep the order of the server, by kind", () => {
  const items = [{ kind: "task", id: 1 }, { kind: "risk", id: 2 }, { kind: "task", id: 3 }];
  assert.deepEqual(group(items).map(([kind, members]) => [kind, members.map(({ id }) => id)]), [["task", [1, 3]], ["risk", [2]]]);
});

test("placeholders are filled, unknown ones stay", () => {
  assert.equal(fill("revision {n} of {m}", { n: 4 }), "revision 4 of {m}");
});

test("a figure that is new has not moved", () => {
  const before = new Map([["finish", "9 Dec"], ["eac", "4.2 M"]]);
  const after = new Map([["finish", "15 Dec"], ["eac", "4.2 M"], ["spi", "0.9"]]);
  assert.deepEqual(differences(before, after), [["finish", "9 Dec"]]);
});

test("a view is what an address says, whatever the order, without drawers and empty values", () => {
  assert.equal(stateOf("?sort=-slip&health=bad&q=&rating=4"), "health=bad&sort=-slip");
  assert.ok(same("health=bad&sort=-slip", "?sort=-slip&health=bad&plain=1"));
  assert.ok(!same("health=bad", "?health=watch"));
});

test("a file has the filters of its table and begins at its beginning", () => {
  assert.equal(exportQuery("?health=bad&after=77", "csv"), "?health=bad&export=csv");
});
