/**
 * Tooltips for [data-tip]: on hover after a moment, on keyboard focus at once; Esc takes them away, and the pointer may
 * move onto them. The text is tied by aria-describedby while it shows.
 */

import { el } from "./dom.js";

const DELAY = 350;
let bubble = null;
let owner = null;
let timer = 0;

function textFor(element) {
  if (element.dataset.tip) return element.dataset.tip;
  return document.documentElement.dataset.rail === "folded" ? element.dataset.tipSide : "";
}

function place(target) {
  const box = target.getBoundingClientRect();
  const own = bubble.getBoundingClientRect();
  const below = box.bottom + 6 + own.height < innerHeight;
  bubble.style.top = `${below ? box.bottom + 6 : Math.max(4, box.top - own.height - 6)}px`;
  bubble.style.left = `${Math.min(Math.max(4, box.left + box.width / 2 - own.width / 2), innerWidth - own.width - 4)}px`;
}

function show(target) {
  const text = textFor(target);
  if (!text || target === owner) return;
  hide();
  owner = target;
  bubble = el("div", { class: "tip", id: "tip", role: "tooltip", popover: "manual" }, text);
  (target.closest("dialog[open]") ?? document.body).append(bubble);
  bubble.showPopover?.();
  place(target);
  if (!target.hasAttribute("aria-describedby")) target.setAttribute("aria-describedby", "tip");
}

export function hide() {
  clearTimeout(timer);
  if (owner?.getAttribute("aria-describedby") === "tip") owner.removeAttribute("aria-describedby");
  bubble?.remove();
  bubble = owner = null;
}

export function start() {
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "touch" || bubble?.contains(event.target)) return;
    const target = event.target.closest?.("[data-tip], [data-tip-side]");
    clearTimeout(timer);
    if (target) timer = setTimeout(show, DELAY, target);
    else timer = setTimeout(hide, 150);
  });
  document.addEventListener("focusin", (event) => {
    const target = event.target.closest?.("[data-tip], [data-tip-side]");
    if (target && event.target.matches(":focus-visible")) show(target);
    else hide();
  });
  document.addEventListener("pointerdown", hide);
  document.addEventListener("keydown", (event) => event.key === "Escape" && hide());
  document.addEventListener("scroll", hide, { capture: true, passive: true });
}
