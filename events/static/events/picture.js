/* Pan, zoom and hover for pictures drawn on the server: every svg.nd-zoom on the page.

   What moves is the picture's .nd-stage. A <g> is moved and scaled; an <svg> is only
   stretched along, so that what is placed in per cent of its width spreads and words and
   dots keep their size. The svg gets the variable --nd-k, how many times as large it is
   drawn. Without this module the pictures are whole, and their tables hold everything. */

const MOST = 40;
const STEP = 1.6;
const MOVED = 4; // pixels that a pointer moves before a click becomes a drag
const PACE = 160; // milliseconds of a step by button or key
const still = matchMedia("(prefers-reduced-motion: reduce)");

class Picture {
  constructor(svg) {
    this.svg = svg;
    this.stage = svg.querySelector(".nd-stage");
    this.stretched = this.stage instanceof SVGSVGElement;
    this.view = { k: 1, x: 0, y: 0 };
    this.pointers = new Map();
    this.dragged = false;
    this.makeTools();
    this.listen();
    this.apply();
  }

  /* The picture's own size, in the units of its drawing. */
  get size() {
    const box = this.svg.viewBox.baseVal;
    if (box && box.width) return { w: box.width, h: box.height };
    return { w: this.svg.clientWidth, h: this.svg.clientHeight };
  }

  /* Where on the drawing a pointer is. */
  at(event) {
    const matrix = this.svg.getScreenCTM();
    if (!matrix) return { x: 0, y: 0 };
    return new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse());
  }

  get middle() {
    const { w, h } = this.size;
    return { x: w / 2, y: h / 2 };
  }

  within({ k, x, y }) {
    const { w, h } = this.size;
    const large = Math.min(Math.max(k, 1), MOST);
    const held = (value, length) => Math.min(0, Math.max(length * (1 - large), value));
    return { k: large, x: held(x, w), y: this.stretched ? 0 : held(y, h) };
  }

  /* `times` as large as now, with the point `about` staying where it is. */
  scaled(times, about) {
    const k = Math.min(Math.max(this.view.k * times, 1), MOST);
    const by = k / this.view.k;
    return {
      k,
      x: about.x - (about.x - this.view.x) * by,
      y: about.y - (about.y - this.view.y) * by,
    };
  }

  show(view) {
    cancelAnimationFrame(this.frame);
    this.view = this.within(view);
    this.apply();
  }

  /* The same, but seen to move there, unless people asked for no motion. */
  glide(view) {
    const from = this.view;
    const to = this.within(view);
    if (still.matches) return this.show(to);
    const start = performance.now();
    const step = (now) => {
      const part = Math.min((now - start) / PACE, 1);
      const eased = 1 - (1 - part) ** 3;
      const between = (name) => from[name] + (to[name] - from[name]) * eased;
      this.view = { k: between("k"), x: between("x"), y: between("y") };
      this.apply();
      if (part < 1) this.frame = requestAnimationFrame(step);
    };
    cancelAnimationFrame(this.frame);
    this.frame = requestAnimationFrame(step);
  }

  apply() {
    const { k, x, y } = this.view;
    if (this.stretched) {
      this.stage.setAttribute("x", x);
      this.stage.setAttribute("width", `${k * 100}%`);
    } else {
      this.stage.setAttribute("transform", `translate(${x} ${y}) scale(${k})`);
    }
    this.svg.style.setProperty("--nd-k", k);
    this.svg.classList.toggle("nd-larger", k > 1.001);
    this.less.disabled = this.whole.disabled = k <= 1.001;
    this.more.disabled = k >= MOST - 0.001;
    this.now.textContent = k > 1.001 ? `${k.toFixed(k < 9.95 ? 1 : 0)}×` : "";
  }

  makeTools() {
    const [name] = (this.svg.querySelector("title")?.textContent ?? "").split(". ");
    const tools = document.createElement("div");
    tools.className = "pic-tools";
    tools.setAttribute("role", "group");
    tools.setAttribute("aria-label", `Enlarge and move: ${name}`);
    this.now = document.createElement("span");
    this.now.className = "pic-now";
    this.now.setAttribute("role", "status");
    const button = (sign, label, key, act) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "pic-button";
      made.textContent = sign;
      made.title = `${label} (key ${key})`;
      made.setAttribute("aria-label", label);
      made.setAttribute("aria-keyshortcuts", key);
      made.addEventListener("click", act);
      return made;
    };
    this.less = button("−", "Make smaller", "-", () => this.step(1 / STEP));
    this.more = button("+", "Enlarge", "+", () => this.step(STEP));
    this.whole = button("Whole", "Whole picture", "0", () => this.reset());
    tools.append(this.now, this.less, this.more, this.whole);
    tools.addEventListener("keydown", (event) => this.key(event));
    this.tools = tools;
    this.svg.before(tools);
  }

  step(times) {
    this.keepFocus(() => this.glide(this.scaled(times, this.middle)));
  }

  reset() {
    this.keepFocus(() => this.glide({ k: 1, x: 0, y: 0 }));
  }

  /* A button that has just been switched off hands the keys on to its neighbour. */
  keepFocus(act) {
    const inside = this.tools.contains(document.activeElement);
    act();
    if (!inside) return;
    setTimeout(() => {
      const lost = document.activeElement === document.body;
      if (lost || document.activeElement?.disabled) this.more.focus();
    }, PACE + 60);
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { w, h } = this.size;
    const { k, x, y } = this.view;
    const acts = {
      "+": () => this.step(STEP),
      "=": () => this.step(STEP),
      "-": () => this.step(1 / STEP),
      "0": () => this.reset(),
      ArrowLeft: () => this.glide({ k, x: x + w / 5, y }),
      ArrowRight: () => this.glide({ k, x: x - w / 5, y }),
      ArrowUp: () => this.glide({ k, x, y: y + h / 5 }),
      ArrowDown: () => this.glide({ k, x, y: y - h / 5 }),
    };
    const act = acts[event.key];
    if (!act || (event.key.startsWith("Arrow") && k <= 1.001)) return;
    event.preventDefault();
    act();
  }

  listen() {
    const { svg } = this;
    svg.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    svg.addEventListener("pointerdown", (event) => this.down(event));
    svg.addEventListener("pointermove", (event) => this.move(event));
    for (const end of ["pointerup", "pointercancel"]) {
      svg.addEventListener(end, (event) => this.up(event));
    }
    svg.addEventListener("click", (event) => this.click(event), { capture: true });
    svg.addEventListener("dragstart", (event) => event.preventDefault());
    svg.addEventListener("pointerover", (event) => this.light(event.target));
    svg.addEventListener("pointerleave", () => this.light(null));
    addEventListener("resize", () => this.show(this.view));
  }

  /* With Ctrl (a pinch on a touchpad) always; plainly only in an enlarged picture, so
     that whoever scrolls past one is not held up. */
  wheel(event) {
    const pinch = event.ctrlKey || event.metaKey;
    if (!pinch && this.view.k <= 1.001) return;
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    const times = Math.exp(-event.deltaY * lines * (pinch ? 0.01 : 0.002));
    this.show(this.scaled(times, this.at(event)));
  }

  down(event) {
    if (event.button) return;
    if (!this.pointers.size) this.dragged = false;
    this.pointers.set(event.pointerId, {
      ...this.place(event),
      fromX: event.clientX,
      fromY: event.clientY,
    });
  }

  place(event) {
    const { x, y } = this.at(event);
    return { x, y };
  }

  move(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const here = this.place(event);
    const far = Math.hypot(event.clientX - before.fromX, event.clientY - before.fromY);
    if (!this.dragged && far < MOVED) return;
    if (this.pointers.size === 2) this.pinch(event.pointerId, before, here);
    else if (this.view.k > 1.001) {
      const { k, x, y } = this.view;
      this.show({ k, x: x + here.x - before.x, y: y + here.y - before.y });
    } else return;
    if (!this.dragged) this.svg.setPointerCapture(event.pointerId);
    this.dragged = true;
    Object.assign(before, here);
  }

  pinch(id, before, here) {
    const [other] = [...this.pointers].filter(([key]) => key !== id).map(([, p]) => p);
    const apart = (one) => Math.max(Math.hypot(one.x - other.x, one.y - other.y), 1);
    const about = { x: (here.x + other.x) / 2, y: (here.y + other.y) / 2 };
    this.show(this.scaled(apart(here) / apart(before), about));
  }

  up(event) {
    this.pointers.delete(event.pointerId);
  }

  /* The end of a drag is no click on the link below it. */
  click(event) {
    if (!this.dragged) return;
    event.preventDefault();
    event.stopPropagation();
    this.dragged = false;
  }

  /* Light up what belongs together with the part under the pointer. */
  light(target) {
    const items = target?.closest("[data-item]")?.dataset.item ?? "";
    if (items === this.lit) return;
    this.lit = items;
    const words = new Set(items.split(" ").filter(Boolean));
    this.svg.classList.toggle("nd-pointed", words.size > 0);
    for (const part of this.svg.querySelectorAll("[data-item]")) {
      const shared = part.dataset.item.split(" ").some((word) => words.has(word));
      part.classList.toggle("nd-lit", shared);
    }
  }
}

for (const svg of document.querySelectorAll("svg.nd-zoom")) {
  if (svg.querySelector(".nd-stage")) new Picture(svg);
}
