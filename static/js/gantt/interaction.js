/** The mouse on canvas and table: hover, select, drag to move, resize, set progress and link, pan, zoom, widths. */
import { closesCircle } from "./network.js";
import { editLink } from "./dialogs.js";
import { BarDraft } from "./draft.js";
import { h, toast } from "./dom.js";
import { DAY, HOUR } from "./time.js";

const CURSORS = { bar: "grab", finish: "ew-resize", progress: "col-resize", "link-start": "crosshair", "link-finish": "crosshair", link: "pointer" };
const SLACK_PX = 3;
/** A finger is less exact, and a tap is no drag yet. */
const TAP_PX = 10;
const HINT_MS = 4000;

export class Interaction {
  constructor(gantt) {
    this.gantt = gantt;
    this.tip = h("div", { class: "gantt-tip", role: "tooltip", hidden: true });
    gantt.append(this.tip);
    const canvas = gantt.canvas.element;
    /** A finger that may become a tap, and whether a finger holds the chosen bar (then it drags instead of scrolling). */
    this.tap = null;
    this.grasped = false;
    canvas.addEventListener("pointerdown", (event) => this.#down(event));
    // Pointer events come first: by now it is decided whether this finger scrolls the page or drags a bar.
    canvas.addEventListener("touchstart", (event) => this.grasped && event.cancelable && event.preventDefault(), { passive: false });
    canvas.addEventListener("pointermove", (event) => this.#move(event));
    canvas.addEventListener("pointerup", (event) => this.#up(event));
    canvas.addEventListener("pointercancel", () => {
      this.tap = null;
      this.cancel();
    });
    canvas.addEventListener("lostpointercapture", () => this.gantt.drag && this.cancel());
    canvas.addEventListener("pointerleave", () => this.#hover(null));
    canvas.addEventListener("dblclick", (event) => this.#open(event));
    canvas.addEventListener("wheel", (event) => this.#wheel(event), { passive: false });
    gantt.grid.element.addEventListener("pointerdown", (event) => this.#gridDown(event));
    gantt.grid.element.addEventListener("click", (event) => this.#gridClick(event));
    gantt.grid.element.addEventListener("dblclick", (event) => this.#gridDouble(event));
    gantt.grid.element.addEventListener("pointermove", (event) => this.#gridHover(event));
    gantt.grid.element.addEventListener("pointerleave", () => this.#hover(null));
  }

  #point(event) {
    const box = this.gantt.canvas.element.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }

  #hover(node) {
    const { gantt } = this;
    if (gantt.hover === node) return;
    gantt.hover = node;
    if (node === null) this.#hideTip();
    gantt.requestFrame();
  }

  #down(event) {
    const { gantt } = this;
    if (event.button !== 0) return;
    gantt.editor.close(true);
    gantt.keyboard.settle(true);
    const at = this.#point(event);
    const touch = event.pointerType === "touch";
    const hit = gantt.canvas.hit(at.x, at.y, touch);
    this.grasped = touch && this.#isHeld(hit);
    gantt.isTouched = touch;
    if (touch && !this.grasped) {
      this.tap = event.isPrimary ? { at, hit } : null;
      return;
    }
    gantt.grid.element.focus({ preventScroll: true });
    event.preventDefault();
    if (hit.part === "head") {
      this.#begin(event, { kind: "pan", at, left: gantt.scroller.scrollLeft, top: gantt.scroller.scrollTop });
      return;
    }
    if (hit.part === "link") {
      gantt.focusLink(hit.link);
      return;
    }
    gantt.focusLink(null);
    if (hit.node < 0 || !hit.part) {
      if (hit.node >= 0) this.#select(event, gantt.model.get(hit.node, "id"));
      this.#begin(event, { kind: "pan", at, left: gantt.scroller.scrollLeft, top: gantt.scroller.scrollTop });
      return;
    }
    const { model } = gantt;
    const id = model.get(hit.node, "id");
    const several = gantt.selection.size > 1 && gantt.selection.has(id);
    if (!several || event.ctrlKey || event.metaKey || event.shiftKey) this.#select(event, id);
    if (gantt.readOnly || !model.canEditNode(hit.node)) {
      this.#begin(event, { kind: "pan", at, left: gantt.scroller.scrollLeft, top: gantt.scroller.scrollTop });
    } else if (hit.part.startsWith("link")) {
      if (!model.isProject(hit.node)) this.#begin(event, { kind: "link", at, id, end: hit.part, box: hit.box, to: at, target: null });
    } else {
      const kind = { bar: "move", finish: "resize", progress: "progress" }[hit.part];
      const ids = kind === "move" && several ? [id, ...[...gantt.selection.ids].filter((one) => one !== id)] : [id];
      if (gantt.waitsFor(ids)) return;
      const draft = new BarDraft(gantt, kind, ids);
      if (!draft.isEmpty) this.#begin(event, { kind, at, id, draft, box: hit.box, several, scroll: gantt.viewLeft });
      else if (model.outline.hasChildren(hit.node)) gantt.announce(gantt.t("summary_dates"));
    }
  }

  /** Is this the bar that was chosen before, and may it be moved? Any other finger scrolls. */
  #isHeld(hit) {
    const { gantt } = this;
    const { model, selection } = gantt;
    return hit.node >= 0 && Boolean(hit.part) && hit.part !== "head" && !gantt.readOnly && model.canEditNode(hit.node) && selection.has(model.get(hit.node, "id"));
  }

  /** A finger came and went: it chooses the bar, and says what can be done with it. */
  #tapped(event, { at, hit }) {
    const { gantt } = this;
    const now = this.#point(event);
    if (Math.hypot(now.x - at.x, now.y - at.y) > TAP_PX || hit.part === "head") return;
    if (hit.part === "link") gantt.focusLink(hit.link);
    else if (hit.node >= 0) {
      gantt.focusLink(null);
      gantt.selection.only(gantt.model.get(hit.node, "id"));
      gantt.selected();
      if (!hit.part || gantt.readOnly || !gantt.model.isSchedulable(hit.node)) return;
      gantt.showHint([gantt.t("hint_touch")], false);
      clearTimeout(this.hinted);
      this.hinted = setTimeout(() => gantt.showHint(null), HINT_MS);
    }
  }

  #begin(event, drag) {
    this.gantt.drag = { ...drag, started: false };
    this.gantt.canvas.element.setPointerCapture(event.pointerId);
  }

  #select(event, id) {
    const { selection } = this.gantt;
    if (event.shiftKey) selection.extend(id, this.gantt.rowIds());
    else if (event.ctrlKey || event.metaKey) selection.toggle(id);
    else selection.only(id);
    this.gantt.selected();
  }

  #move(event) {
    const { gantt } = this;
    const at = this.#point(event);
    const { drag } = gantt;
    if (event.pointerType === "touch" && !drag) return;
    if (!drag) {
      const hit = gantt.canvas.hit(at.x, at.y);
      this.#hover(hit.node >= 0 ? hit.node : null);
      const editable = !gantt.readOnly && hit.node >= 0 && gantt.model.canEditNode(hit.node);
      gantt.canvas.element.style.cursor = hit.part === "link" || editable ? CURSORS[hit.part] ?? "" : hit.part ? "default" : "";
      if (hit.part && hit.node >= 0) this.#showTip(event, gantt.describe(hit.node));
      else this.#hideTip();
      return;
    }
    if (!drag.started && Math.hypot(at.x - drag.at.x, at.y - drag.at.y) < SLACK_PX) return;
    drag.started = true;
    if (drag.kind === "pan") {
      gantt.scroller.scrollTo(drag.left - (at.x - drag.at.x), drag.top - (at.y - drag.at.y));
    } else if (drag.kind === "link") {
      drag.to = at;
      const hit = gantt.canvas.hit(at.x, at.y, gantt.isTouched);
      drag.target = hit.node >= 0 && hit.box ? hit : null;
      drag.refused = drag.target ? this.refusal(drag.id, gantt.model.get(hit.node, "id"), this.#kind(drag)) : null;
      if (drag.refused) this.#showTip(event, [drag.refused]);
      else this.#hideTip();
      gantt.requestFrame();
    } else {
      this.#dragBar(drag, at);
      this.#showTip(event, drag.draft.describe());
      this.#autoScroll(at);
    }
  }

  /** Whole days, or hours when a day is wide; the time of day a task has stays. */
  #dragBar(drag, at) {
    const { gantt } = this;
    const { scale, model } = gantt;
    const shift = at.x - drag.at.x + (gantt.viewLeft - drag.scroll);
    const unit = scale.pxPerDay >= 72 ? HOUR : DAY;
    const step = Math.round(((shift / scale.pxPerDay) * DAY) / unit) * unit;
    if (drag.kind === "move") {
      drag.draft.moveBy((start) => start + step);
    } else if (drag.kind === "resize") {
      drag.draft.resizeBy((duration, node) => {
        if (step === 0) return duration;
        const start = model.get(node, "start");
        if (model.get(node, "is_elapsed")) return duration + step;
        return model.calendar(node).workingBetween(start, model.get(node, "finish") + step);
      });
    } else {
      const left = drag.box.x;
      drag.draft.progressTo(Math.round((((at.x - left) / drag.box.width) * 100) / 5) * 5);
    }
  }

  #autoScroll(at) {
    const { scroller, canvas } = this.gantt;
    if (at.x > canvas.width - 24) scroller.scrollLeft += 16;
    else if (at.x < 16) scroller.scrollLeft -= 16;
  }

  /** Why these two can not be linked, or null. */
  refusal(pred, succ, kind) {
    const { model, t } = this.gantt;
    if (pred === succ) return t("self_link");
    const from = model.node.get(pred);
    const to = model.node.get(succ);
    if (!model.isHere(to)) return t("loading_row");
    if (model.isProject(to) || !model.canEditNode(to)) return t("read_only");
    if (model.links.some((link) => link.pred === pred && link.succ === succ && link.kind === kind)) return t("link_exists");
    const above = (a, b) => model.outline.ancestors(a).includes(b);
    if (above(from, to) || above(to, from) || closesCircle(model.network, from, to)) return t("circle");
    return null;
  }

  #up(event) {
    const { gantt } = this;
    const { drag } = gantt;
    const { tap } = this;
    gantt.drag = null;
    this.tap = null;
    if (tap) this.#tapped(event, tap);
    if (!drag) return;
    gantt.canvas.element.releasePointerCapture?.(event.pointerId);
    if (drag.draft) drag.draft.close(drag.started);
    if (drag.kind === "link" && drag.started && drag.target) this.#link(drag);
    if (!drag.started && drag.several) this.#select(event, drag.id);
    this.#hideTip();
    gantt.requestFrame();
  }

  #link(drag) {
    const { gantt } = this;
    const succ = gantt.model.get(drag.target.node, "id");
    if (drag.refused) {
      toast("bad", drag.refused);
      return;
    }
    gantt.linkTasks(drag.id, succ, this.#kind(drag));
  }

  /** The kind of link from the end that was grasped to the end that the pointer is over. */
  #kind({ end, target: { box }, to }) {
    const from = end === "link-finish" ? "F" : "S";
    return from + (to.x > box.x + box.width * 0.66 && box.width > 30 ? "F" : "S");
  }

  /** Escape, or the pointer was lost. */
  cancel() {
    const { gantt } = this;
    gantt.drag?.draft?.close(false);
    gantt.drag = null;
    this.#hideTip();
    gantt.requestFrame();
  }

  #open(event) {
    const at = this.#point(event);
    const hit = this.gantt.canvas.hit(at.x, at.y);
    if (hit.part === "link") this.editLink(hit.link);
    else if (hit.node >= 0 && hit.part && hit.part !== "head") this.gantt.openTask(this.gantt.model.get(hit.node, "id"));
  }

  async editLink(number) {
    const { gantt } = this;
    const link = gantt.model.drawn[number];
    if (!link || gantt.readOnly || typeof link.id !== "number") return;
    const choice = await editLink(gantt, link);
    if (choice === "unlink") gantt.edits.run([{ op: "unlink", link: link.id }], gantt.t("unlinked"));
    else if (choice) gantt.edits.run([{ op: "relink", link: link.id, ...choice }], gantt.t("links"));
  }

  #wheel(event) {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.gantt.zoomBy(Math.exp(-event.deltaY / 300), this.#point(event).x);
  }

  #gridDown(event) {
    const { gantt } = this;
    const grip = event.target.closest("[data-resize]");
    if (grip) this.#resizeColumn(event, grip);
    if (event.target.closest(".gantt-editor")) return;
    gantt.keyboard.settle(true);
  }

  #resizeColumn(event, grip) {
    const { gantt } = this;
    const key = grip.dataset.resize;
    const from = gantt.grid.widths[key];
    event.preventDefault();
    grip.setPointerCapture(event.pointerId);
    const move = (one) => gantt.grid.setWidth(key, from + one.clientX - event.clientX);
    grip.addEventListener("pointermove", move);
    grip.addEventListener("lostpointercapture", () => {
      grip.removeEventListener("pointermove", move);
      gantt.prefs.set("widths", { ...gantt.prefs.get("widths"), [key]: gantt.grid.widths[key] });
    }, { once: true });
  }

  #gridClick(event) {
    const { gantt } = this;
    const row = event.target.closest(".gantt-row");
    if (!row || event.target.closest(".gantt-editor")) return;
    const id = gantt.idOf(row.dataset.task);
    if (event.target.closest(".gantt-open")) {
      gantt.selection.only(id);
      gantt.selected();
      gantt.openTask(id);
    } else if (event.target.closest(".gantt-fold") && gantt.model.outline.hasChildren(gantt.model.node.get(id))) {
      gantt.fold(id);
    } else {
      this.#select(event, id);
      const cell = event.target.closest(".gantt-cell");
      if (cell && !event.shiftKey && !event.ctrlKey && !event.metaKey) {
        gantt.selection.column = cell.dataset.key;
        gantt.refreshGrid();
      }
    }
    gantt.grid.element.focus({ preventScroll: true });
  }

  /** A double click edits the cells that hold inputs and opens the task everywhere else. */
  #gridDouble(event) {
    const { gantt } = this;
    const row = event.target.closest(".gantt-row");
    const key = event.target.closest(".gantt-cell")?.dataset.key;
    if (!row || event.target.closest(".gantt-editor, .gantt-fold, .gantt-open")) return;
    const id = gantt.idOf(row.dataset.task);
    const edits = key !== "name" && key !== "wbs" && gantt.canEditCell(id, key);
    if (edits) gantt.editor.open(id, key);
    else gantt.openTask(id);
  }

  #gridHover(event) {
    const id = event.target.closest(".gantt-row")?.dataset.task;
    const node = id === undefined ? undefined : this.gantt.model.node.get(this.gantt.idOf(id));
    this.#hover(node ?? null);
  }

  #showTip(event, lines) {
    const { tip } = this;
    tip.replaceChildren(...lines.filter(Boolean).map((line, i) => h("div", { class: i ? "gantt-tip-line" : "gantt-tip-title" }, line)));
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    const left = Math.min(event.clientX + 14, innerWidth - box.width - 8);
    const below = event.clientY + 20 + box.height < innerHeight;
    tip.style.left = `${Math.max(4, left)}px`;
    tip.style.top = `${below ? event.clientY + 20 : event.clientY - box.height - 12}px`;
  }

  #hideTip() {
    this.tip.hidden = true;
  }
}
