/**
 * What all lists share: their files follow the address, which filters change without loading the page anew; a long list that
 * comes in pieces ([data-pieces]) asks for as many rows as it has when it fetches itself, so that none goes away.
 */

/** The query string of an address with `export` set; where a page of a long list begins is left out. Pure. */
export function exportQuery(search, kind) {
  const query = new URLSearchParams(search);
  for (const name of ["after", "before", "page", "shown"]) query.delete(name);
  query.set("export", kind);
  return `?${query}`;
}

function onRequest({ detail: { ctx } }) {
  const list = ctx.sourceElement;
  if (!list.matches?.("[data-pieces]") || !ctx.request) return;
  const shown = list.querySelectorAll("tbody tr:not(.load-more-row)").length;
  if (shown) ctx.request.action += `${ctx.request.action.includes("?") ? "&" : "?"}shown=${shown}`;
}

/** A file that was waited for is fetched as soon as it is there; who comes back later asks for it. */
function fetchReady() {
  const link = document.querySelector("a[data-begins]:not([data-begun])");
  if (!link) return;
  link.setAttribute("data-begun", "");
  location.assign(link.href);
}

export function start() {
  document.addEventListener("htmx:after:swap", fetchReady);
  document.addEventListener("htmx:config:request", onRequest);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-export]");
    if (link) link.setAttribute("href", exportQuery(location.search, link.dataset.export));
  }, true);
}
