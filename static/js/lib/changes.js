/**
 * Movement is explained: after a live refresh every figure ([data-figure="key"]) whose value changed flashes once and
 * keeps a small "was …" until it is dismissed.
 */

import { el } from "./dom.js";
import { t } from "./strings.js";

/** The keys whose text differs, with the old text. Pure. */
export function differences(before, after) {
  const moved = [];
  for (const [key, text] of after) if (before.has(key) && before.get(key) !== text) moved.push([key, before.get(key)]);
  return moved;
}

function textOf(element) {
  const copy = element.cloneNode(true);
  for (const extra of copy.querySelectorAll(".was")) extra.remove();
  return copy.textContent.replace(/\s+/g, " ").trim();
}

function read(root) {
  return new Map([...root.querySelectorAll("[data-figure]")].map((element) => [element.dataset.figure, textOf(element)]));
}

function mark(element, old) {
  const was = el("span", { class: "was" }, t("changed.was", { value: old }));
  was.append(el("button", { type: "button", "aria-label": t("dismiss"), onclick: () => was.remove() }, "×"));
  element.append(was);
  element.classList.add("changed");
  element.addEventListener("animationend", () => element.classList.remove("changed"), { once: true });
}

export function start() {
  const seen = new WeakMap();
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    if (ctx.sourceEvent?.type === "tpm:refresh") seen.set(ctx, read(document));
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const before = seen.get(event.detail.ctx);
    if (!before) return;
    const now = new Map([...document.querySelectorAll("[data-figure]")].map((element) => [element.dataset.figure, element]));
    const moved = differences(before, new Map([...now].map(([key, element]) => [key, textOf(element)])));
    for (const [key, old] of moved) mark(now.get(key), old);
  });
}
