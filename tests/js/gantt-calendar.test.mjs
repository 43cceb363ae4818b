import assert from "node:assert/strict";
import { test } from "node:test";
import { Calendars, WorkCalendar } from "../../static/js/gantt/calendar.js";
import { parseWall } from "../../static/js/gantt/time.js";

// Monday to Friday, 8:00-12:00 and 13:00-17:00; 2026-11-20 is a Friday.
const DAY = [[480, 720], [780, 1020]];
const week = [DAY, DAY, DAY, DAY, DAY, [], []];
const calendar = new WorkCalendar({ week, exceptions: [["2026-12-24", "2026-12-26", []], { first: "2026-11-28", last: "2026-11-28", intervals: DAY }] });
const at = (text) => parseWall(text);

test("eight hours from Friday morning end on Friday evening, not on Monday", () => {
  assert.equal(calendar.addWorking(at("2026-11-20T08:00"), 480), at("2026-11-20T17:00"));
});

test("work goes around the weekend and the lunch break", () => {
  assert.equal(calendar.addWorking(at("2026-11-20T11:00"), 480), at("2026-11-23T11:00"));
});

test("a dated exception takes days away and gives days back", () => {
  assert.equal(calendar.addWorking(at("2026-12-23T17:00"), 60), at("2026-12-28T09:00"));
  assert.equal(calendar.addWorking(at("2026-11-27T17:00"), 60), at("2026-11-28T09:00"));
});

test("counting back is the inverse of counting forward at the start of work", () => {
  const start = at("2026-11-18T08:00");
  for (const minutes of [60, 480, 481, 2400, 9600]) {
    assert.equal(calendar.addWorking(calendar.addWorking(start, minutes), -minutes), start);
  }
});

test("working time between two instants is signed", () => {
  assert.equal(calendar.workingBetween(at("2026-11-20T08:00"), at("2026-11-23T17:00")), 960);
  assert.equal(calendar.workingBetween(at("2026-11-23T17:00"), at("2026-11-20T08:00")), -960);
});

test("five working days after a Friday is the next Friday at the same hour", () => {
  assert.equal(calendar.shiftDays(at("2026-11-13T13:00"), 5), at("2026-11-20T13:00"));
  assert.equal(calendar.shiftDays(at("2026-11-20T13:00"), -5), at("2026-11-13T13:00"));
});

test("next and previous working instants lie at the edges of work", () => {
  assert.equal(calendar.nextWorking(at("2026-11-21T10:00")), at("2026-11-23T08:00"));
  assert.equal(calendar.previousWorking(at("2026-11-22T10:00")), at("2026-11-20T17:00"));
  assert.equal(calendar.nextWorking(at("2026-11-20T12:00")), at("2026-11-20T13:00"));
});

test("an unknown calendar is the default one", () => {
  const calendars = new Calendars([{ id: 1, week }, { id: 2, week: week.map(() => [[0, 1440]]) }], 2);
  assert.equal(calendars.get(99).isWorkingDay(1), true);
  assert.equal(calendars.get(1).addWorking(at("2026-11-20T17:00"), 1), at("2026-11-23T08:01"));
});
