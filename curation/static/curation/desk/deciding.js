// Deciding on proposals, by key or by button. A decision belongs to the proposal that
// was chosen when it was made, however long the server takes to answer.

const REASONS = {
  1: "wrong words",
  2: "wrong meaning",
  3: "the text does not say so",
  4: "proposed twice",
  5: "not worth coding",
  Enter: "",
};
const ASK_WHY =
  "1 wrong words · 2 wrong meaning · 3 the text does not say so · 4 twice · 5 not worth coding · Enter no reason · Esc keep it";
const CHOOSE = "Choose a proposal first: n goes to the next one.";

export class Deciding {
  /** `send(fields)` does it; `ask` is the place of a question. */
  constructor(pane, saying, ask, send) {
    Object.assign(this, { pane, saying, ask, send });
    this.asked = null; // the id of the proposal that is asked about
  }

  accept() {
    const item = this.#chosen();
    if (item) this.decide(item, { accept: item.dataset.item });
  }

  /** Do what a button of a proposal says, or its key. */
  async decide(item, fields) {
    const { id } = item;
    if (this.pane.pending.has(id)) return;
    this.stop();
    this.pane.pass(item);
    await this.send(fields);
    this.pane.settle(id);
  }

  /** The proposal to decide on; says what is missing where there is none. */
  #chosen() {
    const item = this.pane.active;
    if (!item) this.saying.say(CHOOSE);
    else if (item.querySelector("[name=accept]")) return item;
    else this.saying.complain("You may look, not decide.");
    return null;
  }

  askWhy() {
    const item = this.#chosen();
    if (!item) return;
    this.asked = item.id;
    const what = item.querySelector("[name=reject]").textContent.toLowerCase();
    const words = item.querySelector("blockquote a").textContent;
    this.ask.textContent = `Why ${what} “${words.slice(0, 60)}”? ${ASK_WHY}`;
    this.ask.hidden = false;
  }

  /** The answer to the question why, by a key; other keys are none. */
  answer(key) {
    if (key === "Escape") {
      this.stop();
      this.saying.say("Kept.");
    }
    if (!this.asked || !Object.hasOwn(REASONS, key)) return;
    const item = document.getElementById(this.asked);
    this.stop();
    if (item) this.decide(item, { reject: item.dataset.item, why: REASONS[key] });
    else this.saying.complain("That proposal is not here any more: it is decided.");
  }

  stop() {
    this.asked = null;
    this.ask.hidden = true;
    this.ask.textContent = "";
  }
}
