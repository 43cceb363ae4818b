/** The tool bar: time, what is shown, filter, editing, and the revision the figures belong to. */
import { BaselineMenu } from "./baselines.js";
import { chooseColumns, showKeys } from "./dialogs.js";
import { h, icon } from "./dom.js";
import { exportPlan } from "./exporting.js";
import { ZOOMS } from "./scale.js";

const ONLY = ["all", "late", "critical", "milestones", "open"];
const TOGGLES = ["critical", "baseline", "links", "float"];

export class Toolbar {
  constructor(gantt) {
    this.gantt = gantt;
    const { t } = gantt;
    const tool = (label, act, ...content) =>
      h("button", { class: "gantt-button", type: "button", title: label, "aria-label": label, onclick: act }, ...content);
    const word = (label, act, props = {}) => h("button", { class: "gantt-button", type: "button", onclick: act, ...props }, label);
    this.zooms = Object.keys(ZOOMS).map((name) => word(t(`zoom_${name}`), () => gantt.zoomTo(name), { "data-zoom": name, "aria-pressed": "false" }));
    this.zoomChoice = h("select", { class: "gantt-input gantt-zoom", "aria-label": t("zoom"), onchange: () => gantt.zoomTo(this.zoomChoice.value) },
      ...Object.keys(ZOOMS).map((name) => h("option", { value: name }, t(`zoom_${name}`))));
    this.toggles = TOGGLES.map((name) =>
      h("button", { class: "gantt-button is-toggle", type: "button", "data-toggle": name, title: t(name), "aria-pressed": "false", onclick: () => gantt.toggle(name) },
        h("span", { class: `gantt-key is-${name}`, "aria-hidden": "true" }), h("span", { class: "gantt-word" }, t(name))));
    this.baselines = new BaselineMenu(gantt);
    this.path = h("button", { class: "gantt-button is-toggle", type: "button", title: t("path_hint"), "aria-pressed": "false", onclick: () => gantt.path.toggle() },
      h("span", { class: "gantt-key is-path", "aria-hidden": "true" }), h("span", { class: "gantt-word" }, t("path")));
    this.only = h("select", { class: "gantt-input", "aria-label": t("only"), onchange: () => gantt.showOnly(this.only.value) },
      ...ONLY.map((name) => h("option", { value: name }, t(`only_${name}`))));
    this.filter = h("input", {
      class: "gantt-input gantt-filter", type: "search", placeholder: t("filter"), "aria-label": t("filter"), autocomplete: "off",
      oninput: () => gantt.filterBy(this.filter.value), onkeydown: (event) => this.#filterKey(event),
    });
    this.undo = tool(t("undo"), () => gantt.edits.again("undo"), icon("undo"));
    this.redo = tool(t("redo"), () => gantt.edits.again("redo"), icon("redo"));
    this.add = h("button", { class: "gantt-button", type: "button", onclick: () => gantt.addTask({}) }, icon("add"), h("span", { class: "gantt-word" }, t("add_task")));
    this.outdent = tool(t("outdent"), () => gantt.restructure("outdent"), icon("outdent"));
    this.indent = tool(t("indent"), () => gantt.restructure("indent"), icon("indent"));
    this.remove = tool(t("delete"), () => gantt.deleteChosen(), icon("trash"));
    this.bulk = word("", () => gantt.keyboard.bulk(), { hidden: true, title: t("bulk") });
    this.editing = h("div", { class: "gantt-group", role: "group" }, this.add, this.outdent, this.indent, this.remove, this.undo, this.redo, this.bulk);
    this.full = tool(t("full_screen"), () => gantt.fullScreen(), icon("full"));
    this.revision = h("span", { class: "gantt-revision", role: "status" });
    const group = (...children) => h("div", { class: "gantt-group" }, ...children);
    this.element = h(
      "div",
      { class: "gantt-toolbar", role: "toolbar", "aria-label": t("toolbar") },
      h("div", { class: "gantt-group is-joined", role: "group", "aria-label": t("zoom") }, ...this.zooms),
      this.zoomChoice,
      group(
        tool(t("zoom_out"), () => gantt.zoomBy(1 / 1.4), icon("minus")), tool(t("zoom_in"), () => gantt.zoomBy(1.4), icon("plus")),
        word(t("today"), () => gantt.goToday()), word(t("fit"), () => gantt.fit()),
      ),
      group(...this.toggles, this.path, this.baselines.element),
      group(this.only, this.filter),
      this.editing,
      group(
        tool(t("fold_all"), () => gantt.foldAll(!gantt.isAllFolded), icon("fold")), tool(t("columns"), () => chooseColumns(gantt), icon("columns")),
        Object.assign(tool(t("shortcuts"), () => showKeys(gantt), icon("keys")), { className: "gantt-button is-keys" }), ...this.#export(), this.full,
      ),
    );
  }

  /** Files of the chart; the dialog leads on to the page from which the plan is taken to other tools. */
  #export() {
    const { gantt } = this;
    if (!gantt.hasAttribute("files")) return [];
    return [h("button", { class: "gantt-button is-export", type: "button", onclick: () => exportPlan(gantt) }, icon("export"), h("span", { class: "gantt-word" }, gantt.t("export")))];
  }

  #filterKey(event) {
    if (event.key !== "Escape" && event.key !== "Enter" && event.key !== "ArrowDown") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape" && this.filter.value) {
      this.filter.value = "";
      this.gantt.filterBy("");
      return;
    }
    this.gantt.filterBy(this.filter.value, true);
    this.gantt.grid.element.focus({ preventScroll: true });
  }

  focusFilter() {
    this.filter.focus();
    this.filter.select();
  }

  refresh() {
    const { gantt } = this;
    const { prefs, edits, selection, t } = gantt;
    for (const button of this.zooms) button.setAttribute("aria-pressed", button.dataset.zoom === gantt.scale.name);
    this.full.setAttribute("aria-pressed", gantt.isFull);
    this.zoomChoice.value = gantt.scale.name;
    for (const button of this.toggles) button.setAttribute("aria-pressed", Boolean(prefs.get(button.dataset.toggle)));
    this.path.setAttribute("aria-pressed", gantt.path.isLit);
    this.path.disabled = !gantt.path.isLit && selection.active === null;
    this.only.value = prefs.get("only");
    this.editing.hidden = gantt.readOnly;
    this.undo.disabled = !edits.history.canUndo;
    this.redo.disabled = !edits.history.canRedo;
    const chosen = gantt.chosenTasks().length;
    for (const button of [this.indent, this.outdent, this.remove]) button.disabled = chosen === 0;
    this.bulk.hidden = selection.size < 2;
    this.bulk.textContent = `${t("selected", { n: selection.size })} …`;
  }

  /** "rev 412", "rev 412 ⟳ recomputing · 2 behind", "rev 412 · not live, as of 14:05". */
  showRevision(state = "") {
    const { program } = this.gantt.model;
    const behind = Math.max(0, program.input_revision - program.computed_revision);
    const { t } = this.gantt;
    const isScenario = this.gantt.hasAttribute("scenario");
    const away = state === "offline" || this.gantt.sync?.isCut;
    const text = isScenario ? t("what_if") : t("revision", { n: program.computed_revision });
    const waits = behind ? ` ⟳ ${t(isScenario ? "scenario_waits" : "recomputing", { n: behind })}` : "";
    this.revision.textContent = away ? `${text}${waits} · ${t("not_live", { time: this.gantt.formats.clock(this.gantt.sync.at) })}` : `${text}${waits}`;
    this.revision.classList.toggle("is-behind", behind > 0);
    this.revision.classList.toggle("is-offline", away);
  }
}
