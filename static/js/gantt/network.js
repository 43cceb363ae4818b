/** Links between tasks: adjacency, driving chain, reach, topological rank, and the preview of an edit. */

export class LinkNetwork {
  /** `size` nodes; links as parallel arrays of node numbers, kinds ("FS"…) and lags in working minutes. */
  constructor(size, pred, succ, kind, lag) {
    Object.assign(this, { size, pred, succ, kind, lag });
    const count = pred.length;
    this.outStart = new Int32Array(size + 1);
    this.inStart = new Int32Array(size + 1);
    for (let i = 0; i < count; i += 1) {
      this.outStart[pred[i] + 1] += 1;
      this.inStart[succ[i] + 1] += 1;
    }
    for (let i = 0; i < size; i += 1) {
      this.outStart[i + 1] += this.outStart[i];
      this.inStart[i + 1] += this.inStart[i];
    }
    const outNext = this.outStart.slice();
    const inNext = this.inStart.slice();
    this.outLinks = new Int32Array(count);
    this.inLinks = new Int32Array(count);
    for (let i = 0; i < count; i += 1) {
      this.outLinks[outNext[pred[i]]++] = i;
      this.inLinks[inNext[succ[i]]++] = i;
    }
    this.ranks = null;
  }

  /** Links that leave / enter a node, as link numbers. */
  outOf(node) {
    return this.outLinks.subarray(this.outStart[node], this.outStart[node + 1]);
  }

  into(node) {
    return this.inLinks.subarray(this.inStart[node], this.inStart[node + 1]);
  }

  /** Topological rank of every node (nodes in a circle keep the largest rank). */
  rank() {
    if (this.ranks) return this.ranks;
    const waiting = new Int32Array(this.size);
    for (const node of this.succ) waiting[node] += 1;
    const ranks = new Int32Array(this.size).fill(this.size);
    const queue = new Int32Array(this.size);
    let tail = 0;
    for (let node = 0; node < this.size; node += 1) if (waiting[node] === 0) queue[tail++] = node;
    for (let head = 0; head < tail; head += 1) {
      const node = queue[head];
      ranks[node] = head;
      for (const link of this.outOf(node)) if ((waiting[this.succ[link]] -= 1) === 0) queue[tail++] = this.succ[link];
    }
    this.ranks = ranks;
    return ranks;
  }

  /** Everything that a change of these nodes may move: all successors, the ancestors, and what those drive. */
  reach(nodes, parent) {
    const seen = new Set(nodes);
    const stack = [...nodes];
    while (stack.length) {
      const node = stack.pop();
      const add = (next) => {
        if (next >= 0 && !seen.has(next)) {
          seen.add(next);
          stack.push(next);
        }
      };
      for (const link of this.outOf(node)) add(this.succ[link]);
      add(parent[node]);
    }
    return seen;
  }

  /**
   * Why a task stands where it stands, and what it drives: `up` are its driving predecessors to the root, `down` all
   * tasks whose driving chain runs through it, `links` the link numbers between them. `driver[node]`: node or -1.
   */
  chain(node, driver, driven) {
    const up = new Set();
    const down = new Set();
    const links = new Set();
    const mark = (from, to) => {
      for (const link of this.into(to)) if (this.pred[link] === from) links.add(link);
    };
    for (let at = node; driver(at) >= 0 && !up.has(driver(at)) && driver(at) !== node; at = driver(at)) {
      up.add(driver(at));
      mark(driver(at), at);
    }
    const stack = [node];
    while (stack.length) {
      const at = stack.pop();
      for (const next of driven(at)) {
        if (next === node || down.has(next)) continue;
        down.add(next);
        mark(at, next);
        stack.push(next);
      }
    }
    return { up, down, links };
  }
}

/** Would a link pred → succ close a circle? Follows links only; the server judges the rest. */
export function closesCircle(network, pred, succ) {
  const seen = new Set([succ]);
  const stack = [succ];
  while (stack.length) {
    const node = stack.pop();
    if (node === pred) return true;
    for (const link of network.outOf(node)) {
      const next = network.succ[link];
      if (!seen.has(next)) {
        seen.add(next);
        stack.push(next);
      }
    }
  }
  return false;
}
