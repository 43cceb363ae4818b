/** Rows and links of a lit path in full, everything else behind a veil. */
import { paintBars } from "./paint-bars.js";
import { paintLinks } from "./paint-links.js";

const VEIL = 0.7;

export function paintLit(chart, first, last, now) {
  const { context: ctx, gantt, theme } = chart;
  const { nodes } = gantt.path;
  const all = chart.bars;
  chart.bars = all.filter(({ node }) => !nodes.has(node));
  paintLinks(chart, first, last);
  paintBars(chart, now);
  ctx.globalAlpha = VEIL;
  ctx.fillStyle = theme.surface;
  ctx.fillRect(0, gantt.headHeight, chart.width, chart.height - gantt.headHeight);
  ctx.globalAlpha = 1;
  const { routes } = chart;
  chart.bars = all.filter(({ node }) => nodes.has(node));
  paintLinks(chart, first, last, true);
  chart.routes = routes;
  paintBars(chart, now);
  chart.bars = all;
}
