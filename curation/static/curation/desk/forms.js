// The forms of the desk. What is typed is kept on this machine until it is saved.

import { combos } from "./combo.js";

const KEPT = "newsdb-desk";

/** A name and the key of what it names are one field to people. */
const whole = (name) => name.replace(/_name$/, "");

export class Forms {
  /** `save(fields)` sends a form and answers {status, data}. */
  constructor(desk, box, server, save) {
    Object.assign(this, { desk, box, server, save });
    this.opened = 0; // how many; a form that comes late does not push another one away
    this.form = box.querySelector("form");
    if (this.form) this.#ready();
  }

  get isOpen() {
    return Boolean(this.form);
  }

  /** Open the form `name` about a passage, filled with what the server suggests. */
  async open(name, passage) {
    this.#show(document.getElementById(`nd-form-${name}`).textContent);
    const { form } = this;
    form.elements.start.value = passage.start;
    form.elements.end.value = passage.end;
    form.elements.quote.value = passage.quote;
    form.querySelector("[data-quote]").textContent = passage.quote;
    const kept = this.#kept();
    if (kept) this.#fill(kept);
    this.#ready();
    if (kept) this.#tell("What you had typed here before is back.");
    else if (name === "claim" || name === "mention") await this.#suggest(name, passage, form);
  }

  /** Open the form in which a proposal is changed before it is accepted. */
  async edit(proposal) {
    this.opened += 1;
    const number = this.opened;
    const response = await this.server.ask({ edit: proposal });
    if (!response) return false;
    if (number !== this.opened) return true;
    this.#show(await response.text());
    const kept = this.#kept();
    if (kept) this.#fill(kept);
    this.#ready();
    return true;
  }

  /** Say under the form that it waits for the server; "" when it does not. */
  wait(sentence) {
    const place = this.form?.querySelector("[data-wire]");
    if (place) place.textContent = sentence;
  }

  close() {
    this.opened += 1;
    this.box.replaceChildren();
    this.box.hidden = true;
    this.desk.classList.remove("nd-forming");
    this.form = null;
  }

  async #suggest(name, passage, form) {
    const { start, end, quote } = passage;
    const response = await this.server.ask({ suggest: name, start, end, quote });
    if (!response) return undefined;
    const { fields: { hints = {}, ...fields } } = await response.json();
    if (this.form !== form) return undefined; // closed meanwhile
    for (const [field, value] of Object.entries(fields)) {
      if (!this.touched.has(whole(field))) this.#set(field, value);
    }
    for (const [field, hint] of Object.entries(hints)) this.#hint(field, hint);
    if (this.touched.size) return this.#arrange();
    if (name === "mention" && !fields.actor) this.#set("actor_name", fields.name ?? "");
    this.#arrange();
    this.box.scrollIntoView({ block: "start" }); // it is longer now
    this.#first()?.select?.();
    if (name === "mention" && !fields.actor) form.elements.actor_name.dispatchEvent(new Event("look"));
    return undefined;
  }

  /** What to check of a field that was filled in. */
  #hint(name, sentence) {
    const place = this.form.querySelector(`[data-field="${name}"] .nd-key`);
    if (!place || this.touched.has(whole(name))) return;
    place.textContent = sentence;
    place.classList.add("nd-check");
  }

  #show(markup) {
    this.opened += 1;
    this.box.innerHTML = markup;
    this.box.hidden = false;
    this.desk.classList.add("nd-forming");
    this.form = this.box.querySelector("form");
  }

  #ready() {
    const { form } = this;
    combos(form, this.server);
    form.addEventListener("submit", (event) => { event.preventDefault(); this.#submit(form); });
    this.touched = new Set(); // fields that the person has filled in, by the whole
    form.addEventListener("input", (event) => {
      this.touched.add(whole(event.target.name));
      this.#mended(event.target.name);
      this.#keep();
    });
    form.addEventListener("change", (event) => {
      this.#mended(event.target.name);
      this.#arrange();
      this.#keep();
    });
    form.querySelector("[data-close]")?.addEventListener("click", () => this.onClose?.());
    this.#arrange();
    this.box.scrollIntoView({ block: "start" });
    this.#first()?.focus({ preventScroll: true });
  }

  #first() {
    const fields = [...this.form.querySelectorAll("input, select, textarea")];
    return fields.find((each) => each.type !== "hidden" && !each.closest("[hidden]"));
  }

  #set(name, value) {
    const field = this.form.elements[name];
    if (field && value !== null && value !== undefined) field.value = value;
  }

  #fill(values) {
    for (const [name, value] of Object.entries(values)) this.#set(name, value);
  }

  /** Show the fields that what is chosen needs. */
  #arrange() {
    const { form } = this;
    if (form?.dataset.form === "mention") {
      this.#only(["actor_kind"], form.elements.actor.value === "+");
    }
    if (form?.dataset.form !== "claim") return;
    const { kind, voice, event } = form.elements;
    const figure = ["measure", "group", "quantifier", "low", "high", "figure_text", "part_of_name"];
    this.#only(figure, kind.value === "figure");
    this.#only(["actor_name", "role"], kind.value === "role");
    this.#only(["speaker_name", "speaker_text"], voice.value === "attributed");
    const added = form.querySelector("[data-new-event]");
    const asks = added.hidden && event.value === "+";
    added.hidden = event.value !== "+";
    if (asks) form.querySelector('[data-field="event_name"]').scrollIntoView();
  }

  #only(names, shown) {
    for (const name of names) {
      this.form.querySelector(`[data-field="${name}"]`).hidden = !shown;
    }
  }

  async #submit(form) {
    const button = form.querySelector("[type=submit]");
    if (button.disabled) return;
    button.disabled = true;
    const key = this.#key();
    const { status, data } = await this.save(Object.fromEntries(new FormData(form)));
    button.disabled = false;
    if (status === 200) {
      localStorage.removeItem(key);
      if (this.form === form) this.onSaved?.();
      return;
    }
    if (this.form === form) this.#wrong(data);
  }

  /** What was wrong with a field is not said of what stands there now. */
  #mended(name) {
    const field = this.form.querySelector(
      `[data-field="${name}"], [data-field="${name}_name"]`,
    );
    if (!field?.querySelector("[data-error]").textContent) return;
    field.querySelector("[data-error]").textContent = "";
    field.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
    if (!this.form.querySelector("[aria-invalid]")) this.#tell("");
  }

  #wrong({ wrong = [], fields = {} }) {
    this.#tell(wrong.join(" "));
    let first = null;
    for (const field of this.form.querySelectorAll("[data-field]")) {
      const problems = fields[field.dataset.field] ?? [];
      const control = field.querySelector("input, select, textarea");
      field.querySelector("[data-error]").textContent = problems.join(" ");
      control.toggleAttribute("aria-invalid", false);
      if (problems.length) {
        field.hidden = false;
        if (field.closest("details")) field.closest("details").open = true;
        control.setAttribute("aria-invalid", "true");
        control.setAttribute("aria-describedby", field.querySelector("[data-error]").id);
        first ??= control;
      }
    }
    first?.focus();
  }

  #tell(sentence) {
    const place = this.form.querySelector("[data-wrong]");
    place.textContent = sentence;
    place.hidden = !sentence;
  }

  #key() {
    const { start, end, edit } = this.form.elements;
    const what = edit ? `edit-${edit.value}` : `${start.value}-${end.value}`;
    const { user, article } = this.desk.dataset;
    return [KEPT, user, article, this.form.dataset.form, what].join("-");
  }

  #keep() {
    const values = Object.fromEntries(new FormData(this.form));
    delete values.csrfmiddlewaretoken;
    try {
      localStorage.setItem(this.#key(), JSON.stringify(values));
    } catch {
      this.#tell("This browser keeps nothing: save before you leave the page.");
    }
  }

  #kept() {
    try {
      return JSON.parse(localStorage.getItem(this.#key()));
    } catch {
      return null;
    }
  }
}
