/** Edits shown before the server has answered: inputs, new rows, moves and deletions put into the model, and back. */
import { WORK_DAY } from "./time.js";

const SNET = 4;
/** Fields of the server whose columns are called otherwise here. */
export const COLUMN_OF = { percent_complete: "percent", responsible: "owner" };

export const WithLocalEdits = (Base) =>
  class extends Base {
    /** Apply inputs of an edit; returns the cells as they were, for `restore`. */
    applySet(id, set) {
      const node = this.node.get(id);
      if (node === undefined) return null;
      const { columns } = this;
      const saved = {};
      const put = (name, value) => {
        if (!(name in saved)) saved[name] = columns[name][node];
        columns[name][node] = value;
      };
      for (const [name, value] of Object.entries(set)) {
        const column = COLUMN_OF[name] ?? name;
        if (column in columns) put(column, value);
      }
      if (!this.outline.hasChildren(node)) {
        const calendar = this.calendar(node);
        if (set.duration !== undefined && columns.start[node] !== null) {
          put("finish", this.finishAfter(node, columns.start[node], set.duration));
        }
        const start = set.actual_start ?? (set.constraint === SNET ? set.constraint_at : undefined);
        if (start !== undefined && start !== null) {
          put("start", columns.duration[node] > 0 ? calendar.nextWorking(start) : start);
          put("finish", this.finishAfter(node, columns.start[node], columns.duration[node]));
        }
        if (set.percent_complete === 100 && columns.actual_finish[node] === null) put("actual_finish", columns.finish[node]);
      }
      return { id, saved };
    }

    restore({ id, saved }) {
      const node = this.node.get(id);
      if (node === undefined) return;
      for (const [name, value] of Object.entries(saved)) this.columns[name][node] = value;
    }

    finishAfter(node, start, duration) {
      if (this.columns.is_elapsed[node]) return start + duration;
      return duration > 0 ? this.calendar(node).addWorking(start, duration) : start;
    }

    /** A new row after `after` (id) below `parent` (id or null) of a project; returns its node. */
    insert({ id, project, parent, after, name, version = 1 }) {
      const beside = this.node.get(after);
      const start = this.columns.start[beside] ?? this.projectStart(project);
      const node = this.append({
        id, project, parent, name, version, duration: WORK_DAY, start,
        finish: start === null ? null : this.calendars.standard.addWorking(start, WORK_DAY),
      });
      this.place(node, parent, after);
      return node;
    }

    projectStart(project) {
      return this.columns.start[this.projectNode.get(project)] ?? this.calendars.standard.nextWorking(this.dataDate ?? 0);
    }

    /** Put a node behind the subtree of its new elder sibling (or first below its parent). */
    place(node, parent, after) {
      this.columns.parent[node] = parent;
      const { outline } = this;
      const sequence = this.sequence.filter((other) => other !== node);
      const elder = after === null ? undefined : this.node.get(after);
      const above = parent === null ? this.projectNode.get(this.columns.project[node]) : this.node.get(parent);
      const anchor = elder ?? above ?? -1;
      const within = elder !== undefined && outline.position[elder] >= 0 ? outline.subtree(elder).at(-1) : anchor;
      sequence.splice(sequence.indexOf(within === node ? anchor : within) + 1, 0, node);
      this.sequence = sequence;
      this.rebuild();
      this.linksChanged();
    }

    move(id, parent, after) {
      const node = this.node.get(id);
      if (node === undefined) return;
      this.place(node, parent, after);
    }

    /** A temporary id becomes the server's. */
    rename(was, id, version) {
      const node = this.node.get(was);
      if (node === undefined) return;
      this.node.delete(was);
      this.node.set(id, node);
      this.columns.id[node] = id;
      this.columns.version[node] = version;
      for (let i = 0; i < this.size; i += 1) if (this.columns.parent[i] === was) this.columns.parent[i] = id;
      for (const link of this.links) {
        if (link.pred === was) link.pred = id;
        if (link.succ === was) link.succ = id;
      }
    }

    /** Take rows with everything below them out of sight. */
    remove(ids) {
      const nodes = new Set();
      for (const id of ids) for (const node of this.outline.subtree(this.node.get(id))) nodes.add(node);
      this.detach(nodes);
      this.links = this.links.filter((link) => this.node.has(link.pred) && this.node.has(link.succ));
      this.rebuild();
      this.linksChanged();
    }
  };
