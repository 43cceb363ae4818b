/**
 * Merges the answers of the plan's data door as an open page does, and says where the page would differ from a full load.
 * Reads [{page: [answer, …], full: [answer, …]}, …] from the standard input: after each answer the page must be like the
 * full load of that moment (null: some of its rows are still on their way). Prints the differences as a JSON list.
 */
import { readFileSync } from "node:fs";
import { GanttModel } from "../../static/js/gantt/model.js";

/** All that the model knows of what can be seen, by id. */
function shown(model) {
  const { columns, node, sequence, program, owners, links } = model;
  const rows = sequence.map((at) => Object.fromEntries(Object.keys(columns).map((name) => [name, columns[name][at]])));
  const parents = sequence.map((at) => columns.id[model.outline.parent[at]] ?? null);
  return { program, owners, rows, parents, span: model.span(), known: [...node.keys()].map(String).sort(), links };
}

const differences = [];
for (const [visit, { page, full }] of JSON.parse(readFileSync(0, "utf8")).entries()) {
  const open = new GanttModel();
  for (const [at, answer] of page.entries()) {
    if (answer.program) open.load(answer);
    else if (answer.removed === undefined) open.takeRows(answer);
    else if (open.applyDelta(answer) === null) differences.push({ visit, at, what: "not understood" });
    if (full[at] === null) continue;
    if (!open.isWhole) differences.push({ visit, at, what: "rows are missing" });
    const fresh = new GanttModel();
    fresh.load(full[at]);
    const [is, ought] = [shown(open), shown(fresh)];
    for (const what of Object.keys(ought)) {
      if (JSON.stringify(is[what]) !== JSON.stringify(ought[what])) differences.push({ visit, at, what, is: is[what], ought: ought[what] });
    }
  }
}
console.log(JSON.stringify(differences));
