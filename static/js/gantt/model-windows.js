/**
 * A plan that comes in windows: first the outline (which rows there are, in which order, below which row) with the rows in
 * sight, then the others. A row that is on its way has an id, a project and a parent, and nothing else.
 */

import { rollUpProjects } from "./model-projects.js";

export const WithWindows = (Base) =>
  class extends Base {
    /** The tasks of a payload; of a first window those of its outline, of which only some are here. */
    openTasks(payload) {
      const given = payload.tasks ?? { id: [] };
      this.sums = payload.sums ?? null;
      this.told = payload.span ?? null;
      this.missing = null;
      this.missingCount = 0;
      if (!payload.outline) return given;
      return rowsOfOutline(payload.outline);
    }

    /** After `openTasks` and the nodes: which rows are on their way, and the first window's rows. */
    openWindows(payload) {
      if (!payload.outline) return;
      this.missing = new Uint8Array(this.size).fill(1, this.projects.length);
      this.missingCount = this.size - this.projects.length;
      this.takeRows(payload, false);
    }

    /** Is this row here, and not still on its way? */
    isHere(node) {
      return this.missing === null || !this.missing[node];
    }

    /** Is every row of the plan here? What needs the whole network must ask. */
    get isWhole() {
      return this.missingCount === 0;
    }

    /** A row came (or went) by another way than a window. */
    arrived(node) {
      if (this.isHere(node)) return;
      this.missing[node] = 0;
      this.missingCount -= 1;
      if (this.missingCount === 0) this.missing = null;
    }

    /**
     * Take a window in: values of rows that were on their way, and the links into them. Rows that are here already stay as they
     * are (somebody may be editing them), and rows that the outline does not know come with the changes later.
     * Returns how many rows came.
     */
    takeRows({ tasks, links }, network = true) {
      const fresh = [];
      tasks.id.forEach((id, i) => {
        const node = this.node.get(id);
        if (node !== undefined && !this.isHere(node)) fresh.push([node, i]);
      });
      for (const name of Object.keys(this.columns)) {
        const [column, given] = [this.columns[name], tasks[name]];
        if (given && !KEPT.has(name)) for (const [node, i] of fresh) column[node] = given[i];
      }
      const came = new Set(fresh.map(([node]) => node));
      for (const node of came) this.arrived(node);
      const known = new Set(this.links.map(({ id }) => id));
      const more = this.linkRows(links).filter(({ id, succ }) => !known.has(id) && came.has(this.node.get(succ)));
      if (more.length) this.links = [...this.links, ...more].sort((a, b) => a.id - b.id);
      if (network) {
        this.linksChanged();
        rollUpProjects(this);
      }
      return fresh.length;
    }
  };

/** What the outline says; an edit of this page may have moved a row meanwhile. */
const KEPT = new Set(["id", "project", "parent"]);

/**
 * Ids, projects and parents of `{id, up, project}`: ids as differences from the one before, parents as rows upwards (0: none),
 * projects as [id, rows] pairs.
 */
export function rowsOfOutline({ id: steps, up, project }) {
  const id = [];
  let last = 0;
  for (const step of steps) id.push((last += step));
  return {
    id,
    project: project.flatMap(([pk, count]) => new Array(count).fill(pk)),
    parent: up.map((rows, at) => (rows === 0 ? null : id[at - rows])),
  };
}

/**
 * The next rows to ask for, as {from, rows} of positions in the outline: the missing ones nearest to `place`, below it first.
 * `isMissing(position)`, of `count` positions, at most `size`; null when none is missing.
 */
export function nextWindow(isMissing, count, place, size) {
  const at = Math.min(Math.max(0, place), Math.max(0, count - 1));
  let from = at;
  while (from < count && !isMissing(from)) from += 1;
  let above = at - 1;
  while (above >= 0 && !isMissing(above)) above -= 1;
  if (from >= count && above < 0) return null;
  if (from >= count || (above >= 0 && at - above < from - at)) {
    from = above;
    while (from > 0 && above - from + 1 < size && isMissing(from - 1)) from -= 1;
    return { from, rows: above - from + 1 };
  }
  let end = Math.min(count, from + size);
  while (!isMissing(end - 1)) end -= 1;
  return { from, rows: end - from };
}
