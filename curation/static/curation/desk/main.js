// The desk: keys and buttons. Text on the left, what is done with it on the right.

import { Deciding } from "./deciding.js";
import { Forms } from "./forms.js";
import { Pane } from "./pane.js";
import { Saying } from "./saying.js";
import { Server } from "./server.js";
import { Text } from "./text.js";

const desk = document.getElementById("nd-desk");
const byId = (id) => document.getElementById(id);
const dialog = byId("nd-keys");
const KEYS_OFF = "newsdb-desk-keys-off";

const saying = new Saying(byId("nd-says"));
const server = new Server(location.pathname, waits);
const packed = byId("nd-packed")?.textContent ?? "";
const text = new Text(byId("nd-text"), packed, chosen, () => pane.light());
const pane = new Pane(byId("nd-pane"), text);
const deciding = new Deciding(pane, saying, byId("nd-ask"), send);
const forms = new Forms(desk, byId("nd-form"), server, save);
forms.onClose = closeForm;
forms.onSaved = () => {
  closeForm();
  pane.goOn(); // after a proposal that was changed and accepted
};

/** Something waits for the server: why, or "" when nothing does. */
function waits(sentence) {
  byId("nd-wire").textContent = sentence;
  byId("nd-wire").hidden = !sentence;
  forms.wait(sentence);
}

/** Send what is to be done and bring the page up to date with the answer. */
async function send(fields) {
  const answer = await save(fields);
  const { wrong } = answer.data;
  if (wrong?.length) saying.complain(wrong.join(" "));
  return answer;
}

/** As `send`, for a form that says itself what is wrong with it. */
async function save(fields) {
  const answer = await server.send(fields, () => text.versions());
  const { data } = answer;
  if (data.paragraphs) text.draw(data.paragraphs);
  if (data.pane) {
    pane.draw(data.pane);
    here();
  }
  if (data.said) saying.say(data.said, data.link, data.undo);
  return answer;
}

function chosen({ start, end, quote }) {
  const shown = quote.length > 160 ? `${quote.slice(0, 80)} … ${quote.slice(-70)}` : quote;
  byId("nd-chosen").textContent = `“${shown}” (${start}–${end})`;
  if (!text.led) {
    pane.leave();
    saying.pass();
  }
  here();
  if (forms.isOpen) return;
  saying.hear(`Sentence ${text.current + 1} of ${text.sentences}: ${quote}`);
}

/** What lies over the current sentence, in words and with the way there. */
function here() {
  const box = byId("nd-here");
  const lines = new Map();
  for (const segment of text.sentence?.querySelectorAll(".nd-seg") ?? []) {
    const keys = segment.dataset.on.split(" ");
    segment.title.split("\n").forEach((title, index) => lines.set(title, keys[index]));
  }
  const list = document.createElement("ul");
  for (const [title, key] of lines) list.append(line(title, key));
  const count = document.createElement("p");
  count.textContent = lines.size === 1 ? "1 mark here" : `${lines.size} marks here`;
  box.replaceChildren(count, list);
  box.hidden = !lines.size;
}

function line(title, key) {
  const item = document.createElement("li");
  const address = addressOf(key);
  if (!address) {
    item.textContent = title;
    return item;
  }
  const link = document.createElement("a");
  link.href = address;
  link.textContent = title;
  item.append(link);
  return item;
}

function addressOf(key = "") {
  const pk = key.slice(1);
  if (key.startsWith("p")) return `#${key}`;
  if (key.startsWith("e")) return desk.dataset.claims.replace("/0/", `/${pk}/`);
  if (key.startsWith("m")) return desk.dataset.mentions.replace("/0/", `/${pk}/`);
  return "";
}

function openForm(name) {
  if (document.querySelector(`[data-open="${name}"]`).disabled) {
    return saying.complain("This article is not on your desk: see who has it, beside the text.");
  }
  if (!text.chosen) {
    return saying.complain("Choose words in the text first: ↓ goes to the first sentence.");
  }
  if (!byId("nd-lease").dataset.mine) send({ take: "1" }); // nobody else begins meanwhile
  return forms.open(name, text.chosen);
}

function closeForm() {
  forms.close();
  text.element.focus({ preventScroll: true });
  text.sentence?.scrollIntoView({ block: "nearest" });
}

async function editActive() {
  const item = pane.active;
  if (!item) return saying.say("Choose a proposal first: n goes to the next one.");
  const opened = await forms.edit(item.dataset.edit);
  return opened || saying.complain("The form did not come: no connection, or you may not decide.");
}

/** Take the last step back, and choose the proposal that waits again. */
async function undo() {
  const [{ id }, { chosen: words }] = [pane, text];
  const before = new Set(pane.items.map((each) => each.id));
  await send({ undo_last: "1" });
  const again = pane.items.find((each) => !before.has(each.id));
  const stayed = pane.id === id && text.chosen === words && !forms.isOpen;
  if (again && stayed) pane.activate(again);
}

/** What is left of the article, and the button that ends the work on it. */
function done() {
  const box = byId("nd-done");
  const button = box?.querySelector("button");
  if (!button) {
    byId("nd-lease").querySelector("[data-next]")?.focus();
    return saying.complain("There is nothing to mark: see the state of the article beside the text.");
  }
  if (box.matches("details")) box.open = true;
  button.focus({ preventScroll: true });
  box.scrollIntoView({ block: "nearest" });
  return saying.hear(box.textContent.replace(/\s+/g, " "));
}

const MOVES = {
  ArrowDown: () => text.step(1),
  ArrowUp: () => text.step(-1),
  ArrowRight: (event) => moved(event, 1),
  ArrowLeft: (event) => moved(event, -1),
  Home: () => text.edge("first"),
  End: () => text.edge("last"),
};
const KEYS = {
  j: () => text.step(1),
  k: () => text.step(-1),
  c: () => openForm("claim"),
  m: () => openForm("mention"),
  v: () => openForm("evidence"),
  o: () => openForm("omission"),
  n: () => saying.say(pane.step(1)),
  p: () => saying.say(pane.step(-1)),
  a: () => deciding.accept(),
  e: editActive,
  r: () => deciding.askWhy(),
  u: undo,
  d: done,
  q: () => { location.href = desk.dataset.queue; },
  "?": () => dialog.showModal(),
};

function moved(event, by) {
  if (event.ctrlKey || event.altKey) text.moveAll(by);
  else if (event.shiftKey) text.moveStart(by);
  else text.moveEnd(by);
}

function typing(target) {
  return target.closest?.("input, textarea, select, [contenteditable], dialog[open]");
}

document.addEventListener("keydown", (event) => {
  const listed = event.target.getAttribute?.("aria-expanded") === "true";
  if (forms.isOpen && event.key === "Escape" && !listed) return closeForm();
  if (forms.isOpen && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    return forms.form.requestSubmit();
  }
  if (typing(event.target) || event.metaKey || event.isComposing) return undefined;
  if (deciding.asked) {
    event.preventDefault();
    return deciding.answer(event.key);
  }
  if (MOVES[event.key] && !event.target.closest("header, nav, aside")) {
    event.preventDefault();
    return MOVES[event.key](event);
  }
  const act = KEYS[event.key];
  const off = localStorage.getItem(KEYS_OFF) && event.key !== "?";
  if (!act || off || event.ctrlKey || event.altKey) return undefined;
  event.preventDefault();
  event.stopPropagation();
  return act(event);
}, { capture: true });

desk.addEventListener("click", (event) => {
  const button = event.target.closest("button, a, summary");
  if (!button) return activateAt(event.target);
  if (button.dataset.open) return openForm(button.dataset.open);
  if ("undo" in button.dataset) return undo();
  if ("keys" in button.dataset) return dialog.showModal();
  if ("done" in button.dataset) return done();
  if (button.dataset.edits) {
    event.preventDefault();
    pane.activate(button.closest("[data-item]"));
    return editActive();
  }
  const hash = button.getAttribute("href");
  if (/^#c\d+$/.test(hash)) {
    event.preventDefault();
    return text.gotoOffset(Number(hash.slice(2)));
  }
  if (/^#p\d+$/.test(hash) && byId(hash.slice(1))) {
    event.preventDefault();
    return pane.activate(byId(hash.slice(1)));
  }
  return undefined;
});

function activateAt(target) {
  const item = target.closest("[data-item]");
  if (item) pane.activate(item);
}

// Plain forms of the pane, sent without loading the page anew.
byId("nd-pane").addEventListener("submit", (event) => {
  if ("plain" in event.target.dataset) return undefined; // leads elsewhere
  event.preventDefault();
  const fields = Object.fromEntries(new FormData(event.target));
  const { submitter } = event;
  if (submitter?.name) fields[submitter.name] = submitter.value;
  const item = submitter?.closest("[data-item]");
  if (!item) return submitter?.name === "undo_last" ? undo() : send(fields);
  pane.activate(item);
  return submitter.name === "reject" ? deciding.askWhy() : deciding.decide(item, fields);
});

const switched = byId("nd-keys-on");
switched.checked = !localStorage.getItem(KEYS_OFF);
switched.addEventListener("change", () => {
  if (switched.checked) localStorage.removeItem(KEYS_OFF);
  else localStorage.setItem(KEYS_OFF, "1");
});

// A link from elsewhere leads to a passage or to a proposal.
const aim = /^#(c|p)(\d+)$/.exec(location.hash);
if (aim?.[1] === "c") text.gotoOffset(Number(aim[2]));
if (aim?.[1] === "p" && byId(aim[0].slice(1))) pane.activate(byId(aim[0].slice(1)));
desk.dataset.ready = "1";
