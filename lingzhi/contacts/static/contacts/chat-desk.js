// <lz-chat-desk stream lists current>: the agents' desk. Each answer carries a number of its own,
// so that sending it again says it once; what is new is fetched behind the last line that is here.
const TYPING_EVERY = 3000;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));
const number = () => [...crypto.getRandomValues(new Uint8Array(16))]
  .map((one) => one.toString(16).padStart(2, "0")).join("");

class ChatDesk extends HTMLElement {
  #outbox = [];
  #isSending = false;
  #isFetching = false;
  #wanted = 0;
  #told = 0;
  #seen = "";
  #ended = false;

  connectedCallback() {
    this.#listen();
    this.#bind();
    this.#down();
    this.#read();
    document.addEventListener("keydown", this.#key);
    document.addEventListener("visibilitychange", () => this.#read());
  }

  disconnectedCallback() {
    this.#ended = true;
    this.source?.close();
    document.removeEventListener("keydown", this.#key);
  }

  get current() { return Number(this.getAttribute("current") || 0); }
  get talk() { return this.querySelector("#chat-talk"); }
  get log() { return this.querySelector("#chat-log"); }
  get form() { return this.querySelector("form#chat-form"); }
  get last() { return Math.max(0, ...[...this.log?.children ?? []].map((one) => Number(one.dataset.seq || 0))); }
  get token() { return this.form.querySelector("[name=csrfmiddlewaretoken]").value; }

  // --- receiving ---------------------------------------------------------------------------------
  #listen() {
    this.source = new EventSource(this.getAttribute("stream"));
    this.source.onmessage = (event) => this.#moved(JSON.parse(event.data));
    this.source.onerror = () => {
      if (this.source.readyState !== EventSource.CLOSED) return;
      this.#poll();  // no stream can be had: ask now and then, and try for one again
      if (!this.#ended) setTimeout(() => this.#listen(), 4000);
    };
  }

  async #poll() {
    this.#wanted = this.last + 1;
    this.#lists();
    this.#fetch();
  }

  #moved(state) {
    const mine = state.chats.find((one) => one.pk === this.current);
    const seen = JSON.stringify([state.chats.map((one) => [one.pk, one.seq]), state.waiting]);
    if (seen !== this.#seen) {
      this.#seen = seen;
      this.#lists();
    }
    if (!this.current || !this.log) return;
    const typing = this.querySelector("#chat-typing > span");
    if (typing) typing.hidden = !mine?.typing;
    this.#wanted = mine ? mine.seq : this.last + (this.form ? 1 : 0);
    if (this.#wanted > this.last) this.#fetch(!mine);
  }

  async #lists() {
    const answer = await fetch(`${this.getAttribute("lists")}?current=${this.current}`,
      { headers: { "Lz-Background": "1" } }).catch(() => null);
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("#chat-lists");
    const place = this.querySelector("#chat-lists");
    if (!fresh || !place || place.contains(document.activeElement) && place.innerHTML === fresh.innerHTML) return;
    const focused = document.activeElement?.dataset?.chat;
    place.replaceWith(fresh);
    if (focused) fresh.querySelector(`[data-chat="${focused}"]`)?.focus();
    this.#count(fresh);
    const first = fresh.querySelector("a[data-chat]");
    if (!this.current && first && !location.search) location.href = first.href;
  }

  /** The tab says how many chats have something new, and how many wait. */
  #count(lists) {
    const n = lists.querySelectorAll(".lz-chat-unread, .lz-chat-waiting").length;
    document.title = document.title.replace(/^(\(\d+\) )?/, n ? `(${n}) ` : "");
  }

  async #fetch(isGone = false) {
    if (this.#isFetching) return;
    this.#isFetching = true;
    const answer = await fetch(`${this.talk.dataset.messages}?after=${this.last}`,
      { headers: { "Lz-Background": "1" } }).catch(() => null);
    if (answer?.ok) this.#show(await answer.text());
    else if (answer?.status === 404) location.href = this.#home();
    this.#isFetching = false;
    if (answer?.ok && isGone) return this.form && location.reload();
    if (answer?.ok && this.#wanted > this.last && !isGone) { await wait(200); this.#fetch(); }
  }

  #home() { return this.getAttribute("lists").replace(/lists\/$/, ""); }

  /** Lines in their order; one that is there already is left alone. */
  #show(text) {
    const page = new DOMParser().parseFromString(`<ol>${text}</ol>`, "text/html");
    const isLow = this.#isLow();
    for (const item of [...page.querySelectorAll("li")]) {
      const place = Number(item.dataset.seq);
      if (this.log.querySelector(`[data-seq="${place}"]`)) continue;
      this.log.querySelector(`[data-waits][data-id="${CSS.escape(item.dataset.id)}"]`)?.remove();
      const next = [...this.log.children].find((one) => one.dataset.waits !== undefined || Number(one.dataset.seq) > place);
      this.log.insertBefore(document.adoptNode(item), next ?? null);
    }
    if (isLow) this.#down();
    this.#read();
  }

  #isLow() { return this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 90; }
  #down() { if (this.log) this.log.scrollTop = this.log.scrollHeight; }

  #read() {
    if (!this.form || document.hidden) return;
    const upto = Math.max(0, ...[...this.log.children].map((one) => Number(one.dataset.seen || 0)));
    if (upto > (this.upto || 0)) {
      this.upto = upto;
      this.#sign({ read: upto });
    }
  }

  #sign(given) {
    const body = new FormData();
    for (const [name, value] of Object.entries(given)) body.append(name, value);
    return this.#post(this.talk.dataset.signs, body).catch(() => {});
  }

  #post(url, body) {
    return fetch(url, { method: "POST", body, headers: { "X-CSRFToken": this.token } });
  }

  // --- sending -----------------------------------------------------------------------------------
  #bind() {
    if (!this.form) return;
    const text = this.form.elements.text;
    const file = this.form.querySelector("[type=file]");
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      const said = text.value.trim();
      if (said) this.#queue(said);
      text.value = "";
      this.#told = 0;
      text.focus();
    });
    text.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.form.requestSubmit();
    });
    text.addEventListener("input", () => {
      if (Date.now() - this.#told < TYPING_EVERY) return;
      this.#told = Date.now();
      this.#sign({ typing: 1, read: this.upto || 0 });
    });
    this.querySelector("#chat-attach")?.addEventListener("click", () => file.click());
    file.addEventListener("change", () => {
      for (const one of file.files) this.#queue(one.name, one);
      file.value = "";
    });
    this.addEventListener("click", (event) => {
      const phrase = event.target.closest("[data-phrase]");
      if (!phrase) return;
      text.value = text.value ? `${text.value.trimEnd()} ${phrase.dataset.phrase}` : phrase.dataset.phrase;
      text.focus();
    });
    if (matchMedia("(min-width: 768px)").matches) text.focus();
  }

  #queue(text, file = null) {
    const one = { id: number(), text, file };
    const item = document.createElement("li");
    item.className = "lz-chat-agent lz-chat-sending";
    Object.assign(item.dataset, { waits: "", id: one.id });
    const bubble = document.createElement("div");
    bubble.className = "lz-chat-bubble";
    bubble.textContent = text;
    item.append(bubble);
    this.log.append(item);
    this.#down();
    this.#outbox.push(one);
    this.#flush();
  }

  async #flush() {
    if (this.#isSending) return;
    this.#isSending = true;
    let times = 0;
    while (this.#outbox.length) {
      const one = this.#outbox[0];
      const body = new FormData();
      body.append("id", one.id);
      body.append("after", String(this.last || 0));
      if (one.file) body.append("file", one.file, one.file.name);
      else body.append("text", one.text);
      const url = one.file ? this.form.dataset.attach : this.form.getAttribute("action");
      const answer = await this.#post(url, body).catch(() => null);
      if (answer?.ok) {
        this.#outbox.shift();
        this.#show(await answer.text());
        times = 0;
      } else if (answer && answer.status < 500) {
        this.#outbox.shift();
        await this.#refused(one, answer);
      } else {
        times += 1;
        await wait(Math.min(10000, 500 * 2 ** times));
      }
    }
    this.#isSending = false;
  }

  async #refused(one, answer) {
    const item = this.log.querySelector(`[data-waits][data-id="${one.id}"]`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    item.classList.replace("lz-chat-sending", "lz-chat-failed");
    const note = document.createElement("small");
    note.className = "lz-bad";
    note.textContent = page.querySelector("main h1, main h2, [role=alert]")?.textContent ?? "";
    item.append(note);
  }

  // --- keys ----------------------------------------------------------------------------------------
  #key = (event) => {
    if (event.key === "Escape") for (const one of document.querySelectorAll(".lz-chat-more[open]")) one.open = false;
    if (!event.altKey || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
    const chats = [...this.querySelectorAll("a[data-chat]")];
    if (!chats.length) return;
    event.preventDefault();
    const at = chats.findIndex((one) => one.ariaCurrent === "true");
    const next = chats[(at + (event.key === "ArrowDown" ? 1 : -1) + chats.length) % chats.length];
    if (next && next.ariaCurrent !== "true") location.href = next.href;
  };
}
customElements.define("lz-chat-desk", ChatDesk);
