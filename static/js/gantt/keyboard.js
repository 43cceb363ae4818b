/** The keys: everything the mouse can do. The focus is on the treegrid, the active row or cell is named by id. */
import { chooseColumns, editMany, showKeys } from "./dialogs.js";
import { BarDraft } from "./draft.js";
import { indent, outdent, reorder } from "./commands.js";
import { toast } from "./dom.js";
import { exportPlan } from "./exporting.js";
import { DAY, WORK_DAY } from "./time.js";

const KINDS = ["FS", "SS", "FF", "SF"];
/** A nudge by keys is kept after this pause, at once with Enter, never with Escape. */
const NUDGE_MS = 900;

export class Keyboard {
  constructor(gantt) {
    this.gantt = gantt;
    this.draft = null;
    this.timer = null;
    gantt.grid.element.addEventListener("keydown", (event) => this.#key(event));
    gantt.grid.element.addEventListener("focus", () => this.#focus());
    gantt.grid.element.addEventListener("blur", () => this.settle(true));
  }

  #focus() {
    const { selection, model } = this.gantt;
    if (selection.active === null && model.outline.rows.length) {
      selection.active = model.get(model.outline.rows[0], "id");
      this.gantt.refreshGrid();
    }
  }

  #key(event) {
    if (event.isComposing || event.target.closest?.(".gantt-editor")) return;
    const handled = event.altKey && !event.ctrlKey ? this.#alt(event)
      : (event.ctrlKey || event.metaKey) && !event.getModifierState("AltGraph") ? this.#control(event) : this.#plain(event);
    if (handled === false) return;
    event.preventDefault();
    event.stopPropagation();
  }

  #alt(event) {
    const along = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const across = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (along === undefined && across === undefined) return false;
    if (this.gantt.readOnly) {
      this.gantt.announce(this.gantt.t("read_only"));
    } else if (event.shiftKey) {
      this.settle(true);
      this.gantt.restructure(along !== undefined ? (along > 0 ? indent : outdent) : (model, id) => reorder(model, id, -across));
    } else if (along !== undefined) {
      this.#nudge("move", along);
    } else {
      this.#nudge("resize", across);
    }
    return true;
  }

  /** Shift, resize or progress of the chosen tasks, step by step, kept after a pause. */
  #nudge(kind, step) {
    const { gantt } = this;
    if (this.draft?.kind !== kind) {
      this.settle(true);
      if (gantt.waitsFor(gantt.chosenTasks())) return;
      const ids = [gantt.selection.active, ...gantt.selection.ids].filter((id, i, all) => id !== null && all.indexOf(id) === i);
      const draft = new BarDraft(gantt, kind, gantt.selection.has(gantt.selection.active) ? ids : ids.slice(0, 1));
      if (draft.isEmpty) {
        const node = gantt.model.node.get(gantt.selection.active);
        const summary = node !== undefined && gantt.model.outline.hasChildren(node);
        gantt.announce(gantt.t(summary ? "summary_dates" : "read_only"));
        return;
      }
      this.draft = draft;
    }
    const { draft } = this;
    draft.days += step;
    if (kind === "move") draft.moveBy((start, calendar) => calendar.shiftDays(start, draft.days));
    else if (kind === "resize") {
      draft.resizeBy((duration, node) => duration + draft.days * (gantt.model.get(node, "is_elapsed") ? DAY : WORK_DAY));
    } else draft.progressTo((percent) => Math.round((percent + draft.days * 5) / 5) * 5);
    gantt.reveal(gantt.selection.active);
    gantt.announce(draft.describe().filter(Boolean).join(". "));
    gantt.showHint(draft.describe());
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.settle(true), NUDGE_MS);
  }

  /** Keep (or drop) the nudge that still waits. */
  settle(keep) {
    clearTimeout(this.timer);
    const { draft } = this;
    if (!draft) return false;
    this.draft = null;
    draft.close(keep);
    this.gantt.showHint(null);
    return true;
  }

  #control(event) {
    const { gantt } = this;
    const key = event.key.toLowerCase();
    if (key === "z" || key === "y") {
      if (this.settle(key === "y")) return true;
      gantt.edits.again(key === "y" || event.shiftKey ? "redo" : "undo");
    } else if (key === "a") {
      gantt.selection.ids = new Set(gantt.rowIds());
      gantt.selected();
    } else if (event.key === "Home" || event.key === "End") {
      gantt.goToRow(event.key === "Home" ? 0 : Infinity, event.shiftKey);
    } else if (event.key === "ArrowLeft" || event.key === "ArrowRight") {
      gantt.scroller.scrollLeft += (event.key === "ArrowLeft" ? -0.25 : 0.25) * gantt.canvas.width;
    } else if (event.key === " ") {
      gantt.selection.toggle(gantt.selection.active);
      gantt.selected();
    } else return false;
    return true;
  }

  #plain(event) {
    const { gantt } = this;
    if (gantt.linkMode && this.#linking(event)) return true;
    const action = this.#moves(event) ?? this.#views(event.key) ?? this.#changes(event);
    if (action === null) return false;
    action();
    return true;
  }

  #moves({ key, shiftKey }) {
    const { gantt } = this;
    const page = Math.max(1, Math.floor(gantt.bodyHeight / gantt.rowHeight) - 1);
    const rows = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[key];
    if (rows) return () => gantt.stepRow(rows, { extend: shiftKey, keepColumn: true });
    if (key === "ArrowRight" || key === "ArrowLeft") return () => this.#sideways(key === "ArrowRight" ? 1 : -1);
    if (key === "Home" || key === "End") {
      return () => {
        const { columns } = gantt.grid;
        gantt.selectColumn(key === "Home" ? columns[0] : columns.at(-1));
      };
    }
    return null;
  }

  /** On a row: unfold, fold, go to the parent; then along its cells. */
  #sideways(step) {
    const { gantt } = this;
    const { selection, model, grid } = gantt;
    const node = model.node.get(selection.active);
    if (node === undefined) return;
    if (selection.column === null) {
      const parent = model.outline.hasChildren(node);
      if (step > 0 && parent && gantt.isFolded(node)) gantt.fold(selection.active, false);
      else if (step > 0) gantt.selectColumn(grid.columns[0]);
      else if (parent && !gantt.isFolded(node)) gantt.fold(selection.active, true);
      else if (model.outline.parent[node] >= 0) gantt.goTo(model.get(model.outline.parent[node], "id"));
      return;
    }
    const at = grid.columns.indexOf(selection.column) + step;
    if (at < 0) gantt.selectColumn(null);
    else if (at < grid.columns.length) gantt.selectColumn(grid.columns[at]);
  }

  #views(key) {
    const { gantt } = this;
    const zoom = { 1: "day", 2: "week", 3: "month", 4: "quarter" }[key];
    if (zoom) return () => gantt.zoomTo(zoom);
    const toggle = { c: "critical", b: "baseline", k: "links", f: "float" }[key.toLowerCase()];
    if (toggle) return () => gantt.toggle(toggle);
    const views = {
      0: () => gantt.fit(), t: () => gantt.goToday(), T: () => gantt.goToday(), "/": () => gantt.toolbar.focusFilter(),
      "<": () => gantt.zoomBy(1 / 1.4), ">": () => gantt.zoomBy(1.4), o: () => chooseColumns(gantt), O: () => chooseColumns(gantt),
      x: () => exportPlan(gantt), X: () => exportPlan(gantt), z: () => gantt.fullScreen(), Z: () => gantt.fullScreen(),
      w: () => gantt.path.toggle(), W: () => gantt.path.toggle(),
      "?": () => showKeys(gantt), "+": () => gantt.fold(gantt.selection.active, false), "-": () => gantt.fold(gantt.selection.active, true),
      "*": () => gantt.foldAll(false),
    };
    return views[key] ?? null;
  }

  #changes({ key, shiftKey }) {
    const { gantt } = this;
    const { selection } = gantt;
    const actions = {
      Enter: () => {
        if (this.settle(true)) return;
        if (selection.column && gantt.canEditCell(selection.active, selection.column)) gantt.editor.open(selection.active, selection.column);
        else if (selection.active !== null) gantt.openTask(selection.active);
      },
      F2: () => gantt.editor.open(selection.active, selection.column ?? "name"),
      " ": () => {
        if (selection.active === null) return;
        if (selection.has(selection.active) && selection.size === 1) selection.ids.clear();
        else selection.only(selection.active, selection.column);
        gantt.selected();
      },
      Escape: () => this.#escape(),
      Insert: () => gantt.addTask({ below: shiftKey }),
      Delete: () => gantt.deleteChosen(),
      "[": () => this.#nudge("progress", -1),
      "]": () => this.#nudge("progress", 1),
      l: () => this.#startLink(),
      e: () => this.bulk(),
    };
    return actions[key] ?? actions[key.length === 1 ? key.toLowerCase() : key] ?? null;
  }

  #escape() {
    const { gantt } = this;
    if (this.settle(false)) return;
    if (gantt.drag) gantt.interaction.cancel();
    else if (gantt.linkFocus !== null) gantt.focusLink(null);
    else if (gantt.selection.column) gantt.selectColumn(null);
    else if (gantt.path.isLit) gantt.path.out();
    else if (gantt.selection.size) {
      gantt.selection.ids.clear();
      gantt.selected();
    } else if (gantt.isFull) gantt.fullScreen();
    else gantt.dispatchEvent(new CustomEvent("gantt-escape", { bubbles: true }));
  }

  #startLink() {
    const { gantt } = this;
    const id = gantt.selection.active;
    const node = gantt.model.node.get(id);
    if (node === undefined || gantt.readOnly || gantt.model.isProject(node) || gantt.model.isGone(node)) {
      gantt.announce(gantt.t("read_only"));
      return;
    }
    gantt.linkMode = { from: id, target: null, kind: "FS" };
    const text = gantt.t("link_from", { name: gantt.model.get(node, "name"), kind: "FS" });
    gantt.announce(text);
    gantt.showHint([text]);
    gantt.refreshGrid();
  }

  #linking({ key }) {
    const { gantt } = this;
    const { linkMode } = gantt;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }[key];
    if (step) {
      gantt.stepRow(step, {});
      linkMode.target = gantt.selection.active === linkMode.from ? null : gantt.selection.active;
    } else if (key.toLowerCase() === "t") {
      linkMode.kind = KINDS[(KINDS.indexOf(linkMode.kind) + 1) % 4];
    } else if (key === "Enter" || key === "Escape") {
      gantt.linkMode = null;
      gantt.showHint(null);
      if (key === "Enter" && linkMode.target !== null) {
        const refused = gantt.interaction.refusal(linkMode.from, linkMode.target, linkMode.kind);
        if (refused) toast("bad", refused);
        if (refused) gantt.announce(refused);
        else gantt.linkTasks(linkMode.from, linkMode.target, linkMode.kind);
      }
      gantt.goTo(linkMode.from);
      return true;
    } else return false;
    const name = gantt.model.get(gantt.model.node.get(linkMode.target ?? linkMode.from), "name");
    const text = gantt.t("link_pick", { kind: gantt.t(`kind_${linkMode.kind}`), name });
    gantt.announce(text);
    gantt.showHint([text, gantt.t("link_from", { name: gantt.model.get(gantt.model.node.get(linkMode.from), "name"), kind: linkMode.kind })]);
    gantt.refreshGrid();
    return true;
  }

  /** One dialog, one revision, many tasks. */
  async bulk() {
    const { gantt } = this;
    const ids = gantt.chosenTasks();
    if (!ids.length || gantt.readOnly || gantt.waitsFor(ids, () => this.bulk())) return;
    const values = await editMany(gantt, ids.length);
    if (values) await gantt.bulkEdit(ids, values);
  }
}
