/**
 * <comment-composer people="…" action="…">: the one field of a conversation. It writes, answers ([data-reply]) and mends
 * ([data-edit]); @ offers the people who can read it (arrows choose, Enter or Tab takes, Esc closes); Ctrl + Enter sends.
 */

import { el } from "../lib/dom.js";
import { failureMessage, post } from "../lib/requests.js";
import { t } from "../lib/strings.js";

const PAUSE = 90;
/** What is typed after an @ up to the cursor: a word or two, or the beginning of an address. */
const CALL = /(^|[^\p{L}\p{N}._+-])@([\p{L}\p{N}._+'-]*(?: [\p{L}'-]+)?(?:@[\p{L}\p{N}.-]*)?)$/u;
let numbers = 0;

class CommentComposer extends HTMLElement {
  #mode = { parent: "", edit: "", version: "" };
  #timer = 0;
  #asked = "";

  connectedCallback() {
    this.form = this.querySelector("form");
    this.field = this.querySelector("textarea");
    this.people = this.querySelector("[role='listbox']");
    this.error = this.querySelector("[role='alert']");
    this.mode = this.querySelector(".composer-mode");
    this.button = this.form.querySelector("button.primary");
    this.write = this.button.textContent;
    this.people.id = `composer-people-${(numbers += 1)}`;
    this.field.setAttribute("aria-controls", this.people.id);
    this.conversation = this.closest(".talk");
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.#send()));
    this.field.addEventListener("keydown", (event) => this.#onKey(event));
    this.field.addEventListener("input", () => this.#onInput());
    this.field.addEventListener("blur", () => setTimeout(() => this.#close(), 150));
    this.people.addEventListener("pointerdown", (event) => this.#onPick(event));
    this.querySelector("[data-cancel]").addEventListener("click", () => (this.#reset(), this.field.focus()));
    this.conversation?.addEventListener("click", this);
  }

  disconnectedCallback() {
    this.conversation?.removeEventListener("click", this);
    clearTimeout(this.#timer);
  }

  handleEvent(event) {
    const answer = event.target.closest("[data-reply]");
    const mend = event.target.closest("[data-edit]");
    if (answer) this.#begin({ parent: answer.dataset.reply, edit: "", version: "" }, t("talk.replying", { who: answer.dataset.who }), this.field.value);
    if (mend) this.#begin({ parent: "", edit: mend.dataset.edit, version: mend.dataset.version }, t("talk.editing"), mend.dataset.text);
  }

  #begin(mode, words, text) {
    this.#mode = mode;
    this.mode.hidden = false;
    this.mode.querySelector("span").textContent = words;
    this.button.textContent = mode.edit ? t("talk.save") : t("talk.reply");
    this.field.value = text;
    this.#grow();
    this.field.focus();
    this.field.scrollIntoView({ block: "nearest" });
  }

  #reset() {
    this.#mode = { parent: "", edit: "", version: "" };
    this.mode.hidden = true;
    this.button.textContent = this.write;
    this.field.value = "";
    this.form.removeAttribute("data-dirty");
    this.#say("");
    this.#grow();
  }

  #say(text) {
    this.error.hidden = !text;
    this.error.textContent = text;
    this.field.toggleAttribute("aria-invalid", Boolean(text));
  }

  #grow() {
    this.field.rows = Math.min(12, Math.max(2, this.field.value.split("\n").length + 1));
  }

  async #send() {
    if (this.button.disabled) return;
    const list = this.conversation?.querySelector(".talk-list");
    const { parent, edit, version } = this.#mode;
    const body = { text: this.field.value, show: list?.dataset.show === "changes" ? "all" : (list?.dataset.show ?? "") };
    if (parent) body.parent = parent;
    if (edit) body.version = version;
    this.button.disabled = true;
    this.#close();
    try {
      const answer = await post(edit || this.getAttribute("action"), body);
      const text = await answer.text();
      if (!answer.ok) return this.#say(failureMessage(answer.status, answer.headers.get("Content-Type") ?? "", text));
      this.#reset();
      this.field.focus();
      this.#show(text);
    } catch {
      this.#say(t("error.network"));
    } finally {
      this.button.disabled = false;
    }
    return undefined;
  }

  /** Puts the answer's list in place of the old one, with its behaviour. */
  #show(html) {
    const list = this.conversation?.querySelector(".talk-list");
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".talk-list");
    if (!list || !fresh) return;
    const node = document.importNode(fresh, true);
    list.replaceWith(node);
    window.htmx?.process(node);
    document.dispatchEvent(new CustomEvent("tpm:talk"));
  }

  // ---- who is meant --------------------------------------------------------------------------------------------------

  #onInput() {
    this.#grow();
    this.#say("");
    clearTimeout(this.#timer);
    const call = this.#call();
    if (!call) return this.#close();
    this.#timer = setTimeout(() => this.#ask(call[2]), PAUSE);
    return undefined;
  }

  #call() {
    return CALL.exec(this.field.value.slice(0, this.field.selectionStart));
  }

  async #ask(text) {
    this.#asked = text;
    try {
      const answer = await fetch(`${this.getAttribute("people")}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" }, credentials: "same-origin" });
      if (!answer.ok || this.#asked !== text || !this.#call()) return;
      this.#offer((await answer.json()).people);
    } catch {
      this.#close(); // a name can be typed without help
    }
  }

  #offer(people) {
    this.people.replaceChildren(
      ...people.map((one, index) => el("li", { role: "option", id: `${this.people.id}-${index}`, "aria-selected": String(index === 0), "data-insert": one.insert }, el("span", {}, one.label), el("span", { class: "muted small" }, one.hint))),
    );
    this.people.hidden = people.length === 0;
    this.#point();
  }

  #point() {
    const chosen = this.people.querySelector("[aria-selected='true']");
    if (chosen && !this.people.hidden) this.field.setAttribute("aria-activedescendant", chosen.id);
    else this.field.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  #close() {
    clearTimeout(this.#timer);
    this.#asked = "";
    this.people.hidden = true;
    this.#point();
  }

  #onPick(event) {
    const option = event.target.closest("[role='option']");
    if (!option) return;
    event.preventDefault(); // the field keeps the focus
    this.#take(option);
  }

  #take(option) {
    const call = this.#call();
    if (!call) return this.#close();
    const end = this.field.selectionStart;
    const start = end - call[2].length;
    this.field.setRangeText(`${option.dataset.insert} `, start, end, "end");
    return this.#close();
  }

  #onKey(event) {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      this.#send();
      return;
    }
    const options = [...this.people.children];
    if (this.people.hidden || options.length === 0) {
      if (event.key === "Escape" && !this.mode.hidden) {
        event.preventDefault();
        this.#reset();
      }
      return;
    }
    const at = options.findIndex((one) => one.getAttribute("aria-selected") === "true");
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = (at + step + options.length) % options.length;
      options.forEach((one, index) => one.setAttribute("aria-selected", String(index === next)));
      this.#point();
    } else if ((event.key === "Enter" || event.key === "Tab") && options[at]) {
      event.preventDefault();
      this.#take(options[at]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.#close();
    }
  }
}

customElements.define("comment-composer", CommentComposer);
