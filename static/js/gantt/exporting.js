/** The Gantt as a file: what to take is chosen here, the server draws it. The page goes on meanwhile, and the making can be stopped. */
import { csrfToken } from "./api.js";
import { chooseExport } from "./dialogs.js";
import { h, toast } from "./dom.js";

/** Keys of the rows to take: null is all of the plan, "shown" what folds and filters leave, "window" what is in sight. */
export function rowKeys(gantt, which) {
  const { rows } = gantt.model.outline;
  if (which === "all") return null;
  const first = which === "window" ? Math.max(0, Math.floor(gantt.viewTop / gantt.rowHeight)) : 0;
  const last = which === "window" ? Math.min(rows.length, Math.ceil((gantt.viewTop + gantt.bodyHeight) / gantt.rowHeight)) : rows.length;
  return Array.from(rows.subarray(first, last), (node) => String(gantt.model.get(node, "id")));
}

/** The body of the request: rows, the part of time, paper, and which layers are on. */
export function wishOf(gantt, { rows, time, paper }) {
  const wish = { paper, shown: ["links", "baseline", "float"].filter((name) => gantt.prefs.get(name)) };
  const keys = rowKeys(gantt, rows);
  if (keys) wish.rows = keys;
  if (time === "window") {
    wish.from = Math.max(0, Math.round(gantt.scale.t(gantt.viewLeft)));
    wish.to = Math.round(gantt.scale.t(gantt.viewLeft + gantt.canvas.width));
  }
  return wish;
}

export async function exportPlan(gantt) {
  const choice = await chooseExport(gantt);
  if (!choice) return;
  await gantt.loader.whole();
  const { t } = gantt;
  const stop = new AbortController();
  const note = h("div", { class: "gantt-working", role: "status" }, h("span", { class: "gantt-spinner", "aria-hidden": "true" }), h("span", {}, t("export_making")),
    h("button", { class: "gantt-button", type: "button", onclick: () => stop.abort() }, t("cancel")));
  gantt.append(note);
  try {
    const response = await fetch(addressOf(gantt, choice.kind), {
      method: "POST", credentials: "same-origin", signal: stop.signal,
      headers: { "Content-Type": "application/json", "X-CSRFToken": csrfToken() }, body: JSON.stringify(wishOf(gantt, choice)),
    });
    if (!response.ok) {
      const answer = await response.json().catch(() => ({}));
      toast("bad", answer.errors?.[0]?.message ?? t("export_failed"));
      return;
    }
    const name = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "")?.[1] ?? `plan.${choice.kind}`;
    const address = URL.createObjectURL(await response.blob());
    h("a", { href: address, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(address), 60_000);
    toast("ok", t("export_done", { name }));
  } catch (error) {
    if (error.name !== "AbortError") toast("bad", t("export_failed"));
  } finally {
    note.remove();
  }
}

/** Where a kind of file is made, of the baseline or the what-if that is shown. */
function addressOf(gantt, kind) {
  const url = new URL(gantt.getAttribute("files").replace(/\/kind\/$/, `/${kind}/`), document.baseURI);
  const baseline = new URL(gantt.api.src, document.baseURI).searchParams.get("baseline");
  if (baseline) url.searchParams.set("baseline", baseline);
  if (gantt.hasAttribute("scenario")) url.searchParams.set("scenario", gantt.getAttribute("scenario"));
  return url;
}
