/** The fields in which values of the plan are typed, in a cell or in the dialog for many tasks. */
import { h } from "./dom.js";

let lists = 0;

/**
 * A field of an editor ({type, options?, list?}): `element` to put in place, `inputs` that take the focus, `value` get and set.
 * Types: "text", "number", "date", "select" (`options`: [[value, label], …]), "dated" (a choice and a day, value "kind|day").
 */
export function fieldOf({ type, options = [], suggestions = [], plain = [] }, props = {}) {
  if (type === "select") {
    const element = h("select", props, ...options.map(([value, label]) => h("option", { value }, label)));
    return single(element, element);
  }
  if (type === "dated") return dated(options, plain, props);
  const input = h("input", { type: type === "text" ? "text" : type, autocomplete: "off", spellcheck: "false", ...props });
  if (!suggestions.length) return single(input, input);
  const list = h("datalist", { id: `gantt-list${(lists += 1)}` }, ...suggestions.map((value) => h("option", { value })));
  input.setAttribute("list", list.id);
  return single(h("span", { class: "gantt-listed" }, input, list), input);
}

function single(element, input) {
  return {
    element, inputs: [input],
    get value() { return input.value; },
    set value(value) { input.value = value; },
  };
}

/** A choice that may go with a day; `plain` choices have none. */
function dated(options, plain, { class: look = "", "aria-label": label = "", "data-day-label": dayLabel = "", ...props }) {
  const choice = h("select", { class: look, "aria-label": label, ...props }, ...options.map(([value, text]) => h("option", { value }, text)));
  const day = h("input", { type: "date", class: look, "aria-label": dayLabel || label, ...props });
  const follow = () => (day.hidden = plain.includes(choice.value));
  choice.addEventListener("change", follow);
  follow();
  return {
    element: h("span", { class: "gantt-dated" }, choice, day), inputs: [choice, day],
    get value() { return `${choice.value}|${plain.includes(choice.value) ? "" : day.value}`; },
    set value(value) {
      [choice.value, day.value] = value.split("|");
      follow();
    },
  };
}
