/**
 * Brings the rows that are not here yet, window by window: those that are looked at first, then what lies nearest to them. What needs
 * the whole plan waits here (`whole`). Windows may be of a newer revision than the first answer; what changed since is
 * asked for when the last row is here, so news wait until then.
 */
import { nextWindow } from "./model-windows.js";

/** Rows of the first answer, of a window that somebody looks at, and of one that comes by itself. */
export const FIRST_ROWS = 200;
const SIGHT_ROWS = 200;
const MANY_ROWS = 2000;
const PATIENCE_MS = [1000, 2000, 4000, 8000];
/** An answer that is older than what is shown is asked for again; this often at most. */
const MOST_STALE = 3;

export class Loader {
  constructor(gantt) {
    this.gantt = gantt;
    this.stopped = null;
    this.done = Promise.resolve(true);
    this.finish = null;
    this.running = [];
    this.stale = 0;
    this.waits = null;
  }

  /** A plan was taken in: bring what it lacks, if anything. */
  begin() {
    this.stop();
    if (this.gantt.model.isWhole) return;
    this.done = new Promise((finish) => (this.finish = finish));
    this.stopped = new AbortController();
    this.newer = false;
    this.stale = 0;
    this.#run(this.stopped.signal, MANY_ROWS);
  }

  /** Leave off: the whole plan came, or the page is left. Whoever waits goes on. */
  stop() {
    this.stopped?.abort();
    this.stopped = null;
    this.running = [];
    this.#say(null);
    this.finish?.(true);
    this.finish = null;
  }

  get isDone() {
    return this.stopped === null;
  }

  /** Wait until every row is here; `why` is said meanwhile. */
  async whole(why = "loading_wait") {
    if (this.isDone) return;
    this.#say(why);
    this.gantt.announce(this.gantt.t(why));
    await this.done;
  }

  /** Say that something waits for the rest; true when it does. */
  isAwaited(why) {
    if (this.isDone) return false;
    this.whole(why);
    return true;
  }

  /** Rows [first, last) are in sight: bring those of them that are on their way before all others. */
  look(first, last) {
    if (this.isDone) return;
    const { model } = this.gantt;
    const { rows, position } = model.outline;
    for (let row = first; row < last; row += 1) {
      const at = position[rows[row]];
      if (model.isHere(rows[row]) || this.running.some(({ from, end }) => at >= from && at < end)) continue;
      if (!this.running.some(({ size }) => size === SIGHT_ROWS)) this.#run(this.stopped.signal, SIGHT_ROWS, at);
      return;
    }
  }

  /** Bring windows of a size one after the other: all, or for what is in sight the one at a place. */
  async #run(signal, size, place = null) {
    for (let tries = 0; !signal.aborted; ) {
      const window = this.#next(size, place);
      if (!window) break;
      this.running.push(window);
      try {
        const answer = await this.gantt.api.window(window.id, window.rows, signal);
        tries = 0;
        if (signal.aborted) return;
        if (!this.#take(answer)) return;
        if (place !== null) break;
      } catch (error) {
        if (signal.aborted) return;
        if (!(error instanceof TypeError) && error.name !== "EditRefused") throw error;
        if (place !== null) break;
        this.gantt.showRevision("offline");
        await this.#pause(PATIENCE_MS[Math.min(tries, PATIENCE_MS.length - 1)]);
        tries += 1;
      } finally {
        this.running = this.running.filter((one) => one !== window);
      }
    }
    if (!signal.aborted && this.gantt.model.isWhole) this.#end();
    else if (!signal.aborted) this.gantt.requestFrame();
  }

  /** {from, end, rows, id, size}: positions and the task at the head of the next window that nobody brings yet. */
  #next(size, place) {
    const { model, viewTop, rowHeight } = this.gantt;
    const { order, rows, position } = model.outline;
    const top = rows[Math.min(rows.length - 1, Math.floor(viewTop / rowHeight))];
    const isMissing = (at) => !model.isHere(order[at]) && !this.running.some(({ from, end }) => at >= from && at < end);
    const found = nextWindow(isMissing, order.length, place ?? position[top] ?? 0, size);
    return found && { ...found, end: found.from + found.rows, id: model.get(order[found.from], "id"), size };
  }

  /** Merge a window; false when it can not be, and the whole plan is fetched instead. */
  #take(answer) {
    const { gantt } = this;
    const { model } = gantt;
    const { program } = model;
    if (answer.computed_revision < program.computed_revision && this.stale < MOST_STALE) {
      this.stale += 1;
      return true; // asked for again
    }
    // Its projects or calendars are others, or the row from which we counted is gone: only the whole tells the truth.
    if (answer.head !== model.head || answer.computed_revision < program.computed_revision || model.takeRows(answer) === 0) {
      this.stop();
      gantt.sync.reload();
      return false;
    }
    this.newer = this.newer || answer.computed_revision > program.computed_revision || answer.input_revision > program.computed_revision;
    this.#progress();
    gantt.tookRows();
    return true;
  }

  #end() {
    const { newer } = this;
    this.stop();
    this.gantt.tookAll();
    if (newer) this.gantt.sync.pull();
    else this.gantt.sync.expect();
  }

  #pause(wait) {
    return new Promise((go) => {
      this.retry = go;
      setTimeout(go, wait);
    });
  }

  /** The line is back. */
  resume() {
    this.retry?.();
  }

  #say(why) {
    this.waits = why;
    this.#progress();
  }

  /** The note at the foot: what waits, and how far it is. */
  #progress() {
    const { gantt } = this;
    const { note } = gantt;
    if (!note) return;
    note.hidden = this.isDone || this.waits === null;
    if (note.hidden) return;
    const all = gantt.model.sequence.length - gantt.model.projects.length;
    const { t, formats } = gantt;
    note.lastChild.textContent = `${t(this.waits)} ${t("loading_rows", { n: formats.number.format(all - gantt.model.missingCount), all: formats.number.format(all) })}`;
  }
}
