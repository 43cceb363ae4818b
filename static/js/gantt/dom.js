/** Elements in one expression, and the few icons of the Gantt's tool bar. */

/** h("button", {class: "x", onclick: f, "aria-label": "…"}, "text", child) */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value" || name === "checked") element[name] = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

const PATHS = {
  plus: "M8 3v10M3 8h10",
  minus: "M3 8h10",
  undo: "M6 3 2.5 6.5 6 10M3 6.5h6.5a3.5 3.5 0 0 1 0 7H6",
  redo: "M10 3l3.5 3.5L10 10M13 6.5H6.5a3.5 3.5 0 0 0 0 7H10",
  full: "M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
  keys: "M2 4.5h12v7H2zM4.5 7h.01M7 7h.01M9.5 7h.01M12 7h.01M5 9.5h6",
  fold: "M3 5h10M5.5 8H13M5.5 11H13",
  columns: "M2.5 3h11v10h-11zM6.2 3v10M9.8 3v10",
  export: "M8 2.5v7M5 6.8 8 9.8l3-3M2.5 11v2.5h11V11",
  add: "M2.5 4.5h7M2.5 8h5M2.5 11.5h4M12 7v6M9 10h6",
  close: "M4 4l8 8M12 4l-8 8",
  open: "M6 3.5 10.5 8 6 12.5",
  trash: "M3 4.5h10M6.5 4.5V3h3v1.5M4.5 4.5l.6 8.5h5.8l.6-8.5",
  indent: "M2.5 3.5h11M7.5 8h6M2.5 12.5h11M2.5 6.2 4.6 8l-2.1 1.8",
  outdent: "M2.5 3.5h11M7.5 8h6M2.5 12.5h11M4.6 6.2 2.5 8l2.1 1.8",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "gantt-icon");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** Tell the page: {kind: "ok" | "bad" | "info", message, action?: {label, run}} */
export function toast(kind, message, action = undefined) {
  document.dispatchEvent(new CustomEvent("tpm:toast", { detail: { kind, message, action } }));
}
