// Deciding on proposals, by key or by button. A decision belongs to the proposal that
// was chosen when it was made, however long the server takes to answer.

const KEEP = "Escape";
const ANSWERS = {
  1: "wrong words",
  2: "wrong meaning",
  3: "the text does not say so",
  4: "proposed twice",
  5: "not worth coding",
  Enter: "no reason",
  [KEEP]: "keep it",
};
const SHORT = { [KEEP]: "Esc" };
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
    const passedTo = this.pane.id;
    const { data } = await this.send(fields);
    this.pane.settle(id);
    // Refused: what is said is about this one, unless somebody went on meanwhile.
    const refused = data.wrong?.length && document.getElementById(id);
    if (refused && this.pane.id === passedTo) this.pane.activate(refused);
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
    const question = document.createElement("p");
    question.textContent = `Why ${what} “${words.slice(0, 60)}”?`;
    const buttons = document.createElement("p");
    buttons.className = "nd-moves nd-decide";
    buttons.append(...Object.keys(ANSWERS).map((key) => this.#button(key)));
    this.ask.replaceChildren(question, buttons);
    this.ask.hidden = false;
  }

  /** An answer to the question why, for those who point at it. */
  #button(key) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "nd-button";
    button.append(`${ANSWERS[key]} `);
    const shown = document.createElement("kbd");
    shown.textContent = SHORT[key] ?? key;
    button.append(shown);
    button.addEventListener("click", () => this.answer(key));
    return button;
  }

  /** The answer to the question why, by its key; other keys are none. */
  answer(key) {
    if (!this.asked || !Object.hasOwn(ANSWERS, key)) return;
    const item = document.getElementById(this.asked);
    this.stop();
    if (key === KEEP) return this.saying.say("Kept.");
    if (!item) return this.saying.complain("That proposal is not here any more: it is decided.");
    const why = key === "Enter" ? "" : ANSWERS[key];
    return this.decide(item, { reject: item.dataset.item, why });
  }

  stop() {
    this.asked = null;
    this.ask.hidden = true;
    this.ask.replaceChildren();
  }
}
