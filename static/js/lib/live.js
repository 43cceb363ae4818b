/**
 * Live updates: one EventSource per visible page.
 *
 * Topics come from <body data-live-topics="program:42 program:43"> and from every [data-live] element. A message carries
 * revisions only; the page answers with the document event `tpm:program` {program, input_revision, computed_revision,
 * state, reason} and has the [data-live~="program:42"] elements fetch themselves (hx-trigger="tpm:refresh").
 * The stream is closed while the page is hidden. After each (re)connection the status endpoint is asked once, so nothing
 * is missed; where no stream can be had the same endpoint is polled.
 */

import { backoff, merge, messagesOf, parseTopic } from "./revisions.js";

const POLL_EVERY = 4_000;
const STREAM_RETRY_WHILE_POLLING = 60_000;
const REFRESH_DELAY = 120;
const RETRY = 200;
/** What an element is fetched for without being asked for by whoever stands in it. */
const UNASKED = new Set(["tpm:refresh", "tpm:undone"]);

const known = new Map();
let source = null;
let attempt = 0;
let timer = 0;
let polling = 0;
let pending = new Set();
let refreshTimer = 0;
let shown = "idle";
/** Where a key or a button of the mouse is held down. */
let held = null;
/** Live elements whose news waits. */
const retrying = new WeakSet();

function topics() {
  const all = new Set((document.body.dataset.liveTopics ?? "").split(/\s+/));
  for (const element of document.querySelectorAll("[data-live]")) element.dataset.live.split(/\s+/).forEach((topic) => all.add(topic));
  all.delete("");
  return [...all].sort();
}

function address(base) {
  const query = new URLSearchParams(topics().map((topic) => ["topic", topic]));
  return `${base}?${query}`;
}

function show(state) {
  if (shown !== state) document.dispatchEvent(new CustomEvent("tpm:live", { detail: { state } }));
  shown = state;
  for (const indicator of document.querySelectorAll("live-indicator")) indicator.setAttribute("state", state);
}

/** Takes a message {topic, input, computed, state?, reason?} from wherever it came. */
export function receive(message) {
  const change = merge(known, message);
  if (!change) return;
  const { kind, id } = parseTopic(change.topic);
  const waiting = change.computed < change.input && change.state !== "stuck";
  for (const element of document.querySelectorAll(`[data-live~="${CSS.escape(change.topic)}"]`)) element.toggleAttribute("data-computing", waiting);
  if (kind === "program") {
    document.dispatchEvent(
      new CustomEvent("tpm:program", {
        detail: { program: id, input_revision: change.input, computed_revision: change.computed, state: change.state, reason: change.reason },
      }),
    );
  }
  if (kind !== "program") {
    const detail = { kind, id, input_revision: change.input, computed_revision: change.computed, state: change.state, unread: message.unread };
    document.dispatchEvent(new CustomEvent("tpm:topic", { detail }));
  }
  if (change.moved) refreshSoon(change.topic);
}

function refreshSoon(topic) {
  pending.add(topic);
  clearTimeout(refreshTimer);
  refreshTimer = setTimeout(refresh, REFRESH_DELAY);
}

/**
 * An element waits with its news while it is fetched already – for a filter, a sort, an earlier event; htmx would drop the second
 * request together with the element that the first one replaces –, while something sent from it is not answered, while somebody
 * types in it or has something unsaved in it, and while a key or a button is down in it: it would come up in another element.
 */
function mustWait(element) {
  const asked = element.id && document.querySelector(`.htmx-request[hx-target="#${CSS.escape(element.id)}"]`);
  return Boolean(asked) || element.matches(".htmx-request") || isInUse(element);
}

function isInUse(element) {
  const field = document.activeElement;
  const unsaved = [...element.querySelectorAll("[data-dirty]")].some((form) => !form.closest("dialog:not([open])"));
  if (unsaved || element.contains(held) || element.querySelector(".htmx-request") !== null) return true;
  return element.contains(field) && field.matches("input:not([type=checkbox], [type=radio], [type=button]), textarea, select");
}

/** Fetches a live element – or the one that has taken its place – anew as soon as that disturbs nobody. */
export function renew(element) {
  if (retrying.has(element)) return;
  if (mustWait(element)) retryLater(element);
  else element.dispatchEvent(new CustomEvent("tpm:refresh", { bubbles: false }));
}

function retryLater(element) {
  retrying.add(element);
  setTimeout(() => {
    retrying.delete(element);
    const now = element.isConnected ? element : document.getElementById(element.id);
    if (now) renew(now);
  }, RETRY);
}

function refresh() {
  const due = pending;
  pending = new Set();
  for (const topic of due) document.querySelectorAll(`[data-live~="${CSS.escape(topic)}"]`).forEach(renew);
}

/** An answer that comes when somebody has begun to type must not wipe what was typed: it is fetched again later. */
function keepTyped(event) {
  const { sourceElement: element, sourceEvent } = event.detail.ctx;
  if (!UNASKED.has(sourceEvent?.type) || !isInUse(element)) return;
  event.preventDefault();
  if (!retrying.has(element)) retryLater(element);
}

async function catchUp() {
  const answer = await fetch(address(document.body.dataset.liveStatus), { headers: { Accept: "application/json" }, credentials: "same-origin", cache: "no-store" });
  if (answer.status === 401 || answer.status === 403 || answer.redirected) throw Object.assign(new Error("refused"), { refused: true });
  if (!answer.ok) throw new Error(`status ${answer.status}`);
  messagesOf(await answer.json()).forEach(receive);
}

function closeStream() {
  source?.close();
  source = null;
}

function stop() {
  closeStream();
  clearTimeout(timer);
  clearTimeout(polling);
  polling = 0;
}

function openStream() {
  closeStream();
  const stream = new EventSource(address(document.body.dataset.liveStream));
  source = stream;
  stream.addEventListener("open", async () => {
    clearTimeout(polling);
    polling = 0;
    try {
      await catchUp();
      attempt = 0;
      if (source === stream) show("live");
    } catch {
      if (source === stream) lost();
    }
  });
  stream.addEventListener("revision", (event) => receive(JSON.parse(event.data)));
  stream.addEventListener("error", () => {
    if (source === stream) lost();
  });
}

/** The stream broke: try again by ourselves, with growing pauses, and poll meanwhile from the second failure on. */
function lost() {
  closeStream();
  if (document.hidden) return;
  if (!polling) show(navigator.onLine ? "catching-up" : "offline");
  clearTimeout(timer);
  const wait = attempt >= 3 ? STREAM_RETRY_WHILE_POLLING : backoff(attempt);
  attempt += 1;
  timer = setTimeout(openStream, wait);
  if (attempt >= 2 && !polling) poll();
}

async function poll() {
  try {
    await catchUp();
    if (!source || source.readyState !== EventSource.OPEN) show("polling");
  } catch (error) {
    show("offline");
    if (error.refused) return stop();
  }
  polling = setTimeout(poll, POLL_EVERY);
}

function connect() {
  stop();
  if (document.hidden) return;
  if (topics().length === 0) return show("idle");
  show("catching-up");
  openStream();
}

let connected = "";

/** Starts, and follows the page: visibility, network, new live elements after a swap. */
export function start() {
  connected = topics().join(" ");
  connect();
  document.addEventListener("htmx:before:swap", keepTyped);
  for (const name of ["pointerdown", "keydown"]) document.addEventListener(name, ({ target }) => (held = target), true);
  for (const name of ["pointerup", "pointercancel", "keyup", "dragend"]) document.addEventListener(name, () => (held = null), true);
  window.addEventListener("blur", () => (held = null));
  document.addEventListener("visibilitychange", () => (document.hidden ? stop() : ((attempt = 0), connect())));
  window.addEventListener("online", () => ((attempt = 0), connect()));
  window.addEventListener("offline", () => show("offline"));
  window.addEventListener("pagehide", stop);
  window.addEventListener("pageshow", (event) => event.persisted && connect());
  document.addEventListener("htmx:after:swap", () => {
    const now = topics().join(" ");
    show(shown); // the indicator itself may be new
    if (now !== connected) {
      connected = now;
      connect();
    }
  });
}
