/** Small helpers over the DOM. Text always goes in as text, never as markup. */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element with attributes and children. `class`, `data-*` and `aria-*` are attributes; `onclick` and the like are listeners.
 * @param {string} tag
 * @param {Record<string, any>} [attributes] null, undefined and false leave an attribute out
 * @param {...(Node | string | null | undefined)} children
 */
export function el(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on") && typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child !== null && child !== undefined));
  return node;
}

/** An icon of the sprite, hidden from assistive technology. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `${document.body.dataset.icons ?? "/static/img/icons.svg"}#${name}`);
  svg.append(use);
  return svg;
}

/** True while the user types: shortcuts must keep quiet. */
export function isTyping(target) {
  return target instanceof Element && target.closest("input, textarea, select, [contenteditable], [role='treegrid'], program-gantt") !== null;
}

/** A safe read of localStorage: null when storage is refused. */
export function remember(key, value) {
  try {
    if (value === undefined) return localStorage.getItem(`tpm:${key}`);
    if (value === null) localStorage.removeItem(`tpm:${key}`);
    else localStorage.setItem(`tpm:${key}`, value);
  } catch {
    /* storage may be refused */
  }
  return null;
}

/** The CSRF token that the server put on the page. */
export function csrfToken() {
  return document.querySelector('meta[name="csrf-token"]')?.content ?? "";
}

/** Shows a toast: {kind: "ok" | "watch" | "bad" | "info", message, undo?: {url, label?, body?}}. */
export function toast(detail) {
  document.dispatchEvent(new CustomEvent("tpm:toast", { detail }));
}
