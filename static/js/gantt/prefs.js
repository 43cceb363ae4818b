/** What the person chose – columns, widths, zoom, toggles, folds – remembered per program in this browser. */

const DEFAULT = {
  zoom: null,
  paneWidth: null,
  /** null: as many useful ones as there is room for (columnsFor). */
  columns: null,
  widths: {},
  critical: true,
  baseline: true,
  shownBaseline: null,
  links: true,
  float: true,
  only: "all",
  folded: [],
  exported: { kind: "pdf", rows: "shown", time: "span", paper: "a3" },
};

const WIDE = ["wbs", "name", "duration", "start", "finish", "slippage", "total_float", "percent", "predecessors", "who"];
const NARROW = ["name", "duration", "finish", "slippage", "percent", "start", "total_float", "predecessors", "who", "wbs"];

/** The columns of a person who has not chosen any, for a chart of `width` px: what matters most first where there is little room. */
export const columnsFor = (width) => (width < 1300 ? NARROW : WIDE);

export class Preferences {
  constructor(program, storage = globalThis.localStorage) {
    this.key = `tpm.gantt.${program}`;
    this.storage = storage;
    this.values = structuredClone(DEFAULT);
    try {
      Object.assign(this.values, JSON.parse(storage?.getItem(this.key) ?? "{}"));
    } catch {
      this.storage = null;
    }
    this.timer = null;
  }

  get(name) {
    return this.values[name];
  }

  set(name, value) {
    this.values[name] = value;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), 250);
  }

  save() {
    try {
      this.storage?.setItem(this.key, JSON.stringify(this.values));
    } catch {
      this.storage = null;
    }
  }
}
