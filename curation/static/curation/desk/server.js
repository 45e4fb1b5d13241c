// What the page asks of the server: one thing after the other, each until it is answered.
//
// Each request has a token; the server does the same token once. So a request that got
// no answer is sent again without fear that it is done twice.

const AGAIN = [500, 502, 503, 504];
const WAITS = [1000, 2000, 5000, 10000];

function token() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
}

function csrf() {
  const found = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return found?.[1] ?? document.querySelector("[name=csrfmiddlewaretoken]").value;
}

export class Server {
  /** `tell` is called with a sentence while something waits, with "" when nothing does. */
  constructor(url, tell) {
    this.url = url;
    this.tell = tell;
    this.waiting = 0;
    this.chain = Promise.resolve();
    addEventListener("beforeunload", (event) => {
      if (this.waiting) event.preventDefault();
    });
  }

  /** Do something; answers {status, data} once the server has answered. */
  send(fields, versions) {
    this.waiting += 1;
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.set(name, value);
    body.delete("csrfmiddlewaretoken"); // the header has that of the present session
    body.set("token", token());
    const done = this.chain.then(() => this.#insist(body, versions));
    this.chain = done.then(
      () => { this.waiting -= 1; },
      () => { this.waiting -= 1; },
    );
    return done;
  }

  /** Ask a question; null when there is no connection. */
  async ask(parameters) {
    const url = `${this.url}?${new URLSearchParams(parameters)}`;
    try {
      const response = await fetch(url, { headers: { Accept: "application/json" } });
      return response.ok ? response : null;
    } catch {
      return null;
    }
  }

  async #insist(body, versions) {
    for (let tries = 0; ; tries += 1) {
      // What is drawn now, not what was drawn when it was asked for.
      body.set("versions", versions());
      const answer = await this.#once(body);
      if (answer.data) {
        this.tell("");
        return answer;
      }
      const many = this.waiting > 1 ? `${this.waiting} things wait` : "It waits";
      this.tell(`${answer.why} ${many} here and will be sent again; nothing is lost.`);
      await this.#pause(WAITS[Math.min(tries, WAITS.length - 1)]);
    }
  }

  async #once(body) {
    try {
      const response = await fetch(this.url, {
        method: "POST",
        body,
        headers: { Accept: "application/json", "X-CSRFToken": csrf() },
      });
      const json = response.headers.get("Content-Type")?.includes("json");
      if (json) return { status: response.status, data: await response.json() };
      if (AGAIN.includes(response.status)) return { why: "The server has a problem." };
      return { why: "You are logged out: log in again in another tab." };
    } catch {
      return { why: "No connection." };
    }
  }

  #pause(milliseconds) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      addEventListener("online", () => { clearTimeout(timer); resolve(); }, { once: true });
    });
  }
}
