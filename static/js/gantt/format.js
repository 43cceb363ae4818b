/** Times, durations and lags as people read and type them; everything through Intl in the page's language. */
import { DAY, HOUR, WORK_DAY, dayOf } from "./time.js";

const UNITS = { m: 1, min: 1, h: HOUR, d: WORK_DAY, w: 5 * WORK_DAY, mo: 20 * WORK_DAY };
const ELAPSED = { m: 1, min: 1, h: HOUR, d: DAY, w: 7 * DAY, mo: 30 * DAY };

export class Formats {
  constructor(lang = "en") {
    this.lang = lang;
    // Plain English means day first, as the server writes dates on all other pages.
    const dates = lang === "en" ? "en-GB" : lang;
    const style = (options) => new Intl.DateTimeFormat(dates, { timeZone: "UTC", ...options });
    this.styles = {
      date: style({ day: "numeric", month: "short", year: "2-digit" }),
      long: style({ weekday: "short", day: "numeric", month: "short", year: "numeric" }),
      time: style({ hour: "2-digit", minute: "2-digit", hour12: false }),
      short: style({ day: "numeric", month: "short" }),
      day: style({ day: "numeric" }),
      weekday: style({ weekday: "narrow" }),
      month: style({ month: "short" }),
      monthYear: style({ month: "long", year: "numeric" }),
      year: style({ year: "numeric" }),
      weekOf: style({ weekday: "short", day: "numeric", month: "long", year: "numeric" }),
    };
    this.number = new Intl.NumberFormat(lang, { maximumFractionDigits: 1 });
    this.signed = new Intl.NumberFormat(lang, { maximumFractionDigits: 1, signDisplay: "exceptZero" });
    this.cache = new Map();
    /** The short word for working days, in the page's language. */
    this.wd = "wd";
  }

  /** Wall minutes in one of the styles above; the day is the key of the cache. */
  at(style, minutes) {
    if (minutes === null || minutes === undefined) return "";
    if (style === "time") return this.styles.time.format(minutes * 60000);
    const key = `${style}${dayOf(minutes)}`;
    let text = this.cache.get(key);
    if (text === undefined) {
      if (this.cache.size > 20000) this.cache.clear();
      text = this.styles[style].format(minutes * 60000);
      this.cache.set(key, text);
    }
    return text;
  }

  /** Time of the wall clock in this room: "14:05". */
  clock(at) {
    return new Intl.DateTimeFormat(this.lang === "en" ? "en-GB" : this.lang, { hour: "2-digit", minute: "2-digit" }).format(at);
  }

  date(minutes) {
    return this.at("date", minutes);
  }

  long(minutes) {
    return this.at("long", minutes);
  }

  /** The day an interval ends on: a finish at midnight belongs to the day before. */
  finish(minutes, style = "date") {
    return minutes === null || minutes === undefined ? "" : this.at(style, minutes % DAY === 0 ? minutes - 1 : minutes);
  }

  /** Label of a header tick. */
  tick(unit, start) {
    if (unit === "quarter" || unit === "year") {
      const year = this.at("year", start);
      const month = new Date(start * 60000).getUTCMonth();
      return unit === "year" ? year : `Q${Math.floor(month / 3) + 1} ${year}`;
    }
    return this.at({ day: "day", week: "short", month: "month" }[unit], start);
  }

  /** Working minutes as "5 d", "4 h", "0 d"; elapsed ones as "5 ed". */
  duration(minutes, elapsed = false) {
    if (minutes === null || minutes === undefined) return "";
    const day = elapsed ? DAY : WORK_DAY;
    const mark = elapsed ? "e" : "";
    if (minutes !== 0 && Math.abs(minutes) < day && minutes % HOUR === 0) {
      return `${this.number.format(minutes / HOUR)} ${mark}h`;
    }
    if (minutes !== 0 && Math.abs(minutes) < HOUR) return `${minutes} ${mark}m`;
    return `${this.number.format(minutes / day)} ${mark}d`;
  }

  /** "+5 wd", "−2 wd", "0 wd": slippage in working days, late is positive. */
  slip(days) {
    return days === null || days === undefined ? "" : `${this.signed.format(days).replace("-", "−")} ${this.wd}`;
  }

  percent(value) {
    return value === null || value === undefined ? "" : `${Math.round(value)} %`;
  }

  /** "+2d", "-4h", "" for none: lag behind a link's kind. */
  lag(minutes) {
    if (!minutes) return "";
    const text = this.duration(Math.abs(minutes)).replace(" ", "");
    return `${minutes > 0 ? "+" : "−"}${text}`;
  }
}

/**
 * Minutes of "5", "5d", "1.5 w", "4h", "30m", "2 mo", "3ed" (a bare number is days), with sign; null when it is none.
 * A day is 480 working minutes, a week five days, a month twenty days; elapsed units are of the clock.
 */
export function parseDuration(text) {
  const match = /^\s*([+\-−]?)\s*(\d+(?:[.,]\d+)?)\s*(e?)\s*(mo|min|[mhdwt])?[a-z]*\s*$/i.exec(text ?? "");
  if (!match) return null;
  const [, sign, number, elapsed, unit = "d"] = match;
  const key = unit.toLowerCase() === "t" ? "d" : unit.toLowerCase();
  const minutes = Math.round(Number(number.replace(",", ".")) * (elapsed ? ELAPSED : UNITS)[key]);
  return sign === "-" || sign === "−" ? -minutes : minutes;
}

/** Percent of "40", "40 %"; null outside of 0..100. */
export function parsePercent(text) {
  const match = /^\s*(\d+(?:[.,]\d+)?)\s*%?\s*$/.exec(text ?? "");
  const value = match ? Number(match[1].replace(",", ".")) : NaN;
  return value >= 0 && value <= 100 ? value : null;
}

/**
 * Predecessors as typed: "1.2, 1.3 SS+2d; Network:4FF-4h" → [{ref, project, kind, lag}], null when a part is no such thing.
 * `ref` is a WBS code or "#id"; `project` is the name before the colon or null.
 */
export function parsePredecessors(text) {
  const parts = (text ?? "").split(/[;,]/).map((part) => part.trim()).filter(Boolean);
  const found = [];
  for (const part of parts) {
    const match = /^(?:(.+):)?\s*(#?[^\s:]*?[\d])\s*(FS|SS|FF|SF)?\s*([+\-−]\s*\d.*)?$/i.exec(part);
    if (!match) return null;
    const lag = match[4] ? parseDuration(match[4]) : 0;
    if (lag === null) return null;
    found.push({ ref: match[2], project: match[1]?.trim() ?? null, kind: (match[3] ?? "FS").toUpperCase(), lag });
  }
  return found;
}
