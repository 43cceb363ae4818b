/** <revision-badge program computed input>: rendered by the server, kept up to date by `tpm:program`; `short` in tables: the number, the sentence as tip. */

import { el, icon } from "../lib/dom.js";
import { t } from "../lib/strings.js";

const ICONS = { current: "check", queued: "refresh", computing: "refresh", late: "clock", stuck: "warning" };

class RevisionBadge extends HTMLElement {
  connectedCallback() {
    document.addEventListener("tpm:program", this);
  }

  disconnectedCallback() {
    document.removeEventListener("tpm:program", this);
  }

  handleEvent(event) {
    const { program, input_revision: input, computed_revision: computed, state, reason } = event.detail;
    if (String(program) !== this.getAttribute("program")) return;
    if (computed < Number(this.getAttribute("computed"))) return;
    this.setAttribute("computed", computed);
    this.setAttribute("input", input);
    const name = state in ICONS ? state : computed >= input ? "current" : "queued";
    const text = t(`revision.${name}`, { n: computed, target: input, behind: input - computed });
    const short = this.hasAttribute("short");
    if (short) this.dataset.tip = [text, reason].filter(Boolean).join(". ");
    const words = short ? (input > computed ? t("revision.short", { n: computed, behind: input - computed }) : String(computed)) : text;
    this.replaceChildren(
      el("span", { class: `revision is-${name}` }, icon(ICONS[name]), el("span", { class: "revision-text" }, words), reason && !short ? el("span", { class: "revision-reason" }, reason) : null),
    );
  }
}

customElements.define("revision-badge", RevisionBadge);
