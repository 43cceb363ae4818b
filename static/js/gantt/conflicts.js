/**
 * Two people edited the same row. What does not contradict is sent again by itself; for what does, the person chooses
 * between both values. Pure: no network, no DOM.
 */
import { COLUMN_OF } from "./model-edits.js";

/** Field as the server names it: `owner` is our word for `responsible`. */
const theirName = (field) => (field === "owner" ? "responsible" : field);

/** {field: value} that a command wants to write. */
function wishes(command) {
  if (command.op === "relink") return Object.fromEntries(["kind", "lag"].filter((name) => name in command).map((name) => [name, command[name]]));
  return command.set ?? {};
}

/**
 * What contradicts: [{index, field, mine, theirs, task, name, message}]. `field` null: the row as a whole (deleted, moved);
 * `lost` true: it is gone, so nothing can be kept. `before(task, column)`: value that the person saw, undefined where unknown.
 */
export function contested(commands, errors, before) {
  const rows = [];
  for (const { op_index: index, task, message, theirs } of errors) {
    const command = commands[index] ?? {};
    const about = { index, task: task ?? command.touches ?? command.task, message, name: theirs?.name };
    if (!theirs) {
      rows.push({ ...about, field: null, lost: true });
      continue;
    }
    const fields = Object.entries(wishes(command));
    if (!fields.length) rows.push({ ...about, field: null, lost: false });
    for (const [field, mine] of fields) {
      const now = theirs[theirName(field)];
      const was = command.asks ? undefined : before(command.task, COLUMN_OF[field] ?? field);
      if (same(now, mine) || (was !== undefined && same(now, was))) continue;
      rows.push({ ...about, field, mine, theirs: now, lost: false });
    }
  }
  return rows;
}

const same = (a, b) => (a ?? "") === (b ?? "") || (typeof a === "number" && Math.abs(a - Number(b)) < 1e-6);

/** The commands to send again: without the versions of then, and without what the person left to the other (`theirs`: rows of `contested`). */
export function settled(commands, theirs) {
  const given = (index) => theirs.filter((row) => row.index === index);
  return commands.flatMap((command, index) => {
    const { version: _, asks: __, ...again } = command;
    const left = given(index);
    if (!left.length) return [again];
    if (left.some(({ field }) => field === null)) return [];
    if (command.op === "relink") {
      for (const { field } of left) delete again[field];
      return "kind" in again || "lag" in again ? [again] : [];
    }
    const set = Object.fromEntries(Object.entries(command.set ?? {}).filter(([field]) => !left.some((row) => row.field === field)));
    return Object.keys(set).length ? [{ ...again, set }] : [];
  });
}
