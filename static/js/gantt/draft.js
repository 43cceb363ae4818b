/**
 * An edit of bars that is not yet kept: by mouse while the button is down, by keys until Enter. It holds the new dates,
 * estimates what follows, says both, and becomes commands when it is kept.
 */
import { startAt } from "./commands.js";
import { preview } from "./preview.js";
import { WORK_DAY } from "./time.js";

const clampPercent = (value) => Math.min(100, Math.max(0, value));

export class BarDraft {
  /** `kind`: "move" | "resize" | "progress"; `ids`: tasks that take part, the first one leads. */
  constructor(gantt, kind, ids) {
    this.gantt = gantt;
    this.kind = kind;
    const { model } = gantt;
    this.nodes = ids.map((id) => model.node.get(id)).filter((node) => node !== undefined && model.isSchedulable(node)
      && model.canEditNode(node) && model.get(node, "start") !== null && !(kind === "resize" && model.get(node, "is_milestone")));
    this.lead = this.nodes[0];
    this.now = new Map();
    this.days = 0;
  }

  get isEmpty() {
    return this.nodes.length === 0;
  }

  /** Every task to the start that `shift(start, calendar)` gives for its own. */
  moveBy(shift) {
    const { model } = this.gantt;
    this.now.clear();
    for (const node of this.nodes) {
      const origin = model.get(node, "start");
      const calendar = model.calendar(node);
      const moved = shift(origin, calendar);
      const start = model.get(node, "duration") > 0 ? calendar.nextWorking(moved) : moved;
      if (start !== origin) this.now.set(node, { start, finish: model.finishAfter(node, start, model.get(node, "duration")) });
    }
    this.#show();
  }

  /** Every task to the duration that `size(duration, node)` gives, in working minutes. */
  resizeBy(size) {
    const { model } = this.gantt;
    this.now.clear();
    for (const node of this.nodes) {
      const was = model.get(node, "duration");
      const duration = Math.max(Math.min(was, WORK_DAY / 8), size(was, node));
      const start = model.get(node, "start");
      if (duration !== was) this.now.set(node, { start, finish: model.finishAfter(node, start, duration), duration });
    }
    this.#show();
  }

  progressTo(percent) {
    const { model } = this.gantt;
    this.now.clear();
    for (const node of this.nodes) {
      const value = clampPercent(typeof percent === "function" ? percent(model.get(node, "percent") ?? 0) : percent);
      if (value !== model.get(node, "percent")) {
        this.now.set(node, { start: model.get(node, "start"), finish: model.get(node, "finish"), percent: value });
      }
    }
    this.#show();
  }

  #show() {
    const { gantt } = this;
    const { model } = gantt;
    gantt.primary = new Set(this.now.keys());
    if (this.kind === "progress" || this.now.size === 0 || !model.isWhole) {
      gantt.preview = this.now.size ? new Map(this.now) : null;
    } else {
      const column = (name) => (node) => model.get(node, name);
      gantt.preview = preview(
        {
          start: column("start"), finish: column("finish"), duration: column("duration"), constraint: column("constraint"),
          constraintAt: column("constraint_at"), calendar: (node) => model.calendar(node), dataDate: model.dataDate,
          isFixed: (node) => !model.isSchedulable(node) || model.get(node, "actual_start") !== null,
        },
        model.network,
        this.now,
      );
    }
    gantt.requestFrame();
  }

  /** What the edit says of itself: [headline, consequence]. */
  describe() {
    const { gantt } = this;
    const { model, formats, t } = gantt;
    const dates = this.now.get(this.lead) ?? { start: model.get(this.lead, "start"), finish: model.get(this.lead, "finish") };
    const name = model.get(this.lead, "name");
    if (this.kind === "progress") {
      return [t("progressed", { name, percent: formats.percent(dates.percent ?? model.get(this.lead, "percent")) }), ""];
    }
    const headline = this.kind === "resize"
      ? t("resized", { name, duration: formats.duration(dates.duration ?? model.get(this.lead, "duration")), finish: formats.finish(dates.finish, "long") })
      : t("moved", { name, start: formats.long(dates.start), finish: formats.finish(dates.finish, "long") });
    if (!model.isWhole) return [headline, t("loading_preview")];
    const others = (gantt.preview?.size ?? 0) - this.now.size;
    if (others <= 0) return [headline, ""];
    const parts = [others === 1 ? t("moves_one") : t("moves", { n: others })];
    const slip = this.#endSlip();
    if (slip) parts.push(t("end_moves", { slip: formats.slip(slip) }));
    return [headline, `${parts.join(" · ")} (${t("estimate")})`];
  }

  /** Working days by which the plan's last finish would move. */
  #endSlip() {
    const { model, preview: dates } = this.gantt;
    let was = -Infinity;
    let now = -Infinity;
    for (const node of model.sequence) {
      if (model.isProject(node) || model.outline.hasChildren(node)) continue;
      const finish = model.get(node, "finish");
      if (finish === null) continue;
      was = Math.max(was, finish);
      now = Math.max(now, dates.get(node)?.finish ?? finish);
    }
    return Math.round((model.calendars.standard.workingBetween(was, now) / WORK_DAY) * 10) / 10;
  }

  commands() {
    const { model } = this.gantt;
    return [...this.now].map(([node, dates]) => {
      const id = model.get(node, "id");
      if (this.kind === "progress") return { op: "update", task: id, set: { percent_complete: dates.percent } };
      if (this.kind === "resize") return { op: "update", task: id, set: { duration: dates.duration } };
      if (model.get(node, "actual_start") !== null) return { op: "update", task: id, set: { actual_start: dates.start } };
      return startAt(id, dates.start);
    });
  }

  /** Keep or forget; the preview is gone either way. */
  close(keep) {
    const { gantt } = this;
    const commands = keep ? this.commands() : [];
    const [headline] = commands.length ? this.describe() : [""];
    gantt.preview = null;
    gantt.primary = new Set();
    if (commands.length) {
      gantt.edits.run(commands, headline);
      gantt.announce(headline);
    }
    gantt.requestFrame();
  }
}
