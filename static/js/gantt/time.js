/**
 * Wall-clock arithmetic. All plan times are wall minutes: minutes since 1970-01-01T00:00 on the program's
 * clock, without a time zone. Days are whole numbers since 1970-01-01 (a Thursday).
 */

export const HOUR = 60;
export const DAY = 1440;
/** Working minutes of one day, as durations are spoken (1 d = 480 min). */
export const WORK_DAY = 480;

export const dayOf = (minutes) => Math.floor(minutes / DAY);
/** 0 = Monday … 6 = Sunday. */
export const weekdayOf = (day) => (((day + 3) % 7) + 7) % 7;

const asDate = (minutes) => new Date(minutes * 60000);

/** Wall minutes of "2026-11-20", "2026-11-20T08:00" or a number; null for anything else. */
export function parseWall(value) {
  if (value === null || value === undefined || value === "") return null;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  const match = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?/.exec(value);
  if (!match) return null;
  const [, year, month, day, hour = "0", minute = "0"] = match;
  const stamp = Date.UTC(+year, +month - 1, +day, +hour, +minute);
  const date = new Date(stamp);
  if (date.getUTCMonth() !== +month - 1 || date.getUTCDate() !== +day) return null;
  return stamp / 60000;
}

/** "2026-11-20" of wall minutes. */
export const isoDate = (minutes) => asDate(minutes).toISOString().slice(0, 10);

/** The browser's own clock read as wall minutes (the only clock of the chart: the line "today"). */
export function wallNow(now = new Date()) {
  return Date.UTC(now.getFullYear(), now.getMonth(), now.getDate(), now.getHours(), now.getMinutes()) / 60000;
}

/** First instant of the unit ("day" | "week" | "month" | "quarter" | "year") that holds `minutes`. */
export function floorTo(unit, minutes) {
  const day = dayOf(minutes);
  if (unit === "day") return day * DAY;
  if (unit === "week") return (day - weekdayOf(day)) * DAY;
  const date = asDate(minutes);
  const month = date.getUTCMonth();
  const first = unit === "month" ? month : unit === "quarter" ? month - (month % 3) : 0;
  return Date.UTC(date.getUTCFullYear(), first, 1) / 60000;
}

/** The instant one unit after a unit's start. */
export function nextOf(unit, start) {
  if (unit === "day") return start + DAY;
  if (unit === "week") return start + 7 * DAY;
  const date = asDate(start);
  const step = unit === "month" ? 1 : unit === "quarter" ? 3 : 12;
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + step, 1) / 60000;
}
