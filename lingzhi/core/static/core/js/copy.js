// <lz-copy text="…"><button data-done="Copied">: copies, and says so.
function copyBySelection(text) {
  // Without TLS browsers hide navigator.clipboard; a house network often has none.
  const field = Object.assign(document.createElement("textarea"), { value: text });
  field.className = "visually-hidden";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
}

class Copy extends HTMLElement {
  connectedCallback() {
    this.addEventListener("click", () => this.#copy());
  }

  async #copy() {
    const text = this.getAttribute("text");
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else copyBySelection(text);
    const button = this.querySelector("button");
    button.title = button.dataset.done;
    button.classList.add("lz-good");
    setTimeout(() => button.classList.remove("lz-good"), 1500);
  }
}
customElements.define("lz-copy", Copy);
