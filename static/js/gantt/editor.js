/** A cell turned into a field: Enter and Tab keep, Escape takes back, a click elsewhere keeps. */
import { BadValue } from "./bad-value.js";
import { COLUMNS, isEditable } from "./columns.js";
import { relinkTo } from "./commands.js";
import { toast } from "./dom.js";
import { fieldOf } from "./fields.js";

export class CellEditor {
  constructor(gantt) {
    this.gantt = gantt;
    this.field = null;
    this.waiting = null;
  }

  get isOpen() {
    return this.field !== null;
  }

  /** Edit a cell of the active row; says why when it can not be edited. */
  open(id, key) {
    const { gantt } = this;
    this.close(true);
    this.waiting = null;
    const node = gantt.model.node.get(id);
    if (node === undefined || !COLUMNS[key]) return false;
    if (!isEditable(gantt, node, key)) {
      const summary = gantt.model.outline.hasChildren(node) && COLUMNS[key].editor && !gantt.readOnly;
      gantt.announce(gantt.t(summary ? "summary_dates" : "read_only"));
      return false;
    }
    const { editor } = COLUMNS[key];
    if (editor.links && !this.gantt.model.isWhole) {
      this.gantt.loader.whole("loading_links").then(() => this.gantt.selection.active === id && this.open(id, key));
      return false;
    }
    if (editor.prepare) this.#prepare(id, key, node, editor);
    else this.#show(id, key, node, null);
    return true;
  }

  /** Some cells must be asked of the server first; another cell opened meanwhile wins. */
  async #prepare(id, key, node, editor) {
    const wish = { id, key };
    this.waiting = wish;
    try {
      const known = await editor.prepare(this.gantt, node);
      if (this.waiting === wish && this.gantt.selection.active === id) this.#show(id, key, this.gantt.model.node.get(id) ?? node, known);
    } catch (error) {
      toast("bad", error instanceof BadValue ? error.message : this.gantt.t("offline_read"));
    }
  }

  #show(id, key, node, known) {
    const { gantt } = this;
    gantt.reveal(id);
    gantt.revealColumn(key);
    gantt.renderNow();
    const cell = gantt.grid.cell(id, key);
    if (!cell) return;
    const { editor } = COLUMNS[key];
    const field = fieldOf(
      editor.field?.(gantt) ?? { type: editor.type, suggestions: editor.suggestions?.(gantt, known) ?? [] },
      { class: "gantt-editor", "aria-label": `${gantt.t(key)}: ${gantt.model.get(node, "name")}`, "data-day-label": gantt.t("constraint_day") },
    );
    field.value = editor.value(gantt, node);
    Object.assign(this, { id, key, field, known, was: field.value, version: gantt.model.get(node, "version"), input: field.inputs[0] });
    field.element.addEventListener("keydown", (event) => this.#key(event));
    field.element.addEventListener("focusout", (event) => {
      if (!field.inputs.includes(event.relatedTarget) && this.field === field) this.close(true) || this.close(false);
    });
    field.element.classList.add("is-field");
    cell.append(field.element);
    cell.classList.add("is-editing");
    this.input.focus({ preventScroll: true });
    this.input.select?.();
  }

  #key(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.close(false);
    } else if (event.key === "Enter" || event.key === "Tab") {
      const { id, key, field } = this;
      const beside = field.inputs[field.inputs.indexOf(event.target) + (event.shiftKey ? -1 : 1)];
      if (event.key === "Tab" && beside && !beside.hidden) return;
      event.preventDefault();
      if (!this.close(true)) return;
      const step = event.shiftKey ? -1 : 1;
      if (event.key === "Enter") this.gantt.stepRow(step, { keepColumn: true });
      else this.#next(id, key, step);
    }
  }

  /** Tab goes on to the next editable cell of the row. */
  #next(id, key, step) {
    const { gantt } = this;
    const keys = gantt.grid.columns;
    const node = gantt.model.node.get(id) ?? gantt.model.node.get(gantt.selection.active);
    for (let at = keys.indexOf(key) + step; at >= 0 && at < keys.length; at += step) {
      if (node !== undefined && isEditable(gantt, node, keys[at])) {
        gantt.selection.column = keys[at];
        this.open(gantt.model.get(node, "id"), keys[at]);
        return;
      }
    }
  }

  /** Close, keeping the value or not; false when the value is not understood (the field stays). */
  close(keep) {
    if (!this.field) return true;
    const { gantt, field, key, was } = this;
    const node = gantt.model.node.get(this.id) ?? gantt.model.node.get(gantt.edits.aliases.get(this.id));
    const { value } = field;
    let commands = [];
    if (keep && value !== was && node !== undefined) {
      try {
        commands = this.#commands(node, value);
      } catch (error) {
        if (!(error instanceof BadValue)) throw error;
        toast("bad", error.message);
        gantt.announce(error.message);
        for (const input of field.inputs) input.setAttribute("aria-invalid", "true");
        this.input.focus({ preventScroll: true });
        return false;
      }
    }
    this.field = null;
    const cell = field.element.parentElement;
    const hadFocus = field.inputs.includes(document.activeElement);
    field.element.remove();
    cell?.classList.remove("is-editing");
    if (hadFocus) gantt.grid.element.focus({ preventScroll: true });
    if (commands.length) gantt.edits.run(commands, gantt.t(key));
    return true;
  }

  #commands(node, value) {
    const { gantt, key, known, was } = this;
    const id = gantt.model.get(node, "id");
    const { editor } = COLUMNS[key];
    // Somebody else's value came in while this one was typed: the server is told what the person saw, and asks.
    const overtaken = !editor.commands && !editor.links && editor.value(gantt, node) !== was ? { version: this.version, asks: true } : {};
    if (editor.commands) return editor.commands(gantt, node, value, known);
    const set = editor.parse(gantt, node, value);
    if (editor.links) return relinkTo(gantt.model, id, set);
    return [{ op: "update", task: id, set, ...overtaken }];
  }
}
