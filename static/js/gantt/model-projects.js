/** The rows of projects: what follows for them from their tasks. */
import { WORK_DAY, dayOf } from "./time.js";

const SUMS = ["start", "finish", "baseline_start", "baseline_finish", "total_float"];

/**
 * Dates of every project row: the earliest start and latest finish of its tasks, percent weighted by duration. While tasks of a
 * project are still on their way its sums are those that the server sent (`model.sums`, columns by project).
 */
export function rollUpProjects(model) {
  for (let head = 0; head < model.projects.length; head += 1) {
    const sums = sumOf(model, head) ?? toldOf(model, head);
    for (const name of SUMS) model.columns[name][head] = sums[name] ?? null;
    model.columns.percent[head] = sums.work > 0 ? sums.done / sums.work : 0;
    model.columns.critical[head] = sums.critical ?? false;
    measure(model, head);
  }
}

/** Sums over the lowest rows of a project; null when not all of them are here. */
function sumOf(model, head) {
  const { columns, outline } = model;
  const found = { work: 0, done: 0, critical: false };
  for (const node of outline.position[head] >= 0 ? outline.subtree(head) : []) {
    if (!model.isHere(node)) return null;
    if (node === head || outline.hasChildren(node) || model.gone.has(node)) continue;
    for (const name of ["start", "baseline_start", "total_float"]) found[name] = least(found[name], columns[name][node]);
    for (const name of ["finish", "baseline_finish"]) found[name] = most(found[name], columns[name][node]);
    found.work += columns.duration[node];
    found.done += columns.duration[node] * columns.percent[node];
    found.critical = found.critical || columns.critical[node];
  }
  return found;
}

function toldOf(model, head) {
  const { sums } = model;
  const at = sums?.project.indexOf(model.columns.project[head]) ?? -1;
  return at < 0 ? {} : Object.fromEntries(Object.entries(sums).map(([name, column]) => [name, column[at]]));
}

/** Duration and slippage of a project row from its dates. */
function measure({ columns, calendars: { standard } }, head) {
  const finish = columns.finish[head];
  const planned = columns.baseline_finish[head];
  const known = finish !== null && planned !== null;
  columns.duration[head] = finish === null ? 0 : standard.workingBetween(columns.start[head], finish);
  columns.slip_wd[head] = known ? Math.round((standard.workingBetween(planned, finish) / WORK_DAY) * 10) / 10 : null;
  columns.slip_cd[head] = known ? dayOf(finish) - dayOf(planned) : null;
}

const least = (known, value) => (value === null || (known !== undefined && known <= value) ? known : value);
const most = (known, value) => (value === null || (known !== undefined && known >= value) ? known : value);
