/** The pure part of the command palette: matching, grouping, highlighting. */

/** True when every word of the query begins somewhere in a word of the label (case and accents do not count). */
export function matches(label, query) {
  const text = plain(label);
  return plain(query).split(/\s+/).filter(Boolean).every((word) => text.startsWith(word) || text.includes(` ${word}`) || text.includes(word));
}

/** Items by kind, in the order of first appearance: [[kind, items], …]. */
export function group(items) {
  const groups = new Map();
  for (const item of items) groups.set(item.kind ?? "", [...(groups.get(item.kind ?? "") ?? []), item]);
  return [...groups];
}

/** The label in pieces [text, isHit], hits being the query's words. Lengths are kept because folding is per character. */
export function highlight(label, query) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const text = [...label].map((char) => plain(char).slice(0, 1) || char).join("");
  if (!words.length || text.length !== label.length) return [[label, false]];
  const hit = new Array(label.length).fill(false);
  for (const word of words) {
    for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) hit.fill(true, at, at + word.length);
  }
  const pieces = [];
  for (let at = 0; at < label.length; at += 1) {
    if (pieces.length && pieces.at(-1)[1] === hit[at]) pieces.at(-1)[0] += label[at];
    else pieces.push([label[at], hit[at]]);
  }
  return pieces;
}

function plain(text) {
  return String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
