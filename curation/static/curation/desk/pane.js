// The pane beside the text: what waits for a decision, one after the other.

const REASONS = {
  1: "wrong words",
  2: "wrong meaning",
  3: "the text does not say so",
  4: "proposed twice",
  5: "not worth coding",
  Enter: "",
};
export const ASK_WHY =
  "Why? 1 wrong words · 2 wrong meaning · 3 the text does not say so · 4 twice · 5 not worth coding · Enter no reason · Esc keep it";

export class Pane {
  constructor(element, text) {
    this.element = element;
    this.text = text;
    this.id = null;
    this.asking = false;
  }

  get items() {
    const all = [...this.element.querySelectorAll("[data-item]")];
    return all.filter((each) => !each.closest("details:not([open])"));
  }

  get active() {
    return this.id ? document.getElementById(this.id) : null;
  }

  /** Go `by` proposals on; answers what to say. */
  step(by) {
    const { items } = this;
    if (!items.length) return "Nothing waits for a decision here.";
    const at = items.indexOf(this.active);
    const next = at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by;
    if (next < 0 || next >= items.length) {
      return by > 0 ? "This is the last proposal." : "This is the first proposal.";
    }
    this.activate(items[next]);
    return `${next + 1} of ${items.length}. ${items[next].getAttribute("aria-label")}`;
  }

  activate(item) {
    this.active?.classList.remove("nd-active");
    this.id = item.id;
    item.classList.add("nd-active");
    item.scrollIntoView({ block: "nearest" });
    this.text.gotoOffset(Number(item.dataset.start));
    this.light();
  }

  /** Outline the words of the active proposal in the text. */
  light() {
    for (const each of this.text.element.querySelectorAll(".nd-seg.nd-active")) {
      each.classList.remove("nd-active");
    }
    if (!this.id) return;
    for (const each of this.text.element.querySelectorAll(`[data-on~="${this.id}"]`)) {
      each.classList.add("nd-active");
    }
  }

  /** Draw the pane anew; the proposal after the one that is gone becomes the active. */
  draw(html) {
    const before = this.items.map((each) => each.id);
    const open = [...this.element.querySelectorAll("details[open] > summary")];
    const titles = new Set(open.map((each) => each.textContent.replace(/\d+/g, "")));
    this.element.innerHTML = html;
    for (const summary of this.element.querySelectorAll("details > summary")) {
      if (titles.has(summary.textContent.replace(/\d+/g, ""))) summary.parentElement.open = true;
    }
    if (!this.id) return;
    const after = before.slice(before.indexOf(this.id));
    const next = after.map((id) => document.getElementById(id)).find(Boolean);
    this.id = null;
    if (next) this.activate(next);
    else this.light();
  }

  /** The reason that a key stands for; undefined for a key that is none. */
  reason(key) {
    return Object.hasOwn(REASONS, key) ? REASONS[key] : undefined;
  }
}
