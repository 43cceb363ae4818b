/** Named actions of the shell; any element with [data-action="name"] runs one. Dialogs open by [data-dialog="id"]. */

import { el, remember } from "./dom.js";
import * as theme from "./theme.js";

const narrow = matchMedia("(max-width: 60rem)");

function setRail(state) {
  const root = document.documentElement;
  if (state) root.dataset.rail = state;
  else delete root.dataset.rail;
  const shown = narrow.matches ? state === "open" : state !== "folded";
  for (const button of document.querySelectorAll("[data-action='rail']")) button.setAttribute("aria-expanded", String(shown));
}

function toggleRail() {
  const state = document.documentElement.dataset.rail;
  if (narrow.matches) {
    setRail(state === "open" ? "" : "open");
    if (state !== "open") document.querySelector(".rail a")?.focus();
    return;
  }
  const folded = state !== "folded";
  remember("rail", folded ? "folded" : null);
  setRail(folded ? "folded" : "");
}

/** Opens a modal dialog by id; its fragment (data-src) is fetched on the first opening. */
export function openDialog(id) {
  const dialog = document.getElementById(id);
  if (!dialog || dialog.open) return;
  const opener = document.activeElement;
  dialog.addEventListener("close", () => opener?.focus?.(), { once: true });
  dialog.showModal();
  if (dialog.dataset.src && !dialog.dataset.loaded) {
    dialog.dataset.loaded = "yes";
    window.htmx?.ajax("GET", dialog.dataset.src, { target: dialog.querySelector(".dialog-body"), swap: "innerHTML" });
  }
}

/** The list of shortcuts, with those that this page's own links carry. */
function shortcuts() {
  const section = document.querySelector("[data-page-shortcuts]");
  const links = [...document.querySelectorAll("a[data-keys]")];
  if (section) {
    const keys = (link) => link.dataset.keys.split(" ").flatMap((key) => [el("kbd", {}, key), " "]);
    section.querySelector("dl").replaceChildren(...links.flatMap((link) => [el("dt", {}, ...keys(link)), el("dd", {}, link.textContent)]));
    section.hidden = !links.length;
  }
  openDialog("shortcuts-dialog");
}

/** An address may end in the name of a dialog: its own button opens it, so that what it fetches is fetched. */
function openNamed() {
  const id = location.hash.slice(1);
  if (!id || !document.getElementById(id)?.matches("dialog")) return;
  document.querySelector(`[data-dialog="${CSS.escape(id)}"]`)?.click();
}

const actions = {
  rail: toggleRail,
  theme: theme.next,
  palette: () => document.querySelector("command-palette")?.open(),
  shortcuts,
};

export function run(name) {
  actions[name]?.();
}

function onClick(event) {
  const target = event.target.closest?.("[data-action], [data-dialog], [data-close]");
  if (target && !(event.ctrlKey || event.metaKey || event.shiftKey)) {
    if (target.dataset.action in actions) {
      event.preventDefault();
      target.closest("details")?.removeAttribute("open");
      run(target.dataset.action);
    } else if (target.dataset.dialog) {
      event.preventDefault();
      target.closest("details")?.removeAttribute("open");
      openDialog(target.dataset.dialog);
    } else if (target.hasAttribute("data-close")) target.closest("dialog")?.close();
  }
  const root = document.documentElement;
  if (root.dataset.rail === "open" && !event.target.closest(".rail, [data-action='rail']")) setRail("");
}

function onToggle({ target }) {
  if (target.dataset?.remember) remember(`open:${target.dataset.remember}`, target.open ? "yes" : "no");
}

/** A form that would change something is marked while it holds unsaved input: live refreshes leave it alone. */
function onInput({ target }) {
  const { form } = target;
  if (form && (form.method === "post" || form.matches("[hx-post], [hx-patch], [hx-put]"))) form.setAttribute("data-dirty", "");
}

/** A row of tabs that is wider than a phone begins at the one that is open. */
function bringTabsIntoView() {
  for (const open of document.querySelectorAll(":is(.tabs, .views) [aria-current]")) {
    const row = open.closest(".tabs ul, .views");
    if (row.scrollWidth > row.clientWidth) row.scrollLeft += open.getBoundingClientRect().left - row.getBoundingClientRect().left - (row.clientWidth - open.offsetWidth) / 2;
  }
}

export function start() {
  bringTabsIntoView();
  document.addEventListener("click", onClick);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.documentElement.dataset.rail === "open") {
      setRail("");
      document.querySelector("[data-action='rail']")?.focus();
    }
    if (event.key === " " && event.target.matches?.("a[role='button'][data-action]")) {
      event.preventDefault();
      run(event.target.dataset.action);
    }
  });
  document.addEventListener("tpm:close", (event) => event.target.closest?.("dialog")?.close());
  document.addEventListener("input", onInput);
  document.addEventListener("submit", (event) => event.target.removeAttribute?.("data-dirty"));
  narrow.addEventListener("change", () => setRail(narrow.matches ? "" : (remember("rail") ?? "")));
  setRail(narrow.matches ? "" : (document.documentElement.dataset.rail ?? ""));
  for (const details of document.querySelectorAll("details[data-remember]")) {
    const state = remember(`open:${details.dataset.remember}`);
    if (state !== null) details.open = state === "yes";
  }
  document.addEventListener("toggle", onToggle, true);
  if (window.htmx) openNamed();
  else addEventListener("load", openNamed, { once: true });
}
