/** The two doors of the server: the plan (GET, whole or since a revision) and its edits (POST commands). */

export class EditRefused extends Error {
  /** `status`: HTTP status; `errors`: [{op_index, task, code, message, theirs}] of the answer. */
  constructor(status, errors) {
    super(errors[0]?.message ?? `HTTP ${status}`);
    this.name = "EditRefused";
    this.status = status;
    this.errors = errors;
  }
}

/** CSRF token of the page: the meta element, htmx's headers on the body, or Django's cookie. */
export function csrfToken(doc = document) {
  const meta = doc.querySelector("meta[name=csrf-token]")?.content;
  if (meta) return meta;
  const field = doc.querySelector("input[name=csrfmiddlewaretoken]")?.value;
  if (field) return field;
  try {
    const headers = JSON.parse(doc.body.getAttribute("hx-headers:inherited") ?? doc.body.getAttribute("hx-headers") ?? "{}");
    const name = Object.keys(headers).find((key) => key.toLowerCase() === "x-csrftoken");
    if (name) return headers[name];
  } catch {
    /* not JSON: the cookie decides */
  }
  return /(?:^|;\s*)csrftoken=([^;]+)/.exec(doc.cookie)?.[1] ?? "";
}

export class PlanApi {
  constructor(src, edit) {
    this.src = src;
    this.edit = edit;
  }

  /**
   * The whole plan; with `since` (a computed revision) and the `head` that came with the plan what changed after it,
   * or again the whole (it has `program`) where the server can not tell.
   */
  async load(since = null, head = null) {
    return this.#get(since === null ? {} : head === null ? { since } : { since, head });
  }

  /** The plan with the first `rows` rows, from the task `from` on if it has one; small plans come whole. */
  open(rows, from = null) {
    return this.#get(from === null ? { rows } : { rows, from });
  }

  /** `rows` rows of the outline from the task `from` on, and the revisions that they are of. */
  window(from, rows, signal) {
    return this.#get({ rows, from, window: 1 }, signal);
  }

  async #get(query, signal = undefined) {
    const url = new URL(this.src, document.baseURI);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    const response = await fetch(url, { headers: { Accept: "application/json" }, credentials: "same-origin", signal });
    if (!response.ok) throw new EditRefused(response.status, []);
    return response.json();
  }

  /** Send commands; throws EditRefused (answered) or TypeError (no answer). */
  async send(commands, reason = "") {
    const response = await fetch(new URL(this.edit, document.baseURI), {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrfToken() },
      body: JSON.stringify({ commands, reason }),
    });
    const body = await response.json().catch(() => ({}));
    if (!response.ok) throw new EditRefused(response.status, body.errors ?? []);
    return body;
  }
}
