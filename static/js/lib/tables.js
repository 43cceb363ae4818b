/** What all lists share: their files follow the address, which filters change without loading the page anew. */

/** The query string of an address with `export` set; where a page of a long list begins is left out. Pure. */
export function exportQuery(search, kind) {
  const query = new URLSearchParams(search);
  for (const name of ["after", "before", "page"]) query.delete(name);
  query.set("export", kind);
  return `?${query}`;
}

export function start() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-export]");
    if (link) link.setAttribute("href", exportQuery(location.search, link.dataset.export));
  }, true);
}
