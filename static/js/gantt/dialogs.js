/** The few dialogs of the Gantt: whose value stays, a link's kind and lag, columns, keys, and a plain question. */
import { COLUMNS, COLUMN_ORDER } from "./columns.js";
import { parseDuration } from "./format.js";
import { h } from "./dom.js";
import { isoDate } from "./time.js";

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
  if (/(_at|start|finish|deadline)$/.test(field) && typeof value === "number") return formats.long(value);
  return String(value);
}

/** Both values of each field in conflict; resolves to "mine" or "theirs". */
export async function chooseConflict(gantt, commands, errors) {
  const { t, model } = gantt;
  const rows = [];
  for (const { op_index: index, task, message, theirs = {} } of errors) {
    const command = commands[index] ?? {};
    const name = theirs.name ?? model.get(model.node.get(task) ?? 0, "name");
    const fields = Object.entries(command.set ?? {});
    if (!fields.length) rows.push(h("tr", {}, h("th", { scope: "row" }, name), h("td", { colspan: "2" }, message ?? "")));
    for (const [field, value] of fields) {
      const label = field === "percent_complete" ? "percent" : field === "constraint_at" ? "start" : field;
      rows.push(
        h("tr", {}, h("th", { scope: "row" }, `${name} · ${t(label)}`), h("td", {}, said(gantt, field, value)), h("td", {}, said(gantt, field, theirs[field]))),
      );
    }
  }
  const table = h(
    "table",
    { class: "gantt-conflict" },
    h("thead", {}, h("tr", {}, ...["field", "mine", "theirs"].map((key) => h("th", { scope: "col" }, t(key))))),
    h("tbody", {}, ...rows),
  );
  const choice = await ask(gantt, t("conflict"), [h("p", {}, t("conflict_help")), table],
    [button("theirs", t("take_theirs")), button("mine", t("keep_mine"), "is-primary")], { wide: true });
  return choice || "theirs";
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

/** Which columns, and how wide; resolves when closed. */
export async function chooseColumns(gantt) {
  const { t, prefs, grid } = gantt;
  const rows = COLUMN_ORDER.map((key) => {
    const box = h("input", { type: "checkbox", checked: prefs.get("columns").includes(key), disabled: key === "name", name: key });
    const width = h("input", {
      type: "number", class: "gantt-input is-narrow", min: "40", max: "700", step: "10", "aria-label": `${t(key)} px`,
      value: grid.widths[key] ?? prefs.get("widths")[key] ?? COLUMNS[key].width,
    });
    const row = h("div", { class: "gantt-column-choice" }, h("label", {}, box, ` ${t(key)}`), width);
    return { key, box, width, row };
  });
  const choice = await ask(gantt, t("columns"), rows.map(({ row }) => row), [button("", t("cancel")), button("ok", t("apply"), "is-primary")]);
  if (choice !== "ok") return;
  prefs.set("widths", Object.fromEntries(rows.map(({ key, width }) => [key, Number(width.value) || COLUMNS[key].width])));
  prefs.set("columns", rows.filter(({ box }) => box.checked).map(({ key }) => key));
  gantt.showColumns();
}

/** Change many tasks at once; resolves to {field, value} or null. */
export async function editMany(gantt, count) {
  const { t, model } = gantt;
  const fields = ["shift_days", "duration", "percent", "start", "deadline", ...(model.owners.length ? ["owner"] : [])];
  const field = h("select", { class: "gantt-input" }, ...fields.map((key) => h("option", { value: key }, t(key))));
  const holder = h("span", {});
  const show = () => {
    const type = field.value === "start" || field.value === "deadline" ? "date" : field.value === "shift_days" ? "number" : "text";
    const first = field.value === "start" && model.dataDate !== null ? isoDate(model.dataDate) : field.value === "shift_days" ? "1" : "";
    const input = field.value === "owner"
      ? h("select", { class: "gantt-input" }, ...COLUMNS.owner.editor.options(gantt).map(([value, label]) => h("option", { value }, label)))
      : h("input", { class: "gantt-input", type, value: first, autocomplete: "off" });
    holder.replaceChildren(input);
  };
  field.addEventListener("change", show);
  show();
  const choice = await ask(
    gantt,
    `${t("bulk")} · ${t("selected", { n: count })}`,
    [h("label", { class: "gantt-field" }, t("bulk_field"), field), h("label", { class: "gantt-field" }, t("value"), holder)],
    [button("", t("cancel")), button("ok", t("apply"), "is-primary")],
  );
  return choice === "ok" ? { field: field.value, value: holder.firstElementChild.value } : null;
}

const KEYS = [
  ["keys_move", "↑ ↓ ← →"], ["keys_page", "Page Up / Down, Ctrl+Home / End"], ["keys_select", "Space, Shift+↑ ↓, Ctrl+A"],
  ["keys_fold", "+ / −, ← →"], ["keys_open", "Enter"], ["keys_edit", "F2"], ["keys_nudge", "Alt+← →"], ["keys_resize", "Alt+↑ ↓"],
  ["keys_indent", "Alt+Shift+→ ←"], ["keys_order", "Alt+Shift+↑ ↓"], ["keys_progress", "[ ]"], ["keys_insert", "Insert, Delete"],
  ["keys_link", "L"], ["keys_undo", "Ctrl+Z, Ctrl+Y"], ["bulk", "E"], ["keys_zoom", "1 2 3 4, 0, T"],
  ["keys_toggle", "C B K F"], ["keys_path", "W"], ["keys_filter", "/"], ["keys_menu", "?"],
];

export function showKeys(gantt) {
  const { t } = gantt;
  const list = h("dl", { class: "gantt-keys" }, ...KEYS.flatMap(([key, keys]) => [h("dt", {}, h("kbd", {}, keys)), h("dd", {}, t(key))]));
  return ask(gantt, t("keys_title"), [list], [button("", t("close"), "is-primary")], { wide: true });
}
