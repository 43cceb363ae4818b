/** Many tasks at once: a dialog in which any number of fields is set, and the one list of commands that comes of it. Pure but for the dialog's fields. */
import { CONSTRAINT_FIELD, readConstraint } from "./columns.js";
import { SNET } from "./commands.js";
import { parseDuration, parsePercent } from "./format.js";
import { isoDate, parseWall } from "./time.js";
import { BadValue } from "./bad-value.js";

const lowest = ({ model }, node) => !model.outline.hasChildren(node);
const schedulable = ({ model }, node) => model.isSchedulable(node);
const day = (gantt, text) => {
  const at = parseWall(text);
  if (at === null) throw new BadValue(gantt.t("bad_value", { value: text }));
  return at;
};
const said = (gantt, value, text) => {
  if (value === null || !Number.isFinite(value)) throw new BadValue(gantt.t("bad_value", { value: text }));
  return value;
};

/**
 * What can be set for many: `spec` describes the field (fields.js), `first` its value, `when` which rows take it, `set` what a row gets.
 * The order is that in which sets are laid over each other.
 */
export const BULK = {
  shift_days: {
    spec: () => ({ type: "number" }), first: () => "1",
    when: (gantt, node) => schedulable(gantt, node) && gantt.model.get(node, "start") !== null,
    set: (gantt, node, text) => {
      const { model } = gantt;
      const days = said(gantt, text.trim() === "" ? null : Math.round(Number(text)), text);
      const start = model.calendar(node).shiftDays(model.get(node, "start"), days);
      return model.get(node, "actual_start") !== null ? { actual_start: start } : { constraint: SNET, constraint_at: start };
    },
  },
  start: {
    spec: () => ({ type: "date" }), first: ({ model }) => (model.dataDate === null ? "" : isoDate(model.dataDate)), when: schedulable,
    set: (gantt, node, text) => ({ constraint: SNET, constraint_at: gantt.model.calendar(node).nextWorking(day(gantt, text)) }),
  },
  constraint: { spec: CONSTRAINT_FIELD, first: () => "0|", when: () => true, set: readConstraint },
  duration: {
    spec: () => ({ type: "text" }), first: () => "5 d", when: (gantt, node) => schedulable(gantt, node) && !gantt.model.get(node, "is_milestone"),
    set: (gantt, node, text) => {
      const duration = parseDuration(text);
      return { duration: said(gantt, duration !== null && duration > 0 ? duration : null, text) };
    },
  },
  percent: {
    spec: () => ({ type: "text" }), first: () => "100 %", when: lowest,
    set: (gantt, node, text) => ({ percent_complete: said(gantt, parsePercent(text), text) }),
  },
  deadline: {
    spec: () => ({ type: "date" }), first: () => "", when: () => true,
    set: (gantt, node, text) => ({ deadline: text === "" ? null : gantt.model.calendar(node).previousWorking(day(gantt, text) + 1440) }),
  },
  owner: {
    spec: ({ model }) => ({ type: "text", suggestions: model.owners }), first: () => "", when: () => true,
    set: (gantt, node, text) => ({ owner: text.trim() }),
  },
};

/** Most rows of one edit, as the server takes them. */
export const MOST_AT_ONCE = 2000;

/**
 * One update per task that takes any of `values` ({field: text}); `left`: how many of the rows take none of it.
 * Throws BadValue with the sentence to show.
 */
export function bulkCommands(gantt, ids, values) {
  const { model } = gantt;
  const commands = [];
  let left = 0;
  for (const id of ids) {
    const node = model.node.get(id);
    if (node === undefined || !model.canEditNode(node)) {
      left += 1;
      continue;
    }
    const set = {};
    for (const [field, { when, set: make }] of Object.entries(BULK)) {
      if (field in values && when(gantt, node)) Object.assign(set, make(gantt, node, values[field]));
    }
    if (Object.keys(set).length) commands.push({ op: "update", task: id, set });
    else left += 1;
  }
  return { commands, left };
}
