/**
 * Bars on the canvas. Everything of one look is one path, so a frame costs a dozen fills whatever the number of rows.
 * Critical bars are told apart by a heavy edge as well as by colour, milestones and summaries by shape.
 */
import { STUB, labelOf, sides } from "./far-links.js";
import { bands, barBox } from "./layout.js";
import { paintPlanBehind } from "./paint-scenario.js";

const FLASH_MS = 1400;

export function paintBars(chart, now) {
  const { gantt } = chart;
  const { model, prefs } = gantt;
  const looks = { task: [], critical: [], done: [] };
  const shapes = { summary: [], project: [], milestone: [], keyMilestone: [] };
  const labels = [];
  const marks = [];
  const showCritical = prefs.get("critical");
  if (prefs.get("float")) paintFloat(chart);
  if (prefs.get("baseline")) paintBaselines(chart);
  paintPlanBehind(chart);
  for (const bar of chart.bars) {
    const { node, box } = bar;
    if (!box || box.x > chart.width + 200 || box.x + box.width < -200) continue;
    const critical = showCritical && model.get(node, "critical");
    if (model.isProject(node)) shapes.project.push(box);
    else if (model.outline.hasChildren(node)) shapes.summary.push(box);
    else if (model.get(node, "is_milestone")) (critical ? shapes.keyMilestone : shapes.milestone).push(box);
    else (critical ? looks.critical : looks.task).push({ box, percent: gantt.previewed(node)?.percent ?? model.get(node, "percent") ?? 0 });
    labels.push(bar);
    marks.push(bar);
  }
  paintTasks(chart, looks.task, chart.theme.bar, chart.theme.barDone, false);
  paintTasks(chart, looks.critical, chart.theme.criticalPath, chart.theme.criticalPath, true);
  paintBrackets(chart, shapes.summary, chart.theme.summary, 5);
  paintBrackets(chart, shapes.project, chart.theme.text, 7);
  paintDiamonds(chart, shapes.milestone, chart.theme.summary);
  paintDiamonds(chart, shapes.keyMilestone, chart.theme.criticalPath);
  paintChain(chart);
  for (const bar of marks) paintMarks(chart, bar);
  paintLabels(chart, labels);
  paintFlashes(chart, now);
  paintHandles(chart);
}

/** Light body, solid progress, edge in full colour; critical ones with a two-pixel edge. */
function paintTasks(chart, bars, color, strong, heavy) {
  if (!bars.length) return;
  const { context: ctx, theme } = chart;
  const body = new Path2D();
  const done = new Path2D();
  const edge = new Path2D();
  for (const { box, percent } of bars) {
    const radius = Math.min(3, box.width / 2);
    body.roundRect(box.x, box.y, box.width, box.height, radius);
    const inset = heavy ? 1 : 0.5;
    if (box.width > 4) edge.roundRect(box.x + inset, box.y + inset, box.width - 2 * inset, box.height - 2 * inset, radius);
    if (percent > 0) done.roundRect(box.x, box.y, Math.max(1, (box.width * percent) / 100), box.height, radius);
  }
  ctx.fillStyle = theme.surface;
  ctx.fill(body);
  ctx.fillStyle = color;
  ctx.globalAlpha = heavy ? 0.3 : 0.55;
  ctx.fill(body);
  ctx.globalAlpha = 1;
  ctx.fillStyle = strong;
  ctx.fill(done);
  ctx.strokeStyle = strong;
  ctx.lineWidth = heavy ? 2 : 1;
  ctx.stroke(edge);
}

function paintBrackets(chart, boxes, color, thick) {
  if (!boxes.length) return;
  const { context: ctx } = chart;
  ctx.fillStyle = color;
  ctx.beginPath();
  for (const { x, y, width, height } of boxes) {
    const tip = Math.min(6, width / 2);
    const top = y + 1;
    ctx.moveTo(x, top);
    ctx.lineTo(x + width, top);
    ctx.lineTo(x + width, top + height - 2);
    ctx.lineTo(x + width - tip, top + thick);
    ctx.lineTo(x + tip, top + thick);
    ctx.lineTo(x, top + height - 2);
    ctx.closePath();
  }
  ctx.fill();
}

function diamond(ctx, x, y, half) {
  ctx.moveTo(x, y - half);
  ctx.lineTo(x + half, y);
  ctx.lineTo(x, y + half);
  ctx.lineTo(x - half, y);
  ctx.closePath();
}

function paintDiamonds(chart, boxes, color) {
  if (!boxes.length) return;
  const { context: ctx } = chart;
  ctx.fillStyle = color;
  ctx.beginPath();
  for (const { x, y, width } of boxes) diamond(ctx, x + width / 2, y + width / 2, width / 2);
  ctx.fill();
}

/** The approved plan: a thin bar below, a hollow diamond for milestones. */
function paintBaselines(chart) {
  const { context: ctx, gantt, theme } = chart;
  const { model, scale, rowHeight } = gantt;
  const band = bands(rowHeight);
  ctx.fillStyle = theme.baseline;
  ctx.strokeStyle = theme.baseline;
  ctx.lineWidth = 1.5;
  const hollow = new Path2D();
  for (const { node, top } of chart.bars) {
    const start = model.get(node, "baseline_start");
    const finish = model.get(node, "baseline_finish");
    if (finish === null || finish === undefined) continue;
    const right = scale.x(finish) - gantt.viewLeft;
    const left = start === null || start === undefined ? right : scale.x(start) - gantt.viewLeft;
    if (right < -20 || left > chart.width + 20) continue;
    if (model.get(node, "is_milestone")) diamond(hollow, right, top + band.baselineTop + 1, 4.5);
    else ctx.fillRect(left, top + band.baselineTop, Math.max(2, right - left), band.baseline);
  }
  ctx.stroke(hollow);
}

/** Room before the latest finish: a hairline with a tick at its end. */
function paintFloat(chart) {
  const { context: ctx, gantt, theme } = chart;
  const { model, scale } = gantt;
  ctx.strokeStyle = theme.float;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (const { node, box } of chart.bars) {
    if (!box || model.isProject(node) || model.outline.hasChildren(node) || model.get(node, "actual_finish") !== null) continue;
    const late = model.get(node, "late_finish");
    const float = model.get(node, "total_float");
    if (late === null || late === undefined || !(float > 0)) continue;
    const end = scale.x(late) - gantt.viewLeft;
    const begin = box.x + box.width;
    if (end <= begin + 2 || begin > chart.width || end < 0) continue;
    const y = Math.round(box.y + box.height / 2) + 0.5;
    ctx.moveTo(begin, y);
    ctx.lineTo(end, y);
    ctx.moveTo(Math.round(end) + 0.5, y - 3.5);
    ctx.lineTo(Math.round(end) + 0.5, y + 3.5);
  }
  ctx.stroke();
}

/** Bars of the driving chain get a ring, what they drive a thinner one. */
function paintChain(chart) {
  const { context: ctx, gantt, theme } = chart;
  if (!gantt.chain) return;
  ctx.strokeStyle = theme.accent;
  for (const [nodes, width] of [[gantt.chain.down, 1], [gantt.chain.up, 2]]) {
    ctx.lineWidth = width;
    ctx.beginPath();
    for (const { node, box } of chart.bars) {
      if (box && nodes.has(node)) ctx.roundRect(box.x - 2.5, box.y - 2.5, box.width + 5, box.height + 5, 5);
    }
    ctx.stroke();
  }
}

/** Deadline (an arrow down, filled and coloured when missed) and the stop of a date constraint. */
function paintMarks(chart, { node, top, box }) {
  const { context: ctx, gantt, theme } = chart;
  const { model, scale, rowHeight } = gantt;
  const deadline = model.get(node, "deadline");
  if (deadline !== null && deadline !== undefined) {
    const x = scale.x(deadline) - gantt.viewLeft;
    const missed = model.get(node, "finish") > deadline;
    const y = top + bands(rowHeight).top - 2;
    ctx.beginPath();
    ctx.moveTo(x - 4.5, y);
    ctx.lineTo(x + 4.5, y);
    ctx.lineTo(x, y + 8);
    ctx.closePath();
    ctx.lineWidth = 1.5;
    ctx.fillStyle = missed ? theme.bad : theme.surface;
    ctx.strokeStyle = missed ? theme.bad : theme.text;
    ctx.fill();
    ctx.stroke();
  }
  const kind = model.get(node, "constraint");
  if (kind >= 2 && model.get(node, "constraint_at") !== null) {
    const atFinish = kind === 3 || kind >= 6;
    const x = Math.round(atFinish ? box.x + box.width + 1 : box.x - 2) + 0.5;
    ctx.strokeStyle = theme.text;
    ctx.lineWidth = 1.5;
    ctx.beginPath();
    ctx.moveTo(x, box.y - 3);
    ctx.lineTo(x, box.y + box.height + 3);
    const inward = kind === 5 || kind === 7 || atFinish ? -3 : 3;
    ctx.moveTo(x, box.y - 3);
    ctx.lineTo(x + inward, box.y - 3);
    ctx.stroke();
  }
}

/** Who is assigned, else who answers for it. */
const whose = (model, node) => model.get(node, "who") || model.get(node, "owner");

/** Beside the bar: a milestone's date, whose it is, and how late it is. */
function paintLabels(chart, bars) {
  const { context: ctx, gantt, theme } = chart;
  const { model, formats, scale, prefs } = gantt;
  if (scale.pxPerDay < 0.8) return;
  ctx.font = `11px ${theme.font}`;
  ctx.textBaseline = "middle";
  for (const { node, box } of bars) {
    if (model.isProject(node)) continue;
    const milestone = model.get(node, "is_milestone");
    const slip = model.get(node, "slip_wd");
    const parts = [];
    if (milestone) parts.push([formats.finish(model.get(node, "finish"), "short"), theme.text]);
    else if (whose(model, node) && !model.outline.hasChildren(node)) parts.push([whose(model, node), theme.muted]);
    if (slip && Math.abs(slip) >= 1) parts.push([formats.slip(slip), slip > 0 ? theme.bad : theme.ok]);
    const late = model.get(node, "late_finish");
    const end = prefs.get("float") && late !== null && late !== undefined ? scale.x(late) - gantt.viewLeft : 0;
    const right = box.x + box.width;
    const far = prefs.get("links") ? sides(model.farOf(node)) : { left: [], right: [] };
    const away = far.right.length ? right + STUB + 6 : right + 18;
    let x = end > right && end < right + 60 ? Math.max(away, end + 8) : away;
    if (far.right.length) parts.push([labelOf(gantt, far.right), theme.muted]);
    if (far.left.length) {
      const text = labelOf(gantt, far.left);
      const until = box.x - STUB - 6;
      // Where the time line begins there is no room before the bar.
      parts.push([text, theme.muted, ctx.measureText(text).width < until ? until : undefined]);
    }
    for (const [text, color, until] of parts) {
      ctx.fillStyle = theme.surface;
      const size = ctx.measureText(text).width;
      if (until !== undefined) x = until - size;
      ctx.globalAlpha = 0.8;
      ctx.fillRect(x - 2, box.y - 1, size + 4, box.height + 2);
      ctx.globalAlpha = 1;
      ctx.fillStyle = color;
      ctx.fillText(text, x, box.y + box.height / 2 + 0.5);
      x += size + 7;
    }
  }
}

/** A bar that moved glows once. */
function paintFlashes(chart, now) {
  const { context: ctx, gantt, theme } = chart;
  if (!gantt.flashes.size) return;
  ctx.strokeStyle = theme.accent;
  for (const [node, flash] of gantt.flashes) {
    const age = now - flash.at;
    if (age > FLASH_MS) {
      gantt.flashes.delete(node);
      continue;
    }
    const box = chart.boxes.get(node);
    if (!box) continue;
    ctx.globalAlpha = 1 - age / FLASH_MS;
    ctx.lineWidth = 3;
    ctx.beginPath();
    ctx.roundRect(box.x - 4, box.y - 4, box.width + 8, box.height + 8, 6);
    ctx.stroke();
  }
  ctx.globalAlpha = 1;
  gantt.requestFrame();
}

/** Handles of the bar under the mouse: link dots, resize grip, progress wedge. */
function paintHandles(chart) {
  const { context: ctx, gantt, theme } = chart;
  // A finger does not hover: the chosen bar shows its handles.
  const node = gantt.isTouched ? gantt.model.node.get(gantt.selection.active) ?? null : gantt.hover;
  const box = node !== null && node >= 0 ? chart.boxes.get(node) : null;
  const { model } = gantt;
  if (!box || gantt.drag || gantt.readOnly || model.isProject(node) || !model.canEditNode(node)) return;
  const y = box.y + box.height / 2;
  ctx.fillStyle = theme.surface;
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 1.5;
  ctx.beginPath();
  for (const x of [box.x - 9, box.x + box.width + 9]) {
    ctx.moveTo(x + 4, y);
    ctx.arc(x, y, 4, 0, 2 * Math.PI);
  }
  ctx.fill();
  ctx.stroke();
  if (!model.isSchedulable(node) || model.get(node, "is_milestone") || box.width <= 24) return;
  const x = box.x + (box.width * (model.get(node, "percent") ?? 0)) / 100;
  ctx.fillStyle = theme.text;
  ctx.beginPath();
  ctx.moveTo(x, box.y + box.height - 4);
  ctx.lineTo(x + 5, box.y + box.height + 4);
  ctx.lineTo(x - 5, box.y + box.height + 4);
  ctx.closePath();
  ctx.fill();
  ctx.fillRect(box.x + box.width - 4, box.y + 3, 1.5, box.height - 6);
}

/** While dragging: the origin as a dashed outline, and the same for what the edit would move. */
export function paintGhosts(chart) {
  const { context: ctx, gantt, theme } = chart;
  const preview = gantt.preview;
  if (!preview) return;
  const { model, scale } = gantt;
  ctx.setLineDash([3, 3]);
  ctx.lineWidth = 1.25;
  for (const { node, top } of chart.bars) {
    if (!preview.has(node) || model.get(node, "start") === null) continue;
    const box = barBox(scale, model.get(node, "start"), model.get(node, "finish"), model.get(node, "is_milestone"), top, gantt.rowHeight);
    ctx.strokeStyle = gantt.primary.has(node) ? theme.text : theme.muted;
    ctx.beginPath();
    ctx.roundRect(box.x - gantt.viewLeft + 0.5, box.y + 0.5, box.width - 1, box.height - 1, 3);
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ctx.strokeStyle = theme.accent;
  ctx.lineWidth = 2;
  ctx.beginPath();
  for (const { node, box } of chart.bars) {
    if (box && gantt.primary.has(node)) ctx.roundRect(box.x - 1, box.y - 1, box.width + 2, box.height + 2, 4);
  }
  ctx.stroke();
}

/** The rubber line of a link in the making, by mouse or by keys. */
export function paintLinkDraft(chart) {
  const { context: ctx, gantt, theme } = chart;
  const draft = gantt.linkDraft();
  if (!draft) return;
  ctx.strokeStyle = draft.refused ? theme.bad : theme.accent;
  ctx.lineWidth = 2;
  ctx.setLineDash([6, 4]);
  ctx.beginPath();
  ctx.moveTo(draft.x1, draft.y1);
  ctx.lineTo(draft.x2, draft.y2);
  ctx.stroke();
  ctx.setLineDash([]);
  if (draft.target) {
    ctx.beginPath();
    ctx.roundRect(draft.target.x - 3, draft.target.y - 3, draft.target.width + 6, draft.target.height + 6, 5);
    ctx.stroke();
  }
}
