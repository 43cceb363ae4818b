/** Colours of the canvas, resolved from the page's custom properties, and word of their change. */

const TOKENS = {
  bg: "#ffffff", surface: "#ffffff", text: "#1c2330", muted: "#5c6675", border: "#d5dae2", accent: "#2456c8", ok: "#1a7f4b", watch: "#9a6700",
  bad: "#c2263a", "critical-path": "#c2263a", baseline: "#7a8494", float: "#6f7b8c", forecast: "#3f6fb5", summary: "#333d4d", link: "#7b8698", shade: "#f1f3f7",
  bar: "#6c94dd", "bar-done": "#3563b8", "data-date": "#2456c8", "on-accent": "#ffffff", "accent-soft": "#e7edfb",
};

/** {bg, surface, …, font} as canvas colours; a probe resolves var(), light-dark() and colour functions. */
export function readTheme(host) {
  const probe = document.createElement("span");
  probe.hidden = true;
  host.append(probe);
  const theme = {};
  for (const [token, fallback] of Object.entries(TOKENS)) {
    probe.style.color = `var(--${token}, ${fallback})`;
    theme[token.replace(/-(\w)/g, (_, letter) => letter.toUpperCase())] = getComputedStyle(probe).color;
  }
  theme.font = getComputedStyle(host).fontFamily || "system-ui, sans-serif";
  probe.remove();
  return theme;
}

/** Call back when the page's theme may have changed; returns a function that stops it. */
export function watchTheme(changed) {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["class", "data-theme", "style"] });
  const queries = ["(prefers-color-scheme: dark)", "(forced-colors: active)"].map((query) => matchMedia(query));
  for (const query of queries) query.addEventListener("change", changed);
  return () => {
    observer.disconnect();
    for (const query of queries) query.removeEventListener("change", changed);
  };
}
