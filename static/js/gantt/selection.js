/** What is chosen: a set of row ids, the active row, the active cell (null: the whole row), and the anchor of ranges. */

export class Selection {
  constructor() {
    this.ids = new Set();
    this.active = null;
    this.column = null;
    this.anchor = null;
  }

  has(id) {
    return this.ids.has(id);
  }

  get size() {
    return this.ids.size;
  }

  /** Choose one row only. */
  only(id, column = null) {
    this.ids = new Set(id === null ? [] : [id]);
    this.active = id;
    this.anchor = id;
    this.column = column;
  }

  toggle(id) {
    if (!this.ids.delete(id)) this.ids.add(id);
    this.active = id;
    this.anchor = id;
    this.column = null;
  }

  /** Choose all rows from the anchor to `id`; `rows`: ids in their order. */
  extend(id, rows) {
    const from = Math.max(0, rows.indexOf(this.anchor));
    const to = rows.indexOf(id);
    if (to < 0) return;
    this.ids = new Set(rows.slice(Math.min(from, to), Math.max(from, to) + 1));
    this.active = id;
    this.column = null;
  }

  /** Forget what is no longer there. */
  keep(exists) {
    for (const id of this.ids) if (!exists(id)) this.ids.delete(id);
    if (this.active !== null && !exists(this.active)) this.active = null;
    if (this.anchor !== null && !exists(this.anchor)) this.anchor = this.active;
  }
}
