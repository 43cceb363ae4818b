/** <notification-bell user="7">: how much is unread, as the stream tells it. The link works without. */

import { t } from "../lib/strings.js";

const MOST = 99;

class NotificationBell extends HTMLElement {
  connectedCallback() {
    document.addEventListener("tpm:topic", this);
  }

  disconnectedCallback() {
    document.removeEventListener("tpm:topic", this);
  }

  handleEvent({ detail }) {
    if (detail.kind !== "inbox" || String(detail.id) !== this.getAttribute("user") || detail.unread === undefined) return;
    const count = this.querySelector(".bell-count");
    const link = this.querySelector("a");
    count.textContent = detail.unread > MOST ? `${MOST}+` : String(detail.unread);
    count.hidden = detail.unread === 0;
    this.dataset.unread = String(detail.unread);
    const words = detail.unread ? t("bell.unread", { n: detail.unread }) : t("bell.none");
    link.setAttribute("aria-label", words);
    link.dataset.tip = words;
  }
}

customElements.define("notification-bell", NotificationBell);
