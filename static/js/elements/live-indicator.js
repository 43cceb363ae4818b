/** <live-indicator state="…">: says whether this page is live, and at which revision. Driven by lib/live.js. */

import { t } from "../lib/strings.js";

class LiveIndicator extends HTMLElement {
  static observedAttributes = ["state"];
  #revision = 0;

  connectedCallback() {
    document.addEventListener("tpm:program", this);
    this.#write();
  }

  disconnectedCallback() {
    document.removeEventListener("tpm:program", this);
  }

  handleEvent(event) {
    const own = (document.body.dataset.liveTopics ?? "").trim();
    if (own === `program:${event.detail.program}`) this.#revision = event.detail.computed_revision;
    this.#write();
  }

  attributeChangedCallback() {
    this.#write();
  }

  #write() {
    const text = this.querySelector(".live-text");
    if (!text) return;
    const state = this.getAttribute("state") ?? "idle";
    const words = state === "polling" ? t("live.live") : t(`live.${state}`);
    text.textContent = this.#revision && state !== "offline" ? `${words} · ${t("live.revision", { n: this.#revision })}` : words;
    const tip = { live: "live.live.tip", polling: "live.polling.tip", offline: "live.offline.tip" }[state];
    if (tip) this.dataset.tip = t(tip);
    else delete this.dataset.tip;
    this.hidden = state === "idle";
  }
}

customElements.define("live-indicator", LiveIndicator);
