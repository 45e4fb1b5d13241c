// The text of the article: sentences, words, and offsets.
//
// Offsets are Unicode code points from the beginning of the article, as the database
// counts them; a browser counts UTF-16 units. The text of the elements is the article's
// text to the character.

import { Paragraphs } from "./paragraphs.js";

/** How many code points a string has. */
export function points(string) {
  let pairs = 0;
  for (let i = 0; i < string.length - 1; i += 1) {
    const unit = string.charCodeAt(i);
    if (unit >= 0xd800 && unit < 0xdc00) {
      const next = string.charCodeAt(i + 1);
      if (next >= 0xdc00 && next < 0xe000) {
        pairs += 1;
        i += 1;
      }
    }
  }
  return string.length - pairs;
}

/** The UTF-16 unit at which the code point number `count` of a string begins. */
export function unitAt(string, count) {
  let unit = 0;
  for (let n = 0; n < count && unit < string.length; n += 1) {
    unit += string.codePointAt(unit) > 0xffff ? 2 : 1;
  }
  return unit;
}

// A word, or one sign with all that is joined to it (families and flags of emoji).
const SIGN = "\\S(?:\\p{M}|\\u{fe0f}|[\\u{1f3fb}-\\u{1f3ff}]|\\u{200d}\\S)*";
const WORD = `(?:[\\p{L}\\p{N}\\p{M}'’-]+|${SIGN})`;
// Letters of scripts that put space between words; a drag that cuts one takes all of it.
const PART = /[\p{L}\p{M}\p{N}]/u;
const UNSPACED = /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmr}\p{sc=Mymr}]/u;
const isPart = (sign) => PART.test(sign) && !UNSPACED.test(sign);

const WORD_AFTER = new RegExp(`^\\s*${WORD}`, "u");
const LAST_WORD = new RegExp(`${WORD}`, "gu");

export class Text {
  /** `packed`: what is not drawn yet; `onDraw` is called when some of it was. */
  constructor(element, packed, onChoose, onDraw) {
    this.element = element;
    this.paragraphs = new Paragraphs(element, packed, (block, drawn) => {
      this.#instead(block, drawn);
      onDraw();
    });
    this.onChoose = onChoose;
    this.chosen = null;
    this.led = false; // to the sentence of a proposal, whose words are outlined
    this.current = -1; // the number of the sentence …
    this.sentence = null; // … and its element
    document.addEventListener("selectionchange", () => this.#selected());
    element.addEventListener("click", (event) => this.#clicked(event));
  }

  /** How many sentences there are. */
  get sentences() {
    return this.paragraphs.sentences;
  }

  versions() {
    return this.paragraphs.versions();
  }

  draw(changed) {
    if (!Object.keys(changed).length) return;
    this.paragraphs.change(changed);
    if (this.current >= 0) this.#mark(this.current);
    if (this.chosen) this.#paint();
  }

  /** The words from `start` to `end`. */
  words(start, end) {
    return this.#range(start, end).toString();
  }

  /** Choose a passage; `led`: because what is chosen elsewhere lies in it. */
  choose(start, end, { led = false } = {}) {
    this.led = led;
    this.chosen = { start, end, quote: this.words(start, end) };
    this.#paint();
    this.onChoose(this.chosen);
  }

  /** Go `by` sentences on and choose the one there. */
  step(by) {
    if (!this.sentences) return;
    const from = this.current < 0 ? (by > 0 ? -1 : this.sentences) : this.current;
    this.goto(Math.min(Math.max(from + by, 0), this.sentences - 1));
  }

  goto(index, how) {
    this.#mark(index);
    const { sentence } = this;
    sentence.scrollIntoView({ block: "nearest" });
    this.choose(Number(sentence.dataset.start), Number(sentence.dataset.end), how);
  }

  /** Go to the sentence in which an offset lies. */
  gotoOffset(offset, how) {
    const index = this.paragraphs.numberAt(offset);
    if (index >= 0) this.goto(index, how);
  }

  /** Move the end of what is chosen by a word; `by` is 1 or -1. */
  moveEnd(by) {
    if (!this.chosen) return this.step(1);
    const { start, end } = this.chosen;
    const next = by > 0 ? this.#after(end) : this.#before(start, end);
    if (next > start) this.choose(start, next);
    return undefined;
  }

  /** Move the beginning of what is chosen by a word. */
  moveStart(by) {
    if (!this.chosen) return this.step(1);
    const { start, end } = this.chosen;
    const next = by > 0 ? this.#skip(this.#after(start), end) : this.#before(0, start, true);
    if (next < end) this.choose(next, end);
    return undefined;
  }

  /** Move all of what is chosen by a word. */
  moveAll(by) {
    if (!this.chosen) return;
    const { start, end } = this.chosen;
    if (by > 0) {
      const last = this.#after(end);
      const first = this.#skip(this.#after(start), last);
      if (last > end) this.choose(first, last);
    } else {
      const first = this.#before(0, start, true);
      const last = this.#before(first, end);
      if (first < start) this.choose(first, Math.max(last, this.#after(first)));
    }
  }

  /** Choose only the first or the last word of the sentence. */
  edge(which) {
    const { sentence } = this;
    if (!sentence) return;
    const [start, end] = [Number(sentence.dataset.start), Number(sentence.dataset.end)];
    if (which === "first") this.choose(start, this.#after(start));
    else this.choose(this.#before(start, end, true), end);
  }

  #after(offset) {
    const { paragraph, base } = this.paragraphs.at(offset);
    const text = paragraph.textContent;
    const rest = text.slice(unitAt(text, offset - base));
    const found = WORD_AFTER.exec(rest);
    return found ? offset + points(found[0]) : offset;
  }

  /** The offset of the word before `end`: where it begins, or what is left before it. */
  #before(start, end, begins = false) {
    const { paragraph, base } = this.paragraphs.at(end - 1);
    const text = paragraph.textContent;
    const piece = text.slice(unitAt(text, Math.max(start - base, 0)), unitAt(text, end - base));
    const found = [...piece.matchAll(LAST_WORD)].at(-1);
    if (!found) return begins ? end : start;
    const cut = end - points(piece.slice(found.index));
    return begins ? cut : cut - points(/\s*$/.exec(piece.slice(0, found.index))[0]);
  }

  /** Past the white space at `offset`. */
  #skip(offset, most) {
    const space = /^\s*/.exec(this.words(offset, Math.max(most, offset + 1)))[0];
    return offset + points(space);
  }

  #place(offset) {
    const { paragraph, base } = this.paragraphs.at(Math.max(offset, 0));
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let left = offset - base;
    let node = walker.nextNode();
    while (node) {
      const size = points(node.data);
      if (left <= size) return [node, unitAt(node.data, left)];
      left -= size;
      node = walker.nextNode();
    }
    return [paragraph, paragraph.childNodes.length];
  }

  #range(start, end) {
    const range = document.createRange();
    range.setStart(...this.#place(start));
    range.setEnd(...this.#endPlace(end));
    return range;
  }

  // The end of a paragraph belongs to it, not to the next one.
  #endPlace(end) {
    const { paragraph, base } = this.paragraphs.at(end - 1);
    const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
    let left = end - base;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const size = points(node.data);
      if (left <= size) return [node, unitAt(node.data, left)];
      left -= size;
    }
    return [paragraph, paragraph.childNodes.length];
  }

  /** The code point at which a place in the document lies. */
  offsetOf(node, unit) {
    if (node === this.element) {
      const next = node.children[unit];
      if (next) return Number(next.dataset.start);
      const last = node.lastElementChild;
      return Number(last.dataset.start) + points(last.textContent);
    }
    const element = node.nodeType === Node.ELEMENT_NODE ? node : node.parentElement;
    const holder = element.closest(".nd-sentence, .nd-par, .nd-later");
    const range = document.createRange();
    range.setStart(holder, 0);
    range.setEnd(node, unit);
    return Number(holder.dataset.start) + points(range.toString());
  }

  #selected() {
    const selection = document.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return;
    const range = selection.getRangeAt(0);
    const inside = (node) => this.element.contains(node);
    if (!inside(range.startContainer) || !inside(range.endContainer)) return;
    let start = this.offsetOf(range.startContainer, range.startOffset);
    let end = this.offsetOf(range.endContainer, range.endOffset);
    const words = this.words(start, end);
    start += points(/^\s*/.exec(words)[0]);
    end -= words.trim() ? points(/\s*$/.exec(words)[0]) : 0;
    if (start >= end) return;
    [start, end] = this.#wholeWords(start, end);
    this.#mark(this.paragraphs.numberAt(start));
    this.led = false;
    this.chosen = { start, end, quote: this.words(start, end) };
    this.#highlight(this.#range(start, end)); // more than the browser's own, if it cut words
    this.onChoose(this.chosen);
  }

  /** The passage with the words that it cuts, as far as their paragraphs go. */
  #wholeWords(start, end) {
    const first = this.paragraphs.at(start);
    const last = this.paragraphs.at(end - 1);
    const before = [...first.paragraph.textContent];
    const after = last === first ? before : [...last.paragraph.textContent];
    let [from, to] = [start - first.base, end - last.base];
    while (from > 0 && isPart(before[from]) && isPart(before[from - 1])) from -= 1;
    while (to < after.length && isPart(after[to - 1]) && isPart(after[to])) to += 1;
    return [first.base + from, last.base + to];
  }

  #clicked(event) {
    const sentence = event.target.closest(".nd-sentence");
    if (!sentence || !document.getSelection().isCollapsed) return;
    this.goto(this.paragraphs.numberAt(Number(sentence.dataset.start)));
  }

  /** Put what is drawn in the place of a block; what is selected there stays so. */
  #instead(block, drawn) {
    const selection = document.getSelection();
    const { anchorNode, anchorOffset, focusNode, focusOffset } = selection;
    const ends = [[anchorNode, anchorOffset], [focusNode, focusOffset]];
    const inside = ends.map(([node]) => block.contains(node));
    const offsets = ends.map((end, index) => inside[index] && this.offsetOf(...end));
    block.replaceWith(...drawn);
    if (!inside.includes(true)) return;
    const places = ends.map((end, index) => (inside[index] ? this.#place(offsets[index]) : end));
    selection.setBaseAndExtent(...places.flat());
  }

  #mark(index) {
    this.sentence?.classList.remove("nd-current");
    this.current = index;
    this.sentence = this.paragraphs.sentence(index);
    this.sentence?.classList.add("nd-current");
  }

  #paint() {
    document.getSelection().removeAllRanges();
    this.#highlight(this.led ? null : this.#range(this.chosen.start, this.chosen.end));
  }

  #highlight(range) {
    if (!globalThis.CSS?.highlights) return;
    if (range) CSS.highlights.set("nd-chosen", new Highlight(range));
    else CSS.highlights.delete("nd-chosen");
  }
}
