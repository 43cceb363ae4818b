/**
 * What a person wants, as commands of the edit endpoint, and the same commands applied to the model at once.
 * Pure: no network, no DOM.
 */

const SNET = 4;

/** The command that makes the row the last child of its elder sibling; null when there is none. */
export function indent(model, id) {
  const node = model.node.get(id);
  const siblings = model.livingChildren(model.outline.parent[node]);
  const elder = siblings[siblings.indexOf(node) - 1];
  if (elder === undefined || model.isProject(elder)) return null;
  const last = model.livingChildren(elder).at(-1);
  return { op: "move", task: id, parent: model.get(elder, "id"), after: last === undefined ? null : model.get(last, "id") };
}

/** The command that puts the row behind its parent; null at the top of a project. */
export function outdent(model, id) {
  const above = model.outline.parent[model.node.get(id)];
  if (above < 0 || model.isProject(above)) return null;
  return { op: "move", task: id, parent: model.get(above, "parent"), after: model.get(above, "id") };
}

/** The command that exchanges a row with its elder (−1) or younger (+1) sibling; null at the end. */
export function reorder(model, id, step) {
  const node = model.node.get(id);
  const siblings = model.livingChildren(model.outline.parent[node]);
  const at = siblings.indexOf(node);
  const to = at + step;
  if (to < 0 || to >= siblings.length) return null;
  const after = step < 0 ? siblings[to - 1] : siblings[to];
  return { op: "move", task: id, parent: model.get(node, "parent"), after: after === undefined ? null : model.get(after, "id") };
}

/** Commands that make a task start at `start`: a constraint "start no earlier than". */
export function startAt(id, start) {
  return { op: "update", task: id, set: { constraint: SNET, constraint_at: start } };
}

/** Link, relink and unlink commands that turn the predecessors of a task into `wanted` [{pred, kind, lag}]. */
export function relinkTo(model, id, wanted) {
  const now = model.links.filter((link) => link.succ === id);
  const commands = [];
  for (const { pred, kind, lag } of wanted) {
    const link = now.find((one) => one.pred === pred);
    if (!link) commands.push({ op: "link", pred, succ: id, kind, lag });
    else if (link.kind !== kind || link.lag !== lag) commands.push({ op: "relink", link: link.id, kind, lag });
  }
  for (const link of now) {
    if (!wanted.some(({ pred }) => pred === link.pred)) commands.push({ op: "unlink", link: link.id });
  }
  return commands;
}

/** Rows of a selection that are tasks, in outline order, without those below another chosen one. */
export function topmost(model, ids) {
  const chosen = new Set(ids.filter((id) => !model.isProject(model.node.get(id))));
  return [...model.outline.order]
    .filter((node) => chosen.has(model.get(node, "id")))
    .filter((node) => !model.outline.ancestors(node).some((above) => chosen.has(model.get(above, "id"))))
    .map((node) => model.get(node, "id"));
}

/**
 * Apply commands to the model. Returns a function that takes back what can be taken back, with `whole` true when the
 * outline changed (then only a reload restores it).
 */
export function applyLocally(model, commands) {
  const cells = [];
  const links = model.links.map((link) => ({ ...link }));
  let linksTouched = false;
  let whole = false;
  for (const command of commands) {
    if (command.op === "update") {
      const saved = model.applySet(command.task, command.show ? { ...command.set, ...command.show } : command.set);
      if (saved) cells.push(saved);
    } else if (command.show && command.touches !== undefined) {
      const saved = model.applySet(command.touches, command.show);
      if (saved) cells.push(saved);
    } else if (command.op === "create") {
      model.insert({ ...command, id: command.temporary });
      whole = true;
    } else if (command.op === "delete" && model.node.has(command.task)) {
      model.remove([command.task]);
      whole = true;
    } else if (command.op === "move") {
      model.move(command.task, command.parent, command.after);
      whole = true;
    } else if (command.op === "link") {
      const { pred, succ, kind, lag } = command;
      model.links.push({ id: command.temporary, pred, succ, kind, lag, version: 1 });
      linksTouched = true;
    } else if (command.op === "relink") {
      Object.assign(model.link(command.link) ?? {}, { kind: command.kind, lag: command.lag });
      linksTouched = true;
    } else if (command.op === "unlink") {
      model.links = model.links.filter((link) => link.id !== command.link);
      linksTouched = true;
    }
  }
  if (linksTouched) model.linksChanged();
  const revert = () => {
    for (const saved of [...cells].reverse()) model.restore(saved);
    if (linksTouched && !whole) {
      model.links = links;
      model.linksChanged();
    }
  };
  /** Value of a column before these commands; undefined where they did not touch it. */
  const before = (id, column) => cells.find((one) => one.id === id && column in one.saved)?.saved[column];
  return { revert, whole, before };
}

/** Ids of the tasks that a list of commands touches. */
export function touched(model, commands) {
  const ids = new Set();
  for (const command of commands) {
    for (const id of [command.task, command.succ, command.temporary, command.parent, command.touches]) if (id !== undefined && id !== null) ids.add(id);
    const link = command.link === undefined ? null : model.link(command.link);
    if (link) ids.add(link.succ);
  }
  return [...ids].filter((id) => model.node.has(id));
}

export { SNET };
