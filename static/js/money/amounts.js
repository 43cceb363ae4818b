/** Amounts as people type and spreadsheets copy them, and blocks of cells as text. */

/**
 * The amount of a text as "1250.50"; "0.00" for an empty one, null for none. A last separator before one or two digits is the
 * decimal mark, whatever it is; any other must group thousands. Parentheses or a minus make it negative.
 */
export function parseAmount(text) {
  let rest = text.replace(/[\s\u00a0\u202f'’]/g, "").replace(/^\u2212/, "-");
  if (rest === "" || rest === "-" || rest === "–") return "0.00";
  let negative = false;
  if (/^\(.*\)$/.test(rest)) [negative, rest] = [true, rest.slice(1, -1)];
  if (/^[+-]/.test(rest)) [negative, rest] = [negative || rest[0] === "-", rest.slice(1)];
  const found = /^(\d{1,16}|\d{1,3}(?:([.,])\d{3})(?:\2\d{3})*)(?:[.,](\d{1,2}))?$/.exec(rest);
  if (!found || (found[2] && found[3] !== undefined && rest.at(-found[3].length - 1) === found[2])) return null;
  const whole = found[1].replace(/[.,]/g, "");
  if (whole.length > 15) return null;
  const value = `${BigInt(whole)}.${(found[3] ?? "").padEnd(2, "0")}`;
  return negative && !/^0\.00$/.test(value) ? `-${value}` : value;
}

/** Rows of cells of a copied block. */
export function parseBlock(text) {
  return text.replace(/\r\n?/g, "\n").replace(/\n$/, "").split("\n").map((line) => line.split("\t"));
}

/** A block as a spreadsheet takes it. */
export function formatBlock(rows) {
  return rows.map((cells) => cells.join("\t")).join("\n");
}
