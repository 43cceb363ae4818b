/**
 * <command-palette src="/search">: Ctrl-K. Asks `src?q=…` for {results: [{label, kind, url, hint}]} and offers the shell's own
 * actions, what was opened lately, and the pages and actions of the program at hand (asked for once, at the first opening).
 * A combobox with a list box: focus stays in the field.
 */

import { el, icon, remember } from "../lib/dom.js";
import { group, highlight, matches } from "../lib/palette.js";
import { run } from "../lib/actions.js";
import { t } from "../lib/strings.js";

const DELAY = 140;
const RECENT = 8;
const KIND_ICONS = { portfolio: "portfolio", program: "program", project: "project", task: "task", milestone: "milestone", risk: "risk", issue: "issue", report: "report", person: "user", page: "arrow", capital: "contract", vendor: "contract", contract: "contract", order: "contract", kpi: "target", scenario: "whatif", view: "eye", objective: "flag", gate: "gate", action: "check" };

class CommandPalette extends HTMLElement {
  #timer = 0;
  #request = null;
  #at = 0;
  #here = null;

  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.input = this.querySelector("input");
    this.list = this.querySelector("[role='listbox']");
    this.status = this.querySelector("[role='status']");
    this.input.addEventListener("input", () => this.#onInput());
    this.input.addEventListener("keydown", (event) => this.#onKey(event));
    this.list.addEventListener("click", (event) => this.#choose(event.target.closest("[role='option']"), event.ctrlKey || event.metaKey));
    this.list.addEventListener("pointermove", (event) => {
      const option = event.target.closest("[role='option']");
      if (option) this.#select(this.#options().indexOf(option), false);
    });
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.#visited();
  }

  /** The program that the page is about, by what it follows live. */
  #program() {
    return /^program:(\d+)$/.exec(document.body.dataset.liveTopics?.trim() ?? "")?.[1] ?? "";
  }

  /** Pages and actions of the program at hand, by the reader's rights: once per page. */
  async #ask() {
    if (this.#here !== null) return;
    this.#here = [];
    const program = this.#program();
    if (!program) return;
    try {
      const answer = await fetch(`${this.getAttribute("src")}?program=${program}`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (answer.ok) this.#here = (await answer.json()).here ?? [];
    } catch {
      return; // the shell's own actions are there all the same
    }
    if (this.dialog.open && !this.input.value.trim()) this.#show(this.#own(""), "");
  }

  /** Pages of programs and portfolios are remembered as they are opened. */
  #visited() {
    const heading = document.querySelector(".page-title h1")?.textContent.trim();
    if (!heading || !/^\/(programs|portfolios|reports|capex|vendors|orders|kpis|scenarios)\/\d/.test(location.pathname)) return;
    const tab = document.querySelector(".tabs a[aria-current]")?.textContent.trim() ?? "";
    this.#keep({ label: heading, url: location.pathname, hint: tab, icon: KIND_ICONS[location.pathname.split("/")[1].replace(/s$/, "")] });
  }

  #keep(item) {
    const kept = [item, ...this.#recent().filter((other) => other.url !== item.url)];
    remember(this.#recents(), JSON.stringify(kept.slice(0, RECENT + 1)));
  }

  #recents() {
    return `recent:${document.body.dataset.user ?? ""}`;
  }

  open() {
    if (this.dialog.open) return;
    this.input.value = "";
    this.dialog.showModal();
    this.#show(this.#own(""), "");
    this.input.focus();
    this.#ask();
  }

  /** Links and actions that need no server. */
  #own(query) {
    const template = this.querySelector("template[data-actions]");
    const kind = t("palette.actions");
    const links = [...template.content.querySelectorAll("a")].map((link) => ({ label: link.textContent, kind, url: link.getAttribute("href"), icon: link.dataset.icon, keys: link.dataset.keys }));
    const actions = ["theme", "rail", "shortcuts"].map((name) => ({ label: t(`action.${name}`), kind, action: name, icon: { theme: "theme", rail: "menu", shortcuts: "keyboard" }[name] }));
    const recent = query ? [] : this.#recent().filter((item) => item.url !== location.pathname).slice(0, RECENT).map((item) => ({ ...item, kind: t("palette.recent") }));
    return [...recent, ...[...(this.#here ?? []), ...links, ...actions].filter((item) => matches(item.label, query))];
  }

  #recent() {
    try {
      return JSON.parse(remember(this.#recents()) ?? "[]");
    } catch {
      return [];
    }
  }

  #onInput() {
    clearTimeout(this.#timer);
    this.#request?.abort();
    const query = this.input.value.trim();
    if (!query) return this.#show(this.#own(""), "");
    this.status.textContent = t("palette.searching");
    this.#timer = setTimeout(() => this.#search(query), DELAY);
    return undefined;
  }

  async #search(query) {
    this.#request = new AbortController();
    try {
      const answer = await fetch(`${this.getAttribute("src")}?q=${encodeURIComponent(query)}`, { headers: { Accept: "application/json" }, signal: this.#request.signal, credentials: "same-origin" });
      if (!answer.ok) throw new Error(String(answer.status));
      const found = await answer.json();
      this.#show([...(Array.isArray(found) ? found : (found.results ?? [])), ...this.#own(query)], query);
    } catch (error) {
      if (error.name !== "AbortError") this.#show(this.#own(query), query, t("palette.failed"));
    }
  }

  #show(items, query, note = "") {
    let index = 0;
    const groups = group(items).map(([kind, members]) =>
      el(
        "div",
        { role: "group", "aria-label": kind },
        el("div", { class: "palette-group", "aria-hidden": "true" }, kind),
        ...members.map((item) => this.#option(item, index++, query)),
      ),
    );
    const words = note || (items.length ? "" : t("palette.empty", { query }));
    this.list.replaceChildren(...groups, ...(words ? [el("p", { class: "palette-note" }, words)] : []));
    this.status.textContent = words || t("palette.count", { n: items.length });
    this.#select(0);
  }

  #option(item, index, query) {
    const label = el("span", { class: "palette-label" }, ...highlight(item.label, query).map(([text, hit]) => (hit ? el("mark", {}, text) : text)));
    const option = el("div", { class: "palette-option", role: "option", id: `palette-${index}`, "aria-selected": "false" }, icon(item.icon ?? KIND_ICONS[item.type ?? item.kind?.toLowerCase?.()] ?? "arrow"), label);
    if (item.hint) option.append(el("span", { class: "palette-hint" }, item.hint));
    if (item.keys) option.append(el("span", { class: "palette-hint" }, ...item.keys.split(" ").flatMap((key) => [el("kbd", {}, key), " "])));
    option.item = item;
    return option;
  }

  #options() {
    return [...this.list.querySelectorAll("[role='option']")];
  }

  #select(index, scroll = true) {
    const options = this.#options();
    this.#at = options.length ? (index + options.length) % options.length : 0;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === this.#at)));
    const chosen = options[this.#at];
    if (chosen) this.input.setAttribute("aria-activedescendant", chosen.id);
    else this.input.removeAttribute("aria-activedescendant");
    if (scroll) chosen?.scrollIntoView({ block: "nearest" });
  }

  #onKey(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      this.#select(this.#at + step);
    } else if (event.key === "Enter") {
      event.preventDefault();
      this.#choose(this.#options()[this.#at], event.ctrlKey || event.metaKey);
    }
  }

  #choose(option, newTab) {
    if (!option) return;
    const { item } = option;
    this.dialog.close();
    if (item.action) return void run(item.action);
    if (item.kind !== t("palette.actions")) {
      const { label, url, hint, icon: drawn, type } = item;
      this.#keep({ label, url, hint, icon: drawn ?? KIND_ICONS[type ?? item.kind?.toLowerCase()] });
    }
    if (newTab) window.open(item.url, "_blank", "noopener");
    else {
      const to = new URL(item.url, location.href);
      location.assign(to);
      // On the page itself only what follows the # differs: the browser would not load it anew.
      if (to.hash && to.pathname === location.pathname && to.search === location.search) location.reload();
    }
  }
}

customElements.define("command-palette", CommandPalette);
