/** The columns of the table: what a cell says, how it is edited, and which of them are found by the engine. */
import { BadValue } from "./bad-value.js";
import { parseDuration, parsePercent, parsePredecessors } from "./format.js";
import { staffing, staffingCommands } from "./staffing.js";
import { isoDate, parseWall } from "./time.js";

const SNET = 4;

const bad = (gantt, value) => new BadValue(gantt.t("bad_value", { value }));

/** "1.2SS+2d, Network:3" of a node. */
export function predecessorText(gantt, node) {
  const { model, formats } = gantt;
  const own = model.get(node, "project");
  return [...model.network.into(node)]
    .map((number) => {
      const link = model.drawn[number];
      const pred = model.node.get(link.pred);
      const project = model.get(pred, "project");
      const place = project === own ? "" : `${model.get(model.projectNode.get(project), "name")}:`;
      const kind = link.kind === "FS" && !link.lag ? "" : ` ${link.kind}`;
      if (!model.isHere(pred)) return "…"; // on its way
      return `${place}${model.get(pred, "wbs") || `#${link.pred}`}${kind}${formats.lag(link.lag)}`;
    })
    .join(", ");
}

/** Typed predecessors as [{pred: id, kind, lag}]; throws BadValue. */
export function readPredecessors(gantt, node, text) {
  const { model } = gantt;
  const parsed = parsePredecessors(text);
  if (parsed === null) throw bad(gantt, text);
  return parsed.map(({ ref, project, kind, lag }) => {
    const head = project === null ? null : model.projects.find((one) => one.name.toLowerCase() === project.toLowerCase());
    const where = project === null ? model.get(node, "project") : head?.id;
    const found = ref.startsWith("#")
      ? model.node.get(Number(ref.slice(1)))
      : model.sequence.find((other) => model.get(other, "wbs") === ref && model.get(other, "project") === where && !model.isProject(other) && !model.isGone(other));
    if (found === undefined) throw new BadValue(gantt.t("unknown_predecessor", { ref: project ? `${project}:${ref}` : ref }));
    return { pred: model.get(found, "id"), kind, lag };
  });
}

const date = (column) => (gantt, node) => gantt.formats.date(gantt.model.get(node, column));
const isoOf = (column) => (gantt, node) => {
  const value = gantt.model.get(node, column);
  return value === null || value === undefined ? "" : isoDate(/finish|deadline/.test(column) && value % 1440 === 0 ? value - 1 : value);
};
/** A typed day at the working hours the task already has, or the calendar's first hour of that day. */
function dayAt(gantt, node, text) {
  const day = parseWall(text);
  if (day === null) throw bad(gantt, text);
  return gantt.model.calendar(node).nextWorking(day);
}

/** The end of the work of a typed day, for finishes. */
function endOf(gantt, node, text) {
  const day = parseWall(text);
  if (day === null) throw bad(gantt, text);
  return gantt.model.calendar(node).previousWorking(day + 1440);
}

/** Constraints that hold a finish; those that need no date. */
const AT_FINISH = new Set([3, 6, 7]);
const UNDATED = ["0", "1"];

/** {constraint, constraint_at} of "kind|day"; without a day the task stays where it stands now. */
export function readConstraint(gantt, node, text) {
  const [kind, day] = text.split("|");
  const constraint = Number(kind);
  if (UNDATED.includes(kind)) return { constraint, constraint_at: null };
  if (!day) return { constraint, constraint_at: gantt.model.get(node, AT_FINISH.has(constraint) ? "finish" : "start") };
  return { constraint, constraint_at: AT_FINISH.has(constraint) ? endOf(gantt, node, day) : dayAt(gantt, node, day) };
}

export const CONSTRAINT_FIELD = (gantt) => ({
  type: "dated", plain: UNDATED, options: [0, 1, 2, 3, 4, 5, 6, 7].map((kind) => [String(kind), gantt.t(`constraint_${kind}`)]),
});

/** Leaf rows only: dates and durations of summaries follow from their tasks. */
const leaf = (gantt, node) => gantt.model.isSchedulable(node);
const task = (gantt, node) => !gantt.model.isProject(node);
/** Progress is of the lowest rows, finished ones included. */
const lowest = (gantt, node) => task(gantt, node) && !gantt.model.outline.hasChildren(node);

export const COLUMNS = {
  wbs: { width: 64, text: (g, n) => g.model.get(n, "wbs") },
  name: {
    width: 200, text: (g, n) => (g.model.isGone(n) ? g.t(g.hasAttribute("scenario") ? "gone_scenario" : "gone", { name: g.model.get(n, "name") }) : g.model.get(n, "name")),
    editor: { type: "text", when: task, value: (g, n) => g.model.get(n, "name"),
      parse: (g, n, text) => {
        if (!text.trim()) throw bad(g, text);
        return { name: text.trim() };
      } },
  },
  duration: {
    width: 84, align: "end",
    text: (g, n) => (g.model.isGone(n) ? "" : g.formats.duration(g.model.get(n, "duration"), g.model.get(n, "is_elapsed"))),
    editor: { type: "text", when: leaf, value: (g, n) => g.formats.duration(g.model.get(n, "duration"), g.model.get(n, "is_elapsed")),
      parse: (g, n, text) => {
        const minutes = parseDuration(text);
        if (minutes === null || minutes < 0) throw bad(g, text);
        if (minutes === 0) return { duration: 0, is_milestone: true };
        return g.model.get(n, "is_milestone") ? { duration: minutes, is_milestone: false } : { duration: minutes };
      } },
  },
  start: {
    width: 98, align: "end", computed: true, text: date("start"),
    editor: { type: "date", when: leaf, value: isoOf("start"),
      parse: (g, n, text) => ({ constraint: SNET, constraint_at: dayAt(g, n, text) }) },
  },
  finish: {
    width: 98, align: "end", computed: true, text: (g, n) => g.formats.finish(g.model.get(n, "finish")),
    editor: { type: "date", when: leaf, value: isoOf("finish"),
      parse: (g, n, text) => {
        const day = parseWall(text);
        if (day === null) throw bad(g, text);
        const calendar = g.model.calendar(n);
        const [start, end] = [g.model.get(n, "start"), calendar.previousWorking(day + 1440)];
        return { duration: Math.max(0, g.model.get(n, "is_elapsed") ? end - start : calendar.workingBetween(start, end)) };
      } },
  },
  slippage: {
    width: 92, align: "end", computed: true, text: (g, n) => g.formats.slip(g.model.get(n, "slip_wd")),
    tone: (g, n) => (g.model.get(n, "slip_wd") > 0 ? "late" : g.model.get(n, "slip_wd") < 0 ? "early" : ""),
  },
  total_float: {
    width: 96, align: "end", computed: true,
    text: (g, n) => {
      const float = g.model.get(n, "total_float");
      if (float === null || g.model.isProject(n)) return "";
      return `${g.model.get(n, "critical") ? "◆ " : ""}${g.formats.duration(float)}`;
    },
    title: (g, n) => (g.model.get(n, "critical") ? g.t("critical_task") : ""),
    tone: (g, n) => (g.model.get(n, "critical") ? "critical" : ""),
  },
  percent: {
    width: 74, align: "end", text: (g, n) => (g.model.isGone(n) ? "" : g.formats.percent(g.model.get(n, "percent"))),
    editor: { type: "text", when: lowest,
      value: (g, n) => String(Math.round(g.model.get(n, "percent") ?? 0)),
      parse: (g, n, text) => {
        const value = parsePercent(text);
        if (value === null) throw bad(g, text);
        return { percent_complete: value };
      } },
  },
  predecessors: {
    width: 130, text: predecessorText,
    editor: { type: "text", when: task, links: true, value: predecessorText, parse: readPredecessors },
  },
  owner: {
    width: 120, text: (g, n) => g.model.get(n, "owner") ?? "",
    editor: { type: "text", when: task, suggestions: (g) => g.model.owners, value: (g, n) => g.model.get(n, "owner") ?? "",
      parse: (g, n, text) => ({ owner: text.trim() }) },
  },
  who: {
    width: 150, text: (g, n) => g.model.get(n, "who") ?? "",
    editor: { type: "text", when: (g, n) => task(g, n) && g.hasAttribute("staffing") && typeof g.model.get(n, "id") === "number",
      prepare: staffing, suggestions: (g, { resources }) => resources.map(({ name }) => name),
      value: (g, n) => g.model.get(n, "who") ?? "", commands: staffingCommands },
  },
  constraint: {
    width: 170, text: (g, n) => {
      const kind = g.model.get(n, "constraint");
      return kind ? `${g.t(`constraint_${kind}`)} ${g.formats.date(g.model.get(n, "constraint_at"))}`.trim() : "";
    },
    editor: { when: task, field: CONSTRAINT_FIELD, value: (g, n) => `${g.model.get(n, "constraint") ?? 0}|${isoOf("constraint_at")(g, n)}`, parse: readConstraint },
  },
  deadline: {
    width: 98, align: "end", text: date("deadline"),
    tone: (g, n) => (g.model.get(n, "deadline") !== null && g.model.get(n, "finish") > g.model.get(n, "deadline") ? "late" : ""),
    editor: { type: "date", when: task, value: isoOf("deadline"),
      parse: (g, n, text) => ({ deadline: text === "" ? null : endOf(g, n, text) }) },
  },
  actual_start: {
    width: 98, align: "end", text: date("actual_start"),
    editor: { type: "date", when: lowest, value: isoOf("actual_start"),
      parse: (g, n, text) => ({ actual_start: text === "" ? null : dayAt(g, n, text) }) },
  },
  actual_finish: {
    width: 110, align: "end", text: (g, n) => g.formats.finish(g.model.get(n, "actual_finish")),
    editor: { type: "date", when: lowest, value: isoOf("actual_finish"),
      parse: (g, n, text) => ({ actual_finish: text === "" ? null : endOf(g, n, text) }) },
  },
  free_float: { width: 90, align: "end", computed: true, text: (g, n) => (g.model.isProject(n) ? "" : g.formats.duration(g.model.get(n, "free_float"))) },
  baseline_start: { width: 110, align: "end", text: date("baseline_start") },
  baseline_finish: { width: 116, align: "end", text: (g, n) => g.formats.finish(g.model.get(n, "baseline_finish")) },
};

export const COLUMN_ORDER = Object.keys(COLUMNS);

/** May this cell be edited by this person now? */
export function isEditable(gantt, node, key) {
  const editor = COLUMNS[key]?.editor;
  return Boolean(editor) && !gantt.readOnly && !gantt.model.isGone(node) && gantt.model.canEditNode(node) && editor.when(gantt, node);
}
