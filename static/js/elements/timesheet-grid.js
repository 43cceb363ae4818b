/**
 * <timesheet-grid>: arrows and Enter move between the cells of a week of hours, and the sums follow what is typed. Without it
 * the form works as it is: Tab moves, the server sums.
 */

const MOVES = { ArrowUp: [-1, 0], ArrowDown: [1, 0], Enter: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/** Minutes of a text such as 7.5, 7,5 or 7:30; 0 for what is no number. */
export function minutes(text) {
  const clock = /^(\d{1,2}):([0-5]\d)$/.exec(text.trim());
  if (clock) return Number(clock[1]) * 60 + Number(clock[2]);
  const hours = Number(text.trim().replace(",", "."));
  return Number.isFinite(hours) && hours > 0 ? Math.round(hours * 60) : 0;
}

/** Hours as the server writes them: at most two decimals, none that are zero. */
export function hours(total) {
  return total ? String(Math.round((total / 60) * 100) / 100) : "";
}

class TimesheetGrid extends (globalThis.HTMLElement ?? Object) {
  connectedCallback() {
    this.addEventListener("keydown", this);
    this.addEventListener("input", this);
    this.addEventListener("focusin", this);
  }

  handleEvent(event) {
    const cell = event.target.closest?.("td input");
    if (!cell) return;
    if (event.type === "focusin") cell.select();
    if (event.type === "input") this.#sum();
    if (event.type === "keydown") this.#move(event, cell);
  }

  #rows() {
    return [...this.querySelectorAll("tbody tr")].map((row) => [...row.querySelectorAll("td input")]).filter((row) => row.length);
  }

  #move(event, cell) {
    const move = MOVES[event.key];
    if (!move || event.altKey || event.ctrlKey || event.metaKey) return;
    const sideways = move[1] !== 0;
    const caret = cell.selectionStart === cell.selectionEnd;
    if (sideways && caret && (move[1] < 0 ? cell.selectionStart > 0 : cell.selectionEnd < cell.value.length)) return;
    const rows = this.#rows();
    const at = rows.findIndex((row) => row.includes(cell));
    const next = rows[at + move[0]]?.[rows[at].indexOf(cell) + move[1]];
    event.preventDefault();
    next?.focus();
  }

  #sum() {
    const days = [0, 0, 0, 0, 0, 0, 0];
    for (const row of this.#rows()) {
      const worked = row.map((cell) => minutes(cell.value));
      worked.forEach((value, n) => {
        days[n] += value;
      });
      row[0].closest("tr").querySelector("[data-sum]").textContent = hours(worked.reduce((a, b) => a + b, 0));
    }
    this.querySelectorAll("[data-day]").forEach((cell, n) => {
      cell.textContent = hours(days[n]);
    });
    this.querySelector("[data-all]").textContent = hours(days.reduce((a, b) => a + b, 0)) || "0";
  }
}

globalThis.customElements?.define("timesheet-grid", TimesheetGrid);
