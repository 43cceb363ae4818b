/**
 * <bulk-edit>: the bar by which many rows are changed at once. Boxes ([data-pick], [data-pick-all]) stand in a table that is
 * refreshed by itself: what was chosen stays chosen. Shift chooses a range.
 */

class BulkEdit extends HTMLElement {
  #chosen = new Set();
  #last = null;

  connectedCallback() {
    this.form = this.querySelector("form");
    this.addEventListener("change", this);
    this.addEventListener("click", this);
    for (const [target, name] of this.#events()) target.addEventListener(name, this);
    this.#show();
  }

  disconnectedCallback() {
    for (const [target, name] of this.#events()) target.removeEventListener(name, this);
  }

  #events() {
    return [[document, "click"], [document, "htmx:after:swap"], [document.body, "list-changed"]];
  }

  #boxes() {
    return [...document.querySelectorAll("[data-pick]")];
  }

  handleEvent(event) {
    if (event.type === "htmx:after:swap") this.#again();
    else if (event.type === "list-changed") this.#none();
    else if (event.type === "change") this.#field(event.target);
    else if (event.currentTarget === this) event.target.closest("[data-pick-none]") && this.#none();
    else this.#onClick(event);
  }

  #onClick(event) {
    const box = event.target;
    if (box.matches?.("[data-pick-all]")) for (const one of this.#boxes()) one.checked = box.checked;
    else if (box.matches?.("[data-pick]")) {
      const boxes = this.#boxes();
      const [from, to] = [boxes.indexOf(this.#last), boxes.indexOf(box)].sort((a, b) => a - b);
      if (event.shiftKey && from >= 0) for (const one of boxes.slice(from, to + 1)) one.checked = box.checked;
      this.#last = box;
    } else return;
    this.#chosen = new Set(this.#boxes().filter((one) => one.checked).map((one) => one.dataset.pick));
    this.#show();
  }

  /** The table came anew: rows that were chosen are again, those that went are no more. */
  #again() {
    for (const one of this.#boxes()) one.checked = this.#chosen.has(one.dataset.pick);
    this.#chosen = new Set(this.#boxes().filter((one) => one.checked).map((one) => one.dataset.pick));
    this.#show();
  }

  #none() {
    this.#chosen.clear();
    for (const one of this.#boxes()) one.checked = false;
    this.#show();
  }

  /** Only the input of the chosen field is there, and only it is sent. */
  #field(select) {
    if (select.name !== "field") return;
    for (const label of this.querySelectorAll("[data-for]")) {
      label.hidden = label.dataset.for !== select.value;
      label.querySelector("[name='value']").disabled = label.hidden;
    }
  }

  #show() {
    const all = document.querySelector("[data-pick-all]");
    const [n, of] = [this.#chosen.size, this.#boxes().length];
    if (all) [all.checked, all.indeterminate] = [n > 0 && n === of, n > 0 && n < of];
    for (const one of this.#boxes()) one.closest("tr").classList.toggle("selected", one.checked);
    this.querySelector("[data-count]").textContent = String(n);
    this.hidden = n === 0;
  }
}

customElements.define("bulk-edit", BulkEdit);
