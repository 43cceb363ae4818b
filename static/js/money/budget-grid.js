/**
 * <budget-grid>: moves, selects, edits, copies and pastes cells of the table that the server renders. One request writes a cell
 * or a whole block; then the table is fetched again, so that every figure on it is the server's. The ARIA grid pattern:
 * one cell takes the focus, arrows move it.
 */

import { csrfToken } from "../lib/dom.js";
import { fill } from "../lib/strings.js";
import { formatBlock, parseAmount, parseBlock } from "./amounts.js";

const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0], PageUp: [-10, 0], PageDown: [10, 0], Home: [0, -99], End: [0, 99] };

class BudgetGrid extends HTMLElement {
  #at = [0, 0];
  #anchor = [0, 0];
  #editor = null;
  #undos = [];
  #equal = new Map();
  #busy = false;

  connectedCallback() {
    this.words = JSON.parse(this.querySelector("#budget-grid-words").textContent);
    this.body = this.querySelector("[data-table]");
    this.said = this.querySelector("[data-said]");
    for (const name of ["keydown", "mousedown", "dblclick", "copy", "paste", "click"]) this.addEventListener(name, this);
    this.#place(this.#at, false);
  }

  handleEvent(event) {
    if (event.type === "click") return this.#onClick(event);
    const cell = event.target.closest?.("td[data-on]");
    if (!cell || !this.contains(cell)) return undefined;
    if (event.type === "keydown") return this.#editor ? this.#onEditorKey(event) : this.#onKey(event);
    if (this.#editor?.parentElement === cell) return undefined;
    if (event.type === "mousedown") return this.#onPress(event, cell);
    if (event.type === "dblclick") return this.#edit();
    if (event.type === "copy") return this.#copy(event);
    return this.#paste(event);
  }

  // ---- cells ----

  #rows() {
    return [...this.body.querySelectorAll("tbody tr")];
  }

  #cells(row) {
    return [...row.querySelectorAll("td[data-on]")];
  }

  #cell([row, column]) {
    const tr = this.#rows()[row];
    return tr ? this.#cells(tr)[column] : undefined;
  }

  /** The rectangle that is selected: [top, left, bottom, right]. */
  #block() {
    const [[a, b], [c, d]] = [this.#anchor, this.#at];
    return [Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)];
  }

  #place([row, column], focus = true, extend = false) {
    const rows = this.#rows();
    if (!rows.length) return;
    const width = this.#cells(rows[0]).length;
    this.#at = [Math.max(0, Math.min(row, rows.length - 1)), Math.max(0, Math.min(column, width - 1))];
    if (!extend) this.#anchor = this.#at;
    for (const old of this.body.querySelectorAll("td[tabindex='0']")) old.tabIndex = -1;
    for (const old of this.body.querySelectorAll("td[aria-selected]")) old.removeAttribute("aria-selected");
    const [top, left, bottom, right] = this.#block();
    for (let r = top; r <= bottom; r += 1) for (let c = left; c <= right; c += 1) this.#cell([r, c])?.setAttribute("aria-selected", "true");
    const cell = this.#cell(this.#at);
    cell.tabIndex = 0;
    if (focus) {
      cell.focus({ preventScroll: true });
      cell.scrollIntoView({ block: "nearest", inline: "nearest" });
    }
  }

  // ---- keys and mouse ----

  #onPress(event, cell) {
    const row = this.#rows().indexOf(cell.parentElement);
    event.preventDefault();
    if (this.#editor) this.#close(true, null);
    this.#place([row, this.#cells(cell.parentElement).indexOf(cell)], true, event.shiftKey);
  }

  #onClick(event) {
    const act = event.target.closest?.("[data-act]")?.dataset.act;
    if (act === "undo") this.#undo();
    else if (act === "fill") this.#fillRight();
    else if (act === "open") this.#open();
  }

  #onKey(event) {
    const control = event.ctrlKey || event.metaKey;
    const move = MOVES[event.key];
    const take = (action) => {
      event.preventDefault();
      action();
    };
    if (move && !event.altKey) return take(() => this.#place([this.#at[0] + (control ? move[0] * 999 : move[0]), this.#at[1] + (control ? move[1] * 99 : move[1])], true, event.shiftKey));
    if (control && event.key.toLowerCase() === "z") return take(() => this.#undo());
    if (control || event.altKey) return undefined;
    if (event.key === " ") return take(() => this.#open());
    if (event.key === "Enter" && this.dataset.mode !== "plan") return take(() => this.#open());
    if (event.key === "Enter" || event.key === "F2") return take(() => this.#edit());
    if (event.key === "Delete" || event.key === "Backspace") return take(() => this.#clear());
    if (event.key === "Escape" && String(this.#anchor) !== String(this.#at)) return take(() => this.#place(this.#at));
    if (/^[\d.,(+−-]$/.test(event.key)) return take(() => this.#edit(event.key));
    return undefined;
  }

  #onEditorKey(event) {
    const steps = { Enter: [event.shiftKey ? -1 : 1, 0], Tab: [0, event.shiftKey ? -1 : 1] };
    event.stopPropagation();
    if (event.key === "Escape") {
      event.preventDefault();
      this.#close(false, [0, 0]);
    } else if (event.key in steps) {
      event.preventDefault();
      this.#close(true, steps[event.key]);
    }
  }

  // ---- editing ----

  #locked(cell) {
    return cell.parentElement.dataset.locked;
  }

  #edit(text = null) {
    const cell = this.#cell(this.#at);
    const locked = this.#locked(cell);
    if (locked) return this.#say(this.words[`locked.${locked}`], true);
    this.#place(this.#at);
    this.shown = cell.textContent;
    const field = document.createElement("input");
    field.className = "grid-editor";
    field.inputMode = "decimal";
    field.setAttribute("aria-label", this.#named(cell));
    field.value = text ?? (Number(cell.dataset.amount) ? cell.dataset.amount : "");
    cell.replaceChildren(field);
    this.#editor = field;
    field.focus();
    if (text === null) field.select();
    return undefined;
  }

  /** Leaves the field; `step` is where to go then, null where the caller goes on itself. */
  #close(save, step) {
    const field = this.#editor;
    const cell = field.parentElement;
    const amount = save ? parseAmount(field.value) : cell.dataset.amount;
    if (amount === null) {
      field.setAttribute("aria-invalid", "true");
      this.#say(fill(this.words.not_amount, { text: field.value }), true);
      return;
    }
    this.#editor = null;
    cell.textContent = this.shown;
    const changed = Number(amount) !== Number(cell.dataset.amount);
    if (changed) cell.textContent = amount;
    const edit = changed ? [this.#command(cell, amount)] : [];
    if (step) this.#place([this.#at[0] + step[0], this.#at[1] + step[1]]);
    if (changed) this.#send({ cells: edit, spreads: [] });
  }

  #command(cell, amount) {
    const { line, version } = cell.parentElement.dataset;
    return { line: Number(line), version: Number(version), on: cell.dataset.on, amount };
  }

  #clear() {
    this.#writeBlock(this.#selected().map((row) => row.map(() => "")), this.#block());
  }

  #fillRight() {
    const selected = this.#selected();
    this.#writeBlock(selected.map((row) => row.map(() => row[0].dataset.amount)), this.#block());
  }

  #selected() {
    const [top, left, bottom, right] = this.#block();
    return this.#rows().slice(top, bottom + 1).map((row) => this.#cells(row).slice(left, right + 1));
  }

  #copy(event) {
    if (this.#editor) return;
    event.preventDefault();
    event.clipboardData.setData("text/plain", formatBlock(this.#selected().map((row) => row.map((cell) => cell.dataset.amount))));
  }

  #paste(event) {
    if (this.#editor) return;
    event.preventDefault();
    this.#writeBlock(parseBlock(event.clipboardData.getData("text/plain")), this.#block());
  }

  /** Writes texts from a corner on; a single one fills the selection. Nothing is sent unless all cells can be written. */
  #writeBlock(texts, [top, left, bottom, right]) {
    if (texts.length === 1 && texts[0].length === 1) texts = Array.from({ length: bottom - top + 1 }, () => Array(right - left + 1).fill(texts[0][0]));
    const cells = [];
    this.#forget();
    for (const [r, row] of texts.entries()) {
      for (const [c, text] of row.entries()) {
        const cell = this.#cell([top + r, left + c]);
        if (!cell) return this.#say(this.words.outside, true);
        const amount = parseAmount(text);
        const locked = this.#locked(cell);
        if (locked) this.#mark(cell, this.words[`locked.${locked}`]);
        else if (amount === null) this.#mark(cell, fill(this.words.not_amount, { text }));
        else if (Number(amount) !== Number(cell.dataset.amount)) cells.push(this.#command(cell, amount));
      }
    }
    const wrong = this.body.querySelector("td[aria-invalid]");
    if (wrong) return this.#say(fill(this.words.refused, { why: fill(this.words.cell, { ...this.#place_of(wrong), why: wrong.title }) }), true);
    this.#place([top + texts.length - 1, left + texts[0].length - 1]);
    this.#anchor = [top, left];
    return cells.length ? this.#send({ cells, spreads: [] }) : undefined;
  }

  // ---- the server ----

  async #send(body, undoing = null) {
    if (this.#busy) return;
    this.#busy = true;
    this.setAttribute("aria-busy", "true");
    try {
      const response = await fetch(this.dataset.edit, { method: "POST", credentials: "same-origin", body: JSON.stringify(body), headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() } });
      const answer = await response.json().catch(() => ({}));
      await this.#refresh();
      if (response.ok) this.#wrote(body, answer, undoing);
      else this.#refused(body, answer);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      this.#say(this.words.failed, true);
    } finally {
      this.#busy = false;
      this.removeAttribute("aria-busy");
    }
  }

  #wrote(body, answer, undoing) {
    if (undoing) {
      this.#undos.pop();
      for (const [line, version] of Object.entries(undoing.before)) this.#equal.set(`${line}:${version}`, answer.versions[line]);
    } else {
      const before = Object.fromEntries(body.cells.map((one) => [one.line, one.version]));
      this.#undos.push({ body: answer.undo, before });
    }
    this.#tell();
    this.#say(undoing ? this.words.undone : fill(this.words.saved, { n: body.cells.length }));
  }

  #refused(body, answer) {
    const said = [];
    for (const { pointer, detail } of answer.errors ?? []) {
      const [, list, place] = pointer.split("/");
      const edit = body[list]?.[Number(place)];
      const cell = edit && this.body.querySelector(`tr[data-line="${edit.line}"] td[data-on="${edit.on}"]`);
      if (cell) {
        this.#mark(cell, detail);
        said.push(fill(this.words.cell, { ...this.#place_of(cell), why: detail }));
      } else said.push(detail);
    }
    this.#say(fill(this.words.refused, { why: said.slice(0, 3).join(" ") || (answer.detail ?? "") }), true);
  }

  /** What undid an edit brought back an older content under a new version; entries below still name the old one. */
  #undo() {
    const entry = this.#undos.at(-1);
    if (!entry) return this.#say(this.words.nothing);
    const today = (one) => {
      let { version } = one;
      while (this.#equal.has(`${one.line}:${version}`)) version = this.#equal.get(`${one.line}:${version}`);
      return { ...one, version };
    };
    return this.#send({ cells: entry.body.cells.map(today), spreads: entry.body.spreads.map(today) }, entry);
  }

  async #refresh() {
    const focused = this.body.contains(document.activeElement);
    const response = await fetch(this.dataset.src, { credentials: "same-origin", headers: { "HX-Request": "true" } });
    if (!response.ok) return;
    const scroll = this.body.querySelector(".table-wrap");
    const [x, y] = [scroll?.scrollLeft ?? 0, scroll?.scrollTop ?? 0];
    const fresh = new DOMParser().parseFromString(await response.text(), "text/html");
    this.body.replaceChildren(...fresh.body.childNodes);
    this.body.querySelector(".table-wrap")?.scrollTo(x, y);
    const anchor = this.#anchor;
    this.#place(this.#at, focused);
    this.#anchor = anchor;
  }

  // ---- words ----

  #open() {
    const cell = this.#cell(this.#at);
    if (cell) document.querySelector("side-drawer")?.open("cell", `${this.dataset.mode}_${cell.parentElement.dataset.key}_${cell.dataset.on}`, cell);
  }

  #place_of(cell) {
    const head = this.body.querySelectorAll("thead th")[cell.cellIndex];
    return { row: cell.parentElement.querySelector(".clip").textContent, column: head.textContent };
  }

  #named(cell) {
    const { row, column } = this.#place_of(cell);
    return `${row}, ${column}`;
  }

  #mark(cell, why) {
    cell.setAttribute("aria-invalid", "true");
    cell.title = why;
  }

  #forget() {
    for (const cell of this.body.querySelectorAll("td[aria-invalid]")) {
      cell.removeAttribute("aria-invalid");
      cell.removeAttribute("title");
    }
  }

  #say(text, bad = false) {
    this.said.textContent = text;
    this.said.toggleAttribute("data-bad", bad);
  }

  #tell() {
    const button = this.querySelector("[data-act='undo']");
    if (button) button.disabled = this.#undos.length === 0;
  }
}

customElements.define("budget-grid", BudgetGrid);
