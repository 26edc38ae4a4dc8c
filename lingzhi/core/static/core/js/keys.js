// Keys, where they are shown. [data-key="n"] is clicked, or focused if one can write in it.
// <lz-steps item=".lz-turn" next="j" previous="k"> walks through its items with aria-current.
const isWriting = (node) => node?.closest?.("input, textarea, select, [contenteditable], dialog[open]");
const isOff = () => document.documentElement.dataset.keys === "off";

/** "ctrl+enter", "shift+?" or "j", as written in data-key. */
function nameOf(event) {
  const parts = [];
  if (event.ctrlKey || event.metaKey) parts.push("ctrl");
  if (event.altKey) parts.push("alt");
  if (event.shiftKey && event.key.length > 1) parts.push("shift");
  parts.push(event.key === " " ? "space" : event.key.toLowerCase());
  return parts.join("+");
}

const find = (name) => [...document.querySelectorAll("[data-key]")].find(
  (node) => node.dataset.key.toLowerCase() === name && node.checkVisibility(),
);

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing || isOff()) return;
  const name = nameOf(event);
  if (isWriting(event.target) && !name.startsWith("ctrl+")) return;
  const target = find(name);
  if (!target) return;
  event.preventDefault();
  if (target.matches("input:not([type=submit]), textarea, select")) target.focus();
  else target.click();
});

class Steps extends HTMLElement {
  connectedCallback() {
    document.addEventListener("keydown", this.#press);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.#press);
  }

  get items() {
    return [...this.querySelectorAll(this.getAttribute("item"))];
  }

  /** Make the item `by` places on the current one, and say so with `lz:step`. */
  go(by) {
    const items = this.items;
    const at = items.findIndex((item) => item.ariaCurrent === "true");
    const next = items[Math.min(items.length - 1, Math.max(0, at < 0 && by < 0 ? 0 : at + by))];
    if (!next) return;
    items[at]?.removeAttribute("aria-current");
    next.ariaCurrent = "true";
    next.scrollIntoView({ block: "nearest" });
    next.dispatchEvent(new CustomEvent("lz:step", { bubbles: true }));
  }

  #press = (event) => {
    if (event.defaultPrevented || event.isComposing || isOff() || isWriting(event.target)) return;
    const name = nameOf(event);
    if (name === this.getAttribute("next")) this.go(1);
    else if (name === this.getAttribute("previous")) this.go(-1);
    else return;
    event.preventDefault();
  };
}
customElements.define("lz-steps", Steps);
