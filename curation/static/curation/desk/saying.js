// What the desk says: one line above its buttons, where it covers nothing.

const STAYS = 6000; // milliseconds
const WRONG_STAYS = 12000;

export class Saying {
  /** `box` holds the places of what is said, of what is wrong, and a button to close. */
  constructor(box) {
    this.said = box.querySelector("[role=status]");
    this.wrong = box.querySelector("[role=alert]");
    this.button = box.querySelector("[data-hush]");
    this.heard = document.getElementById("nd-heard");
    this.timer = 0;
    this.button.addEventListener("click", () => this.hush());
  }

  /** Something was done; with the way to what comes next, it stays until it is closed.
   * `undo`: with a button that takes it back. */
  say(sentence, link = null, undo = false) {
    this.#begin(link ? 0 : STAYS);
    this.said.textContent = sentence;
    if (!link) return;
    const way = document.createElement("a");
    way.href = link.href;
    way.textContent = link.words;
    this.said.append(" ", way);
    if (!undo) return;
    const back = document.createElement("button");
    back.type = "button";
    back.className = "nd-button";
    back.dataset.undo = "";
    back.textContent = "Take it back";
    this.said.append(" ", back);
  }

  /** Something was not done. */
  complain(sentence) {
    this.#begin(WRONG_STAYS);
    this.wrong.textContent = sentence;
  }

  /** What those who see it see anyway. */
  hear(sentence) {
    this.heard.textContent = sentence;
  }

  /** One has gone on: what was done is read; what was not done stays a while. */
  pass() {
    if (!this.wrong.textContent) this.hush();
  }

  hush() {
    clearTimeout(this.timer);
    this.said.textContent = "";
    this.wrong.textContent = "";
    this.button.hidden = true;
  }

  #begin(stays) {
    this.hush();
    this.button.hidden = false;
    if (stays) this.timer = setTimeout(() => this.hush(), stays);
  }
}
