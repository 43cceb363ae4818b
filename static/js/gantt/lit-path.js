/**
 * "Driving path to …": one task's driving chain stays lit whatever is selected, all else steps back, until Escape. It is in
 * the address (`?path=12`), so a link to it shows the same; a legend above the table names it.
 */
import { h, icon } from "./dom.js";

export class LitPath {
  constructor(gantt) {
    this.gantt = gantt;
    this.target = null;
    this.only = false;
    /** Nodes of the path, null when none is lit. */
    this.nodes = null;
    const { t } = gantt;
    this.words = h("span", { class: "gantt-legend-words" });
    this.paths = h("a", { class: "gantt-button" }, t("float_paths"));
    this.paths.hidden = !gantt.hasAttribute("paths");
    this.filter = h("button", { class: "gantt-button", type: "button", "aria-pressed": "false", onclick: () => this.showOnly(!this.only) }, t("path_only"));
    this.legend = h("div", { class: "gantt-legend", role: "group", "aria-label": t("path"), hidden: true },
      h("span", { class: "gantt-key is-path", "aria-hidden": "true" }), this.words, this.filter, this.paths,
      h("button", { class: "gantt-button", type: "button", onclick: () => this.out() }, icon("close"), t("path_leave"), h("kbd", {}, "Esc")));
    this.hear = { click: (event) => this.#click(event), popstate: () => this.follow() };
    gantt.addEventListener("keydown", (event) => this.#key(event));
  }

  start() {
    document.addEventListener("click", this.hear.click);
    window.addEventListener("popstate", this.hear.popstate);
  }

  stop() {
    document.removeEventListener("click", this.hear.click);
    window.removeEventListener("popstate", this.hear.popstate);
  }

  get isLit() {
    return this.nodes !== null;
  }

  /** Light what the address asks for. */
  follow() {
    const wanted = new URLSearchParams(location.search).get("path");
    const id = wanted === null ? null : this.gantt.idOf(wanted);
    if (id === this.target) return;
    if (id === null) this.out();
    else if (this.gantt.model.node.has(id)) this.light(id);
  }

  /** Light the selected task's path, or put it out when it is lit already. */
  toggle() {
    const { gantt } = this;
    const { active } = gantt.selection;
    const node = gantt.model.node.get(active);
    if (this.isLit && (active === this.target || active === null)) this.out();
    else if (node === undefined || gantt.model.isProject(node) || gantt.model.isGone(node)) gantt.announce(gantt.t("path_choose"));
    else this.light(active);
  }

  light(id) {
    const { gantt } = this;
    this.target = id;
    this.#address(id);
    gantt.changed(true);
    gantt.reveal(id, { bar: true });
    if (!gantt.loader.isAwaited("loading_path")) gantt.announce(this.words.textContent);
  }

  out() {
    if (this.target === null) return;
    const { gantt } = this;
    Object.assign(this, { target: null, only: false });
    this.#address(null);
    gantt.changed(true);
    gantt.announce(gantt.t("path_left"));
    if (!gantt.contains(document.activeElement)) gantt.grid.element.focus({ preventScroll: true });
  }

  /** Fold everything else away. */
  showOnly(only) {
    const { gantt } = this;
    this.only = only;
    gantt.changed(true);
    gantt.reveal(this.target);
    gantt.announce(gantt.t("rows", { n: gantt.model.outline.rows.length }));
  }

  /** Find the path anew: the plan may have changed. Returns it as a chain, or null. */
  find() {
    const { gantt, target } = this;
    const { model, t } = gantt;
    const node = target === null ? undefined : model.node.get(target);
    if (target !== null && node === undefined) {
      Object.assign(this, { target: null, only: false });
      this.#address(null);
    }
    const chain = node === undefined || !model.isWhole ? null : model.chain(node);
    this.nodes = chain ? new Set([...chain.up, node]) : null;
    this.legend.hidden = !chain;
    if (!chain) return null;
    const name = model.get(node, "name");
    this.words.textContent = chain.up.size ? t("path_to", { name, n: this.nodes.size }) : t("path_alone", { name });
    this.filter.setAttribute("aria-pressed", this.only);
    if (gantt.hasAttribute("paths")) this.paths.href = gantt.getAttribute("paths").replace(/\b0\b/, target);
    return { up: this.nodes, down: new Set(), links: chain.links };
  }

  /** Does a row step back? Projects keep their place. */
  isDim(node) {
    return this.nodes !== null && !this.nodes.has(node) && !this.gantt.model.isProject(node);
  }

  #address(id) {
    const url = new URL(location.href);
    if (id === null) url.searchParams.delete("path");
    else url.searchParams.set("path", id);
    if (url.href !== location.href) history.replaceState(history.state, "", url);
  }

  /** A link to a path of this plan lights it here instead of loading the page again. */
  #click(event) {
    const link = event.target.closest?.("a[data-light-path]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const id = this.gantt.idOf(link.dataset.lightPath);
    if (!this.gantt.model.node.has(id)) return;
    event.preventDefault();
    this.light(id);
  }

  #key(event) {
    if (event.key !== "Escape" || event.defaultPrevented || !this.isLit || event.target.closest("input, select, dialog")) return;
    event.preventDefault();
    event.stopPropagation();
    this.out();
  }
}
