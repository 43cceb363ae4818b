/** Geometry of the chart, free of any drawing: boxes of bars, routes of links, what lies under a point. */

export const GAP = 9;
const HANDLE = 6;

/** Heights within a row of `height` px. */
export function bands(height) {
  const bar = Math.round(height * 0.44);
  const top = Math.round(height * 0.2);
  return { bar, top, middle: top + bar / 2, baselineTop: top + bar + 3, baseline: Math.max(3, Math.round(height * 0.1)) };
}

/**
 * Box of a node's bar in timeline px: {x, y, width, height}; milestones are a square around their instant.
 * `top`: y of the row.
 */
export function barBox(scale, start, finish, isMilestone, top, rowHeight) {
  const band = bands(rowHeight);
  if (isMilestone) {
    const half = band.bar / 2 + 1;
    return { x: scale.x(finish) - half, y: top + band.middle - half, width: 2 * half, height: 2 * half };
  }
  const x = scale.x(start);
  return { x, y: top + band.top, width: Math.max(3, scale.x(finish) - x), height: band.bar };
}

/**
 * Right-angled route of a link between two boxes as a flat list x0, y0, x1, y1, …
 * A successor that starts close behind is entered from above (or below), so that a chain of tasks reads as stairs.
 * It leaves at the predecessor's finish (FS, FF) or start (SS, SF) and arrives at the successor's start (FS, SS) or finish.
 */
export function route(kind, from, to, intoMilestone = false) {
  const fromRight = kind === "FS" || kind === "FF";
  const toRight = kind === "FF" || kind === "SF";
  const x1 = fromRight ? from.x + from.width : from.x;
  const x2 = toRight ? to.x + to.width : to.x;
  const y1 = from.y + from.height / 2;
  const y2 = to.y + to.height / 2;
  if (fromRight === toRight) {
    const x = fromRight ? Math.max(x1, x2) + GAP : Math.min(x1, x2) - GAP;
    return [x1, y1, x, y1, x, y2, x2, y2];
  }
  if (kind === "FS") {
    const drop = intoMilestone ? to.x + to.width / 2 : x2 + Math.min(5, to.width / 2);
    if (drop >= x1 - 1 && drop - x1 < 2 * GAP + 5) {
      const edge = y2 > y1 ? to.y : to.y + to.height;
      return [x1, y1, Math.max(drop, x1), y1, Math.max(drop, x1), edge];
    }
  }
  const out = fromRight ? x1 + GAP : x1 - GAP;
  const into = toRight ? x2 + GAP : x2 - GAP;
  const fits = fromRight ? out <= into : out >= into;
  if (fits) return [x1, y1, out, y1, out, y2, x2, y2];
  const between = y2 >= y1 ? to.y - 4 : to.y + to.height + 4;
  return [x1, y1, out, y1, out, between, into, between, into, y2, x2, y2];
}

/** Distance from a point to a flat polyline. */
export function distanceTo(points, x, y) {
  let least = Infinity;
  for (let i = 0; i + 3 < points.length; i += 2) {
    const left = Math.min(points[i], points[i + 2]);
    const right = Math.max(points[i], points[i + 2]);
    const upper = Math.min(points[i + 1], points[i + 3]);
    const lower = Math.max(points[i + 1], points[i + 3]);
    const dx = x < left ? left - x : x > right ? x - right : 0;
    const dy = y < upper ? upper - y : y > lower ? y - lower : 0;
    least = Math.min(least, Math.hypot(dx, dy));
  }
  return least;
}

/**
 * Part of a bar under a point: "link-start" | "link-finish" (the dots outside its ends), "finish" (resize), "progress"
 * (its lower handle), "bar", or null. `progressX`: x of the progress edge, or null.
 */
export function partAt(box, x, y, { isMilestone = false, progressX = null, touch = false } = {}) {
  const [reach, edge, dots, wedge] = touch ? [8, 16, 30, 12] : [3, HANDLE, 16, 5];
  const right = box.x + box.width;
  const middle = box.y + box.height / 2;
  if (y < box.y - reach || y > box.y + box.height + reach + 3) return null;
  const nearDot = Math.abs(y - middle) <= (touch ? 14 : 8);
  if (nearDot && x > right + 2 && x <= right + dots) return "link-finish";
  if (nearDot && x < box.x - 2 && x >= box.x - dots) return "link-start";
  if (x < box.x - 2 || x > right + 2) return null;
  if (isMilestone) return "bar";
  const wide = box.width > (touch ? 48 : 24);
  if (wide && progressX !== null && y > middle && Math.abs(x - progressX) <= wedge && right - x > edge) return "progress";
  if (x >= right - (wide ? edge : Math.min(edge, box.width / 2))) return "finish";
  return "bar";
}
