/** <work-board>: a board whose cards can be moved. Drag a card onto a column, or press Shift with an arrow key on it; the buttons
 * of a card do the same without this. The server answers with the new board, which takes the old one's place. */

import { CardBoard } from "./card-board.js";

const TARGETS = { waiting: null, ready: "ready", progress: "progress", done: "done" };

class WorkBoard extends CardBoard {
  #dragged = null;

  connectedCallback() {
    super.connectedCallback();
    for (const name of ["dragstart", "dragover", "dragleave", "drop", "dragend"]) this.addEventListener(name, this);
    const wanted = WorkBoard.refocus;
    WorkBoard.refocus = "";
    if (wanted) document.getElementById(wanted)?.focus();
  }

  handleEvent(event) {
    if (event.type === "keydown") return this.#key(event);
    return this[event.type]?.(event);
  }

  #key(event) {
    const card = event.target.closest(".board-card");
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!card?.dataset.move || !event.shiftKey || !step) return event.shiftKey ? undefined : super.handleEvent(event);
    event.preventDefault();
    const columns = [...this.querySelectorAll(".board-column")];
    const from = columns.indexOf(card.closest(".board-column"));
    // What waits has not begun: the next column that a move can lead to is the one behind "not started".
    const next = columns[from + (columns[from].dataset.column === "waiting" ? 2 * step : step)];
    return next && this.#move(card, next);
  }

  dragstart(event) {
    this.#dragged = event.target.closest(".board-card[data-move]");
    if (!this.#dragged) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.#dragged.textContent.trim());
    this.#dragged.classList.add("is-dragged");
    this.#dragged.dataset.dirty = ""; // a refresh from outside waits until the card is down again
  }

  dragover(event) {
    const column = event.target.closest?.(".board-column");
    if (!this.#dragged || !column || !TARGETS[column.dataset.column] || column.contains(this.#dragged)) return;
    event.preventDefault();
    column.classList.add("is-target");
  }

  dragleave(event) {
    const column = event.target.closest?.(".board-column");
    if (column && !column.contains(event.relatedTarget)) column.classList.remove("is-target");
  }

  drop(event) {
    const column = event.target.closest?.(".board-column");
    if (!this.#dragged || !column) return;
    event.preventDefault();
    this.#move(this.#dragged, column);
  }

  dragend() {
    this.#dragged?.classList.remove("is-dragged");
    delete this.#dragged?.dataset.dirty;
    this.#dragged = null;
    this.dispatchEvent(new Event("focusout", { bubbles: true }));
    for (const one of this.querySelectorAll(".is-target")) one.classList.remove("is-target");
  }

  #move(card, column) {
    const to = TARGETS[column.dataset.column];
    if (!to || column.contains(card)) return;
    WorkBoard.refocus = card.id;
    card.setAttribute("aria-busy", "true");
    window.htmx.ajax("POST", card.dataset.move, { source: card, target: "#board", swap: "outerHTML", values: { to, version: card.dataset.version } })
      .finally(() => card.removeAttribute("aria-busy"));
  }
}

WorkBoard.refocus = "";
customElements.define("work-board", WorkBoard);
