/** Goes to the comment that the address names (#comment-12), as soon as its conversation is there. */

let gone = "";

function follow() {
  const name = location.hash;
  if (!/^#comment-\d+$/.test(name) || name === gone) return;
  const comment = document.getElementById(name.slice(1));
  if (!comment) return;
  gone = name;
  comment.scrollIntoView({ block: "center" });
  comment.focus({ preventScroll: true });
  comment.classList.add("is-meant");
}

export function start() {
  follow();
  document.addEventListener("htmx:after:swap", follow);
  window.addEventListener("hashchange", () => ((gone = ""), follow()));
}
