/**
 * Cells of tables that are edited in their place. The server says which: a cell holds a button [data-cell] with the address of
 * its editor (tpm/lib/cells.py). Enter, F2 or a double click opens it, Tab saves and goes on, Enter saves, Escape leaves. Of all
 * buttons of a table one is in the tab order, arrows move between them. What is refused is said at the cell; what somebody
 * else changed meanwhile goes the way of all forms (conflicts.js). The table is fetched anew once nothing in it is edited.
 */

import { renew } from "./live.js";

const CELL = "[data-cell]";
const EDITOR = ".cell-form";
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** The address of the cell that has or had the focus: it is found again when the table comes anew. */
let place = "";
const changed = new Set();

const cellOf = (node) => node?.closest?.("td, th") ?? null;
const buttonOf = (cell) => cell?.querySelector(CELL) ?? null;
const named = (address) => document.querySelector(`[data-cell="${CSS.escape(address)}"]`);
const fieldOf = (form) => form.querySelector("select, textarea, input:not([type=hidden])");

/** The button one step on: in the row, or in the same column of the next row that has one there. Null at the edge. */
function beside(button, [down, right]) {
  const row = button.closest("tr");
  if (right) {
    const all = [...row.querySelectorAll(CELL)];
    return all[all.indexOf(button) + right] ?? null;
  }
  const at = cellOf(button).cellIndex;
  for (let next = row; next; ) {
    next = down > 0 ? next.nextElementSibling : next.previousElementSibling;
    const found = buttonOf(next?.cells?.[at]);
    if (found) return found;
  }
  return null;
}

/** The next button of the table in reading order. */
function following(button, step) {
  const all = [...button.closest("table").querySelectorAll(CELL)];
  return all[all.indexOf(button) + step] ?? null;
}

function rove(button) {
  for (const one of button.closest("table").querySelectorAll(`${CELL}[tabindex="0"]`)) one.tabIndex = -1;
  button.tabIndex = 0;
  place = button.dataset.cell;
}

function goTo(button) {
  button.focus({ preventScroll: true });
  button.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// ---- editing ----

function begin(form) {
  const field = fieldOf(form);
  field.focus();
  field.select?.();
}

async function open(button) {
  const cell = cellOf(button);
  if (cell.querySelector(EDITOR) || cell.hasAttribute("data-opening")) return;
  const address = button.dataset.cell;
  goTo(button);
  cell.setAttribute("data-opening", "");
  await window.htmx.ajax("GET", address, { target: cell, swap: "beforeend" });
  cell.removeAttribute("data-opening");
  if (!cell.isConnected) {
    const again = named(address); // the table came anew meanwhile
    if (again) await open(again);
    return;
  }
  const form = cell.querySelector(EDITOR);
  if (form) begin(form);
}

function isChanged(form) {
  const field = fieldOf(form);
  if (!field.options) return field.value !== field.defaultValue;
  const [first] = [...field.options].filter((option) => option.defaultSelected);
  return field.value !== (first ?? field.options[0])?.value;
}

/** Save and go on: `then` is "stay", "away", "next" or "before". */
function commit(form, then) {
  if (form.hasAttribute("data-sending")) return;
  form.dataset.then = then;
  if (!isChanged(form)) {
    leave(form);
    return;
  }
  form.setAttribute("data-sending", "");
  form.requestSubmit();
}

/** Until the server's table is there the cell says what was typed. */
function show(form) {
  const text = form.parentElement.querySelector("[data-shown]");
  const field = fieldOf(form);
  if (text && field.options) text.textContent = field.selectedOptions[0]?.textContent.trim() ?? "";
  else if (text && field.type === "date" && field.value) {
    const said = new Intl.DateTimeFormat(document.documentElement.lang, { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
    text.textContent = said.format(new Date(field.value));
  } else if (text) text.textContent = field.value || "–";
  form.parentElement.classList.add("is-saving");
}

function saved(form) {
  show(form);
  changed.add(form.closest("[hx-get][hx-trigger*='tpm:refresh']"));
  leave(form);
}

function leave(form) {
  const button = buttonOf(form.parentElement);
  const { then } = form.dataset;
  form.remove();
  const next = then === "next" || then === "before" ? following(button, then === "next" ? 1 : -1) : null;
  if (next) open(next);
  else if (then !== "away") goTo(button);
  if (!next) refresh();
}

/** Fetch what was edited, unless somebody still types in it. */
function refresh() {
  if (document.querySelector(EDITOR)) return;
  for (const owner of changed) if (owner) renew(owner);
  changed.clear();
}

// ---- what people do ----

function onEditorKey(event, form) {
  const then = { Enter: "stay", Tab: event.shiftKey ? "before" : "next" }[event.key];
  if (event.isComposing || (event.key !== "Escape" && !then)) return;
  event.preventDefault();
  event.stopPropagation();
  if (then) {
    commit(form, then);
    return;
  }
  form.dataset.then = "stay";
  if (!form.hasAttribute("data-sending")) leave(form);
}

function onKey(event) {
  const form = event.target.closest?.(EDITOR);
  if (form) {
    onEditorKey(event, form);
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const button = event.target.closest?.(CELL);
  const opens = event.key === "F2" && buttonOf(cellOf(event.target));
  const next = button && event.key in STEPS && beside(button, STEPS[event.key]);
  if (opens) open(opens);
  else if (next) goTo(next);
  if (opens || next) event.preventDefault();
}

function onClick(event) {
  const button = event.target.closest?.(CELL);
  // A key or a screen reader clicks without a count; a finger has no second click.
  if (button && (event.detail === 0 || event.pointerType === "touch" || button.matches(".cell-pencil"))) open(button);
}

function onDoubleClick(event) {
  if (event.target.closest?.(`a, input, ${EDITOR}`)) return;
  const button = buttonOf(cellOf(event.target));
  if (button) open(button);
}

function onFocusOut(event) {
  const form = event.target.closest?.(EDITOR);
  if (!form) return;
  setTimeout(() => {
    const away = form.isConnected && !form.contains(document.activeElement) && document.hasFocus();
    if (away && !form.hasAttribute("data-sending") && !document.querySelector("dialog[open]")) commit(form, "away");
  });
}

/** A table came, or came anew: one of its cells is in the tab order, and the focus is where it was. */
function arrange() {
  for (const table of document.querySelectorAll("table")) {
    const first = table.querySelector(CELL);
    if (first && !table.querySelector(`${CELL}[tabindex="0"]`)) first.tabIndex = 0;
  }
  const wrong = document.querySelector(`${EDITOR}:not([data-sending]) .errorlist`)?.closest(EDITOR);
  if (wrong && !wrong.contains(document.activeElement)) begin(wrong);
  else if (place && document.activeElement === document.body) named(place)?.focus({ preventScroll: true });
}

export function start() {
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("click", onClick);
  document.addEventListener("dblclick", onDoubleClick);
  document.addEventListener("focusout", onFocusOut);
  document.addEventListener("focusin", ({ target }) => {
    const button = buttonOf(cellOf(target));
    if (target === button) rove(button);
    else if (button) place = button.dataset.cell; // a name's link: its cell is found again, too
  });
  document.addEventListener("pointerdown", ({ target }) => target.closest?.(CELL) || (place = ""));
  document.addEventListener("tpm:cell-saved", ({ target }) => target.closest?.(EDITOR) && saved(target.closest(EDITOR)));
  document.addEventListener("htmx:finally:request", ({ target }) => target.closest?.(EDITOR)?.removeAttribute("data-sending"));
  document.addEventListener("htmx:after:swap", arrange);
  arrange();
}
