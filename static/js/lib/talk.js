/**
 * Goes to the comment that the address names (#comment-12) as soon as its conversation is there; keeps the focus, and the earlier
 * versions that somebody has opened, in a list that is fetched anew.
 */

let gone = "";
let held = "";
let opened = new Map();

function follow() {
  const name = location.hash;
  const comment = /^#comment-\d+$/.test(name) ? document.getElementById(name.slice(1)) : null;
  if (!comment) return;
  comment.classList.add("is-meant");
  if (name === gone) return;
  gone = name;
  comment.scrollIntoView({ block: "center" });
  comment.focus({ preventScroll: true });
}

/** Before a swap: in which comment somebody stands with the keyboard, and of which the versions are shown. */
function hold() {
  held = document.activeElement?.closest?.(".talk-list .comment")?.id ?? "";
  const shown = document.querySelectorAll(".talk-list .versions:not(:empty)");
  opened = new Map([...shown].map((versions) => [versions.closest(".comment").id, versions]));
}

/** Puts shown versions back where the list came without them, and asks whether there is one more. */
function reopen() {
  for (const [id, versions] of opened) {
    const place = document.getElementById(id)?.querySelector(".versions:empty");
    if (!place) continue;
    place.replaceChildren(...versions.childNodes);
    place.closest(".comment").querySelector("button[hx-target='next .versions']")?.click();
  }
  opened.clear();
}

function after() {
  follow();
  if (held && document.activeElement === document.body) document.getElementById(held)?.focus({ preventScroll: true });
  held = "";
  reopen();
}

export function start() {
  follow();
  document.addEventListener("htmx:before:swap", hold);
  document.addEventListener("htmx:after:swap", after);
  window.addEventListener("hashchange", () => ((gone = ""), follow()));
}
