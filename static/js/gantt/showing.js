/** What of the plan is shown: rows after filter and folds, columns, revision, the chain of the selected task. */
import { COLUMNS } from "./columns.js";
import { h } from "./dom.js";
import { columnsFor } from "./prefs.js";

export const WithShowing = (Base) =>
  class extends Base {
    /** Something of the model changed; `rows` when the outline did. */
    changed(rows = false) {
      this.findChain();
      if (rows || this.filtering) this.arrange();
      this.refreshGrid();
      this.toolbar.refresh();
      this.showRevision();
    }

    refreshGrid() {
      this.grid.invalidate();
      this.requestFrame();
    }

    arrange() {
      const { model } = this;
      const only = this.prefs.get("only");
      const words = this.filterText.trim().toLowerCase();
      const path = this.path.only ? this.path.nodes : null;
      const wanted = Boolean(words) || only !== "all" || path !== null;
      // A filter over a part of the plan would leave out what matches and is not here yet.
      this.filtering = wanted && model.isWhole;
      if (wanted && !model.isWhole) this.loader.isAwaited("loading_filter");
      const leaf = (node) => !model.isProject(node) && !model.outline.hasChildren(node) && !model.isGone(node);
      const passes = {
        all: () => true,
        late: (node) => leaf(node) && model.get(node, "slip_wd") > 0,
        critical: (node) => leaf(node) && model.get(node, "critical"),
        milestones: (node) => leaf(node) && model.get(node, "is_milestone"),
        open: (node) => leaf(node) && (model.get(node, "percent") ?? 0) < 100,
      }[only] ?? (() => true);
      const says = (node) => ["name", "wbs", "owner", "who"].some((name) => String(model.get(node, name) ?? "").toLowerCase().includes(words));
      // Rows that are gone belong to the baseline's bars and go with them; a what-if always says what it deletes.
      const ghosts = this.prefs.get("baseline") || this.hasAttribute("scenario");
      const hides = model.gone.size > 0 && !ghosts;
      const shown = (node) => passes(node) && (!words || says(node)) && (!path || path.has(node)) && !(hides && model.isGone(node));
      model.outline.arrange((node) => this.isFolded(node), this.filtering || hides ? shown : null);
      this.grid.element.setAttribute("aria-rowcount", model.outline.rows.length + 1);
      this.sayNothing();
      this.fitSizer();
    }

    sayNothing() {
      const { model } = this;
      this.dataset.state = model.sequence.length > model.projects.length ? "ready" : "empty";
      const none = model.outline.rows.length === 0;
      const empty = this.dataset.state === "empty" && !this.filtering;
      this.nothing.hidden = !none && !empty;
      if (!none && !empty) return;
      if (empty) {
        this.nothing.replaceChildren(this.emptySlot ?? h("p", {}, h("strong", {}, this.t("empty")), " ", this.t("empty_hint")));
      } else {
        const clear = () => {
          this.toolbar.filter.value = "";
          this.prefs.set("only", "all");
          this.filterBy("");
          this.toolbar.refresh();
        };
        this.nothing.replaceChildren(h("p", {}, this.t("no_match")), h("button", { class: "gantt-button", type: "button", onclick: clear }, this.t("clear_filter")));
      }
    }

    filterBy(text, say = false) {
      this.filterText = text;
      this.editor.close(true);
      this.changed(true);
      this.requestFrame();
      if (say && this.model.isWhole) this.announce(this.t("rows", { n: this.model.outline.rows.length }));
    }

    showOnly(name) {
      this.prefs.set("only", name);
      this.editor.close(true);
      this.changed(true);
      if (this.model.isWhole) this.announce(this.t("rows", { n: this.model.outline.rows.length }));
    }

    toggle(name) {
      this.prefs.set(name, !this.prefs.get(name));
      if (name === "baseline" && this.model.gone.size) this.changed(true);
      this.toolbar.refresh();
      this.requestFrame();
    }

    /** Keys of the columns in their order: the chosen ones, else those for which there is room. */
    get columnKeys() {
      return this.prefs.get("columns") ?? columnsFor(this.clientWidth);
    }

    showColumns() {
      const columns = this.columnKeys.filter((key) => key in COLUMNS);
      this.grid.setColumns(this.clientWidth < 700 ? columns.filter((key) => key !== "wbs") : columns);
      if (!this.grid.columns.includes(this.selection.column)) this.selection.column = null;
      this.measure();
      this.refreshGrid();
    }

    showRevision(state = "") {
      const { program } = this.model;
      this.dataset.inputRevision = program.input_revision;
      this.dataset.computedRevision = program.computed_revision;
      this.toolbar.showRevision(state);
      this.refreshGrid();
    }

    /** The selection changed: light the driving chain, tell the page. */
    selected() {
      this.findChain();
      this.refreshGrid();
      this.toolbar.refresh();
      this.dispatchEvent(new CustomEvent("gantt-select", { bubbles: true, detail: { ids: [...this.selection.ids] } }));
    }

    /** The chain that is lit: the pinned path, else that of the selected task. */
    findChain() {
      const { selection, model } = this;
      this.chain = this.path.find();
      if (this.chain) return;
      const node = selection.size === 1 && model.isWhole ? model.node.get(selection.active) : undefined;
      this.chain = node === undefined || model.isProject(node) ? null : model.chain(node);
      if (this.chain && !this.chain.up.size && !this.chain.down.size) this.chain = null;
    }

    inChain(node) {
      return this.chain?.up.has(node) ?? false;
    }

    focusLink(number) {
      this.linkFocus = number;
      this.requestFrame();
    }

    previewed(node) {
      return this.preview?.get(node) ?? null;
    }

    /** The line of a link in the making, in canvas px. */
    linkDraft() {
      const { drag, linkMode } = this;
      if (drag?.kind === "link" && drag.started) {
        const x1 = drag.end === "link-finish" ? drag.box.x + drag.box.width : drag.box.x;
        return { x1, y1: drag.box.y + drag.box.height / 2, x2: drag.to.x, y2: drag.to.y, target: drag.target?.box, refused: drag.refused };
      }
      if (!linkMode?.target) return null;
      const from = this.canvas.box(this.model.node.get(linkMode.from));
      const to = this.canvas.box(this.model.node.get(linkMode.target));
      if (!from || !to) return null;
      const end = (box, side) => (side === "F" ? box.x + box.width : box.x);
      return {
        x1: end(from, linkMode.kind[0]), y1: from.y + from.height / 2, x2: end(to, linkMode.kind[1]), y2: to.y + to.height / 2, target: to,
        refused: this.interaction.refusal(linkMode.from, linkMode.target, linkMode.kind) !== null,
      };
    }
  };
