/** A cell turned into a field: Enter and Tab keep, Escape takes back, a click elsewhere keeps. */
import { BadValue, COLUMNS, isEditable } from "./columns.js";
import { relinkTo } from "./commands.js";
import { h, toast } from "./dom.js";

export class CellEditor {
  constructor(gantt) {
    this.gantt = gantt;
    this.input = null;
  }

  get isOpen() {
    return this.input !== null;
  }

  /** Edit a cell of the active row; says why when it can not be edited. */
  open(id, key) {
    const { gantt } = this;
    this.close(true);
    const node = gantt.model.node.get(id);
    if (node === undefined || !COLUMNS[key]) return false;
    if (!isEditable(gantt, node, key)) {
      const summary = gantt.model.outline.hasChildren(node) && COLUMNS[key].editor && !gantt.readOnly;
      gantt.announce(gantt.t(summary ? "summary_dates" : "read_only"));
      return false;
    }
    gantt.reveal(id);
    gantt.revealColumn(key);
    gantt.renderNow();
    const cell = gantt.grid.cell(id, key);
    if (!cell) return false;
    const { editor } = COLUMNS[key];
    const value = editor.value(gantt, node);
    const label = `${gantt.t(key)}: ${gantt.model.get(node, "name")}`;
    const input = editor.type === "select"
      ? h("select", { class: "gantt-editor", "aria-label": label }, ...editor.options(gantt).map(([one, text]) => h("option", { value: one }, text)))
      : h("input", { class: "gantt-editor", type: editor.type, "aria-label": label, autocomplete: "off", spellcheck: "false" });
    input.value = value;
    Object.assign(this, { id, key, input, was: value });
    input.addEventListener("keydown", (event) => this.#key(event));
    input.addEventListener("blur", () => this.close(true) || this.close(false));
    cell.append(input);
    cell.classList.add("is-editing");
    input.focus({ preventScroll: true });
    input.select?.();
    return true;
  }

  #key(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      this.close(false);
    } else if (event.key === "Enter" || event.key === "Tab") {
      event.preventDefault();
      const { id, key } = this;
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
    if (!this.input) return true;
    const { gantt, input, key, was } = this;
    const node = gantt.model.node.get(this.id) ?? gantt.model.node.get(gantt.edits.aliases.get(this.id));
    const value = input.value;
    let commands = [];
    if (keep && value !== was && node !== undefined) {
      try {
        commands = this.#commands(node, value);
      } catch (error) {
        if (!(error instanceof BadValue)) throw error;
        toast("bad", error.message);
        gantt.announce(error.message);
        input.setAttribute("aria-invalid", "true");
        input.focus({ preventScroll: true });
        return false;
      }
    }
    this.input = null;
    const cell = input.parentElement;
    const hadFocus = document.activeElement === input;
    input.remove();
    cell?.classList.remove("is-editing");
    if (hadFocus) gantt.grid.element.focus({ preventScroll: true });
    if (commands.length) gantt.edits.run(commands, gantt.t(key));
    return true;
  }

  #commands(node, value) {
    const { gantt, key } = this;
    const id = gantt.model.get(node, "id");
    const { editor } = COLUMNS[key];
    const set = editor.parse(gantt, node, value);
    if (editor.links) return relinkTo(gantt.model, id, set);
    return [{ op: "update", task: id, set, show: editor.show?.(gantt, value) }];
  }
}
