/**
 * Rows that are not in the plan any more: tasks of the baseline that is laid behind the bars, or those that a what-if deletes.
 * They stand where they stood, can be read and not edited, and have ids of their own ("gone:12").
 */

export const goneId = (id) => `gone:${id}`;

/** Columns of `gone` as rows with the values of a task's columns. */
export function goneRows(gone) {
  const columns = gone ?? { id: [] };
  return columns.id.map((id, i) => ({
    id: goneId(id), after: columns.after[i], project: columns.project[i], parent: columns.parent[i], wbs: columns.wbs[i], name: columns.name[i],
    is_summary: columns.is_summary[i], is_milestone: columns.is_milestone[i], baseline_start: columns.start[i], baseline_finish: columns.finish[i],
  }));
}

/**
 * The sequence of nodes with the gone ones behind the sibling that they followed, else right below what held them.
 * `sequence`: nodes without them; `rows`: [{node, after, parent, head}] in their old order, `after` and `parent` as task ids;
 * `nodeOf(id)`: the node of a task, living or gone.
 */
export function weave(sequence, rows, nodeOf) {
  if (!rows.length) return sequence;
  const behind = new Map();
  for (const { node, after, parent, head } of rows) {
    const anchor = (after === null ? undefined : nodeOf(after)) ?? (parent === null ? undefined : nodeOf(parent)) ?? head;
    behind.get(anchor)?.push(node) ?? behind.set(anchor, [node]);
  }
  const woven = [];
  const stack = [];
  for (const node of sequence) {
    stack.push(node);
    while (stack.length) {
      const next = stack.pop();
      woven.push(next);
      stack.push(...(behind.get(next) ?? []).slice().reverse());
    }
  }
  return woven;
}
