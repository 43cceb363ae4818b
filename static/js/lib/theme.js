/** Theme: auto (as the system), light, dark; kept with the account, and in this browser for its signed-out pages. */

import { remember, toast } from "./dom.js";
import { post } from "./requests.js";
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
  save(theme);
}

/** Keeps the theme with the account. Without a connection it holds on this page, and the button can be pressed again. */
async function save(theme) {
  const address = document.body.dataset.themeAddress;
  if (!address) return;
  document.documentElement.dataset.accountTheme = theme;
  const answer = await post(address, { theme }).catch(() => null);
  if (!answer?.ok) toast({ kind: "watch", message: t("theme.notSaved") });
}

/** Steps to the next theme. The first step always changes what is seen. */
export function next() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const order = dark ? ["auto", "light", "dark"] : ["auto", "dark", "light"];
  const theme = order[(order.indexOf(current()) + 1) % ORDER.length];
  set(theme);
  toast({ kind: "info", message: t(`theme.${theme}`), brief: true });
}
