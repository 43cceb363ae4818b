/** The time axis: wall minutes to pixels of the whole timeline, zoom, and the ticks of its two-line header. */
import { DAY, floorTo, nextOf } from "./time.js";

/** Pixels per calendar day of the named zooms. */
export const ZOOMS = { day: 36, week: 13, month: 3.6, quarter: 1.2 };
export const NARROWEST = 0.05;
export const WIDEST = 120;

/** [at least this many px per day, unit of the upper line, unit of the lower line] */
const TIERS = [
  [24, "week", "day"],
  [7, "month", "week"],
  [1.9, "quarter", "month"],
  [0.5, "year", "quarter"],
  [0, null, "year"],
];

export class TimeScale {
  constructor() {
    this.origin = 0;
    this.end = DAY;
    this.pxPerDay = ZOOMS.week;
  }

  /** Width of the whole timeline in px. */
  get width() {
    return ((this.end - this.origin) / DAY) * this.pxPerDay;
  }

  x(t) {
    return ((t - this.origin) / DAY) * this.pxPerDay;
  }

  t(x) {
    return this.origin + (x / this.pxPerDay) * DAY;
  }

  /**
   * Take the span of the plan with some air at both sides; the timeline never ends within a viewport of
   * `viewport` px, so that a bar can be dragged past today's last finish.
   */
  setRange(first, last, viewport = 0) {
    const air = Math.max(14 * DAY, (last - first) * 0.04);
    this.origin = floorTo("week", first - air);
    const least = this.origin + (viewport / this.pxPerDay) * DAY;
    this.end = Math.max(last + air * 2, least);
  }

  /** The zoom at which [first, last] fills `viewport` px. */
  fitting(first, last, viewport) {
    const days = Math.max(1, (last - first) / DAY);
    return clamp((viewport - 72) / days);
  }

  zoom(pxPerDay) {
    this.pxPerDay = clamp(pxPerDay);
  }

  /** Name of the zoom whose header is shown now. */
  get name() {
    const lower = this.tiers()[1];
    return lower === "day" ? "day" : lower === "week" ? "week" : lower === "month" ? "month" : "quarter";
  }

  /** [unit of the upper header line or null, unit of the lower]. */
  tiers() {
    const [, upper, lower] = TIERS.find(([least]) => this.pxPerDay >= least);
    return [upper, lower];
  }

  /** Starts of the units that touch [from, to], with the end of the last. */
  ticks(unit, from, to) {
    const ticks = [];
    let tick = floorTo(unit, from);
    while (tick < to) {
      ticks.push(tick);
      tick = nextOf(unit, tick);
    }
    ticks.push(tick);
    return ticks;
  }
}

function clamp(pxPerDay) {
  return Math.min(WIDEST, Math.max(NARROWEST, pxPerDay));
}
