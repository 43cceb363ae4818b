/** How htmx requests fail, confirm and close things. Configuration itself is the <meta name="htmx-config"> of base.html. */

import { csrfToken, toast } from "./dom.js";
import { has, t } from "./strings.js";
import { confirmAction } from "./confirm.js";
import { settle } from "./conflicts.js";

/** The message of a failed answer: problem+json's own words if it has some, else ours for the status. */
export function failureMessage(status, contentType, body) {
  if (contentType.includes("json")) {
    try {
      const problem = JSON.parse(body);
      const text = problem.detail ?? problem.message ?? problem.title;
      if (typeof text === "string" && text) return text;
    } catch {
      /* not JSON after all */
    }
  }
  if (contentType.startsWith("text/plain") && body && body.length < 300) return body;
  return has(`error.${status}`) ? t(`error.${status}`) : t("error.other", { status });
}

async function onResponseError(event) {
  const { ctx } = event.detail;
  const { status, headers } = ctx.response;
  if (status === 422) return; // the form came back with its errors and is swapped in
  if (ctx.hx?.trigger?.includes("tpm:toast")) return; // the server says it itself
  if (status === 401) {
    location.assign(headers.get("HX-Redirect") ?? location.href);
    return;
  }
  if ((status === 409 || status === 412) && (await settle(ctx.sourceElement))) return;
  toast({ kind: "bad", message: failureMessage(status, headers.get("Content-Type") ?? "", ctx.text ?? "") });
}

function onError(event) {
  const { error } = event.detail;
  if (!event.detail.ctx?.request) return;
  if (error === "timeout" || error?.name === "AbortError") toast({ kind: "bad", message: t("error.timeout") });
  else if (error instanceof TypeError) toast({ kind: "bad", message: t("error.network") });
  else console.error(error);
}

async function onConfirm(event) {
  const { ctx, issueRequest, dropRequest } = event.detail;
  const source = ctx.sourceElement;
  event.preventDefault();
  const answer = await confirmAction({ question: ctx.confirm, reason: source.dataset.reason, label: source.dataset.confirmLabel });
  if (answer === null) return dropRequest();
  if (answer.reason) {
    if (ctx.request.body) ctx.request.body.set("reason", answer.reason);
    else ctx.request.action += `${ctx.request.action.includes("?") ? "&" : "?"}reason=${encodeURIComponent(answer.reason)}`;
  }
  return issueRequest();
}

/** Plain forms may ask too: <form data-confirm="…" data-reason="required">. */
async function onSubmit(event) {
  const form = event.target;
  const question = form.dataset?.confirm ?? event.submitter?.dataset.confirm;
  if (!question || form.dataset.confirmed || form.hasAttribute("hx-post")) return;
  event.preventDefault();
  const submitter = event.submitter;
  const asked = submitter?.dataset.confirm ? submitter : form;
  const answer = await confirmAction({ question, reason: asked.dataset.reason, label: asked.dataset.confirmLabel });
  if (answer === null) return;
  if (answer.reason) {
    const field = form.elements.namedItem("reason") ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name: "reason" }));
    field.value = answer.reason;
  }
  form.dataset.confirmed = "yes";
  form.requestSubmit(submitter);
  delete form.dataset.confirmed;
}

/** Sends a form-encoded POST outside of htmx (undo buttons); resolves to the Response. */
export function post(url, body = {}) {
  return fetch(url, { method: "POST", body: new URLSearchParams(body), headers: { "X-CSRFToken": csrfToken(), "HX-Request": "true", Accept: "text/html" }, credentials: "same-origin" });
}

export function start() {
  document.addEventListener("htmx:response:error", onResponseError);
  document.addEventListener("htmx:error", onError);
  document.addEventListener("htmx:confirm", (event) => {
    if (event.detail.ctx.confirm) onConfirm(event);
  });
  document.addEventListener("submit", onSubmit);
}
