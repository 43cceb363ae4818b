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

/** Old values that nobody has dismissed yet: they survive the next refresh. */
const kept = new Map();

function mark(key, element, flash) {
  const place = element.closest(".figure")?.querySelector(".figure-compare") ?? element;
  const was = el("span", { class: "was" }, t("changed.was", { value: kept.get(key) }));
  const dismiss = () => {
    kept.delete(key);
    was.remove();
  };
  was.append(el("button", { type: "button", "aria-label": t("dismiss"), onclick: dismiss }, "×"));
  place.prepend(was);
  if (!flash) return;
  element.classList.add("changed");
  element.addEventListener("animationend", () => element.classList.remove("changed"), { once: true });
}

function explain(before) {
  const now = new Map([...document.querySelectorAll("[data-figure]")].map((element) => [element.dataset.figure, element]));
  const texts = new Map([...now].map(([key, element]) => [key, textOf(element)]));
  const moved = new Map(differences(before, texts));
  for (const [key, old] of moved) if (!kept.has(key)) kept.set(key, old);
  for (const [key, old] of kept) {
    const element = now.get(key);
    if (texts.get(key) === old) kept.delete(key);
    if (!element || element.closest(".figure")?.querySelector(".was") || element.querySelector(".was")) continue;
    if (kept.has(key)) mark(key, element, moved.has(key));
  }
}

export function start() {
  const seen = new WeakMap();
  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    if (ctx.sourceEvent?.type === "tpm:refresh") seen.set(ctx, read(document));
  });
  document.addEventListener("htmx:after:swap", (event) => {
    const before = seen.get(event.detail.ctx);
    if (before) explain(before);
  });
}
