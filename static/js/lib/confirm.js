/** The one confirmation dialog of the page. */

import { t } from "./strings.js";

/**
 * Asks; resolves to null when refused, else to {reason}.
 * @param {{question: string, reason?: "required" | "optional", label?: string}} options
 * @returns {Promise<{reason: string} | null>}
 */
export function confirmAction({ question, reason = "none", label }) {
  const dialog = document.getElementById("confirm-dialog");
  if (!dialog) return Promise.resolve(window.confirm(question) ? { reason: "" } : null);
  const input = dialog.querySelector("textarea");
  const asks = reason === "required" || reason === "optional";
  const opener = document.activeElement;
  dialog.querySelector("#confirm-text").textContent = question;
  dialog.querySelector("button[value='ok']").textContent = label || t("confirm");
  input.closest(".field").hidden = !asks;
  dialog.querySelector(".required").hidden = reason !== "required";
  input.required = reason === "required";
  input.value = "";
  dialog.returnValue = "cancel";
  dialog.showModal();
  (asks ? input : dialog.querySelector("button[value='ok']")).focus();
  return new Promise((resolve) => {
    dialog.addEventListener(
      "close",
      () => {
        opener?.focus?.();
        resolve(dialog.returnValue === "ok" ? { reason: input.value.trim() } : null);
      },
      { once: true },
    );
  });
}
