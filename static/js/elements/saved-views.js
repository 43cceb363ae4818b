/**
 * <saved-views page place>: the menu of a list's views. The view that was opened is remembered for this tab; the button names
 * it, with a star once the list shows something else, and the menu then offers to let the view show that.
 */

import { same, stateOf } from "../lib/views.js";

class SavedViews extends HTMLElement {
  #key = "";

  connectedCallback() {
    this.#key = `tpm:view:${this.getAttribute("page")}:${this.getAttribute("place")}`;
    this.label = this.querySelector("[data-view-name]");
    this.plain = this.label.textContent;
    this.querySelector("details").addEventListener("toggle", this);
    this.addEventListener("click", this);
    this.addEventListener("submit", this, true);
    for (const [target, name] of this.#events()) target.addEventListener(name, this);
    this.#name();
  }

  disconnectedCallback() {
    for (const [target, name] of this.#events()) target.removeEventListener(name, this);
  }

  #events() {
    return [[document, "tpm:view"], [document, "htmx:after:history:update"], [document, "htmx:after:swap"], [window, "popstate"]];
  }

  handleEvent(event) {
    if (event.type === "toggle") this.querySelector("[hx-trigger]").dispatchEvent(new CustomEvent("tpm:open"));
    else if (event.type === "submit") this.#fill(event.target);
    else if (event.type === "tpm:view") this.#remember(event.detail);
    else if (event.type === "click") this.#onClick(event.target.closest("a[data-view]"));
    else this.#name();
  }

  /** A form that keeps the view takes the address along. */
  #fill(form) {
    if (form.matches("[data-view-form]")) form.elements.namedItem("query").value = location.search;
  }

  #onClick(link) {
    if (link) this.#remember({ id: Number(link.dataset.view), name: link.querySelector(".grow").firstChild.textContent, query: link.dataset.query });
  }

  #opened() {
    try {
      return JSON.parse(sessionStorage.getItem(this.#key));
    } catch {
      return null;
    }
  }

  #remember(view) {
    try {
      sessionStorage.setItem(this.#key, JSON.stringify(view));
    } catch {
      /* storage may be refused: the button then keeps its plain name */
    }
    this.#name();
  }

  #name() {
    const opened = this.#opened();
    const links = [...this.querySelectorAll("a[data-view]")];
    const shown = links.find((link) => same(link.dataset.query, location.search));
    const kept = opened && same(opened.query, location.search);
    const changed = opened && !kept && !shown && stateOf(location.search) !== "";
    this.label.textContent = shown ? shown.querySelector(".grow").firstChild.textContent : kept ? opened.name : changed ? `${opened.name} *` : this.plain;
    for (const link of links) link.toggleAttribute("aria-current", link === shown);
    for (const row of this.querySelectorAll("[data-view-update]")) row.hidden = !(changed && Number(row.dataset.viewUpdate) === opened.id);
  }
}

customElements.define("saved-views", SavedViews);
