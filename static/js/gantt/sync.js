/**
 * Keeps the chart true: hears of new revisions (`tpm:program` on document), fetches what changed, and asks by itself
 * when an edit's results do not come (a lost stream must not leave a stale figure looking fresh).
 */

const PATIENCE_MS = [1500, 2000, 3000, 5000, 8000, 13000];
/** A plan read before my last edit was saved is not taken, but asked for again; this often at most. */
const MOST_STALE = 3;

export class Sync {
  constructor(gantt) {
    this.gantt = gantt;
    this.loading = null;
    this.again = false;
    this.timer = null;
    this.tries = 0;
    /** What is shown holds an edit that was not saved, and the plan could not be read since. */
    this.broken = false;
    /** When the plan was last read, and whether news of it do not come any more. */
    this.at = Date.now();
    this.isCut = false;
    /** The newest inputs that were asked for, and the revisions that edits of this page made. */
    this.asked = 0;
    this.mine = new Set();
    this.listen = (event) => this.hear(event.detail ?? {});
    this.listenState = (event) => this.hearState(event.detail?.state);
    this.listenTopic = (event) => this.hearTopic(event.detail ?? {});
  }

  start() {
    document.addEventListener("tpm:program", this.listen);
    document.addEventListener("tpm:topic", this.listenTopic);
    document.addEventListener("tpm:live", this.listenState);
  }

  stop() {
    document.removeEventListener("tpm:program", this.listen);
    document.removeEventListener("tpm:topic", this.listenTopic);
    document.removeEventListener("tpm:live", this.listenState);
    clearTimeout(this.timer);
  }

  /** {program, input_revision, computed_revision} of the live channel. */
  hear({ program, input_revision: input = 0, computed_revision: computed = 0 }) {
    const { gantt } = this;
    // A what-if counts its edits and the plan's revisions together and hears of both by its own topic.
    if (gantt.hasAttribute("scenario") || String(program) !== String(gantt.model.program.id)) return;
    this.#news(input, computed);
  }

  /** {kind, id, input_revision, computed_revision} of another topic: the scenario that is shown. */
  hearTopic({ kind, id, input_revision: input = 0, computed_revision: computed = 0 }) {
    if (kind === "scenario" && String(id) === this.gantt.getAttribute("scenario")) this.#news(input, computed);
  }

  /** The live channel is cut or back: figures must not look fresher than they are. */
  hearState(state) {
    const cut = state === "offline";
    if (cut === this.isCut) return;
    this.isCut = cut;
    this.gantt.showRevision();
    if (cut) return;
    this.gantt.loader.resume();
    this.pull();
  }

  #news(input, computed) {
    const { gantt } = this;
    const own = gantt.model.program;
    if (input > own.input_revision) {
      own.input_revision = input;
      gantt.showRevision();
    }
    // What somebody else typed is shown at once, what follows from it when it is computed.
    const theirs = input > this.asked && input > own.computed_revision && !gantt.edits.busy && !this.mine.has(input);
    this.asked = Math.max(this.asked, input);
    if (computed > own.computed_revision || theirs) this.pull();
    else if (this.gantt.isBehind) this.expect();
  }

  /** Results should come; ask for them when they do not. */
  expect() {
    clearTimeout(this.timer);
    if (!this.gantt.isBehind && !this.broken) {
      this.tries = 0;
      return;
    }
    const wait = PATIENCE_MS[Math.min(this.tries, PATIENCE_MS.length - 1)];
    this.timer = setTimeout(() => {
      this.tries += 1;
      this.pull();
    }, wait);
  }

  /** Fetch what changed since the results shown; calls while one is under way become one more afterwards. */
  async pull() {
    if (this.loading) {
      this.again = true;
      return this.loading;
    }
    this.loading = this.#pull();
    try {
      await this.loading;
    } finally {
      this.loading = null;
    }
    if (this.again) {
      this.again = false;
      return this.pull();
    }
    this.expect();
    return undefined;
  }

  async #pull() {
    const { gantt } = this;
    await gantt.loader.done; // what changed is told since the first of its windows
    if (this.broken) return void (await this.reload());
    try {
      const delta = await gantt.api.load(gantt.model.program.computed_revision, gantt.model.head);
      this.at = Date.now();
      await this.#calm();
      const { input_revision: input } = delta.program ?? delta;
      const stale = input < gantt.model.program.input_revision;
      if (stale && this.tries < MOST_STALE) return;
      const known = delta.program ? null : gantt.takeDelta(delta);
      if (delta.program) gantt.takePlan(delta, false);
      else if (known === null) await this.reload();
    } catch {
      gantt.showRevision("offline");
    }
  }

  /** Wait until no bar is being dragged and each edit of this page has its answer (new rows have their ids then). */
  async #calm() {
    while (this.gantt.isDragging || this.gantt.edits.busy) await new Promise((done) => setTimeout(done, 120));
  }

  /** Fetch the whole plan again; false when it could not be had (it is tried again by itself). */
  async reload() {
    try {
      const plan = await this.gantt.api.load();
      this.at = Date.now();
      await this.#calm();
      this.gantt.takePlan(plan, false);
      this.broken = false;
    } catch {
      this.broken = true;
      this.gantt.showRevision("offline");
    }
    this.expect();
    return !this.broken;
  }
}
