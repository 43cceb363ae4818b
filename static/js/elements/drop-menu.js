/** <drop-menu>: a <details> menu that closes outside and on Esc, with arrow keys inside. Works without script too. */

class DropMenu extends HTMLElement {
  connectedCallback() {
    this.details = this.querySelector("details");
    this.addEventListener("keydown", this);
    this.addEventListener("click", this);
    this.addEventListener("focusout", this);
    document.addEventListener("click", this);
  }

  disconnectedCallback() {
    document.removeEventListener("click", this);
  }

  handleEvent(event) {
    if (event.type === "keydown") this.onKey(event);
    else if (event.type === "focusout") {
      if (event.relatedTarget && !this.contains(event.relatedTarget)) this.details.open = false;
    } else if (event.currentTarget === document) {
      if (!this.contains(event.target)) this.details.open = false;
    } else if (event.target.closest(".menu-item")) this.details.open = false;
  }

  onKey(event) {
    const summary = this.details.querySelector("summary");
    if (event.key === "Escape" && this.details.open) {
      event.stopPropagation();
      this.details.open = false;
      summary.focus();
      return;
    }
    if (!["ArrowDown", "ArrowUp", "Home", "End"].includes(event.key)) return;
    event.preventDefault();
    this.details.open = true;
    const items = [...this.querySelectorAll(".menu-item:not(:disabled)")];
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? items.length - 1 : at - 1, Home: 0, End: items.length - 1 }[event.key];
    items[(to + items.length) % items.length]?.focus();
  }
}

customElements.define("drop-menu", DropMenu);
