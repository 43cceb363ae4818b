/** Goes to the comment that the address names (#comment-12) as soon as its conversation is there; keeps the focus in a list that is fetched anew. */

let gone = "";
let held = "";

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

/** Before a swap: in which comment somebody stands with the keyboard. */
function hold() {
  held = document.activeElement?.closest?.(".talk-list .comment")?.id ?? "";
}

function after() {
  follow();
  if (held && document.activeElement === document.body) document.getElementById(held)?.focus({ preventScroll: true });
  held = "";
}

export function start() {
  follow();
  document.addEventListener("htmx:before:swap", hold);
  document.addEventListener("htmx:after:swap", after);
  window.addEventListener("hashchange", () => ((gone = ""), follow()));
}
