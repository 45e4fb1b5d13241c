// The paragraphs of the text. A long one has its first in the page; of the others, block
// by block, the words alone. What lies over them is packed beside them, and is drawn when
// it is about to be seen, when a key leads there, or for print.

const escaped = (words) => words.replace(/[&<>\r]/g, (each) => `&#${each.charCodeAt()};`);
const sentencesOf = (element) => element.querySelectorAll(".nd-sentence");

export class Paragraphs {
  /**
   * `packed`: a line of JSON on the paragraphs, by block, then the markup of all of them
   * with numbers of words in place of words (curation/admin/later.py);
   * `onDraw` is called when a block was drawn.
   */
  constructor(element, packed, onDraw) {
    this.element = element;
    this.onDraw = onDraw;
    this.all = [...element.querySelectorAll(".nd-par")].map((each) => ({
      start: Number(each.dataset.start),
      version: each.dataset.version,
      sentences: sentencesOf(each).length,
      element: each,
    }));
    this.packed = packed;
    this.later = new Set(element.querySelectorAll(".nd-later")); // blocks that are not drawn
    let end = packed.indexOf("\n") + 1;
    const heads = this.later.size ? JSON.parse(packed.slice(0, end)) : [];
    for (const block of this.later) {
      for (const [start, sentences, version, length] of heads.shift()) {
        this.all.push({ start, version, sentences, block, markup: [end, (end += length)] });
      }
    }
    this.sentences = 0;
    for (const each of this.all) {
      each.first = this.sentences; // the number of its first sentence
      this.sentences += each.sentences;
    }
    if (this.later.size) this.#watch();
  }

  versions() {
    return this.all.map((each) => each.version).join(",");
  }

  /** Take the markup that the server has sent, by number of the paragraph. */
  change(changed) {
    for (const [index, { html, version }] of Object.entries(changed)) {
      const paragraph = this.all[index];
      paragraph.version = version;
      if (paragraph.element) paragraph.element.innerHTML = html;
      else paragraph.html = html;
    }
  }

  /** The paragraph in which an offset lies: its element, and where it begins. */
  at(offset) {
    const paragraph = this.#last("start", offset);
    return { paragraph: this.#drawn(paragraph), base: paragraph.start };
  }

  /** The element of a sentence, by its number. */
  sentence(number) {
    if (!(number >= 0 && number < this.sentences)) return null;
    const paragraph = this.#last("first", number);
    return sentencesOf(this.#drawn(paragraph))[number - paragraph.first];
  }

  /** The number of the sentence in which an offset lies, or of the next; -1 past all. */
  numberAt(offset) {
    const paragraph = this.#last("start", offset);
    const inside = [...sentencesOf(this.#drawn(paragraph))];
    const before = inside.filter((each) => Number(each.dataset.end) <= offset).length;
    const number = paragraph.first + before;
    return number < this.sentences ? number : -1;
  }

  /** The last paragraph whose `key` is not above a value. */
  #last(key, value) {
    let low = 0;
    let high = this.all.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.all[middle][key] <= value) low = middle;
      else high = middle - 1;
    }
    return this.all[low];
  }

  #drawn(paragraph) {
    if (!paragraph.element) this.#draw(paragraph.block);
    return paragraph.element;
  }

  #draw(block) {
    const found = this.all.filter((each) => each.block === block);
    const words = block.textContent;
    let past = 0;
    const markupOf = ({ markup }) =>
      this.packed
        .slice(...markup)
        .replace(/(?<![^>])\d+/g, (count) => escaped(words.slice(past, (past += Number(count)))));
    this.later.delete(block);
    for (const each of found) {
      const markup = markupOf(each); // of all, in order: it counts the words
      each.element = document.createElement("div");
      each.element.className = "nd-par nd-new";
      each.element.dir = "auto";
      each.element.dataset.start = each.start;
      each.element.innerHTML = each.html ?? markup;
      each.block = null;
    }
    const drawn = found.map((each) => each.element);
    this.onDraw(block, drawn);
    // Laid out once, wherever they are: nothing jumps by what they were taken to be high.
    const settled = () => drawn.forEach((each) => each.classList.remove("nd-new"));
    requestAnimationFrame(() => requestAnimationFrame(settled));
  }

  #watch() {
    const near = new Set();
    const draw = () => {
      // What the browser's own search has found is marked while one types there, outside
      // of the page: drawn anew, it would not be.
      if (!document.hasFocus()) return;
      for (const block of near) if (this.later.has(block)) this.#draw(block);
      near.clear();
    };
    const margin = { rootMargin: "50%", scrollMargin: "50%" };
    const seen = new IntersectionObserver((changes) => {
      for (const { target, isIntersecting } of changes) {
        if (isIntersecting) near.add(target);
        else near.delete(target);
      }
      draw();
    }, margin);
    for (const block of this.later) seen.observe(block);
    addEventListener("focus", draw);
    addEventListener("beforeprint", () => {
      for (const block of [...this.later]) this.#draw(block);
    });
  }
}
