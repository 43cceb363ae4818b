/** The pure part of saved views: what of an address is the state of a list. */

const OF_THE_MOMENT = new Set(["task", "risk", "rating", "export", "after", "before", "page", "shown", "plain"]);

/** The state of an address: its values by name, without what is of the moment and without empty ones. */
export function stateOf(search) {
  const pairs = [...new URLSearchParams(search)].filter(([name, value]) => value && !OF_THE_MOMENT.has(name));
  return pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).sort().join("&");
}

/** True where two addresses show the same. */
export function same(one, other) {
  return stateOf(one) === stateOf(other);
}
