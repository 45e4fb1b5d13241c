// The pane beside the text: what waits for a decision, one after the other.

export class Pane {
  constructor(element, text) {
    this.element = element;
    this.text = text;
    this.id = null; // of the proposal that is chosen
    this.last = null; // of the one that was chosen before
    this.pending = new Set(); // decided here; the server has not answered yet
    this.following = []; // what came after the chosen one when it went
  }

  get items() {
    const all = [...this.element.querySelectorAll("[data-item]")];
    return all.filter(
      (each) => !each.closest("details:not([open])") && !this.pending.has(each.id),
    );
  }

  get active() {
    return this.id ? document.getElementById(this.id) : null;
  }

  /** Go `by` proposals on; answers what to say. */
  step(by) {
    const { items } = this;
    if (!items.length) return "Nothing waits for a decision here.";
    const at = items.findIndex((each) => each.id === (this.id ?? this.last));
    const next = at < 0 ? (by > 0 ? 0 : items.length - 1) : at + by;
    if (next < 0 || next >= items.length) {
      return by > 0 ? "This is the last proposal." : "This is the first proposal.";
    }
    this.activate(items[next]);
    const folded = this.element.querySelectorAll("details:not([open]) [data-item]").length;
    const more = folded ? ` (${folded} more are folded away)` : "";
    return `${next + 1} of ${items.length}${more}. ${items[next].getAttribute("aria-label")}`;
  }

  activate(item) {
    this.active?.classList.remove("nd-active");
    this.id = item.id;
    item.classList.add("nd-active");
    this.text.gotoOffset(Number(item.dataset.start), { led: true });
    this.light();
    // One place only: where the keys decide is where the focus is, if it is in the pane.
    if (this.element.contains(document.activeElement) && !item.contains(document.activeElement)) {
      item.focus({ preventScroll: true });
    }
    item.scrollIntoView({ block: "nearest" });
  }

  /** Other words were chosen: no key decides what one has left. */
  leave() {
    if (!this.id) return;
    this.active?.classList.remove("nd-active");
    this.last = this.id;
    this.id = null;
    this.light();
  }

  /** It is decided here: on to the next one, before the server has answered. */
  pass(item) {
    const all = this.items;
    const next = all.slice(all.indexOf(item) + 1).concat(all)[0];
    this.pending.add(item.id);
    item.setAttribute("aria-busy", "true");
    if (next && next !== item) return this.activate(next);
    item.classList.remove("nd-active");
    this.id = null;
    return this.light();
  }

  /** The server has answered what became of it. */
  settle(id) {
    this.pending.delete(id);
    document.getElementById(id)?.removeAttribute("aria-busy");
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

  /** Draw the pane anew. What is chosen in the text stays as it is. */
  draw(html) {
    const inside = this.element.contains(document.activeElement);
    const { items } = this;
    const after = items.slice(items.findIndex((each) => each.id === this.id) + 1);
    const open = [...this.element.querySelectorAll("details[open] > summary")];
    const titles = new Set(open.map((each) => each.textContent.replace(/\d+/g, "")));
    this.element.innerHTML = html;
    for (const summary of this.element.querySelectorAll("details > summary")) {
      if (titles.has(summary.textContent.replace(/\d+/g, ""))) summary.parentElement.open = true;
    }
    for (const id of this.pending) {
      document.getElementById(id)?.setAttribute("aria-busy", "true");
    }
    const went = this.id && !this.active;
    this.following = went ? after.map((each) => each.id) : [];
    if (!this.active) this.id = null;
    this.active?.classList.add("nd-active");
    this.light();
    if (inside) this.#focus();
  }

  /** Choose what came after the one that was chosen and is decided, if it is. */
  goOn() {
    const next = this.following.map((id) => document.getElementById(id)).find(Boolean);
    this.following = [];
    if (next && !this.id) this.activate(next);
  }

  /** What had the focus is gone. */
  #focus() {
    const next = this.element.querySelector("[data-next]") ?? this.active;
    next?.focus({ preventScroll: !next.matches("[data-next]") });
  }
}
