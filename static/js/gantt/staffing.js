/** Who works on a task, typed as the cell shows it ("Ann, Ben 50 %, Cable × 300"), as assign, reassign and unassign commands. */
import { BadValue } from "./bad-value.js";

/** What the editor needs to know first: {resources: [{id, name, kind}], assignments: [{id, version, resource, units}]}. */
export async function staffing(gantt, node) {
  const id = gantt.model.get(node, "id");
  const response = await fetch(gantt.getAttribute("staffing").replace(/\b0\b/, id), { headers: { Accept: "application/json" }, credentials: "same-origin" });
  if (!response.ok) throw new BadValue(gantt.t("offline_read"));
  return response.json();
}

/** [{name, units}] of a typed list; null when a part is no such thing. */
export function parseStaff(text) {
  const found = [];
  for (const part of (text ?? "").split(/[,;]/).map((one) => one.trim()).filter(Boolean)) {
    const match = /^(.*?)(?:\s*×\s*(\d+(?:\.\d+)?)|\s+(\d+(?:\.\d+)?)\s*%)?$/.exec(part);
    if (!match[1].trim()) return null;
    found.push({ name: match[1].trim(), units: match[2] !== undefined ? Number(match[2]) : match[3] !== undefined ? Number(match[3]) / 100 : 1 });
  }
  return found;
}

/** The commands that turn the assignments of a task into what was typed; throws BadValue for an unknown name. */
export function staffingCommands(gantt, node, text, { resources, assignments }) {
  const { model, t } = gantt;
  const wanted = parseStaff(text);
  if (wanted === null) throw new BadValue(t("bad_value", { value: text }));
  const id = model.get(node, "id");
  const touches = { touches: id, show: { who: text.trim() } };
  const commands = [];
  const kept = new Set();
  for (const { name, units } of wanted) {
    const resource = resources.find((one) => one.name.toLowerCase() === name.toLowerCase());
    if (!resource) throw new BadValue(t("unknown_resource", { name }));
    kept.add(resource.id);
    const now = assignments.find((one) => one.resource === resource.id);
    if (!now) commands.push({ op: "assign", task: id, resource: resource.id, set: { units }, ...touches });
    else if (Number(now.units) !== units && resource.kind !== "cost") {
      commands.push({ op: "reassign", assignment: now.id, version: now.version, set: { units }, ...touches });
    }
  }
  for (const { id: assignment, version, resource } of assignments) {
    if (!kept.has(resource)) commands.push({ op: "unassign", assignment, version, ...touches });
  }
  return commands;
}
