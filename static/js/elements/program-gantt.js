/**
 * <program-gantt src edit program [readonly]>: the plan of a program as a virtualised treegrid beside one canvas.
 *
 * Attributes: `src` (GET, columnar JSON; `?since=M` gives a delta), `edit` (POST of commands), `program` (id of its live
 * events), `paths` (address of a task's float paths, with 0 for its id), `readonly`. A child `[data-slot=empty]` is shown when there are no tasks.
 * Events: `open-task` {id, name}, `gantt-ready`, `gantt-results` {computed_revision}, `gantt-select` {ids}; toasts go to
 * document as `tpm:toast`. Hooks: `rectOf(id)`, `cellOf(id, column)`, `reveal(id)`, `revision`, `whenIdle()`.
 */
import { WithActions } from "../gantt/actions.js";
import { PlanApi } from "../gantt/api.js";
import { sourceOf } from "../gantt/baselines.js";
import { ChartCanvas } from "../gantt/canvas.js";
import { h } from "../gantt/dom.js";
import { CellEditor } from "../gantt/editor.js";
import { Edits } from "../gantt/edits.js";
import { Formats } from "../gantt/format.js";
import { WithFrames } from "../gantt/frames.js";
import { Grid } from "../gantt/grid.js";
import { Interaction } from "../gantt/interaction.js";
import { Keyboard } from "../gantt/keyboard.js";
import { LitPath } from "../gantt/lit-path.js";
import { FIRST_ROWS, Loader } from "../gantt/loading.js";
import { GanttModel } from "../gantt/model.js";
import { WithNavigation } from "../gantt/navigation.js";
import { ghostsOf } from "../gantt/paint-scenario.js";
import { Preferences } from "../gantt/prefs.js";
import { TimeScale } from "../gantt/scale.js";
import { Selection } from "../gantt/selection.js";
import { WithShowing } from "../gantt/showing.js";
import { translator } from "../gantt/strings.js";
import { Sync } from "../gantt/sync.js";
import { watchTheme } from "../gantt/theme.js";
import { Toolbar } from "../gantt/toolbar.js";

const HEAD_HEIGHT = 50;
/** After a pause in scrolling the row on top is remembered with the page, so that reload and Back return to it. */
const PLACE_MS = 300;

/** The task that the address names: of an open drawer, or at the end of a lit path. */
function addressed() {
  const query = new URLSearchParams(location.search);
  return query.get("task") ?? query.get("path");
}

/** Id of the task whose rows are wanted first; null: those on top. */
function anchorOf() {
  const id = Number(addressed() ?? history.state?.ganttRow ?? NaN);
  return Number.isInteger(id) && id > 0 ? id : null;
}

export class ProgramGantt extends WithActions(WithShowing(WithFrames(WithNavigation(HTMLElement)))) {
  connectedCallback() {
    if (this.model) return this.#resume();
    this.emptySlot = this.querySelector("[data-slot=empty]");
    this.model = new GanttModel();
    this.scale = new TimeScale();
    this.selection = new Selection();
    this.formats = new Formats(document.documentElement.lang || "en");
    this.prefs = new Preferences(this.getAttribute("program") ?? "");
    this.api = new PlanApi(sourceOf(this.getAttribute("src"), this.prefs), this.getAttribute("edit"));
    this.folded = new Set(this.prefs.get("folded"));
    Object.assign(this, {
      t: translator(), filterText: "", filtering: false, hover: null, drag: null, preview: null, primary: new Set(), chain: null,
      isTouched: false, linkMode: null, linkFocus: null, pending: new Set(), flashes: new Map(), was: new Map(),
      viewTop: 0, viewLeft: 0, viewWidth: 0, viewHeight: 0, rowHeight: 32, headHeight: HEAD_HEIGHT, frame: 0,
    });
    this.classList.add("gantt");
    this.dataset.state = "loading";
    this.replaceChildren(this.#message("loading"));
    this.#start();
    return undefined;
  }

  disconnectedCallback() {
    this.sync?.stop();
    this.loader?.stop();
    this.path?.stop();
    this.unwatch?.();
    this.resizer?.disconnect();
    cancelAnimationFrame(this.frame);
    this.frame = 0;
  }

  #resume() {
    if (!this.sync) return;
    this.#watch();
    this.sync.start();
    this.path.start();
    this.sync.pull();
    this.measure();
  }

  async #start() {
    try {
      const payload = await this.api.open(FIRST_ROWS, anchorOf());
      if (!this.isConnected) return;
      this.t = translator(payload.labels);
      this.formats.wd = this.t("wd");
      this.#build();
      this.takePlan(payload, true);
      this.sync.expect(); // results that came while the plan was on its way are not told again
    } catch (error) {
      this.dataset.state = "error";
      this.replaceChildren(this.#message("load_failed", h("button", { class: "gantt-button", type: "button", onclick: () => this.#start() }, this.t("retry"))));
      if (!(error instanceof TypeError) && error.name !== "EditRefused") throw error;
    }
  }

  #message(key, ...more) {
    const skeleton = key === "loading" ? h("div", { class: "gantt-skeleton", "aria-hidden": "true" }) : null;
    return h("div", { class: "gantt-message", role: "status" }, h("p", {}, this.t(key)), skeleton, ...more);
  }

  #build() {
    this.grid = new Grid(this);
    this.canvas = new ChartCanvas(this);
    this.loader = new Loader(this);
    this.edits = new Edits(this);
    this.sync = new Sync(this);
    this.editor = new CellEditor(this);
    this.path = new LitPath(this);
    this.toolbar = new Toolbar(this);
    this.split = h("div", { class: "gantt-split", role: "separator", tabindex: "0", "aria-orientation": "vertical", "aria-label": this.t("columns") });
    this.nothing = h("div", { class: "gantt-nothing", hidden: true });
    this.note = h("div", { class: "gantt-working is-loading", hidden: true }, h("span", { class: "gantt-spinner", "aria-hidden": "true" }), h("span"));
    this.view = h("div", { class: "gantt-view" }, this.grid.pane, this.split, h("div", { class: "gantt-chart" }, this.canvas.element), this.toolbar.revision, this.note, this.nothing);
    this.sizer = h("div", { class: "gantt-sizer" }, this.view);
    this.scroller = h("div", { class: "gantt-scroll" }, this.sizer);
    this.hint = h("div", { class: "gantt-hint", hidden: true, "aria-hidden": "true" });
    this.speaker = h("div", { class: "gantt-spoken", "aria-live": "polite", role: "log" });
    const help = h("p", { class: "gantt-spoken", id: `${this.grid.uid}-help` }, this.t("gantt_help"));
    this.grid.element.setAttribute("aria-describedby", help.id);
    this.replaceChildren(this.toolbar.element, this.path.legend, this.scroller, this.hint, this.speaker, help);
    this.interaction = new Interaction(this);
    this.keyboard = new Keyboard(this);
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.watchSplit();
    this.#watch();
    this.sync.start();
    this.path.start();
    this.showColumns();
  }

  #watch() {
    this.resizer = new ResizeObserver(() => this.measure());
    this.resizer.observe(this.scroller);
    this.unwatch = watchTheme(() => {
      this.canvas.refreshTheme();
      this.requestFrame();
    });
  }

  // ---- data -------------------------------------------------------------------------------------------------------

  /** Take in a whole plan; on a later one selection, folds, scroll and zoom stay, and moved bars flash. */
  takePlan(payload, first) {
    const before = first ? null : new Map([...this.model.node].map(([id, node]) => [id, [this.model.get(node, "start"), this.model.get(node, "finish")]]));
    const known = this.model.program.input_revision;
    this.loader.stop();
    this.model.load(payload);
    this.scenarioGhosts = ghostsOf(payload);
    this.toolbar.baselines.take(payload.baselines);
    this.model.program.input_revision = Math.max(this.model.program.input_revision, first ? 0 : known);
    Object.assign(this, { hover: null, linkFocus: null });
    this.selection.keep((id) => this.model.node.has(id));
    this.edits.reapply();
    const moved = [];
    if (before) {
      for (const [id, node] of this.model.node) {
        const [start, finish] = before.get(id) ?? [this.model.get(node, "start"), this.model.get(node, "finish")];
        if (start !== this.model.get(node, "start") || finish !== this.model.get(node, "finish")) moved.push({ node, start, finish });
      }
    }
    this.#tookResults(moved, !first);
    this.measure();
    if (first) this.#open();
    this.loader.begin();
    if (first) this.path.follow();
    if (!this.model.isWhole) this.arrange(); // a remembered filter says that it waits
    this.dispatchEvent(new CustomEvent(first ? "gantt-ready" : "gantt-results", { bubbles: true, detail: { computed_revision: this.revision } }));
  }

  /** Some rows came that were on their way: their place was there already. */
  tookRows() {
    this.refreshGrid();
  }

  /** Every row is here: what waited for the whole plan happens now. */
  tookAll() {
    this.changed(true);
    this.setRange(false);
    if (this.path.isLit) this.announce(this.path.words.textContent);
    this.dispatchEvent(new CustomEvent("gantt-whole", { bubbles: true }));
  }

  /** Take in results since the last; null when the whole plan must be fetched. */
  takeDelta(delta) {
    const result = this.model.applyDelta(delta);
    if (!result) return null;
    this.toolbar.baselines.take(delta.baselines);
    this.selection.keep((id) => this.model.node.has(id));
    this.edits.reapply();
    this.#tookResults(result.moved, true);
    this.dispatchEvent(new CustomEvent("gantt-results", { bubbles: true, detail: { computed_revision: this.revision } }));
    return result;
  }

  #tookResults(moved, flash) {
    if (!this.isBehind && !this.edits.busy) this.pending.clear();
    if (flash && !matchMedia("(prefers-reduced-motion: reduce)").matches) {
      const at = performance.now();
      for (const { node } of moved) this.flashes.set(node, { at });
    }
    for (const { node, finish } of moved) if (finish !== this.model.get(node, "finish")) this.was.set(this.model.get(node, "id"), finish);
    this.changed(true);
    this.setRange(false);
    this.showRevision();
  }

  /** First view: the remembered zoom at the data date, or the whole plan from its start. */
  #open() {
    const zoom = this.prefs.get("zoom");
    if (zoom) {
      this.scale.zoom(zoom);
      this.setRange(true);
      this.goToday();
    } else {
      this.fit();
      if (this.scale.pxPerDay < 1) {
        this.scale.zoom(3.6);
        this.setRange(true);
        this.scroller.scrollLeft = Math.max(0, this.scale.x(this.model.span()?.[0] ?? 0) - 24);
      }
      this.prefs.set("zoom", null);
    }
    this.toolbar.refresh();
    this.#goToAnchor();
  }

  /** To the task that the address names, else to the row at which this page was left. */
  #goToAnchor() {
    const named = this.idOf(addressed() ?? "");
    if (this.model.node.has(named)) {
      this.selection.only(named);
      this.selected();
      this.reveal(named, { bar: true });
      return;
    }
    const row = this.rowOf(history.state?.ganttRow);
    if (row > 0) this.scroller.scrollTop = row * this.rowHeight;
  }

  #scrolled() {
    this.requestFrame();
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => {
      const { rows } = this.model.outline;
      const ganttRow = rows.length ? this.model.get(rows[Math.min(rows.length - 1, Math.round(this.scroller.scrollTop / this.rowHeight))], "id") : null;
      if (this.isConnected) history.replaceState({ ...history.state, ganttRow }, "");
    }, PLACE_MS);
  }

  get readOnly() {
    return this.hasAttribute("readonly") || !this.getAttribute("edit") || !this.model.canEdit;
  }

  /** Is an edit by mouse or keys in the making? Its nodes must not be renumbered meanwhile. */
  get isDragging() {
    return this.drag !== null || this.keyboard.draft !== null;
  }

  get isBehind() {
    return this.model.program.input_revision > this.model.program.computed_revision;
  }

  /** Revision of the figures that are shown. */
  get revision() {
    return this.model.program.computed_revision;
  }

  /** An edit will move these and all that follows them; until results come their figures are dimmed, not blank. */
  markPending(ids) {
    if (!this.model.isWhole) return; // what follows is not known yet: all rows are dimmed
    const nodes = ids.map((id) => this.model.node.get(id)).filter((node) => node !== undefined);
    for (const node of this.model.network.reach(nodes, this.model.parentNode)) this.pending.add(this.model.get(node, "id"));
  }

  clearPending() {
    if (!this.isBehind) this.pending.clear();
  }

  /** Is this row's figure older than its inputs? After somebody else's edit we can not know which are not. */
  isPending(node) {
    return this.pending.size ? this.pending.has(this.model.get(node, "id")) : this.isBehind;
  }

  wasText(node) {
    const finish = this.was.get(this.model.get(node, "id"));
    return finish === undefined || finish === null ? "" : this.t("was", { date: this.formats.finish(finish, "long") });
  }

  /** A new task got its id. */
  renamed(was, id) {
    if (this.editor.id === was) this.editor.id = id;
    if (this.pending.delete(was)) this.pending.add(id);
    this.changed(true);
  }

  // ---- words and hooks --------------------------------------------------------------------------------------------

  announce(text) {
    this.speaker.textContent = "";
    this.speaker.textContent = text;
  }

  /** A strip at the foot that says what the keys do now. */
  showHint(lines, keys = true) {
    this.hint.hidden = !lines;
    if (lines) this.hint.replaceChildren(...lines.filter(Boolean).map((line) => h("span", {}, line)), h("span", { class: "gantt-hint-keys" }, this.linkMode || !keys ? "" : this.t("hint_nudge")));
  }

  /** Box of a task's bar in viewport px, or null when its row or dates are not in sight. */
  rectOf(id) {
    this.renderNow();
    const box = this.canvas.boxes.get(this.model.node.get(id));
    if (!box) return null;
    const origin = this.canvas.element.getBoundingClientRect();
    return new DOMRect(origin.left + box.x, origin.top + box.y, box.width, box.height);
  }

  cellOf(id, key) {
    this.renderNow();
    return this.grid.cell(id, key);
  }

  /** Resolves when no edit waits for its answer and the figures are those of the last edit. */
  async whenIdle() {
    await this.edits.queue;
    while (this.isBehind || this.edits.busy) await new Promise((resolve) => setTimeout(resolve, 30));
  }
}

customElements.define("program-gantt", ProgramGantt);
