/**
 * What an edit would move, estimated in the browser within a few milliseconds while the mouse is still down.
 * A successor that stood where its links put it follows them; one that stood later (constraint, data date,
 * resources) is only pushed. The engine's answer replaces all of it.
 */

const SNET = 4;
const MSO = 2;
const MFO = 3;
const MOST = 4000;

/** Start that a link asks of its successor, given the dates of its predecessor; milestones may stand at the end of work. */
export function required(kind, lag, start, finish, duration, calendar) {
  if (kind === "FS" || kind === "SS") {
    const from = calendar.addWorking(kind === "FS" ? finish : start, lag);
    return duration > 0 ? calendar.nextWorking(from) : from;
  }
  const end = calendar.addWorking(kind === "FF" ? finish : start, lag);
  return duration > 0 ? calendar.addWorking(end, -duration) : end;
}

/**
 * `plan` gives `start(node)`, `finish(node)`, `duration(node)`, `calendar(node)`, `constraint(node)`,
 * `constraintAt(node)`, `isFixed(node)` (finished, summary …) and `dataDate`.
 * `moved`: Map node → {start, finish}, the edit itself. Returns the same with everything that follows.
 */
export function preview(plan, network, moved) {
  const result = new Map(moved);
  const ranks = network.rank();
  const heap = new Heap((a, b) => ranks[a] - ranks[b]);
  const queued = new Set();
  const push = (node) => {
    for (const link of network.outOf(node)) {
      const next = network.succ[link];
      if (!queued.has(next) && !moved.has(next) && !plan.isFixed(next)) {
        queued.add(next);
        heap.push(next);
      }
    }
  };
  for (const node of moved.keys()) push(node);
  while (heap.size && result.size < MOST) {
    const node = heap.pop();
    queued.delete(node);
    const dates = place(plan, network, node, result);
    if (dates) {
      result.set(node, dates);
      push(node);
    }
  }
  return result;
}

function place(plan, network, node, result) {
  const start = plan.start(node);
  const calendar = plan.calendar(node);
  const duration = plan.duration(node);
  const constraint = plan.constraint(node);
  if (start === null || constraint === MSO || constraint === MFO) return null;
  let before = -Infinity;
  let after = -Infinity;
  for (const link of network.into(node)) {
    const pred = network.pred[link];
    const oldStart = plan.start(pred);
    const oldFinish = plan.finish(pred);
    if (oldStart === null || oldFinish === null) continue;
    const ask = (from, to) => required(network.kind[link], network.lag[link], from, to, duration, calendar);
    const was = ask(oldStart, oldFinish);
    const dates = result.get(pred);
    before = Math.max(before, was);
    after = Math.max(after, dates ? ask(dates.start, dates.finish) : was);
  }
  if (after === -Infinity) return null;
  let next = Math.max(start, after);
  if (start <= before && after < start) {
    const floor = constraint === SNET ? plan.constraintAt(node) ?? -Infinity : -Infinity;
    next = Math.min(start, Math.max(after, floor, plan.dataDate ?? -Infinity));
  }
  if (next === start) return null;
  next = duration > 0 ? calendar.nextWorking(next) : next;
  return { start: next, finish: duration > 0 ? calendar.addWorking(next, duration) : next };
}

/** A binary heap: successors are placed in topological order, each once. */
class Heap {
  constructor(compare) {
    this.items = [];
    this.compare = compare;
  }

  get size() {
    return this.items.length;
  }

  push(item) {
    const { items, compare } = this;
    let at = items.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (compare(items[above], items[at]) <= 0) break;
      [items[above], items[at]] = [items[at], items[above]];
      at = above;
    }
  }

  pop() {
    const { items, compare } = this;
    const top = items[0];
    const last = items.pop();
    if (items.length) {
      items[0] = last;
      for (let at = 0; ; ) {
        let least = at;
        for (const child of [2 * at + 1, 2 * at + 2]) {
          if (child < items.length && compare(items[child], items[least]) < 0) least = child;
        }
        if (least === at) break;
        [items[least], items[at]] = [items[at], items[least]];
        at = least;
      }
    }
    return top;
  }
}
