/** The links of the plan: rows as the server names them, and the network of those whose both ends are here. */
import { LinkNetwork } from "./network.js";

export const WithLinks = (Base) =>
  class extends Base {
    /** Columns of links as rows. */
    linkRows(links) {
      const rows = links ?? { id: [] };
      return rows.id.map((id, i) => ({
        id, pred: rows.pred[i], succ: rows.succ[i], kind: rows.kind[i], lag: rows.lag?.[i] ?? 0, version: rows.version?.[i] ?? 0,
      }));
    }

    /** Put changed and new links in the place of those they were, in the order of their ids; take away what is gone. */
    mergeLinks(links, removed) {
      const fresh = this.linkRows(links);
      const out = new Set([...removed, ...fresh.map((link) => link.id)]);
      const kept = this.links.filter((link) => !out.has(link.id) && this.node.has(link.pred) && this.node.has(link.succ));
      this.links = [...kept, ...fresh].sort((a, b) => a.id - b.id);
      this.linksChanged();
    }

    /** Make the network again; links to tasks that are not here are kept out of it. */
    linksChanged() {
      const known = this.links.filter((link) => this.node.has(link.pred) && this.node.has(link.succ));
      this.drawn = known;
      this.network = new LinkNetwork(
        this.size,
        Int32Array.from(known, (link) => this.node.get(link.pred)),
        Int32Array.from(known, (link) => this.node.get(link.succ)),
        known.map((link) => link.kind),
        known.map((link) => link.lag),
      );
      this.driven = null;
    }

    link(id) {
      return this.links.find((link) => link.id === id) ?? null;
    }

    /** Node of the driving predecessor, or -1. */
    driver(node) {
      return this.node.get(this.columns.driver[node]) ?? -1;
    }

    chain(node) {
      if (!this.driven) {
        this.driven = new Map();
        for (let i = 0; i < this.size; i += 1) {
          const by = this.driver(i);
          if (by >= 0) this.driven.get(by)?.push(i) ?? this.driven.set(by, [i]);
        }
      }
      return this.network.chain(node, (at) => this.driver(at), (at) => this.driven.get(at) ?? []);
    }
  };
