/**
 * Which baseline the thin bars and the slippage beside them show. The choice stands in the page's address and is
 * remembered per program in this browser; it changes nothing for anybody else.
 */
import { h } from "./dom.js";

const PARAMETER = "baseline";

/** `src` with the baseline that the address names, else the one that was chosen last. */
export function sourceOf(src, prefs, place = globalThis.location) {
  return naming(src, new URL(place.href).searchParams.get(PARAMETER) ?? prefs.get("shownBaseline"));
}

function naming(address, baseline) {
  const url = new URL(address, document.baseURI);
  if (baseline) url.searchParams.set(PARAMETER, baseline);
  else url.searchParams.delete(PARAMETER);
  return url.href;
}

export class BaselineMenu {
  constructor(gantt) {
    this.gantt = gantt;
    this.element = h("select", { class: "gantt-input gantt-baselines", "aria-label": gantt.t("baseline_shown"), title: gantt.t("baseline_shown"), hidden: true, onchange: () => this.choose() });
  }

  /** What the server says there is: {choices: [{id, name}], used, shown}. A single one leaves nothing to choose. */
  take(baselines) {
    if (!baselines) return;
    const { choices, used, shown } = baselines;
    const { t } = this.gantt;
    const inUse = choices.find(({ id }) => id === used);
    const others = choices.filter(({ id }) => id !== used);
    this.element.hidden = others.length === 0;
    this.element.replaceChildren(
      h("option", { value: "" }, inUse ? t("baseline_in_use", { name: inUse.name }) : t("baseline_none")),
      ...others.map(({ id, name }) => h("option", { value: String(id) }, name)),
    );
    this.element.value = shown !== null && shown !== used ? String(shown) : "";
  }

  async choose() {
    const { gantt } = this;
    const chosen = this.element.value;
    gantt.prefs.set("shownBaseline", chosen || null);
    history.replaceState(history.state, "", naming(location.href, chosen));
    gantt.api.src = naming(gantt.api.src, chosen);
    if (!gantt.prefs.get("baseline")) gantt.toggle("baseline");
    await gantt.sync.reload();
    gantt.announce(gantt.t("baseline_now", { name: this.element.selectedOptions[0]?.textContent ?? "" }));
  }
}
