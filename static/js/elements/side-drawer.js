/**
 * <side-drawer>: the non-modal drawer. `?task=12` in the address opens it; the list beside it keeps its place.
 * Opened by <a data-drawer="task" data-id="12">, by the document event `open-task` {id}, or by `open(kind, id)`.
 * Esc closes it, the Back button too; focus returns to where it came from.
 */

import { t } from "../lib/strings.js";

class SideDrawer extends HTMLElement {
  #kinds = {};
  #opener = null;
  #shown = "";
  #page = "";
  #stayed = false;

  connectedCallback() {
    this.#kinds = JSON.parse(this.querySelector("script[type='application/json']")?.textContent ?? "{}");
    this.body = this.querySelector(".drawer-body");
    this.talk = this.querySelector(".drawer-talk");
    this.heading = this.querySelector("h2");
    for (const [target, name] of this.#events()) target.addEventListener(name, this);
    this.#page = this.#address(location.href);
    this.#follow(false);
  }

  disconnectedCallback() {
    for (const [target, name] of this.#events()) target.removeEventListener(name, this);
  }

  #events() {
    return [[document, "click"], [document, "keydown"], [document, "open-task"], [document, "htmx:after:swap"], [document, "tpm:talk"], [document, "htmx:before:history:restore"], [document, "htmx:after:history:update"], [window, "popstate"]];
  }

  handleEvent(event) {
    if (event.type === "popstate") this.#onPop();
    else if (event.type === "htmx:after:history:update") this.#page = this.#address(location.href);
    else if (event.type === "htmx:before:history:restore") this.#stayed && event.preventDefault();
    else if (event.type === "open-task") this.open("task", event.detail.id, event.target);
    else if (event.type === "htmx:after:swap") this.#afterSwap(event);
    else if (event.type === "tpm:talk") this.#count();
    else if (event.type === "keydown") this.#onKey(event);
    else this.#onClick(event);
  }

  /** The address without the drawer's part. */
  #address(href) {
    const url = new URL(href, location.href);
    for (const name of Object.keys(this.#kinds)) url.searchParams.delete(name);
    return url.pathname + url.search;
  }

  /** Back or forward: when only the drawer changes, htmx must not fetch the page again. */
  #onPop() {
    const page = this.#address(location.href);
    this.#stayed = page === this.#page;
    this.#page = page;
    if (this.#stayed) this.#follow(false);
  }

  #onClick(event) {
    if (event.target.closest?.("[data-close]") && this.contains(event.target)) return this.close();
    if (event.target.closest?.("[data-to-talk]")) return this.#toTalk();
    const link = event.target.closest?.("[data-drawer]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !(link.dataset.drawer in this.#kinds)) return undefined;
    event.preventDefault();
    return this.open(link.dataset.drawer, link.dataset.id, link);
  }

  #onKey(event) {
    if (event.key !== "Escape" || event.defaultPrevented || this.hidden || document.querySelector("dialog[open], drop-menu details[open]")) return;
    const field = document.activeElement?.closest?.("input, textarea, select");
    if (field && !this.contains(field)) return; // the page's own field takes this Esc
    this.close();
  }

  /** Opens the drawer on an object and writes it into the address. */
  open(kind, id, opener = document.activeElement) {
    if (opener instanceof Element && !this.contains(opener)) {
      const element = opener.contains(document.activeElement) ? document.activeElement : opener;
      this.#opener = { element, id: opener.id, kind, key: String(id) };
    }
    const url = new URL(location.href);
    for (const name of Object.keys(this.#kinds)) url.searchParams.delete(name);
    url.searchParams.set(kind, id);
    if (url.href !== location.href) history.pushState({ ...history.state, drawer: true }, "", url);
    this.#follow(true);
  }

  close() {
    if (this.hidden) return;
    const url = new URL(location.href);
    for (const name of Object.keys(this.#kinds)) url.searchParams.delete(name);
    history.pushState({ ...history.state, drawer: false }, "", url);
    this.#follow(false);
    this.#returnFocus();
  }

  /** What opens an object, or the link inside of it, in the list as it is now. */
  #row(kind, key) {
    const row = kind ? document.querySelector(`[data-drawer="${kind}"][data-id="${key}"]`) : null;
    return row?.matches("a, button, [tabindex]") ? row : (row?.querySelector("a, button") ?? row);
  }

  #returnFocus() {
    const { element, id, kind, key } = this.#opener ?? {};
    const again = element?.isConnected ? element : ((id ? document.getElementById(id) : null) ?? this.#row(kind, key));
    again?.focus();
    if (!again || document.activeElement !== again) document.getElementById("main")?.focus();
    this.#opener = null;
  }

  /** Makes the drawer show what the address says. */
  #follow(takeFocus) {
    const query = new URLSearchParams(location.search);
    const kind = Object.keys(this.#kinds).find((name) => query.get(name));
    const wanted = kind ? `${kind}:${query.get(kind)}` : "";
    const fresh = wanted !== this.#shown;
    this.#shown = wanted;
    this.hidden = !kind;
    for (const row of document.querySelectorAll("[data-drawer][aria-current]")) row.removeAttribute("aria-current");
    if (!kind) {
      this.talk?.replaceChildren();
      return this.body.replaceChildren();
    }
    const current = document.querySelector(`[data-drawer="${CSS.escape(kind)}"][data-id="${CSS.escape(query.get(kind))}"]`);
    current?.setAttribute("aria-current", "true");
    if (fresh) this.#load(this.#kinds[kind].replace(/\b0\b(?!.*\b0\b)/, encodeURIComponent(query.get(kind))), kind, query.get(kind));
    if (takeFocus) this.heading.focus({ preventScroll: true });
    return undefined;
  }

  async #load(url, kind, id) {
    this.talk?.replaceChildren();
    this.heading.textContent = t("drawer.loading");
    this.body.setAttribute("aria-busy", "true");
    const shown = this.#shown;
    try {
      await window.htmx.ajax("GET", url, { target: this.body, swap: "innerHTML" });
    } finally {
      if (shown === this.#shown) {
        this.body.removeAttribute("aria-busy");
        if (this.heading.textContent === t("drawer.loading")) this.#failed();
        else this.#converse(kind, id);
      }
    }
  }

  /** What people say about it stands below, and stays when the upper part is fetched anew. */
  #converse(kind, id) {
    if (this.dataset.quiet?.split(" ").includes(kind)) return; // nobody talks about these
    const address = this.dataset.talk?.replace("KIND", kind).replace("/0/", `/${encodeURIComponent(id)}/`);
    if (this.talk && address) window.htmx.ajax("GET", address, { target: this.talk, swap: "innerHTML" });
  }

  #toTalk() {
    this.talk.scrollIntoView();
    this.talk.querySelector("textarea, h2")?.focus({ preventScroll: true });
  }

  /** How much was said, beside the title: the conversation may be far below. */
  #count() {
    const jump = this.querySelector("[data-to-talk]");
    const count = this.talk?.querySelector("[data-comments]")?.dataset.comments;
    if (!jump) return;
    jump.hidden = count === undefined;
    jump.querySelector(".count").textContent = count ?? "";
  }

  #failed() {
    this.heading.textContent = t("drawer.failed");
    this.body.replaceChildren();
  }

  /** The title follows what is shown; a target that was replaced as a whole is in the page no more. */
  #afterSwap(event) {
    this.#count();
    const target = event.detail?.ctx?.target;
    if (!(target instanceof Element) || (target.isConnected && target !== this.body && !this.body.contains(target))) return;
    const title = this.body.querySelector("[data-drawer-title]");
    if (title) this.heading.textContent = title.dataset.drawerTitle || title.textContent.trim();
  }
}

customElements.define("side-drawer", SideDrawer);
