// <lz-rows> around a table: a click anywhere in a row follows the row's own link (a[data-row]),
// and the box can be reached by keyboard while it scrolls sideways.
class Rows extends HTMLElement {
  #watch = new ResizeObserver(() => this.#reach());

  connectedCallback() {
    this.addEventListener("click", this.#follow);
    this.#watch.observe(this);
  }

  disconnectedCallback() {
    this.removeEventListener("click", this.#follow);
    this.#watch.disconnect();
  }

  #follow = (event) => {
    if (event.target.closest("a, button, input, select, label, summary, dialog")) return;
    if (String(getSelection())) return;
    const link = event.target.closest("tr")?.querySelector("a[data-row]");
    if (!link) return;
    if (event.ctrlKey || event.metaKey) open(link.href);
    else link.click();
  };

  #reach() {
    if (this.scrollWidth > this.clientWidth) this.tabIndex = 0;
    else this.removeAttribute("tabindex");
  }
}
customElements.define("lz-rows", Rows);

// The bar of filters stays while the rows change: its links follow the address.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-with-query]");
  if (link) link.search = location.search;
});
document.addEventListener("htmx:after:swap", () => {
  const filters = document.getElementById("filters");
  const clear = filters?.querySelector("[data-clear]");
  if (clear) clear.hidden = ![...new FormData(filters)].some(([name, value]) => name !== "sort" && value);
});
