/**
 * Working time in the browser: enough of the engine's calendar to preview an edit before the server answers.
 * Same semantics as the engine: adding work ends at the end of an interval, never at the start of the next.
 */
import { DAY, dayOf, parseWall, weekdayOf } from "./time.js";

const FURTHEST_DAYS = 36525;
const STANDARD_DAY = [[480, 720], [780, 1020]];
const STANDARD_WEEK = [STANDARD_DAY, STANDARD_DAY, STANDARD_DAY, STANDARD_DAY, STANDARD_DAY, [], []];

export class WorkCalendar {
  /** `week`: 7 × [[start, end), …] minutes within the day, Monday first; `exceptions`: [first, last, intervals]. */
  constructor({ id = null, name = "", week = STANDARD_WEEK, exceptions = [] } = {}) {
    this.id = id;
    this.name = name;
    this.week = week;
    this.exceptions = new Map();
    for (const exception of exceptions) {
      const [first, last, intervals] = Array.isArray(exception)
        ? exception
        : [exception.first, exception.last, exception.intervals];
      const begin = dayOf(parseWall(first));
      const end = Math.min(dayOf(parseWall(last ?? first)), begin + FURTHEST_DAYS);
      for (let day = begin; day <= end; day += 1) this.exceptions.set(day, intervals ?? []);
    }
    this.hasWork = this.week.some((intervals) => intervals.length > 0);
  }

  /** Working intervals of a day number. */
  intervals(day) {
    return this.exceptions.get(day) ?? this.week[weekdayOf(day)];
  }

  isWorkingDay(day) {
    return this.intervals(day).length > 0;
  }

  /** The first working instant at or after `t`. */
  nextWorking(t) {
    if (!this.hasWork) return t;
    for (let day = dayOf(t), stop = day + FURTHEST_DAYS; day < stop; day += 1) {
      for (const [from, to] of this.intervals(day)) {
        if (day * DAY + to > t) return Math.max(t, day * DAY + from);
      }
    }
    return t;
  }

  /** The last instant at or before `t` that ends working time. */
  previousWorking(t) {
    if (!this.hasWork) return t;
    for (let day = dayOf(t), stop = day - FURTHEST_DAYS; day > stop; day -= 1) {
      const intervals = this.intervals(day);
      for (let i = intervals.length - 1; i >= 0; i -= 1) {
        if (day * DAY + intervals[i][0] < t) return Math.min(t, day * DAY + intervals[i][1]);
      }
    }
    return t;
  }

  /** The instant at which `minutes` of work after `t` are done; negative minutes count backwards. */
  addWorking(t, minutes) {
    if (minutes === 0 || !this.hasWork) return t + (this.hasWork ? 0 : minutes);
    if (minutes < 0) return this.#subtract(t, -minutes);
    let left = minutes;
    for (let day = dayOf(t), stop = day + FURTHEST_DAYS; day < stop; day += 1) {
      for (const [from, to] of this.intervals(day)) {
        const begin = Math.max(t, day * DAY + from);
        const room = day * DAY + to - begin;
        if (room <= 0) continue;
        if (left <= room) return begin + left;
        left -= room;
      }
    }
    return t;
  }

  #subtract(t, minutes) {
    let left = minutes;
    for (let day = dayOf(t), stop = day - FURTHEST_DAYS; day > stop; day -= 1) {
      const intervals = this.intervals(day);
      for (let i = intervals.length - 1; i >= 0; i -= 1) {
        const end = Math.min(t, day * DAY + intervals[i][1]);
        const room = end - (day * DAY + intervals[i][0]);
        if (room <= 0) continue;
        if (left <= room) return end - left;
        left -= room;
      }
    }
    return t;
  }

  /** Working minutes from `a` to `b`; negative when `b` is earlier. */
  workingBetween(a, b) {
    if (!Number.isFinite(a) || !Number.isFinite(b)) return 0;
    if (b < a) return -this.workingBetween(b, a);
    let sum = 0;
    for (let day = dayOf(a), last = dayOf(b); day <= last; day += 1) {
      for (const [from, to] of this.intervals(day)) {
        const begin = Math.max(a, day * DAY + from);
        const end = Math.min(b, day * DAY + to);
        if (end > begin) sum += end - begin;
      }
    }
    return sum;
  }

  /** `t` moved by whole working days, at the same time of day, then onto working time. */
  shiftDays(t, days) {
    if (!this.hasWork) return t + days * DAY;
    const step = Math.sign(days);
    let day = dayOf(t);
    for (let left = Math.abs(days), guard = FURTHEST_DAYS; left > 0 && guard > 0; guard -= 1) {
      day += step;
      if (this.isWorkingDay(day)) left -= 1;
    }
    return this.nextWorking(day * DAY + (t - dayOf(t) * DAY));
  }
}

/** The calendars of a program by id, with the program's default for unknown ids. */
export class Calendars {
  constructor(rows = [], defaultId = null) {
    this.byId = new Map(rows.map((row) => [row.id, new WorkCalendar(row)]));
    this.standard = this.byId.get(defaultId) ?? this.byId.values().next().value ?? new WorkCalendar();
  }

  get(id) {
    return this.byId.get(id) ?? this.standard;
  }
}
