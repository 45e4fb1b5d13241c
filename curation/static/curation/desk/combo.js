// A box in which one types a name and chooses among those that the server knows.
// After the combobox pattern of the ARIA Authoring Practices.

const WAIT = 120; // milliseconds after a key before the server is asked

export function combos(form, server) {
  for (const box of form.querySelectorAll(".nd-combo")) attach(box, form, server);
}

function attach(box, form, server) {
  const input = box.querySelector("input");
  const list = box.querySelector("[role=listbox]");
  const key = form.elements[box.dataset.key];
  let options = [];
  let active = -1;
  let timer = 0;
  let asked = 0;
  let stale = false; // what is listed belongs to other words than those typed
  let entered = false; // Enter was pressed before the list came

  function close() {
    clearTimeout(timer);
    asked += 1;
    list.hidden = true;
    active = -1;
    stale = false;
    entered = false;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function choose(option) {
    key.value = option.key;
    input.value = option.name;
    close();
    box.scrollIntoView({ block: "nearest" });
    key.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function move(to) {
    if (!options.length) return;
    active = (to + options.length) % options.length;
    [...list.children].forEach((line, index) => {
      line.setAttribute("aria-selected", String(index === active));
    });
    const line = list.children[active];
    if (line.offsetTop < list.scrollTop) list.scrollTop = line.offsetTop;
    const past = line.offsetTop + line.offsetHeight - list.clientHeight;
    if (past > list.scrollTop) list.scrollTop = past;
    input.setAttribute("aria-activedescendant", list.children[active].id);
  }

  function draw() {
    list.replaceChildren(...options.map((option, index) => {
      const line = document.createElement("li");
      line.id = `${list.id}_${index}`;
      line.setAttribute("role", "option");
      line.setAttribute("aria-selected", "false");
      line.textContent = option.key === "+" ? `${box.dataset.new}: “${option.name}”` : option.name;
      const hint = document.createElement("span");
      hint.className = "nd-key";
      hint.textContent = ` ${option.hint}`;
      line.append(hint);
      line.addEventListener("mousedown", (event) => { event.preventDefault(); choose(option); });
      return line;
    }));
    if (!options.length && input.value.trim()) list.append(nothing());
    list.hidden = !list.children.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (options.length && input.value.trim()) move(0);
    if (options.length) list.scrollIntoView({ block: "nearest" });
  }

  function nothing() {
    const line = document.createElement("li");
    line.setAttribute("role", "option");
    line.setAttribute("aria-disabled", "true");
    line.textContent = "Nothing is recorded under such a name.";
    return line;
  }

  async function look() {
    const words = input.value.trim();
    asked += 1;
    const number = asked;
    const { start, end } = form.elements;
    const passage = start ? { start: start.value, end: end.value } : {};
    const response = await server.ask({ find: box.dataset.find, q: words, ...passage });
    if (number !== asked) return; // something else was typed meanwhile
    options = response ? (await response.json()).options : [];
    if (box.dataset.new && words) {
      const apart = options.findIndex((each) => each.apart);
      options.splice(apart < 0 ? options.length : apart, 0, { key: "+", name: words, hint: "" });
    }
    stale = false;
    draw();
    // Chosen without being seen is only what cannot be meant otherwise.
    const plain = options.length === 1 || options[0]?.name.toLowerCase() === words.toLowerCase();
    if (entered && words && plain) choose(options[0]);
    entered = false;
  }

  input.addEventListener("input", () => {
    key.value = "";
    key.dispatchEvent(new Event("change", { bubbles: true }));
    clearTimeout(timer);
    stale = true;
    timer = setTimeout(look, WAIT);
  });
  input.addEventListener("look", look); // somebody else filled it in
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) look();
      else move(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && !event.ctrlKey && stale) {
      event.preventDefault();
      entered = true;
    } else if (event.key === "Enter" && !event.ctrlKey && !list.hidden && active >= 0) {
      event.preventDefault();
      choose(options[active]);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
}
