// Keys of the workbench: a digit answers the item in focus, else the first that is open;
// E puts the words that are selected, else the turn that J and K lead to, into its evidence.
// Tab and arrows work as in any form. Seconds are counted while the page is in sight and somebody
// does something: they go along with the answers, or on their own when nothing was answered for a
// while. What was played of a recording is told every few seconds.
import { Stopwatch } from "./stopwatch.js";
const TELL = 10000; // milliseconds

class Workbench extends HTMLElement {
  connectedCallback() {
    this.keys = (event) => this.pressed(event);
    document.addEventListener("keydown", this.keys);
    this.stopwatch = new Stopwatch(this);
    this.watchSaving();
    if (this.dataset.tell) {
      this.timer = setInterval(() => this.tell(), TELL);
      this.leave = () => document.hidden && this.tell();
      document.addEventListener("visibilitychange", this.leave);
    }
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.keys);
    this.stopwatch.stop();
    document.removeEventListener("visibilitychange", this.leave);
    clearInterval(this.timer);
  }

  // The score is given after a saving that is under way, and nothing is saved after it: else the
  // two would tell each other that the draft was changed elsewhere.
  watchSaving() {
    this.addEventListener("htmx:before:request", (event) => {
      if (this.gives) event.preventDefault();
      else this.saves = true;
    });
    this.addEventListener("htmx:finally:request", () => {
      this.saves = false;
      if (this.waits) this.querySelector(`button[name=${this.waits}]`)?.click();
    });
    this.addEventListener("submit", (event) => {
      if (!this.saves) return void (this.gives = true);
      event.preventDefault();
      this.waits = event.submitter?.name ?? "save";
    });
  }

  get item() {
    return (
      document.activeElement?.closest?.(".lz-item") ??
      this.querySelector(".lz-item-open") ??
      this.querySelector(".lz-item")
    );
  }

  pressed(event) {
    const writes = event.target.matches?.("textarea, select, input:not([type=radio], [type=checkbox])");
    if (writes || event.ctrlKey || event.metaKey || event.altKey) return;
    if (document.documentElement.dataset.keys === "off") return;
    const key = event.key.toLowerCase();
    if (/^[0-9]$/.test(key)) this.answer(event);
    else if (key === "e") this.pin(event);
    else if (event.target.matches?.("input") && (key === "j" || key === "k")) this.step(event, key);
  }

  answer(event) {
    const item = this.item;
    const choice = item?.querySelector(`[data-digit="${event.key}"]`);
    if (!choice) return;
    event.preventDefault();
    choice.click();
    if ("stays" in item.dataset) return choice.focus(); // its reason comes next, by Tab
    const items = [...this.querySelectorAll(".lz-item")];
    const next = items[items.indexOf(item) + 1];
    next?.querySelector("input, textarea")?.focus();
  }

  // While an answer has the focus the turns are walked from here.
  step(event, key) {
    event.preventDefault();
    document.querySelector("lz-steps")?.go(key === "j" ? 1 : -1);
  }

  pin(event) {
    const place = selectedWords() ?? currentTurn();
    const field = this.item?.querySelector(".lz-item-turns");
    if (!place || !field) return;
    event.preventDefault();
    const known = field.value.match(/\d+(:\d+-\d+)?/g) ?? [];
    if (!known.includes(place)) field.value = [...known, place].join(", ");
    getSelection().removeAllRanges();
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  tell() {
    const player = document.querySelector("lz-player");
    const heard = player?.played ?? "";
    if (!heard) return;
    const body = new FormData();
    body.set("heard", heard);
    body.set("length", Math.round((player?.audio.duration || 0) * 1000));
    body.set("csrfmiddlewaretoken", this.querySelector("[name=csrfmiddlewaretoken]").value);
    fetch(this.dataset.tell, { method: "POST", body, keepalive: true }).catch(() => {});
  }
}

/** `7:2-5`: characters 2 to 5 of turn 7, where words of one turn are selected. */
function selectedWords() {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const text = range.startContainer.parentElement?.closest(".lz-turn-text");
  if (!text?.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.selectNodeContents(text);
  before.setEnd(range.startContainer, range.startOffset);
  const start = [...before.toString()].length; // characters, not halves of them
  const length = [...range.toString()].length;
  return `${text.closest(".lz-turn").id.replace("turn-", "")}:${start}-${start + length}`;
}

function currentTurn() {
  return document.querySelector(".lz-turn[aria-current]")?.id.replace("turn-", "") ?? null;
}
customElements.define("lz-workbench", Workbench);
