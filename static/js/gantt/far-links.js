/** Links to tasks of other programs: by task of this plan, as words, and as dashed stubs at its bar. */

export const STUB = 22;
const MOST_LETTERS = 44;

/** Rows by the task of this plan that they begin or end at. */
export function farByTask(columns) {
  const found = new Map();
  const names = Object.keys(columns ?? {});
  (columns?.id ?? []).forEach((_, i) => {
    const link = Object.fromEntries(names.map((name) => [name, columns[name][i]]));
    if (found.has(link.task)) found.get(link.task).push(link);
    else found.set(link.task, [link]);
  });
  return found;
}

/** On which side of the bar the link stands: out of the start or finish, or into it. */
export const isRight = ({ kind, out }) => kind[out ? 0 : 1] === "F";

/** Flat line of the stub at a box, in the direction of its arrow: x0, y, x1, y. */
export function stub(link, box) {
  const right = isRight(link);
  const near = right ? box.x + box.width : box.x;
  const away = near + (right ? STUB : -STUB);
  const y = box.y + box.height / 2;
  return link.out ? [near, y, away, y] : [away, y, near, y];
}

/** The two sides of a bar: {left, right}, each the links there. */
export function sides(links) {
  return { left: links.filter((link) => !isRight(link)), right: links.filter(isRight) };
}

const when = (gantt, link, style) => {
  if (link.at === null) return "";
  return link.ends ? gantt.formats.finish(link.at, style) : gantt.formats.at(style, link.at);
};

/** The label beside the stubs of one side: the first link, and how many more there are. */
export function labelOf(gantt, links) {
  const [link] = links;
  const date = when(gantt, link, "short");
  const whole = link.far === null ? gantt.t("far_hidden") : `${link.program} · ${link.name}`;
  const text = whole.length > MOST_LETTERS ? `${whole.slice(0, MOST_LETTERS - 1)}…` : whole;
  return `${link.out ? "→" : "←"} ${text}${date && `, ${date}`}${links.length > 1 ? ` +${links.length - 1}` : ""}`;
}

/** Each link of a task in words. */
export function farWords(gantt, node) {
  return gantt.model.farOf(node).map((link) => {
    if (link.far === null) return gantt.t("far_waits");
    const date = when(gantt, link, "long");
    return `${gantt.t(link.out ? "far_succ" : "far_pred", { name: link.name, program: link.program })}${date && `, ${date}`}`;
  });
}
