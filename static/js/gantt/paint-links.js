/** Links on the canvas: right-angled lines with arrow heads, the driving chain above the others. */
import { stub } from "./far-links.js";
import { route } from "./layout.js";

/** Most lines that only pass through the window without starting or ending in it. */
const MOST_PASSING = 60;

/** `chainOnly`: the links of the lit chain and no others. */
export function paintLinks(chart, first, last, chainOnly = false) {
  const { gantt } = chart;
  const { model } = gantt;
  const { network, outline } = model;
  const { rowOf } = outline;
  const all = gantt.prefs.get("links") && !chainOnly;
  const chosen = gantt.chain?.links ?? null;
  const plain = [];
  const crossing = [];
  const lit = [];
  let passing = 0;
  chart.routes = [];
  for (let number = 0; number < network.pred.length; number += 1) {
    const pred = network.pred[number];
    const succ = network.succ[number];
    const from = rowOf[pred];
    const to = rowOf[succ];
    if (from < 0 || to < 0 || (from < first && to < first) || (from >= last && to >= last)) continue;
    const inChain = chosen !== null && chosen.has(number);
    if (!all && !inChain) continue;
    const ends = (from >= first && from < last) || (to >= first && to < last);
    if (!ends && !inChain && (passing += 1) > MOST_PASSING) continue;
    const a = chart.box(pred);
    const b = chart.box(succ);
    if (!a || !b) continue;
    const points = route(network.kind[number], a, b, model.get(succ, "is_milestone"));
    if (outside(points, chart.width)) continue;
    clamp(points, chart.width, chart.height);
    chart.routes.push({ number, points });
    if (inChain || gantt.linkFocus === number) lit.push(points);
    else if (model.get(pred, "project") !== model.get(succ, "project")) crossing.push(points);
    else plain.push(points);
  }
  const far = [];
  if (all) for (const { node, box } of chart.bars) if (box) for (const link of model.farOf(node)) far.push(stub(link, box));
  const { theme } = chart;
  stroke(chart, plain, theme.link, 1, []);
  stroke(chart, crossing, theme.link, 1.25, [5, 3]);
  stroke(chart, far.filter((points) => !outside(points, chart.width)), theme.link, 1.25, [3, 3]);
  stroke(chart, lit, theme.accent, 2, []);
}

function outside(points, width) {
  let left = Infinity;
  let right = -Infinity;
  for (let i = 0; i < points.length; i += 2) {
    left = Math.min(left, points[i]);
    right = Math.max(right, points[i]);
  }
  return right < 0 || left > width;
}

/** Draw no further than the window: a dashed line over 20,000 rows costs more than everything else together. */
function clamp(points, width, height) {
  for (let i = 0; i < points.length; i += 2) {
    points[i] = Math.min(width + 40, Math.max(-40, points[i]));
    points[i + 1] = Math.min(height + 40, Math.max(-40, points[i + 1]));
  }
}

const half = (value) => Math.round(value) + 0.5;

function stroke(chart, lines, color, width, dash) {
  if (!lines.length) return;
  const { context: ctx } = chart;
  ctx.strokeStyle = color;
  ctx.fillStyle = color;
  ctx.lineWidth = width;
  ctx.setLineDash(dash);
  ctx.beginPath();
  for (const points of lines) {
    ctx.moveTo(half(points[0]), half(points[1]));
    for (let i = 2; i < points.length; i += 2) ctx.lineTo(half(points[i]), half(points[i + 1]));
  }
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.beginPath();
  for (const points of lines) {
    const last = points.length - 2;
    const x = points[last];
    const y = points[last + 1];
    const back = points[last - 2] === x ? [0, points[last - 1] <= y ? -5 : 5] : [points[last - 2] <= x ? -5 : 5, 0];
    const tip = [back[0] ? x : half(x), back[1] ? y : half(y)];
    ctx.moveTo(tip[0], tip[1]);
    ctx.lineTo(tip[0] + back[0] + (back[1] && 3.5), tip[1] + back[1] + (back[0] && 3.5));
    ctx.lineTo(tip[0] + back[0] - (back[1] && 3.5), tip[1] + back[1] - (back[0] && 3.5));
  }
  ctx.fill();
}
