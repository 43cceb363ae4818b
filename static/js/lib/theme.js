/** Theme: auto (as the system), light, dark; the choice stays in this browser. */

import { remember, toast } from "./dom.js";
import { t } from "./strings.js";

const ORDER = ["auto", "light", "dark"];

export function current() {
  return document.documentElement.dataset.theme ?? "auto";
}

/** Sets a theme and tells canvases to draw again (document event `tpm:theme`). */
export function set(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  remember("theme", theme === "auto" ? null : theme);
  document.dispatchEvent(new CustomEvent("tpm:theme", { detail: { theme } }));
}

/** Steps to the next theme. The first step always changes what is seen. */
export function next() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const order = dark ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  const theme = order[(order.indexOf(current()) + 1) % ORDER.length];
  set(theme);
  toast({ kind: "info", message: t(`theme.${theme}`), brief: true });
}
