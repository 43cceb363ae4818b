/**
 * The plan as the browser knows it: columns of values by node, with one row per project above its tasks.
 * The server's answer is columnar; so is this, and a delta overwrites single cells. Edits are applied here at once
 * (optimistic) and taken back when the server refuses them.
 */
import { Calendars } from "./calendar.js";
import { farByTask } from "./far-links.js";
import { goneId, goneRows, weave } from "./gone.js";
import { WithLocalEdits } from "./model-edits.js";
import { WithLinks } from "./model-links.js";
import { rollUpProjects } from "./model-projects.js";
import { WithWindows } from "./model-windows.js";
import { Outline } from "./outline.js";

const DEFAULTS = {
  id: null, project: null, parent: null, wbs: "", name: "", version: 0, is_summary: false, is_milestone: false,
  duration: 0, is_elapsed: false, start: null, finish: null, late_start: null, late_finish: null,
  baseline_start: null, baseline_finish: null, total_float: null, free_float: null, critical: false, percent: 0,
  slip_wd: null, slip_cd: null, constraint: 0, constraint_at: null, deadline: null, actual_start: null,
  actual_finish: null, owner: "", who: "", driver: null, calendar: null,
};
/** What people write; the rest is found by the engine. */
const INPUTS = new Set(["name", "duration", "is_milestone", "percent", "constraint", "constraint_at", "deadline", "actual_start",
  "actual_finish", "owner", "calendar", "parent", "project"]);
const COLUMNS = Object.keys(DEFAULTS);
/** What the time line covers. */
const SPANNING = ["start", "finish", "baseline_start", "baseline_finish", "deadline"];

export class GanttModel extends WithWindows(WithLocalEdits(WithLinks(Object))) {
  constructor() {
    super();
    this.outline = new Outline();
    this.load({});
  }

  /** Replace everything by a full payload. */
  load(payload) {
    this.program = payload.program ?? { id: null, name: "", data_date: null, input_revision: 0, computed_revision: 0 };
    this.head = payload.head ?? null;
    this.canEdit = payload.can_edit ?? false;
    this.labels = payload.labels ?? {};
    this.owners = payload.owners ?? [];
    this.projects = payload.projects ?? [];
    this.calendars = new Calendars(payload.calendars ?? [], payload.default_calendar ?? null);
    const tasks = this.openTasks(payload);
    const heads = this.projects.length;
    const count = tasks.id.length;
    this.columns = {};
    for (const name of COLUMNS) {
      const column = new Array(heads).fill(DEFAULTS[name]);
      const given = tasks[name];
      for (let i = 0; i < count; i += 1) column.push(given ? given[i] : DEFAULTS[name]);
      this.columns[name] = column;
    }
    this.projectNode = new Map();
    this.projects.forEach((project, node) => {
      this.projectNode.set(project.id, node);
      this.columns.id[node] = `project:${project.id}`;
      this.columns.project[node] = project.id;
      this.columns.name[node] = project.name;
      this.columns.is_summary[node] = true;
    });
    this.lastVersion = new Map();
    this.node = new Map(this.columns.id.map((id, node) => [id, node]));
    this.sequence = Array.from({ length: heads + count }, (_, node) => node);
    this.gone = new Map();
    this.far = farByTask(payload.far);
    this.links = [];
    if (payload.outline) this.openWindows(payload);
    else this.links = this.linkRows(payload.links);
    this.linksChanged();
    this.#takeGone(payload.gone);
    this.rebuild();
    rollUpProjects(this);
  }

  /** Lay the rows that are not in the plan any more between the others; `gone` replaces those that were there. */
  #takeGone(gone) {
    const old = new Set(this.gone.keys());
    if (old.size) {
      for (const node of old) for (const name of SPANNING) this.columns[name][node] = null;
      for (const node of old) this.node.delete(this.columns.id[node]);
    }
    this.gone = new Map();
    for (const { after, ...values } of goneRows(gone)) {
      if (this.projectNode.has(values.project)) this.gone.set(this.append(values), after);
    }
    this.#weave(this.sequence.filter((node) => !old.has(node)));
    if (old.size || this.gone.size) this.linksChanged();
  }

  #weave(sequence) {
    const nodeOf = (id) => this.node.get(id) ?? this.node.get(goneId(id));
    const rows = [...this.gone].map(([node, after]) => ({
      node, after, parent: this.columns.parent[node], head: this.projectNode.get(this.columns.project[node]),
    }));
    this.sequence = weave(sequence, rows, nodeOf);
  }

  /** Children that are in the plan. */
  livingChildren(node) {
    return this.outline.children(node).filter((child) => !this.gone.has(child));
  }

  /** Not in the plan any more: a row to look at. */
  isGone(node) {
    return this.gone.has(node);
  }

  get size() {
    return this.columns.id.length;
  }

  isProject(node) {
    return node < this.projects.length;
  }

  get(node, column) {
    return this.columns[column][node];
  }

  /** Links of the task to tasks of other programs. */
  farOf(node) {
    return this.far.get(this.columns.id[node]) ?? [];
  }

  calendar(node) {
    return this.calendars.get(this.columns.calendar[node]);
  }

  canEditNode(node) {
    const project = this.projects[this.projectNode.get(this.columns.project[node])];
    return this.canEdit && project?.can_edit !== false && !this.gone.has(node) && this.isHere(node);
  }

  /** A task whose dates follow from an edit of its own: no summary, no project row, not finished. */
  isSchedulable(node) {
    return !this.isProject(node) && !this.gone.has(node) && this.isHere(node) && !this.outline.hasChildren(node) && this.columns.actual_finish[node] === null;
  }

  /** Nearest ancestor whatever the payload's order was. */
  rebuild() {
    const { parent, project } = this.columns;
    const above = (node) => {
      if (this.isProject(node)) return -1;
      const id = parent[node];
      const found = id === null ? undefined : this.node.get(id) ?? this.node.get(goneId(id));
      return found ?? this.projectNode.get(project[node]) ?? -1;
    };
    this.parentNode = parent.map((_, node) => above(node));
    if (this.gone.size) {
      // A task that is no summary any more must not look like one because of what it once held.
      const holds = new Set(this.sequence.filter((node) => !this.gone.has(node)).map((node) => this.parentNode[node]));
      for (const node of this.gone.keys()) {
        let at = this.parentNode[node];
        while (at >= 0 && !this.isProject(at) && !this.gone.has(at) && !holds.has(at)) at = this.parentNode[at];
        this.parentNode[node] = at;
      }
    }
    this.outline.build(this.sequence, this.parentNode);
  }

  /** First and last instant of anything that is drawn. */
  span() {
    let [first, last] = this.isWhole || !this.told ? [Infinity, -Infinity] : this.told;
    for (const name of SPANNING) {
      for (const value of this.columns[name]) {
        if (value === null || value === undefined) continue;
        if (value < first) first = value;
        if (value > last) last = value;
      }
    }
    return first === Infinity ? null : [first, last];
  }

  /**
   * Take in `?since=`: changed rows, removed ids, changed links (`links`, `links_removed`) and, when the outline changed,
   * `order` (all task ids).
   * Returns {moved, restructured} or null when only a full load can tell the truth (an unknown row without `order`).
   */
  applyDelta(delta) {
    const tasks = delta.tasks ?? { id: [] };
    const fresh = tasks.id.some((id, i) => {
      const node = this.node.get(id);
      return node === undefined || (tasks.parent && tasks.parent[i] !== this.columns.parent[node]);
    });
    if (fresh && !delta.order) return null;
    const moved = [];
    tasks.id.forEach((id, i) => {
      let node = this.node.get(id);
      const isNew = node === undefined || !this.isHere(node);
      if (node === undefined) node = this.append({ id });
      const old = !isNew && tasks.version !== undefined && tasks.version[i] < this.columns.version[node];
      const before = [this.columns.start[node], this.columns.finish[node]];
      for (const name of COLUMNS) {
        if (tasks[name] === undefined || (old && (INPUTS.has(name) || name === "version"))) continue;
        this.columns[name][node] = tasks[name][i];
      }
      this.arrived(node);
      if (!isNew && (before[0] !== this.columns.start[node] || before[1] !== this.columns.finish[node])) {
        moved.push({ node, start: before[0], finish: before[1] });
      }
    });
    const removed = new Set((delta.removed ?? []).map((id) => this.node.get(id)).filter((node) => node !== undefined));
    const restructured = fresh || removed.size > 0 || Boolean(delta.order);
    if (removed.size) this.detach(removed);
    if (delta.order) {
      const heads = this.projects.map((_, node) => node);
      this.#weave([...heads, ...delta.order.map((id) => this.node.get(id)).filter((node) => node !== undefined)]);
    }
    const regoned = delta.gone !== undefined && !sameIds(delta.gone.id, this.gone, this.columns.id);
    if (regoned) this.#takeGone(delta.gone);
    if (restructured || regoned) this.rebuild();
    if (delta.links || restructured) this.mergeLinks(delta.links, delta.links_removed ?? []);
    this.driven = null;
    if (delta.far) this.far = farByTask(delta.far);
    if (delta.owners) this.owners = delta.owners;
    if (delta.data_date !== undefined) this.program.data_date = delta.data_date;
    this.program.input_revision = Math.max(this.program.input_revision, delta.input_revision ?? 0);
    this.program.computed_revision = Math.max(this.program.computed_revision, delta.computed_revision ?? 0);
    rollUpProjects(this);
    return { moved, restructured: restructured || regoned };
  }

  append(values) {
    const node = this.size;
    for (const name of COLUMNS) this.columns[name].push(values[name] ?? DEFAULTS[name]);
    this.node.set(values.id, node);
    return node;
  }

  detach(nodes) {
    for (const node of nodes) {
      this.lastVersion.set(this.columns.id[node], this.columns.version[node]);
      for (const name of SPANNING) this.columns[name][node] = null;
      this.arrived(node);
    }
    this.sequence = this.sequence.filter((node) => !nodes.has(node));
    for (const node of nodes) this.node.delete(this.columns.id[node]);
  }

  get dataDate() {
    const text = this.program.data_date;
    if (!text) return null;
    return typeof text === "number" ? text : Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / 60000;
  }
}

function sameIds(ids, gone, column) {
  const known = new Set([...gone.keys()].map((node) => column[node]));
  return ids.length === gone.size && ids.every((id) => known.has(goneId(id)));
}

