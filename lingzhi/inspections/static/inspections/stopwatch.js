// Counts the seconds in which a page is in sight and in use, and tells them by POST.
const IDLE_SECONDS = 60; // without a key, a pointer or a scroll nobody is reading any more
const BEAT_SECONDS = 20;
const SIGNS = ["keydown", "pointermove", "pointerdown", "scroll"];

export class Stopwatch {
  constructor(bench) {
    this.bench = bench;
    this.seconds = 0;
    this.seen = Date.now();
    this.notice = () => (this.seen = Date.now());
    SIGNS.forEach((name) => document.addEventListener(name, this.notice, { passive: true, capture: true }));
    this.timer = setInterval(() => this.tick(), 1000);
    this.sent = (event) => this.goes(event);
    bench.addEventListener("htmx:before:request", this.sent);
  }

  stop() {
    clearInterval(this.timer);
    SIGNS.forEach((name) => document.removeEventListener(name, this.notice, { capture: true }));
    this.bench.removeEventListener("htmx:before:request", this.sent);
  }

  get field() {
    return this.bench.querySelector("input[name=seconds]");
  }

  tick() {
    const idle = (Date.now() - this.seen) / 1000;
    if (document.visibilityState !== "visible" || idle > IDLE_SECONDS) return;
    this.seconds += 1;
    if (this.field) this.field.value = this.seconds;
    if (this.seconds >= BEAT_SECONDS) this.beat();
  }

  // The field has gone with the answers: count anew.
  goes() {
    this.seconds = 0;
  }

  async beat() {
    const told = this.seconds;
    const token = this.bench.querySelector("[name=csrfmiddlewaretoken]").value;
    const body = new URLSearchParams({ seconds: told, csrfmiddlewaretoken: token });
    this.seconds = 0;
    if (this.field) this.field.value = 0;
    await fetch(this.bench.getAttribute("beat"), { method: "POST", body }).catch(() => (this.seconds += told));
  }
}
