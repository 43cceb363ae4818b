/** <card-board>: arrow keys move between the cards of a board – up and down in a column, left and right between columns.
 * The cards are links, so Tab and Enter work without this. */

export class CardBoard extends HTMLElement {
  connectedCallback() {
    this.addEventListener("keydown", this);
  }

  handleEvent(event) {
    const card = event.target.closest(".board-card");
    if (!card || event.ctrlKey || event.metaKey || event.altKey) return;
    const columns = [...this.querySelectorAll(".board-column")].map((one) => [...one.querySelectorAll(".board-card")]);
    const at = columns.findIndex((cards) => cards.includes(card));
    const row = columns[at].indexOf(card);
    const to = this.target(event.key, columns, at, row);
    if (!to) return;
    event.preventDefault();
    to.focus();
  }

  target(key, columns, at, row) {
    const cards = columns[at];
    if (key === "ArrowDown") return cards[row + 1];
    if (key === "ArrowUp") return cards[row - 1];
    if (key === "Home") return cards[0];
    if (key === "End") return cards.at(-1);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[key];
    if (!step) return undefined;
    for (let next = at + step; next >= 0 && next < columns.length; next += step) {
      if (columns[next].length) return columns[next][Math.min(row, columns[next].length - 1)];
    }
    return undefined;
  }
}

customElements.define("card-board", CardBoard);
