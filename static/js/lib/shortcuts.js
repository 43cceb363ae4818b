/** Keys of the shell: Ctrl-K, ?, /, [, "g h", "g p" and those that links of the page carry ([data-keys]). Single keys keep quiet while somebody types. */

import { isTyping } from "./dom.js";
import { run } from "./actions.js";

const CHORD_TIME = 1_200;
let chord = "";
let timer = 0;

function go(key) {
  const wanted = `a[data-keys="${CSS.escape(key)}"]`;
  const palette = document.querySelector("command-palette template[data-actions]");
  const link = palette?.content.querySelector(wanted) ?? document.querySelector(wanted);
  if (link) location.assign(link.getAttribute("href"));
}

function onKey(event) {
  if (event.defaultPrevented || event.isComposing) return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k") {
    event.preventDefault();
    run("palette");
    return;
  }
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || document.querySelector("dialog[open]")) return;
  if (chord === "g") {
    chord = "";
    go(`g ${event.key}`);
    return;
  }
  if (event.key === "g") {
    chord = "g";
    clearTimeout(timer);
    timer = setTimeout(() => (chord = ""), CHORD_TIME);
  } else if (event.key === "?") run("shortcuts");
  else if (event.key === "[") run("rail");
  else if (event.key === "/") {
    const filter = document.querySelector("[data-page-filter]");
    event.preventDefault();
    if (filter) filter.focus();
    else run("palette");
  }
}

export function start() {
  document.addEventListener("keydown", onKey);
}
