/** <toast-region>: short messages, from Django's messages and from the document event `tpm:toast`. */

import { el, icon } from "../lib/dom.js";
import { post } from "../lib/requests.js";
import { t } from "../lib/strings.js";

const STAY = 6_000;
const STAY_WITH_UNDO = 12_000;
const AT_MOST = 4;

class ToastRegion extends HTMLElement {
  connectedCallback() {
    document.addEventListener("tpm:toast", this);
    for (const toast of this.querySelectorAll("[data-server]")) this.#arm(toast, toast.classList.contains("ok") ? STAY : 0);
  }

  disconnectedCallback() {
    document.removeEventListener("tpm:toast", this);
  }

  /** @param {CustomEvent<{kind?: string, message: string, undo?: {url: string, label?: string, body?: object}, action?: {label: string, run: () => void}, brief?: boolean}>} event */
  handleEvent(event) {
    const { kind = "info", message, undo, action, brief } = event.detail;
    if (!message) return;
    for (const same of this.children) if (same.dataset.message === message) same.remove();
    const toast = el("div", { class: `toast ${kind}`, "data-message": message }, icon({ ok: "check", bad: "warning", watch: "warning" }[kind] ?? "info"), el("p", {}, message));
    if (undo) toast.append(el("button", { type: "button", class: "button small", onclick: () => this.#undo(toast, undo) }, icon("undo"), undo.label ?? t("undo")));
    if (action) toast.append(el("button", { type: "button", class: "button small", onclick: () => (toast.remove(), action.run()) }, action.label));
    while (this.children.length >= AT_MOST) this.firstElementChild.remove();
    this.append(toast);
    this.#arm(toast, kind === "bad" ? 0 : brief ? 2_000 : undo || action ? STAY_WITH_UNDO : STAY);
  }

  /** Gives a toast its × and its time; the clock stands while pointer or focus is on it. 0 stays until dismissed. */
  #arm(toast, stay) {
    toast.append(el("button", { type: "button", class: "button quiet icon-only small", "aria-label": t("dismiss"), onclick: () => toast.remove() }, icon("close")));
    if (!stay) return;
    let timer = setTimeout(() => toast.remove(), stay);
    const hold = () => clearTimeout(timer);
    const go = () => {
      clearTimeout(timer);
      timer = setTimeout(() => toast.remove(), stay);
    };
    toast.addEventListener("pointerenter", hold);
    toast.addEventListener("focusin", hold);
    toast.addEventListener("pointerleave", go);
    toast.addEventListener("focusout", go);
  }

  async #undo(toast, { url, body }) {
    toast.remove();
    try {
      const answer = await post(url, body);
      if (!answer.ok) throw new Error(String(answer.status));
      document.dispatchEvent(new CustomEvent("tpm:undone"));
      this.handleEvent(new CustomEvent("tpm:toast", { detail: { kind: "ok", message: t("undone") } }));
    } catch {
      this.handleEvent(new CustomEvent("tpm:toast", { detail: { kind: "bad", message: t("error.409") } }));
    }
  }
}

customElements.define("toast-region", ToastRegion);
