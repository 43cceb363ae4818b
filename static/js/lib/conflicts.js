/**
 * Two people had the same form open and both saved. The slower one loses nothing: the form is fetched anew, what does not
 * contradict is put together, and for the rest both values are shown and one is chosen. It works on what fields hold and
 * not on what the server keeps, so it is right for every form that carries a hidden `version`.
 *
 * `settle(form)` serves forms that are still on the page (htmx); a plain form that was answered by the page "changed
 * meanwhile" is kept for one moment in the session and settled there.
 */

import { el, toast } from "./dom.js";
import { t } from "./strings.js";

const KEPT = "tpm.sent";
const OWN = /(^|-)version$|^csrfmiddlewaretoken$/;

const fieldsOf = (form) => [...form.elements].filter((one) => one.name && !OWN.test(one.name) && !["submit", "button", "file", "reset"].includes(one.type));

export const versionOf = (form) => [...form.elements].find((one) => /(^|-)version$/.test(one.name ?? "")) ?? null;

/** {name: [value, …]} of a form: as it is, or (`first`) as it came from the server. */
export function valuesOf(form, first = false) {
  const values = {};
  for (const field of fieldsOf(form)) {
    const list = (values[field.name] ??= []);
    if (field.type === "checkbox" || field.type === "radio") {
      if (first ? field.defaultChecked : field.checked) list.push(field.value);
    } else if (field.options) {
      const chosen = [...field.options].filter((option) => (first ? option.defaultSelected : option.selected));
      // A list in which nothing was marked shows its first entry.
      const shown = chosen.length || field.multiple ? chosen : [...field.options].slice(0, 1);
      list.push(...shown.map((option) => option.value));
    } else list.push(first ? field.defaultValue : field.value);
  }
  return values;
}

const same = (a = [], b = []) => a.length === b.length && a.every((value, i) => value === b[i]);

/**
 * What comes of three states of a form ({name: [value, …]}): as both found it, as I, as somebody else left it.
 * `merged` holds mine where I changed it and theirs everywhere else; `contested` the fields that both changed, differently.
 */
export function threeWay(base, mine, theirs) {
  const merged = {};
  const contested = [];
  for (const name of Object.keys(theirs)) {
    const changed = name in mine && !same(mine[name], base[name]);
    merged[name] = changed ? mine[name] : theirs[name];
    if (changed && !same(theirs[name], base[name]) && !same(theirs[name], mine[name])) contested.push(name);
  }
  return { merged, contested };
}

function fill(form, values) {
  for (const field of fieldsOf(form)) {
    const list = values[field.name];
    if (!list) continue;
    if (field.type === "checkbox" || field.type === "radio") field.checked = list.includes(field.value);
    else if (field.multiple) for (const option of field.options) option.selected = list.includes(option.value);
    else field.value = list[0] ?? "";
  }
}

/** The same form as the server would give it now; null where it gives none. */
async function fetchForm(address, names, fragment) {
  const headers = fragment ? { "HX-Request": "true", Accept: "text/html" } : { Accept: "text/html" };
  const answer = await fetch(address, { headers, credentials: "same-origin", cache: "no-store" });
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const known = (form) => fieldsOf(form).filter((field) => names.includes(field.name)).length;
  const forms = [...page.forms].filter(versionOf).sort((a, b) => known(b) - known(a));
  return forms.length && known(forms[0]) * 2 >= names.length ? forms[0] : null;
}

function said(form, name, values) {
  const fields = fieldsOf(form).filter((field) => field.name === name);
  const words = values.map((value) => {
    const option = fields.flatMap((field) => [...(field.options ?? [])]).find((one) => one.value === value);
    const box = fields.find((field) => (field.type === "radio" || (field.type === "checkbox" && fields.length > 1)) && field.value === value);
    if (option) return option.textContent.trim();
    if (box) return box.closest("label")?.textContent.trim() || value;
    return fields[0]?.type === "checkbox" ? t("yes") : value;
  });
  return words.filter(Boolean).join(", ") || (fields[0]?.type === "checkbox" ? t("no") : "–");
}

function labelOf(form, name) {
  const field = fieldsOf(form).find((one) => one.name === name);
  const label = field?.closest("fieldset")?.querySelector("legend") ?? (field?.id ? form.querySelector(`label[for="${CSS.escape(field.id)}"]`) : null);
  return (label?.textContent ?? field?.getAttribute("aria-label") ?? name).replace(/\*/g, "").trim();
}

/** Show both values of each contested field; resolves to the names that stay theirs, or null to go on typing. */
function choose(form, contested, mine, theirs) {
  const rows = contested.map((name, i) => {
    const cell = (whose, values) => el("td", {}, el("label", {}, el("input", { type: "radio", name: `whose-${i}`, value: whose, checked: whose === "mine" }), ` ${said(form, name, values)}`));
    return el("tr", {}, el("th", { scope: "row" }, labelOf(form, name)), cell("mine", mine[name]), cell("theirs", theirs[name]));
  });
  const head = el("tr", {}, ...["field", "mine", "theirs"].map((key) => el("th", { scope: "col" }, t(`conflict.${key}`))));
  const button = (value, look, text) => el("button", { class: `button ${look}`, value }, text);
  const dialog = el("dialog", { class: "dialog", "aria-labelledby": "conflict-title" }, el("form", { method: "dialog" },
    el("div", { class: "dialog-head" }, el("h2", { id: "conflict-title" }, t("conflict.title"))),
    el("div", { class: "dialog-body" }, el("p", {}, t("conflict.help")), el("div", { class: "table-wrap" }, el("table", { class: "table" }, el("thead", {}, head), el("tbody", {}, ...rows)))),
    el("div", { class: "dialog-foot" }, button("", "quiet", t("conflict.back")), button("theirs", "", t("conflict.keep_theirs")), button("chosen", "primary", t("conflict.save")))));
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      const left = contested.filter((_, i) => dialog.returnValue === "theirs" || dialog.querySelector(`[name=whose-${i}]:checked`)?.value === "theirs");
      dialog.remove();
      resolve(dialog.returnValue ? left : null);
    });
  });
}

/** Merge what was typed into the fresh form; false where the person goes on typing. */
async function merge(target, fresh, base, mine) {
  const theirs = valuesOf(fresh, true);
  const { merged, contested } = threeWay(base, mine, theirs);
  const left = contested.length ? await choose(fresh, contested, mine, theirs) : [];
  if (left === null) return false;
  for (const name of left) merged[name] = theirs[name];
  fill(target, merged);
  versionOf(target).value = versionOf(fresh).value;
  return true;
}

/** A form of this page was refused because somebody else was faster. False where nothing can be settled here. */
export async function settle(source) {
  const form = source?.closest?.("form");
  if (!form || !versionOf(form)) return false;
  form.setAttribute("data-dirty", ""); // it is not saved: what it stands in is not fetched anew meanwhile
  const address = form.getAttribute("hx-post") ?? form.getAttribute("action") ?? location.href;
  const mine = valuesOf(form);
  const fresh = await fetchForm(address, Object.keys(mine), true).catch(() => null);
  if (!fresh) return false;
  if (await merge(form, fresh, valuesOf(form, true), mine)) {
    form.requestSubmit();
    toast({ kind: "info", message: t("conflict.merged") });
  }
  return true;
}

/** Keep what a plain form sends until its answer is there. */
function keep(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post") || !versionOf(form)) return;
  try {
    const path = new URL(form.action || location.href, location.href).pathname;
    sessionStorage.setItem(KEPT, JSON.stringify({ path, base: valuesOf(form, true), mine: valuesOf(form) }));
  } catch {
    /* no storage: the page says what happened all the same */
  }
}

/** The page "changed meanwhile": bring back what was typed into it. */
async function restore(place) {
  const kept = JSON.parse(sessionStorage.getItem(KEPT) ?? "null");
  sessionStorage.removeItem(KEPT);
  if (!kept || kept.path !== location.pathname) return;
  const fresh = await fetchForm(location.pathname, Object.keys(kept.mine), false).catch(() => null);
  if (!fresh) return;
  const form = document.adoptNode(fresh);
  form.hidden = true;
  form.action = location.pathname;
  place.append(form);
  const ready = document.importNode(form, true);
  if (await merge(form, ready, kept.base, kept.mine)) form.submit();
  else history.back();
}

export function start() {
  document.addEventListener("submit", keep);
  const place = document.querySelector("[data-conflict]");
  if (place) restore(place);
  else if (!document.querySelector("form [name$=version]")) sessionStorage.removeItem(KEPT);
}
