/**
 * Every change goes through here: shown at once, sent one after the other, taken back when refused, undone and redone
 * by the commands the server returned for it.
 */
import { EditRefused } from "./api.js";
import { applyLocally, touched } from "./commands.js";
import { contested, settled } from "./conflicts.js";
import { chooseConflict } from "./dialogs.js";
import { toast } from "./dom.js";
import { History, keyOf, versionsOf } from "./history.js";

let temporary = 0;

export class Edits {
  constructor(gantt) {
    this.gantt = gantt;
    this.history = new History();
    this.queue = Promise.resolve();
    this.open = [];
    this.aliases = new Map();
  }

  /** Edits that are not answered yet. */
  get busy() {
    return this.open.length > 0;
  }

  /**
   * Do `commands` ({op, …} without versions; `show` holds cells for the model only). `applied` when the caller has put
   * them into the model already. Resolves to the server's answer, or null when it was refused.
   */
  run(commands, label, { applied = null } = {}) {
    if (!commands.length) return Promise.resolve(null);
    for (const command of commands) {
      if ((command.op === "create" || command.op === "link") && !command.temporary) command.temporary = this.temporaryId();
    }
    const { gantt } = this;
    const ids = touched(gantt.model, commands);
    const change = applied ?? applyLocally(gantt.model, commands);
    gantt.markPending([...ids, ...touched(gantt.model, commands)]);
    gantt.changed(change.whole);
    return this.#enqueue({ commands, label, change, mode: "do" });
  }

  temporaryId() {
    return `new:${(temporary += 1)}`;
  }

  /** "undo" or "redo" the last edit of this page; one at a time, in order with other edits. */
  again(mode) {
    const { gantt, history } = this;
    const step = this.queue.then(async () => {
      const entry = history.peek(mode);
      if (!entry) {
        gantt.announce(gantt.t(mode === "undo" ? "nothing_undo" : "nothing_redo"));
        return null;
      }
      const known = entry.commands.every((command) => command.op === "update");
      const change = known ? applyLocally(gantt.model, entry.commands) : { revert: () => {}, whole: true };
      gantt.markPending(touched(gantt.model, entry.commands));
      gantt.changed();
      const job = { commands: entry.commands, label: entry.label, change, mode };
      this.open.push(job);
      const answer = await this.#send(job);
      if (answer) gantt.announce(gantt.t(mode === "undo" ? "undone" : "redone"));
      if (answer && !known) await gantt.sync.reload();
      return answer;
    });
    this.queue = step.catch(() => {});
    return step;
  }

  /** Put edits that still wait for their answer back over fresh data. */
  reapply() {
    for (const job of this.open) {
      const updates = job.commands.filter(({ op }) => op === "update");
      if (updates.length) job.change = { ...applyLocally(this.gantt.model, updates), whole: job.change.whole };
    }
  }

  #enqueue(job) {
    this.open.push(job);
    const done = this.queue.then(() => this.#send(job));
    this.queue = done.catch(() => {});
    return done;
  }

  #version(command) {
    const { model } = this.gantt;
    if (command.version !== undefined) return command.version;
    if (command.link !== undefined) return model.link(command.link)?.version;
    if (command.task === undefined || command.op === "assign") return undefined; // an assignment is new: the task is not changed
    const node = model.node.get(command.task);
    return node === undefined ? model.lastVersion.get(command.task) : model.get(node, "version");
  }

  /** A command as the server knows it: real ids, a version, nothing of our own. */
  #wire(command) {
    const { temporary: _, show: __, touches: ___, asks: ____, ...wire } = command;
    for (const name of ["task", "parent", "after", "pred", "succ", "link"]) {
      if (this.aliases.has(wire[name])) wire[name] = this.aliases.get(wire[name]);
    }
    const version = this.#version({ ...wire, version: command.version });
    if (version !== undefined) wire.version = version;
    return wire;
  }

  async #send(job) {
    const { gantt, history } = this;
    const commands = job.commands.map((command) => this.#wire(command));
    const before = {};
    for (const command of commands) if (keyOf(command) && command.version !== undefined) before[keyOf(command)] = command.version;
    try {
      const answer = await gantt.api.send(commands, "");
      this.#settle(job, answer);
      history.record(job.mode, before, answer, job.label);
      gantt.changed(job.commands.some((command) => command.temporary));
      gantt.sync.expect();
      return answer;
    } catch (error) {
      await this.#refused(job, error);
      return null;
    } finally {
      this.open = this.open.filter((one) => one !== job);
      gantt.toolbar.refresh();
    }
  }

  #settle(job, answer) {
    const { model, selection } = this.gantt;
    for (const { op_index: index, task, link, version } of answer.created ?? []) {
      const was = job.commands[index]?.temporary;
      if (!was) continue;
      this.aliases.set(was, task ?? link);
      if (task !== undefined) {
        model.rename(was, task, version ?? 1);
        if (selection.ids.delete(was)) selection.ids.add(task);
        if (selection.active === was) selection.active = task;
        if (selection.anchor === was) selection.anchor = task;
        this.gantt.renamed(was, task);
      } else if (link !== undefined) {
        const row = model.link(was);
        if (row) Object.assign(row, { id: link, version: version ?? 1 });
      }
    }
    for (const [key, version] of Object.entries(versionsOf(answer))) {
      const id = Number(key.slice(1));
      if (key.startsWith("t") && model.node.has(id)) model.columns.version[model.node.get(id)] = version;
      const link = key.startsWith("l") ? model.link(id) : null;
      if (link) link.version = version;
    }
    if (answer.input_revision) this.gantt.sync.mine.add(answer.input_revision);
    model.program.input_revision = Math.max(model.program.input_revision, answer.input_revision ?? 0);
  }

  async #refused(job, error) {
    const { gantt } = this;
    if (!(error instanceof EditRefused)) {
      this.#takeBack(job);
      gantt.showRevision("offline");
      toast("bad", gantt.t("offline"), job.mode === "do" ? { label: gantt.t("retry"), run: () => this.#retry(job) } : undefined);
    } else if (error.status === 409 && error.errors.length && job.mode === "do") {
      await this.#conflict(job, error.errors);
    } else {
      this.#takeBack(job);
      if (job.mode !== "do") this.history.drop(job.mode);
      toast("bad", error.errors.map(({ message }) => message).filter(Boolean).join(" ") || gantt.t("refused"));
    }
    gantt.announce(error.message);
  }

  /** The server did not answer: what was typed is sent once more, over the plan as it is by then. */
  async #retry(job) {
    if (job.change.whole && !(await this.gantt.sync.reload())) return;
    this.run(job.commands, job.label);
  }

  #takeBack(job) {
    const { gantt } = this;
    job.change.revert();
    gantt.clearPending();
    gantt.changed();
    if (job.change.whole) gantt.sync.reload();
  }

  /** Somebody was faster. What does not contradict is kept; for the rest both values are shown and the person chooses. */
  async #conflict(job, errors) {
    const { gantt } = this;
    const { model } = gantt;
    const rows = contested(job.commands, errors, job.change.before ?? (() => undefined));
    const lost = rows.filter((row) => row.lost);
    const open = rows.filter((row) => !row.lost);
    for (const { message } of lost) toast("bad", message);
    const theirs = open.length ? await chooseConflict(gantt, open) : [];
    job.change.revert();
    for (const { task, link, assignment, theirs: now } of errors) {
      if (!now) continue;
      const { version, ...set } = now;
      for (const command of job.commands) if (assignment !== undefined && command.assignment === assignment) command.seen = version;
      const node = model.node.get(task);
      const row = link === undefined ? null : model.link(link);
      if (row) Object.assign(row, { version, kind: set.kind, lag: set.lag });
      if (node === undefined) continue;
      if (version !== undefined) model.columns.version[node] = version;
      model.applySet(task, set);
    }
    gantt.clearPending();
    gantt.changed();
    const again = settled(job.commands, [...lost, ...theirs]).map(({ seen, ...command }) => (seen === undefined ? command : { ...command, version: seen }));
    this.open = this.open.filter((one) => one !== job); // answered: nothing may wait for it any more
    if (job.change.whole) await gantt.sync.reload();
    if (again.length) queueMicrotask(() => this.run(again, job.label));
    else gantt.sync.pull();
  }
}
