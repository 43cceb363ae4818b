/** Time on the canvas: non-working shade, row and unit lines, the data date, today, and the two-line header. */
import { DAY, dayOf, wallNow } from "./time.js";

const crisp = (value) => Math.round(value) + 0.5;

/** Surface, rows that are selected or hovered, non-working days, and lines of the upper header unit. */
export function paintBackground(chart) {
  const { context: ctx, gantt, theme, width, height } = chart;
  const { scale, model, selection } = gantt;
  ctx.fillStyle = theme.surface;
  ctx.fillRect(0, 0, width, height);
  if (scale.pxPerDay >= 5) {
    ctx.fillStyle = theme.shade;
    const calendar = model.calendars.standard;
    let from = null;
    for (let day = dayOf(chart.from), last = dayOf(chart.to) + 1; day <= last; day += 1) {
      const rest = day < last && !calendar.isWorkingDay(day);
      if (rest && from === null) from = day;
      if (!rest && from !== null) {
        const x = Math.round(scale.x(from * DAY) - gantt.viewLeft);
        ctx.fillRect(x, 0, Math.round(scale.x(day * DAY) - gantt.viewLeft) - x, height);
        from = null;
      }
    }
  }
  for (const { node, top } of chart.bars) {
    const id = model.get(node, "id");
    const chosen = selection.has(id);
    const strong = chosen || gantt.hover === node || gantt.linkMode?.target === id;
    if (!strong && !model.isProject(node)) continue;
    ctx.globalAlpha = chosen ? 0.13 : 0.06;
    ctx.fillStyle = strong ? theme.accent : theme.text;
    ctx.fillRect(0, top, width, gantt.rowHeight);
  }
  ctx.globalAlpha = 1;
  ctx.strokeStyle = theme.border;
  ctx.lineWidth = 1;
  ctx.beginPath();
  for (const { top } of chart.bars) {
    const y = crisp(top + gantt.rowHeight - 1);
    ctx.moveTo(0, y);
    ctx.lineTo(width, y);
  }
  const [upper, lower] = scale.tiers();
  for (const tick of scale.ticks(upper ?? lower, chart.from, chart.to)) {
    const x = crisp(scale.x(tick) - gantt.viewLeft);
    ctx.moveTo(x, gantt.headHeight);
    ctx.lineTo(x, height);
  }
  ctx.globalAlpha = 0.6;
  ctx.stroke();
  ctx.globalAlpha = 1;
}

/** Data date (solid, with its flag in the header) and today (dotted). */
export function paintLines(chart) {
  const { context: ctx, gantt, theme, height } = chart;
  const line = (t, color, dash, width) => {
    const x = crisp(gantt.scale.x(t) - gantt.viewLeft);
    if (x < -2 || x > chart.width + 2) return;
    ctx.strokeStyle = color;
    ctx.lineWidth = width;
    ctx.setLineDash(dash);
    ctx.beginPath();
    ctx.moveTo(x, gantt.headHeight);
    ctx.lineTo(x, height);
    ctx.stroke();
    ctx.setLineDash([]);
  };
  line(wallNow(), theme.muted, [2, 4], 1);
  if (gantt.model.dataDate !== null) line(gantt.model.dataDate, theme.dataDate, [], 1.5);
}

export function paintHeader(chart) {
  const { context: ctx, gantt, theme, width } = chart;
  const { scale, formats, headHeight } = gantt;
  const half = headHeight / 2;
  ctx.fillStyle = theme.bg;
  ctx.fillRect(0, 0, width, headHeight);
  const [upper, lower] = scale.tiers();
  ctx.strokeStyle = theme.border;
  ctx.lineWidth = 1;
  ctx.textBaseline = "middle";
  ctx.beginPath();
  if (upper) paintTier(chart, upper, 0, half, (tick) => upperLabel(formats, upper, tick), theme.text, 600, true);
  const rest = gantt.model.calendars.standard;
  paintTier(chart, lower, upper ? half : 0, upper ? half : headHeight, (tick) => lowerLabel(gantt, lower, tick), theme.muted, 400, false,
    lower === "day" ? (tick) => !rest.isWorkingDay(dayOf(tick)) : null);
  ctx.moveTo(0, headHeight - 0.5);
  ctx.lineTo(width, headHeight - 0.5);
  ctx.stroke();
  paintFlag(chart);
}

function paintTier(chart, unit, top, height, label, color, weight, sticky, isRest = null) {
  const { context: ctx, gantt, theme } = chart;
  const ticks = gantt.scale.ticks(unit, chart.from, chart.to);
  ctx.font = `${weight} 12px ${theme.font}`;
  for (let i = 0; i + 1 < ticks.length; i += 1) {
    const x = gantt.scale.x(ticks[i]) - gantt.viewLeft;
    const end = gantt.scale.x(ticks[i + 1]) - gantt.viewLeft;
    ctx.moveTo(crisp(x), top);
    ctx.lineTo(crisp(x), top + height);
    const text = label(ticks[i]);
    const room = end - x;
    ctx.fillStyle = color;
    ctx.globalAlpha = isRest?.(ticks[i]) ? 0.55 : 1;
    if (sticky) {
      const size = ctx.measureText(text).width;
      const at = Math.min(Math.max(x + 7, 7), end - size - 7);
      if (at + size > 0) ctx.fillText(text, at, top + height / 2 + 1);
    } else {
      const size = ctx.measureText(text).width;
      if (size + 4 <= room) ctx.fillText(text, x + (room - size) / 2, top + height / 2 + 1);
    }
  }
  ctx.globalAlpha = 1;
}

function upperLabel(formats, unit, tick) {
  if (unit === "month") return formats.at("monthYear", tick);
  if (unit === "week") return formats.at("weekOf", tick);
  return formats.tick(unit, tick);
}

function lowerLabel({ formats, scale }, unit, tick) {
  if (unit === "day") {
    return scale.pxPerDay >= 34 ? `${formats.at("weekday", tick)} ${formats.at("day", tick)}` : formats.at("day", tick);
  }
  if (unit === "quarter") return formats.tick("quarter", tick).slice(0, 2);
  return formats.tick(unit, tick);
}

/** The data date's flag: the date this plan tells the truth about. */
function paintFlag(chart) {
  const { context: ctx, gantt, theme } = chart;
  const date = gantt.model.dataDate;
  if (date === null) return;
  const x = gantt.scale.x(date) - gantt.viewLeft;
  if (x < -60 || x > chart.width + 60) return;
  const text = gantt.formats.at("short", date);
  ctx.font = `600 11px ${theme.font}`;
  const size = ctx.measureText(text).width + 10;
  const left = Math.round(x - size / 2);
  const top = gantt.headHeight - 18;
  ctx.fillStyle = theme.dataDate;
  ctx.beginPath();
  ctx.roundRect(left, top, size, 15, 3);
  ctx.moveTo(x - 4, top + 15);
  ctx.lineTo(x + 4, top + 15);
  ctx.lineTo(x, top + 18);
  ctx.fill();
  ctx.fillStyle = theme.onAccent;
  ctx.fillText(text, left + 5, top + 8.5);
}
