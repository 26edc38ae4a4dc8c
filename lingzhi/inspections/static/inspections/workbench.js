// Keys of the workbench: a digit answers the item in focus, else the first that is open;
// E puts the turn that J and K lead to into its evidence. Tab and arrows work as in any form.
class Workbench extends HTMLElement {
  connectedCallback() {
    this.keys = (event) => this.pressed(event);
    document.addEventListener("keydown", this.keys);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.keys);
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
    const turn = document.querySelector(".lz-turn[aria-current]");
    const field = this.item?.querySelector(".lz-item-turns");
    if (!turn || !field) return;
    event.preventDefault();
    const number = turn.id.replace("turn-", "");
    const known = field.value.match(/\d+/g) ?? [];
    if (!known.includes(number)) field.value = [...known, number].join(", ");
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }
}
customElements.define("lz-workbench", Workbench);
