/**
 * The table: a treegrid of which only the rows in sight exist. Rows are pooled; a row element keeps its place
 * (row number modulo pool size), so a scroll of three rows rebinds three elements.
 */
import { COLUMNS, isEditable } from "./columns.js";
import { h, icon } from "./dom.js";
import { farWords } from "./far-links.js";
import { markOf } from "./paint-scenario.js";

let grids = 0;

export class Grid {
  constructor(gantt) {
    this.gantt = gantt;
    this.uid = `gantt${(grids += 1)}`;
    this.pool = [];
    this.stamp = 0;
    this.columns = [];
    this.head = h("div", { role: "row", class: "gantt-head", "aria-rowindex": "1" });
    this.rows = h("div", { role: "rowgroup", class: "gantt-rows" });
    this.element = h(
      "div",
      { role: "treegrid", class: "gantt-grid", tabindex: "0", "aria-multiselectable": "true", "aria-label": gantt.t("gantt") },
      h("div", { role: "rowgroup", class: "gantt-headgroup" }, this.head),
      h("div", { role: "presentation", class: "gantt-body" }, this.rows),
    );
    this.pane = h("div", { class: "gantt-pane" }, this.element);
  }

  /** Make the header for the chosen columns; all row elements are made anew. */
  setColumns(keys) {
    const { t, prefs } = this.gantt;
    this.columns = keys;
    this.head.replaceChildren(
      ...keys.map((key, index) =>
        h(
          "div",
          { role: "columnheader", class: `gantt-cell gantt-head-cell is-${COLUMNS[key].align ?? "start"}`, "aria-colindex": index + 1, "data-key": key },
          h("span", { class: "gantt-text" }, t(key)),
          h("span", { class: "gantt-grip", "data-resize": key, "aria-hidden": "true" }),
        ),
      ),
    );
    this.widths = Object.fromEntries(keys.map((key) => [key, prefs.get("widths")[key] ?? COLUMNS[key].width]));
    this.#applyWidths();
    this.rows.replaceChildren();
    this.pool = [];
    this.element.setAttribute("aria-colcount", keys.length);
  }

  setWidth(key, width) {
    this.widths[key] = Math.round(Math.min(700, Math.max(40, width)));
    this.#applyWidths();
  }

  /** Width of the whole columns that fit into `room` px, so that none is cut; `room` when not even the name fits. */
  widthWithin(room) {
    let [whole, sum] = [0, 0];
    for (const key of this.columns) {
      sum += this.widths[key];
      if (sum > room) break;
      if (whole || key === "name") whole = sum;
    }
    return whole || room;
  }

  #applyWidths() {
    const widths = this.columns.map((key) => this.widths[key]);
    this.width = widths.reduce((sum, width) => sum + width, 0);
    this.element.style.setProperty("--gantt-columns", widths.map((width) => `${width}px`).join(" "));
    this.element.style.width = `max(100%, ${this.width}px)`;
  }

  /** Everything shown may have changed. */
  invalidate() {
    this.stamp += 1;
  }

  /** Show rows [first, last) of the outline for a scroll offset in px. */
  update(first, last, scrollTop) {
    const { gantt } = this;
    const { rowHeight, model } = gantt;
    const count = last - first;
    while (this.pool.length < count) this.#grow();
    const size = this.pool.length;
    this.rows.style.transform = `translateY(${-scrollTop}px)`;
    const total = model.outline.rows.length;
    for (let row = first; row < first + size; row += 1) {
      const slot = this.pool[row % size];
      if (row >= total) {
        if (slot.row !== -1) {
          slot.row = -1;
          slot.element.hidden = true;
        }
        continue;
      }
      if (slot.row === row && slot.stamp === this.stamp) continue;
      if (slot.row !== row) {
        slot.element.style.transform = `translateY(${row * rowHeight}px)`;
        if (slot.row === -1) slot.element.hidden = false;
      }
      slot.row = row;
      slot.stamp = this.stamp;
      this.#bind(slot, model.outline.rows[row]);
    }
    this.#pointAtActive();
  }

  #grow() {
    const cells = this.columns.map((key, index) => {
      const text = h("span", { class: "gantt-text" });
      const props = {
        role: key === "name" ? "rowheader" : "gridcell", "aria-colindex": index + 1, "data-key": key,
        class: `gantt-cell is-${COLUMNS[key].align ?? "start"}${key === "name" ? " gantt-name" : ""}`,
      };
      if (key !== "name") return { key, text, element: h("div", props, text), was: "", tone: "", title: "" };
      const fold = h("span", { class: "gantt-fold", "aria-hidden": "true" });
      const open = h("button", { class: "gantt-open", type: "button", tabindex: "-1" }, icon("open"));
      return { key, text, fold, open, element: h("div", props, fold, text, open), was: "", tone: "", title: "" };
    });
    const element = h("div", { role: "row", class: "gantt-row" }, ...cells.map((cell) => cell.element));
    this.rows.append(element);
    this.pool.push({ element, cells, row: -2, stamp: -1, classes: "" });
    for (const slot of this.pool) slot.stamp = -1;
  }

  #bind(slot, node) {
    const { gantt } = this;
    const { model, selection, t } = gantt;
    const { outline } = model;
    const { element } = slot;
    const id = model.get(node, "id");
    const parent = outline.hasChildren(node);
    const folded = parent && gantt.isFolded(node);
    const pending = gantt.isPending(node);
    const active = selection.active === id;
    const classes = ["gantt-row"];
    if (model.isProject(node)) classes.push("is-project");
    else if (parent) classes.push("is-summary");
    if (model.isGone(node)) classes.push("is-gone");
    const here = model.isHere(node);
    if (!here) classes.push("is-loading");
    if (selection.has(id)) classes.push("is-selected");
    if (active) classes.push("is-active");
    if (outline.isContext(node)) classes.push("is-context");
    const mark = markOf(gantt, id);
    if (mark) classes.push(mark);
    if (pending) classes.push("is-pending");
    if (gantt.inChain(node)) classes.push("in-chain");
    if (gantt.path.isDim(node)) classes.push("is-dim");
    if (gantt.linkMode?.target === id) classes.push("is-target");
    const joined = classes.join(" ");
    if (slot.classes !== joined) {
      slot.classes = joined;
      element.className = joined;
    }
    element.id = `${this.uid}-row${slot.row}`;
    element.dataset.task = id;
    element.setAttribute("aria-rowindex", slot.row + 2);
    element.setAttribute("aria-level", outline.depth[node] + 1);
    element.setAttribute("aria-selected", selection.has(id));
    if (parent) element.setAttribute("aria-expanded", !folded);
    else element.removeAttribute("aria-expanded");
    const far = here ? farWords(gantt, node).join(". ") : "";
    if (far) element.setAttribute("aria-description", far);
    else element.removeAttribute("aria-description");
    if (here === Boolean(slot.waits)) {
      slot.waits = !here;
      if (here) for (const name of ["aria-busy", "aria-label"]) element.removeAttribute(name);
      else for (const [name, value] of [["aria-busy", "true"], ["aria-label", t("loading_row")]]) element.setAttribute(name, value);
    }
    for (const cell of slot.cells) {
      const column = COLUMNS[cell.key];
      const value = here ? column.text(gantt, node) : "";
      if (cell.was !== value) {
        cell.was = value;
        cell.text.textContent = value;
      }
      const tone = `${(here && column.tone?.(gantt, node)) || ""}${column.computed && pending ? " is-waiting" : ""}${active && selection.column === cell.key ? " is-current" : ""}`;
      if (cell.tone !== tone) {
        cell.tone = tone;
        const base = `gantt-cell is-${column.align ?? "start"}${cell.key === "name" ? " gantt-name" : ""}`;
        cell.element.className = tone ? `${base} ${tone.trim().replace(/^(late|early|critical)/, "is-$1")}` : base;
      }
      const title = (here && column.title?.(gantt, node)) || (cell.key === "finish" ? gantt.wasText(node) : "") || (value.length > 14 ? value : "");
      if (cell.title !== title) {
        cell.title = title;
        if (title) cell.element.title = title;
        else cell.element.removeAttribute("title");
      }
      cell.element.setAttribute("aria-readonly", !isEditable(gantt, node, cell.key));
      cell.element.id = `${element.id}-${cell.key}`;
      if (cell.fold) {
        cell.element.style.setProperty("--depth", outline.depth[node]);
        cell.fold.className = parent ? `gantt-fold ${folded ? "is-folded" : "is-unfolded"}` : "gantt-fold";
        cell.open.hidden = model.isProject(node) || model.isGone(node) || !here;
        cell.open.setAttribute("aria-label", t("open", { name: value }));
      }
    }
  }

  /** The focus stays on the grid; the active row or cell is named by id. */
  #pointAtActive() {
    const { selection, model } = this.gantt;
    const row = model.outline.rowOf[model.node.get(selection.active) ?? -1] ?? -1;
    const slot = row >= 0 ? this.pool[row % this.pool.length] : null;
    if (slot && slot.row === row) {
      const id = selection.column ? `${slot.element.id}-${selection.column}` : slot.element.id;
      if (this.element.getAttribute("aria-activedescendant") !== id) this.element.setAttribute("aria-activedescendant", id);
    } else {
      this.element.removeAttribute("aria-activedescendant");
    }
  }

  /** The element of a cell in sight, or null. */
  cell(id, key) {
    const row = this.gantt.model.outline.rowOf[this.gantt.model.node.get(id) ?? -1] ?? -1;
    const slot = row >= 0 ? this.pool[row % this.pool.length] : null;
    return slot && slot.row === row ? slot.cells.find((cell) => cell.key === key)?.element ?? null : null;
  }
}
