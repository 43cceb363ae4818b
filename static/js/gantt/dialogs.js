/** The few dialogs of the Gantt: whose value stays, a link's kind and lag, columns, keys, and a plain question. */
import { BULK } from "./bulk.js";
import { COLUMNS, COLUMN_ORDER } from "./columns.js";
import { fieldOf } from "./fields.js";
import { parseDuration } from "./format.js";
import { h } from "./dom.js";

const KINDS = ["FS", "SS", "FF", "SF"];

/** Open a modal dialog with `content`; resolves to the value of the button that closed it ("" on Escape). */
function ask(gantt, title, content, buttons, { wide = false } = {}) {
  return new Promise((resolve) => {
    const back = document.activeElement;
    const heading = h("h2", { class: "gantt-dialog-title", id: `${gantt.grid.uid}-dialog` }, title);
    const dialog = h(
      "dialog",
      { class: `gantt-dialog${wide ? " is-wide" : ""}`, "aria-labelledby": heading.id },
      h("form", { method: "dialog" }, heading, ...content, h("div", { class: "gantt-dialog-actions" }, ...buttons)),
    );
    dialog.addEventListener("close", () => {
      dialog.remove();
      (back?.isConnected ? back : gantt.grid.element).focus({ preventScroll: true });
      resolve(dialog.returnValue);
    });
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Enter" || event.isComposing || !event.target.matches("input, select")) return;
      event.preventDefault();
      dialog.close(dialog.querySelector(".is-primary")?.value ?? "");
    });
    gantt.append(dialog);
    dialog.showModal();
  });
}

const button = (value, label, look = "") => h("button", { class: `gantt-button ${look}`, value, type: "submit" }, label);

/** "yes" or "". */
export function confirm(gantt, question) {
  const { t } = gantt;
  return ask(gantt, question, [], [button("", t("cancel")), button("yes", t("delete"), "is-danger")]);
}

function said(gantt, field, value) {
  const { formats, t } = gantt;
  if (value === null || value === undefined || value === "") return "–";
  if (field === "duration") return formats.duration(value);
  if (field === "percent_complete" || field === "percent") return formats.percent(value);
  if (field === "constraint") return t(`constraint_${value}`);
  if (field === "lag") return formats.duration(value);
  if (field === "kind") return t(`kind_${value}`);
  if (field === "units") return formats.percent(Number(value) * 100);
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (/(_at|start|finish|deadline)$/.test(field) && typeof value === "number") return formats.long(value);
  return String(value);
}

/**
 * Both values of each contested field (rows of conflicts.js): whose stays? Resolves to the rows that stay theirs. With several
 * rows each may be chosen by itself.
 */
export async function chooseConflict(gantt, rows) {
  const { t, model } = gantt;
  const several = rows.length > 1;
  const lines = rows.map((row, i) => {
    const { field, task, mine, theirs, message } = row;
    const name = row.name ?? (model.node.has(task) ? model.get(model.node.get(task), "name") : "");
    const label = { percent_complete: "percent", constraint_at: "constraint_day" }[field] ?? field;
    const cell = (whose, value) => {
      if (!several) return h("td", {}, value);
      const radio = h("input", { type: "radio", name: `whose${i}`, value: whose, checked: whose === "mine", "aria-label": `${name}: ${t(whose)} ${value}` });
      return h("td", {}, h("label", {}, radio, ` ${value}`));
    };
    return h("tr", {}, h("th", { scope: "row" }, field ? `${name} · ${t(label)}` : name),
      cell("mine", field ? said(gantt, field, mine) : t("mine_whole")), cell("theirs", field ? said(gantt, field, theirs) : message ?? ""));
  });
  const table = h(
    "table",
    { class: "gantt-conflict" },
    h("thead", {}, h("tr", {}, ...["field", "mine", "theirs"].map((key) => h("th", { scope: "col" }, t(key))))),
    h("tbody", {}, ...lines),
  );
  const choice = await ask(gantt, t("conflict"), [h("p", {}, t("conflict_help")), table],
    [button("theirs", t("take_theirs")), button("mine", t("keep_mine"), several ? "" : "is-primary"), several ? button("each", t("as_chosen"), "is-primary") : null].filter(Boolean), { wide: true });
  if (choice === "mine") return [];
  if (choice === "each") return rows.filter((_, i) => table.querySelector(`[name=whose${i}]:checked`)?.value === "theirs");
  return rows;
}

/** A link's kind and lag; resolves to {kind, lag}, "unlink", or null. */
export async function editLink(gantt, link) {
  const { t, model, formats } = gantt;
  const name = (id) => model.get(model.node.get(id), "name");
  const kind = h("select", { class: "gantt-input" }, ...KINDS.map((one) => h("option", { value: one, selected: one === link.kind }, t(`kind_${one}`))));
  kind.value = link.kind;
  const lag = h("input", { class: "gantt-input", value: formats.duration(link.lag), autocomplete: "off" });
  const choice = await ask(
    gantt,
    t("link_title", { pred: name(link.pred), succ: name(link.succ) }),
    [h("label", { class: "gantt-field" }, t("kind"), kind), h("label", { class: "gantt-field" }, t("lag"), lag)],
    [button("unlink", t("delete"), "is-danger"), button("", t("cancel")), button("ok", t("apply"), "is-primary")],
  );
  if (choice === "unlink") return "unlink";
  const minutes = parseDuration(lag.value);
  return choice === "ok" && minutes !== null ? { kind: kind.value, lag: minutes } : null;
}

/** Which columns, in which order and how wide; resolves when closed. */
export async function chooseColumns(gantt) {
  const { t, prefs, grid } = gantt;
  const shown = gantt.columnKeys;
  const keys = [...shown, ...COLUMN_ORDER.filter((key) => !shown.includes(key))].filter((key) => key in COLUMNS);
  const list = h("div", { class: "gantt-columns-list" });
  const shift = (row, step) => {
    const beside = step < 0 ? row.previousElementSibling : row.nextElementSibling;
    if (beside) step < 0 ? beside.before(row) : beside.after(row);
  };
  const rows = keys.map((key) => {
    const box = h("input", { type: "checkbox", checked: shown.includes(key), disabled: key === "name", name: key });
    const width = h("input", {
      type: "number", class: "gantt-input is-narrow", min: "40", max: "700", step: "10", "aria-label": `${t(key)} px`,
      value: grid.widths[key] ?? prefs.get("widths")[key] ?? COLUMNS[key].width,
    });
    const row = h("div", { class: "gantt-column-choice" });
    const mover = (step, word, sign) => {
      const move = h("button", { type: "button", class: "gantt-button is-mover", "aria-label": t(word, { name: t(key) }), onclick: () => {
        shift(row, step);
        move.focus();
      } }, sign);
      return move;
    };
    row.append(h("label", {}, box, ` ${t(key)}`), mover(-1, "column_up", "↑"), mover(1, "column_down", "↓"), width);
    return { key, box, width, row };
  });
  list.append(...rows.map(({ row }) => row));
  const choice = await ask(gantt, t("columns"), [list], [button("reset", t("columns_reset")), button("", t("cancel")), button("ok", t("apply"), "is-primary")]);
  if (choice === "reset") {
    prefs.set("columns", null);
    prefs.set("widths", {});
  } else if (choice === "ok") {
    const order = [...list.children];
    const sorted = [...rows].sort((a, b) => order.indexOf(a.row) - order.indexOf(b.row));
    prefs.set("widths", Object.fromEntries(rows.map(({ key, width }) => [key, Number(width.value) || COLUMNS[key].width])));
    prefs.set("columns", sorted.filter(({ box }) => box.checked).map(({ key }) => key));
  } else return;
  gantt.showColumns();
}

/** What to take out of the plan, and as what; resolves to {kind, rows, time, paper} or null. */
export async function chooseExport(gantt) {
  const { t, prefs } = gantt;
  const last = prefs.get("exported");
  const select = (name, values) => {
    const element = h("select", { class: "gantt-input", name }, ...values.map((value) => h("option", { value }, t(`export_${value.replace("-", "_")}`))));
    element.value = last[name];
    return element;
  };
  const kind = select("kind", ["pdf", "png", "xlsx"]);
  const rows = select("rows", ["shown", "all", "window"]);
  const time = select("time", ["span", "part"]);
  const paper = select("paper", ["a3", "a4", "tabloid", "us-letter"]);
  const line = (key, element) => h("label", { class: "gantt-field" }, t(key), element);
  const [timeLine, paperLine] = [line("export_time", time), line("export_paper", paper)];
  const follow = () => [timeLine, paperLine].forEach((one) => (one.hidden = kind.value === "xlsx"));
  kind.addEventListener("change", follow);
  follow();
  const other = gantt.getAttribute("export");
  const choice = await ask(
    gantt,
    t("export_title"),
    [line("export_kind", kind), line("export_rows", rows), timeLine, paperLine,
      other ? h("p", { class: "gantt-dialog-note" }, h("a", { href: other }, t("export_other"))) : null].filter(Boolean),
    [button("", t("cancel")), button("ok", t("export"), "is-primary")],
  );
  if (choice !== "ok") return null;
  const chosen = { kind: kind.value, rows: rows.value, time: time.value, paper: paper.value };
  prefs.set("exported", chosen);
  return { ...chosen, time: time.value === "part" ? "window" : "span" };
}

/** Change many tasks at once; resolves to {field: text} of the fields that were chosen, or null. */
export async function editMany(gantt, count) {
  const { t } = gantt;
  const rows = Object.entries(BULK).map(([key, { spec, first }]) => {
    const field = fieldOf(spec(gantt), { class: "gantt-input", "aria-label": t(key), "data-day-label": t("constraint_day") });
    field.value = first(gantt);
    const box = h("input", { type: "checkbox", name: key });
    // Who touches a field means it.
    field.element.addEventListener("input", () => (box.checked = true));
    return { key, field, box, row: h("div", { class: "gantt-bulk-row" }, h("label", {}, box, ` ${t(key)}`), field.element) };
  });
  const choice = await ask(gantt, t("bulk_title", { n: count }), [h("p", { class: "gantt-dialog-note" }, t("bulk_help")), ...rows.map(({ row }) => row)],
    [button("", t("cancel")), button("ok", t("apply"), "is-primary")]);
  const chosen = rows.filter(({ box }) => box.checked);
  return choice === "ok" && chosen.length ? Object.fromEntries(chosen.map(({ key, field }) => [key, field.value])) : null;
}

const KEYS = [
  ["keys_move", "↑ ↓ ← →"], ["keys_page", "Page Up / Down, Ctrl+Home / End"], ["keys_select", "Space, Ctrl+Space, Shift+↑ ↓, Ctrl+A"],
  ["keys_fold", "+ / −, ← →"], ["keys_open", "Enter"], ["keys_edit", "F2"], ["keys_nudge", "Alt+← →"], ["keys_resize", "Alt+↑ ↓"],
  ["keys_indent", "Alt+Shift+→ ←"], ["keys_order", "Alt+Shift+↑ ↓"], ["keys_progress", "[ ]"], ["keys_insert", "Insert, Delete"],
  ["keys_link", "L"], ["keys_undo", "Ctrl+Z, Ctrl+Y"], ["bulk", "E"], ["keys_zoom", "1 2 3 4, 0, T"], ["keys_zoom_by", "< >"], ["keys_pan", "Ctrl+← →"],
  ["keys_toggle", "C B K F"], ["keys_path", "W"], ["keys_filter", "/"], ["columns", "O"], ["keys_export", "X"], ["full_screen", "Z"], ["keys_menu", "?"],
];

export function showKeys(gantt) {
  const { t } = gantt;
  const list = h("dl", { class: "gantt-keys" }, ...KEYS.flatMap(([key, keys]) => [h("dt", {}, h("kbd", {}, keys)), h("dd", {}, t(key))]));
  return ask(gantt, t("keys_title"), [list], [button("", t("close"), "is-primary")], { wide: true });
}
