/** What the page knows about revisions. Pure: no DOM, no network; tested by Node. */

/**
 * Merges a message into what is known. Revisions only grow: a late message never takes the page back.
 * @param {Map<string, {input: number, computed: number, state: string, reason: string}>} known
 * @param {{topic: string, input?: number, computed?: number, state?: string, reason?: string}} message
 * @returns {null | {topic: string, input: number, computed: number, state: string, reason: string, moved: boolean}} null when it says nothing new
 */
export function merge(known, message) {
  const before = known.get(message.topic);
  const input = Math.max(before?.input ?? 0, Number(message.input ?? 0));
  const computed = Math.max(before?.computed ?? 0, Number(message.computed ?? 0));
  const late = before && (Number(message.input ?? 0) < before.input || Number(message.computed ?? 0) < before.computed);
  const state = late ? before.state : message.state || (computed >= input ? "current" : "queued");
  const reason = late ? before.reason : (message.reason ?? "");
  if (before && before.input === input && before.computed === computed && before.state === state) return null;
  const after = { input, computed, state, reason };
  known.set(message.topic, after);
  return { topic: message.topic, ...after, moved: !before || before.computed !== computed || before.input !== input };
}

/** The messages in an answer of the status endpoint: {topics: […]}, […] or a single one. */
export function messagesOf(answer) {
  if (Array.isArray(answer)) return answer;
  if (Array.isArray(answer?.topics)) return answer.topics;
  return answer?.topic ? [answer] : [];
}

/** Splits "program:42" into its parts; the id stays text where it is no number. */
export function parseTopic(topic) {
  const [kind, id] = String(topic).split(":");
  return { kind, id: /^\d+$/.test(id ?? "") ? Number(id) : (id ?? "") };
}

/** Milliseconds to wait before attempt n (0, 1, 2 …): doubled from 1 s to at most 30 s, with up to 30 % of jitter. */
export function backoff(attempt, random = Math.random()) {
  return Math.min(30_000, 1_000 * 2 ** Math.min(attempt, 5)) * (1 + 0.3 * random);
}
