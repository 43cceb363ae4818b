/** A what-if over the plan: where the plan has a bar that the scenario moves, its dashed outline; the mark of changed rows. */
import { goneId } from "./gone.js";
import { bands } from "./layout.js";

/** Ids to [plan's start, plan's finish, "edited" | "moved" | "added" | "deleted"] of a payload; empty for the plan itself. */
export function ghostsOf(payload) {
  return new Map(Object.entries(payload.ghosts ?? {}).map(([id, ghost]) => (ghost[2] === "deleted" ? [goneId(id), ghost] : [Number(id), ghost])));
}

/** What the scenario does to a row, as a class of its element; an empty text where it does nothing. */
export function markOf(gantt, id) {
  const what = gantt.scenarioGhosts?.get(id)?.[2];
  return what ? `is-scenario-${what}` : "";
}

export function paintPlanBehind(chart) {
  const { context: ctx, gantt, theme } = chart;
  const { model, scale, rowHeight } = gantt;
  if (!gantt.scenarioGhosts?.size) return;
  const { top: barTop, bar } = bands(rowHeight);
  const outline = new Path2D();
  for (const { node, top } of chart.bars) {
    const [start, finish] = gantt.scenarioGhosts.get(model.get(node, "id")) ?? [];
    if (finish === null || finish === undefined) continue;
    if (start === model.get(node, "start") && finish === model.get(node, "finish")) continue;
    const left = scale.x(start ?? finish) - gantt.viewLeft;
    const width = Math.max(8, scale.x(finish) - gantt.viewLeft - left);
    if (left > chart.width + 20 || left + width < -20) continue;
    outline.roundRect(left, top + barTop, width, bar, 3);
  }
  ctx.save();
  ctx.strokeStyle = theme.muted;
  ctx.lineWidth = 1.5;
  ctx.setLineDash([4, 3]);
  ctx.stroke(outline);
  ctx.restore();
}
