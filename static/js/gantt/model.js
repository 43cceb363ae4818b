/**
 * The plan as the browser knows it: columns of values by node, with one row per project above its tasks.
 * The server's answer is columnar; so is this, and a delta overwrites single cells. Edits are applied here at once
 * (optimistic) and taken back when the server refuses them.
 */
import { Calendars } from "./calendar.js";
import { goneId, goneRows, weave } from "./gone.js";
import { LinkNetwork } from "./network.js";
import { Outline } from "./outline.js";
import { WORK_DAY, dayOf } from "./time.js";

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
const SNET = 4;
/** Fields of the server whose columns are called otherwise here. */
export const COLUMN_OF = { percent_complete: "percent", responsible: "owner" };

export class GanttModel {
  constructor() {
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
    const tasks = payload.tasks ?? { id: [] };
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
    this.#setLinks(payload.links);
    this.#takeGone(payload.gone);
    this.rebuild();
    this.#rollUpProjects();
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
      if (this.projectNode.has(values.project)) this.gone.set(this.#append(values), after);
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

  calendar(node) {
    return this.calendars.get(this.columns.calendar[node]);
  }

  canEditNode(node) {
    const project = this.projects[this.projectNode.get(this.columns.project[node])];
    return this.canEdit && project?.can_edit !== false && !this.gone.has(node);
  }

  /** A task whose dates follow from an edit of its own: no summary, no project row, not finished. */
  isSchedulable(node) {
    return !this.isProject(node) && !this.gone.has(node) && !this.outline.hasChildren(node) && this.columns.actual_finish[node] === null;
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

  #setLinks(links) {
    this.links = linkRows(links);
    this.linksChanged();
  }

  /** Put changed and new links in the place of those they were, in the order of their ids; take away what is gone. */
  #mergeLinks(links, removed) {
    const fresh = linkRows(links);
    const out = new Set([...removed, ...fresh.map((link) => link.id)]);
    const kept = this.links.filter((link) => !out.has(link.id) && this.node.has(link.pred) && this.node.has(link.succ));
    this.links = [...kept, ...fresh].sort((a, b) => a.id - b.id);
    this.linksChanged();
  }

  /** Make the network again; links to tasks that are not here are kept out of it. */
  linksChanged() {
    const known = this.links.filter((link) => this.node.has(link.pred) && this.node.has(link.succ));
    this.drawn = known;
    this.network = new LinkNetwork(
      this.size,
      Int32Array.from(known, (link) => this.node.get(link.pred)),
      Int32Array.from(known, (link) => this.node.get(link.succ)),
      known.map((link) => link.kind),
      known.map((link) => link.lag),
    );
    this.driven = null;
  }

  link(id) {
    return this.links.find((link) => link.id === id) ?? null;
  }

  /** Node of the driving predecessor, or -1. */
  driver(node) {
    return this.node.get(this.columns.driver[node]) ?? -1;
  }

  chain(node) {
    if (!this.driven) {
      this.driven = new Map();
      for (let i = 0; i < this.size; i += 1) {
        const by = this.driver(i);
        if (by >= 0) this.driven.get(by)?.push(i) ?? this.driven.set(by, [i]);
      }
    }
    return this.network.chain(node, (at) => this.driver(at), (at) => this.driven.get(at) ?? []);
  }

  /** First and last instant of anything that is drawn. */
  span() {
    let first = Infinity;
    let last = -Infinity;
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
      const isNew = node === undefined;
      if (isNew) node = this.#append({ id });
      const old = !isNew && tasks.version !== undefined && tasks.version[i] < this.columns.version[node];
      const before = [this.columns.start[node], this.columns.finish[node]];
      for (const name of COLUMNS) {
        if (tasks[name] === undefined || (old && (INPUTS.has(name) || name === "version"))) continue;
        this.columns[name][node] = tasks[name][i];
      }
      if (!isNew && (before[0] !== this.columns.start[node] || before[1] !== this.columns.finish[node])) {
        moved.push({ node, start: before[0], finish: before[1] });
      }
    });
    const removed = new Set((delta.removed ?? []).map((id) => this.node.get(id)).filter((node) => node !== undefined));
    const restructured = fresh || removed.size > 0 || Boolean(delta.order);
    if (removed.size) this.#detach(removed);
    if (delta.order) {
      const heads = this.projects.map((_, node) => node);
      this.#weave([...heads, ...delta.order.map((id) => this.node.get(id)).filter((node) => node !== undefined)]);
    }
    const regoned = delta.gone !== undefined && !sameIds(delta.gone.id, this.gone, this.columns.id);
    if (regoned) this.#takeGone(delta.gone);
    if (restructured || regoned) this.rebuild();
    if (delta.links || restructured) this.#mergeLinks(delta.links, delta.links_removed ?? []);
    this.driven = null;
    if (delta.owners) this.owners = delta.owners;
    if (delta.data_date !== undefined) this.program.data_date = delta.data_date;
    this.program.input_revision = Math.max(this.program.input_revision, delta.input_revision ?? 0);
    this.program.computed_revision = Math.max(this.program.computed_revision, delta.computed_revision ?? 0);
    this.#rollUpProjects();
    return { moved, restructured: restructured || regoned };
  }

  #append(values) {
    const node = this.size;
    for (const name of COLUMNS) this.columns[name].push(values[name] ?? DEFAULTS[name]);
    this.node.set(values.id, node);
    return node;
  }

  #detach(nodes) {
    for (const node of nodes) {
      this.lastVersion.set(this.columns.id[node], this.columns.version[node]);
      for (const name of SPANNING) this.columns[name][node] = null;
    }
    this.sequence = this.sequence.filter((node) => !nodes.has(node));
    for (const node of nodes) this.node.delete(this.columns.id[node]);
  }

  /** Apply inputs of an edit; returns the cells as they were, for `restore`. */
  applySet(id, set) {
    const node = this.node.get(id);
    if (node === undefined) return null;
    const { columns } = this;
    const saved = {};
    const put = (name, value) => {
      if (!(name in saved)) saved[name] = columns[name][node];
      columns[name][node] = value;
    };
    for (const [name, value] of Object.entries(set)) {
      const column = COLUMN_OF[name] ?? name;
      if (column in columns) put(column, value);
    }
    if (!this.outline.hasChildren(node)) {
      const calendar = this.calendar(node);
      if (set.duration !== undefined && columns.start[node] !== null) {
        put("finish", this.finishAfter(node, columns.start[node], set.duration));
      }
      const start = set.actual_start ?? (set.constraint === SNET ? set.constraint_at : undefined);
      if (start !== undefined && start !== null) {
        put("start", columns.duration[node] > 0 ? calendar.nextWorking(start) : start);
        put("finish", this.finishAfter(node, columns.start[node], columns.duration[node]));
      }
      if (set.percent_complete === 100 && columns.actual_finish[node] === null) put("actual_finish", columns.finish[node]);
    }
    return { id, saved };
  }

  restore({ id, saved }) {
    const node = this.node.get(id);
    if (node === undefined) return;
    for (const [name, value] of Object.entries(saved)) this.columns[name][node] = value;
  }

  finishAfter(node, start, duration) {
    if (this.columns.is_elapsed[node]) return start + duration;
    return duration > 0 ? this.calendar(node).addWorking(start, duration) : start;
  }

  /** A new row after `after` (id) below `parent` (id or null) of a project; returns its node. */
  insert({ id, project, parent, after, name, version = 1 }) {
    const beside = this.node.get(after);
    const start = this.columns.start[beside] ?? this.#projectStart(project);
    const node = this.#append({
      id, project, parent, name, version, duration: WORK_DAY, start,
      finish: start === null ? null : this.calendars.standard.addWorking(start, WORK_DAY),
    });
    this.#place(node, parent, after);
    return node;
  }

  #projectStart(project) {
    return this.columns.start[this.projectNode.get(project)] ?? this.calendars.standard.nextWorking(this.dataDate ?? 0);
  }

  /** Put a node behind the subtree of its new elder sibling (or first below its parent). */
  #place(node, parent, after) {
    this.columns.parent[node] = parent;
    const { outline } = this;
    const sequence = this.sequence.filter((other) => other !== node);
    const elder = after === null ? undefined : this.node.get(after);
    const above = parent === null ? this.projectNode.get(this.columns.project[node]) : this.node.get(parent);
    const anchor = elder ?? above ?? -1;
    const within = elder !== undefined && outline.position[elder] >= 0 ? outline.subtree(elder).at(-1) : anchor;
    sequence.splice(sequence.indexOf(within === node ? anchor : within) + 1, 0, node);
    this.sequence = sequence;
    this.rebuild();
    this.linksChanged();
  }

  move(id, parent, after) {
    const node = this.node.get(id);
    if (node === undefined) return;
    this.#place(node, parent, after);
  }

  /** A temporary id becomes the server's. */
  rename(was, id, version) {
    const node = this.node.get(was);
    if (node === undefined) return;
    this.node.delete(was);
    this.node.set(id, node);
    this.columns.id[node] = id;
    this.columns.version[node] = version;
    for (let i = 0; i < this.size; i += 1) if (this.columns.parent[i] === was) this.columns.parent[i] = id;
    for (const link of this.links) {
      if (link.pred === was) link.pred = id;
      if (link.succ === was) link.succ = id;
    }
  }

  /** Take rows with everything below them out of sight. */
  remove(ids) {
    const nodes = new Set();
    for (const id of ids) for (const node of this.outline.subtree(this.node.get(id))) nodes.add(node);
    this.#detach(nodes);
    this.links = this.links.filter((link) => this.node.has(link.pred) && this.node.has(link.succ));
    this.rebuild();
    this.linksChanged();
  }

  get dataDate() {
    const text = this.program.data_date;
    if (!text) return null;
    return typeof text === "number" ? text : Date.parse(`${text.slice(0, 10)}T00:00:00Z`) / 60000;
  }

  /** Dates of a project row: the earliest start and latest finish of its tasks, percent weighted by duration. */
  #rollUpProjects() {
    const { columns, outline } = this;
    const sums = ["start", "finish", "baseline_start", "baseline_finish", "total_float"];
    for (let head = 0; head < this.projects.length; head += 1) {
      for (const name of sums) columns[name][head] = null;
      let work = 0;
      let done = 0;
      let critical = false;
      for (const node of outline.position[head] >= 0 ? outline.subtree(head) : []) {
        if (node === head || outline.hasChildren(node) || this.gone.has(node)) continue;
        for (const name of ["start", "baseline_start", "total_float"]) lower(columns[name], head, node);
        for (const name of ["finish", "baseline_finish"]) upper(columns[name], head, node);
        work += columns.duration[node];
        done += columns.duration[node] * columns.percent[node];
        critical = critical || columns.critical[node];
      }
      columns.percent[head] = work > 0 ? done / work : 0;
      columns.critical[head] = critical;
      const finish = columns.finish[head];
      const planned = columns.baseline_finish[head];
      const calendar = this.calendars.standard;
      const known = finish !== null && planned !== null;
      columns.duration[head] = finish === null ? 0 : calendar.workingBetween(columns.start[head], finish);
      columns.slip_wd[head] = known ? Math.round((calendar.workingBetween(planned, finish) / WORK_DAY) * 10) / 10 : null;
      columns.slip_cd[head] = known ? dayOf(finish) - dayOf(planned) : null;
    }
  }
}

function sameIds(ids, gone, column) {
  const known = new Set([...gone.keys()].map((node) => column[node]));
  return ids.length === gone.size && ids.every((id) => known.has(goneId(id)));
}

/** Columns of links as rows. */
function linkRows(links) {
  const rows = links ?? { id: [] };
  return rows.id.map((id, i) => ({
    id, pred: rows.pred[i], succ: rows.succ[i], kind: rows.kind[i], lag: rows.lag?.[i] ?? 0, version: rows.version?.[i] ?? 0,
  }));
}

function lower(column, head, node) {
  const value = column[node];
  if (value !== null && (column[head] === null || value < column[head])) column[head] = value;
}

function upper(column, head, node) {
  const value = column[node];
  if (value !== null && (column[head] === null || value > column[head])) column[head] = value;
}
