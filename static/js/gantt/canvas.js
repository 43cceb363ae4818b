/** The one canvas: which rows and bars are in sight, in what order they are painted, and what lies under a point. */
import { barBox, distanceTo, partAt } from "./layout.js";
import { paintBars, paintGhosts, paintLinkDraft } from "./paint-bars.js";
import { paintLinks } from "./paint-links.js";
import { paintLit } from "./paint-path.js";
import { paintBackground, paintHeader, paintLines } from "./paint-time.js";
import { readTheme } from "./theme.js";
import { h } from "./dom.js";

export class ChartCanvas {
  constructor(gantt) {
    this.gantt = gantt;
    this.element = h("canvas", { class: "gantt-canvas", role: "img", "aria-label": gantt.t("time_line") });
    this.context = this.element.getContext("2d", { alpha: false });
    this.width = 0;
    this.height = 0;
    this.boxes = new Map();
    this.routes = [];
    this.theme = null;
  }

  resize(width, height) {
    const ratio = Math.min(2, globalThis.devicePixelRatio || 1);
    this.width = Math.max(1, Math.floor(width));
    this.height = Math.max(1, Math.floor(height));
    this.ratio = ratio;
    this.element.width = Math.round(this.width * ratio);
    this.element.height = Math.round(this.height * ratio);
    this.element.style.width = `${this.width}px`;
    this.element.style.height = `${this.height}px`;
  }

  refreshTheme() {
    this.theme = readTheme(this.gantt);
  }

  /** Box of a node in canvas px, at its previewed dates if it has some; null without dates or row. */
  box(node, origin = false) {
    const { gantt } = this;
    const { model, scale } = gantt;
    const row = model.outline.rowOf[node];
    if (row < 0) return null;
    const dates = origin ? null : gantt.previewed(node);
    const start = dates?.start ?? model.get(node, "start");
    const finish = dates?.finish ?? model.get(node, "finish");
    if (start === null || finish === null) return null;
    const top = gantt.headHeight + row * gantt.rowHeight - gantt.viewTop;
    const box = barBox(scale, start, finish, model.get(node, "is_milestone"), top, gantt.rowHeight);
    box.x -= gantt.viewLeft;
    return box;
  }

  paint(first, last, now) {
    if (!this.theme) this.refreshTheme();
    const { context, gantt } = this;
    const { model, rowHeight, headHeight } = gantt;
    context.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    this.from = gantt.scale.t(gantt.viewLeft);
    this.to = gantt.scale.t(gantt.viewLeft + this.width);
    this.bars = [];
    this.boxes.clear();
    for (let row = first; row < last; row += 1) {
      const node = model.outline.rows[row];
      const box = this.box(node);
      this.bars.push({ node, row, top: headHeight + row * rowHeight - gantt.viewTop, box });
      if (box) this.boxes.set(node, box);
    }
    paintBackground(this);
    this.routes = [];
    if (gantt.path.isLit) paintLit(this, first, last, now);
    else {
      if (gantt.prefs.get("links") || gantt.chain) paintLinks(this, first, last);
      paintBars(this, now);
    }
    paintGhosts(this);
    paintLines(this);
    paintLinkDraft(this);
    paintHeader(this);
  }

  /** {node, part, box} of the bar, {link} of the line, or {node: row's node, part: null} under canvas px. */
  hit(x, y, touch = false) {
    const { gantt } = this;
    const { model } = gantt;
    if (y < gantt.headHeight) return { node: -1, part: "head" };
    const row = Math.floor((y - gantt.headHeight + gantt.viewTop) / gantt.rowHeight);
    const node = row >= 0 && row < model.outline.rows.length ? model.outline.rows[row] : -1;
    const box = node >= 0 ? this.boxes.get(node) : null;
    if (box) {
      const percent = model.get(node, "percent") ?? 0;
      const leaf = !model.outline.hasChildren(node) && !model.isProject(node);
      const part = partAt(box, x, y, {
        isMilestone: model.get(node, "is_milestone"), progressX: leaf ? box.x + (box.width * percent) / 100 : null, touch,
      });
      if (part) return { node, part: leaf || part === "bar" || part.startsWith("link") ? part : "bar", box };
    }
    if (gantt.prefs.get("links")) {
      for (const line of this.routes) if (distanceTo(line.points, x, y) <= 4) return { node: -1, part: "link", link: line.number };
    }
    return { node, part: null };
  }
}
