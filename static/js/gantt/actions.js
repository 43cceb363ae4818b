/** What the person does to the plan, each as one list of commands. */
import { BadValue } from "./bad-value.js";
import { MOST_AT_ONCE, bulkCommands } from "./bulk.js";
import { applyLocally, indent, outdent, topmost } from "./commands.js";
import { confirm } from "./dialogs.js";
import { toast } from "./dom.js";
import { farWords } from "./far-links.js";
import { isEditable } from "./columns.js";

export const WithActions = (Base) =>
  class extends Base {
    canEditCell(id, key) {
      const node = this.model.node.get(id);
      return node !== undefined && isEditable(this, node, key);
    }

    /** Tasks of the selection, or the active one. */
    chosenTasks() {
      const { selection, model } = this;
      const ids = selection.size ? [...selection.ids] : selection.active === null ? [] : [selection.active];
      return ids.filter((id) => model.node.has(id) && !model.isProject(model.node.get(id)) && !model.isGone(model.node.get(id)));
    }

    openTask(id) {
      const node = this.model.node.get(id);
      if (this.hasAttribute("scenario") && typeof id === "number") {
        toast("info", this.t("scenario_no_details"));
        return;
      }
      if (node === undefined || typeof id === "string") {
        if (node !== undefined) this.fold(id);
        return;
      }
      this.dispatchEvent(new CustomEvent("open-task", { bubbles: true, detail: { id, name: this.model.get(node, "name") } }));
    }

    /** Do some of these rows have no values yet? Then the rest of the plan is awaited, and `again` done after it. */
    waitsFor(ids, again = () => {}) {
      if (ids.every((id) => this.model.isHere(this.model.node.get(id)))) return false;
      this.loader.whole().then(again);
      return true;
    }

    /** A new task behind the active row (or below it), its name open for editing. */
    async addTask({ below = false } = {}) {
      const { model, selection } = this;
      if (this.readOnly) return;
      const node = model.node.get(selection.active) ?? model.outline.order[0];
      if (node === undefined || !model.canEditNode(node)) return;
      const inside = below || model.isProject(node);
      const last = inside ? model.livingChildren(node).at(-1) : node;
      const command = {
        op: "create",
        project: model.get(node, "project"),
        parent: inside ? (model.isProject(node) ? null : model.get(node, "id")) : model.get(node, "parent"),
        after: last === undefined ? null : model.get(last, "id"),
        name: this.t("new_task"),
        temporary: this.edits.temporaryId(),
      };
      this.folded.delete(model.get(inside ? node : Math.max(0, model.outline.parent[node]), "id"));
      const saved = this.edits.run([command], this.t("add_task"));
      this.goTo(command.temporary);
      this.selection.column = "name";
      if (await saved) {
        const id = this.edits.aliases.get(command.temporary);
        if (this.selection.active === id && !this.editor.isOpen) this.editor.open(id, "name");
      }
    }

    async deleteChosen() {
      if (this.readOnly) return;
      if (this.linkFocus !== null) {
        const link = this.model.drawn[this.linkFocus];
        this.focusLink(null);
        if (link && typeof link.id === "number") this.edits.run([{ op: "unlink", link: link.id }], this.t("unlinked"));
        return;
      }
      const { model } = this;
      const chosen = this.chosenTasks();
      if (this.waitsFor(chosen, () => this.deleteChosen())) return;
      const ids = topmost(model, chosen).filter((id) => model.canEditNode(model.node.get(id)));
      if (!ids.length) return;
      const first = model.node.get(ids[0]);
      const name = model.get(first, "name");
      const count = ids.reduce((sum, id) => sum + model.outline.subtree(model.node.get(id)).length, 0);
      if (count > 1) {
        const question = ids.length === 1 ? this.t("confirm_delete_one", { name }) : this.t("confirm_delete", { n: ids.length });
        if ((await confirm(this, question)) !== "yes") return;
      }
      const row = this.rowOf(ids[0]);
      const label = count === 1 ? this.t("deleted_one", { name }) : this.t("deleted", { n: count });
      const done = this.edits.run(ids.map((id) => ({ op: "delete", task: id })), label);
      this.goToRow(row);
      if (await done) toast("info", label, { label: this.t("undo"), run: () => this.edits.again("undo") });
    }

    /** Indent, outdent or reorder the chosen rows; `how`: a function of commands.js or its name. */
    restructure(how) {
      const { model } = this;
      if (this.readOnly || this.waitsFor(this.chosenTasks(), () => this.restructure(how))) return;
      const make = how === "indent" ? indent : how === "outdent" ? outdent : how;
      const commands = [];
      let ids = topmost(model, this.chosenTasks()).filter((id) => typeof id === "number" && model.canEditNode(model.node.get(id)));
      const probe = ids.length > 1 ? make(model, ids[0]) : null;
      if (make === outdent || (probe && probe.after !== null && make !== indent && this.rowOf(probe.after) > this.rowOf(ids[0]))) ids = ids.reverse();
      for (const id of ids) {
        const command = make(model, id);
        if (!command) continue;
        applyLocally(model, [command]);
        commands.push(command);
      }
      if (!commands.length) return;
      for (const { parent } of commands) if (parent !== null) this.folded.delete(parent);
      this.edits.run(commands, "", { applied: { revert: () => {}, whole: true } });
      this.reveal(this.selection.active);
    }

    linkTasks(pred, succ, kind) {
      const { model } = this;
      const name = (id) => model.get(model.node.get(id), "name");
      const label = this.t("linked", { pred: name(pred), succ: name(succ), kind });
      this.edits.run([{ op: "link", pred, succ, kind, lag: 0 }], label);
      this.announce(label);
    }

    /** Any number of fields ({field: text}) of many tasks, in one change and one revision. */
    async bulkEdit(ids, values) {
      const { t } = this;
      if (ids.length > MOST_AT_ONCE) {
        toast("bad", t("bulk_most", { n: MOST_AT_ONCE }));
        return;
      }
      let made;
      try {
        made = bulkCommands(this, ids, values);
      } catch (error) {
        if (!(error instanceof BadValue)) throw error;
        toast("bad", error.message);
        return;
      }
      const { commands, left } = made;
      const label = left ? t("bulk_done_left", { n: commands.length, left }) : t("bulk_done", { n: commands.length });
      if (!commands.length) toast("info", label);
      else if (await this.edits.run(commands, label)) toast("ok", label, { label: t("undo"), run: () => this.edits.again("undo") });
    }

    /** Lines of the tool tip of a bar. */
    describe(node) {
      const { model, formats, t } = this;
      const get = (name) => model.get(node, name);
      const dates = get("is_milestone") ? formats.finish(get("finish"), "long") : `${formats.long(get("start"))} – ${formats.finish(get("finish"), "long")}`;
      const lines = [get("name"), `${dates} · ${formats.duration(get("duration"), get("is_elapsed"))} · ${formats.percent(get("percent"))}`];
      if (get("baseline_finish") !== null) {
        lines.push(`${t("baseline_finish")} ${formats.finish(get("baseline_finish"), "long")} · ${t("slippage")} ${formats.slip(get("slip_wd"))}`);
      }
      if (!model.isProject(node) && get("total_float") !== null) {
        lines.push(`${t("total_float")} ${formats.duration(get("total_float"))}${get("critical") ? ` · ${t("critical_task")}` : ""}`);
      }
      if (model.driver(node) >= 0) lines.push(`${t("driver")} ${model.get(model.driver(node), "name")}`);
      if (get("constraint")) lines.push(`${t(`constraint_${get("constraint")}`)} ${formats.long(get("constraint_at"))}`);
      if (get("deadline") !== null) {
        lines.push(`${t("deadline")} ${formats.finish(get("deadline"), "long")}${get("finish") > get("deadline") ? ` · ${t("late_deadline")}` : ""}`);
      }
      if (get("owner")) lines.push(`${t("owner")} ${get("owner")}`);
      return [...lines, ...farWords(this, node)];
    }
  };
