/** Where the person is: rows, cells, folds, zoom and scroll of the Gantt element. */
import { DAY, wallNow } from "./time.js";
import { ZOOMS } from "./scale.js";

export const WithNavigation = (Base) =>
  class extends Base {
    /** Ids of the rows in sight of the outline, in order. */
    rowIds() {
      return Array.from(this.model.outline.rows, (node) => this.model.get(node, "id"));
    }

    /** The id behind a data attribute: task ids are numbers, project rows and new tasks are words. */
    idOf(text) {
      const number = Number(text);
      return Number.isNaN(number) ? text : this.model.node.has(number) ? number : text;
    }

    get bodyHeight() {
      return Math.max(0, this.viewHeight - this.headHeight);
    }

    rowOf(id) {
      return this.model.outline.rowOf[this.model.node.get(id) ?? -1] ?? -1;
    }

    goToRow(row, extend = false, keepColumn = false) {
      const { rows } = this.model.outline;
      if (!rows.length) return;
      const id = this.model.get(rows[Math.min(rows.length - 1, Math.max(0, row))], "id");
      const column = keepColumn ? this.selection.column : null;
      if (extend) this.selection.extend(id, this.rowIds());
      else this.selection.only(id, column);
      this.selected();
      this.reveal(id);
    }

    stepRow(step, { extend = false, keepColumn = false } = {}) {
      const row = this.rowOf(this.selection.active);
      this.goToRow(row < 0 ? 0 : row + step, extend, keepColumn);
    }

    goTo(id) {
      this.selection.only(id);
      this.selected();
      this.reveal(id);
    }

    selectColumn(key) {
      this.selection.column = key;
      if (key) this.revealColumn(key);
      this.refreshGrid();
    }

    /** Scroll so that a row is in sight, unfolding what hides it; with `bar` the time line too. */
    reveal(id, { bar = false } = {}) {
      const node = this.model.node.get(id);
      if (node === undefined) return false;
      if (this.rowOf(id) < 0) {
        for (const above of this.model.outline.ancestors(node)) this.folded.delete(this.model.get(above, "id"));
        this.changed(true);
      }
      const row = this.rowOf(id);
      if (row < 0) return false;
      const top = row * this.rowHeight;
      const { scroller } = this;
      if (top < scroller.scrollTop) scroller.scrollTop = top;
      else if (top + this.rowHeight > scroller.scrollTop + this.bodyHeight) scroller.scrollTop = top + this.rowHeight - this.bodyHeight;
      if (bar && this.model.get(node, "start") !== null) {
        const x = this.scale.x(this.model.get(node, "start"));
        const end = this.scale.x(this.model.get(node, "finish"));
        if (x < scroller.scrollLeft || end > scroller.scrollLeft + this.canvas.width) scroller.scrollLeft = Math.max(0, x - this.canvas.width / 4);
      }
      this.requestFrame();
      return true;
    }

    revealColumn(key) {
      const { pane } = this.grid;
      let left = 0;
      for (const one of this.grid.columns) {
        if (one === key) break;
        left += this.grid.widths[one];
      }
      // The name stays in sight: what scrolls must come to stand behind it.
      const name = this.grid.columns.indexOf("name");
      const pinned = name >= 0 && this.grid.columns.indexOf(key) > name ? this.grid.widths.name : 0;
      if (left - pinned < pane.scrollLeft) pane.scrollLeft = left - pinned;
      const right = left + this.grid.widths[key];
      if (right > pane.scrollLeft + pane.clientWidth) pane.scrollLeft = right - pane.clientWidth;
    }

    isFolded(node) {
      return this.folded.has(this.model.get(node, "id")) && !this.filtering;
    }

    get isAllFolded() {
      return this.folded.size > 0;
    }

    /** Fold or unfold a row (`folded` undefined: the other way), keeping the keyboard's row in sight. */
    fold(id, folded = !this.folded.has(id)) {
      const node = this.model.node.get(id);
      if (node === undefined || !this.model.outline.hasChildren(node)) return;
      if (folded) this.folded.add(id);
      else this.folded.delete(id);
      const active = this.model.node.get(this.selection.active);
      if (folded && active !== undefined && this.model.outline.ancestors(active).includes(node)) this.selection.only(id);
      this.prefs.set("folded", [...this.folded]);
      this.changed(true);
      this.announce(`${this.model.get(node, "name")} ${this.t(folded ? "collapsed" : "expanded")}`);
    }

    foldAll(folded) {
      this.folded.clear();
      const { model } = this;
      if (folded) {
        for (const node of model.outline.order) {
          if (model.outline.hasChildren(node) && !model.isProject(node)) this.folded.add(model.get(node, "id"));
        }
      }
      this.prefs.set("folded", [...this.folded]);
      this.changed(true);
      if (this.rowOf(this.selection.active) < 0) this.selection.column = null;
    }

    zoomTo(name) {
      this.#zoom(ZOOMS[name], this.canvas.width / 2, this.#focusInstant());
    }

    /** Zoom by a factor about a canvas x, so that the instant there stays where it is. */
    zoomBy(factor, x = this.canvas.width / 2) {
      this.#zoom(this.scale.pxPerDay * factor, x);
    }

    /** The instant worth keeping in the middle: the active bar if it is in sight, else the middle itself. */
    #focusInstant() {
      const node = this.model.node.get(this.selection.active);
      const box = node === undefined ? null : this.canvas.boxes.get(node);
      const inSight = box && box.x + box.width > 0 && box.x < this.canvas.width;
      return inSight ? this.model.get(node, "start") : this.scale.t(this.viewLeft + this.canvas.width / 2);
    }

    #zoom(pxPerDay, x, instant = this.scale.t(this.viewLeft + x)) {
      this.scale.zoom(pxPerDay);
      this.setRange(true);
      this.scroller.scrollLeft = Math.max(0, this.scale.x(instant) - x);
      this.prefs.set("zoom", this.scale.pxPerDay);
      this.toolbar.refresh();
      this.requestFrame();
    }

    fit() {
      const span = this.model.span();
      if (!span) return;
      this.scale.zoom(this.scale.fitting(span[0], span[1], this.canvas.width));
      this.setRange(true);
      this.scroller.scrollLeft = Math.max(0, this.scale.x(span[0]) - 24);
      this.prefs.set("zoom", this.scale.pxPerDay);
      this.toolbar.refresh();
      this.requestFrame();
    }

    /** Today if the plan covers it, else its data date. */
    goToday() {
      const now = wallNow();
      const span = this.model.span();
      const inside = span && now > span[0] - 30 * DAY && now < span[1] + 30 * DAY;
      const at = inside ? now : this.model.dataDate ?? now;
      this.scroller.scrollLeft = Math.max(0, this.scale.x(at) - this.canvas.width / 3);
      this.requestFrame();
    }
  };
