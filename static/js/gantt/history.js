/**
 * Undo and redo from the commands the server returns. Undoing an edit gives a row a *new* version that holds the
 * content of an *old* one; older entries still name that old version, so equal versions are remembered and
 * resolved when an entry is sent. An edit by somebody else has no such equal: it stays a conflict, as it should.
 */

const LONGEST = 200;

const keyOf = (command) =>
  command.task !== undefined ? `t${command.task}` : command.link !== undefined ? `l${command.link}` : null;

/** {"t12": 3, "l5": 1} of an answer of the edit endpoint. */
export function versionsOf(answer) {
  const versions = {};
  for (const [id, version] of Object.entries(answer.versions ?? {})) versions[`t${id}`] = version;
  for (const [id, version] of Object.entries(answer.link_versions ?? {})) versions[`l${id}`] = version;
  return versions;
}

export class History {
  constructor() {
    this.undos = [];
    this.redos = [];
    this.equals = new Map();
  }

  get canUndo() {
    return this.undos.length > 0;
  }

  get canRedo() {
    return this.redos.length > 0;
  }

  /** The next entry to send for "undo" or "redo", its commands with the versions of today; null when there is none. */
  peek(mode) {
    const entry = (mode === "undo" ? this.undos : this.redos).at(-1);
    return entry ? { ...entry, commands: entry.commands.map((command) => this.#rebase(command)) } : null;
  }

  #rebase(command) {
    const key = keyOf(command);
    if (key === null || command.version === undefined) return command;
    let version = command.version;
    while (this.equals.has(`${key}:${version}`)) version = this.equals.get(`${key}:${version}`);
    return version === command.version ? command : { ...command, version };
  }

  /**
   * Record a finished edit. `mode`: "do" | "undo" | "redo"; `before`: versions the edit started from by key;
   * `answer`: the server's 200 body; `label`: what is said in the toast.
   */
  record(mode, before, answer, label = "") {
    const taken = mode === "undo" ? this.undos.pop() : mode === "redo" ? this.redos.pop() : null;
    if (taken) {
      const after = versionsOf(answer);
      for (const [key, version] of Object.entries(taken.before)) {
        if (after[key] !== undefined && after[key] !== version) this.equals.set(`${key}:${version}`, after[key]);
      }
    }
    if (mode === "do") this.redos.length = 0;
    const stack = mode === "undo" ? this.redos : this.undos;
    if (answer.undo?.length) stack.push({ commands: answer.undo, before, label: taken?.label ?? label });
    if (stack.length > LONGEST) stack.shift();
  }

  /** Forget an entry that the server refused for good. */
  drop(mode) {
    (mode === "undo" ? this.undos : this.redos).pop();
  }
}

export { keyOf };
