/** Translated strings, written by the server into <script id="tpm-strings" type="application/json">. */

let catalogue = null;

function load() {
  const block = document.getElementById("tpm-strings");
  return block ? JSON.parse(block.textContent) : {};
}

/**
 * The text of a key with its {placeholders} filled in; the key itself where a page has no catalogue.
 * @param {string} key
 * @param {Record<string, string | number>} [values]
 */
export function t(key, values = {}) {
  catalogue ??= load();
  return fill(catalogue[key] ?? key, values);
}

/** True when the catalogue has the key. */
export function has(key) {
  catalogue ??= load();
  return key in catalogue;
}

/** Fills {name} placeholders of a text; unknown ones stay. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}
