// <lz-theme> around the form of the appearance: takes effect at once, saved in the background.
class Theme extends HTMLElement {
  connectedCallback() {
    this.addEventListener("submit", (event) => this.#choose(event));
  }

  #choose(event) {
    event.preventDefault();
    const { value } = event.submitter;
    if (value === "auto") delete document.documentElement.dataset.bsTheme;
    else document.documentElement.dataset.bsTheme = value;
    for (const button of this.querySelectorAll("button[name=theme]")) {
      button.setAttribute("aria-pressed", String(button === event.submitter));
    }
    const body = new FormData(event.target, event.submitter);
    fetch(event.target.action, { method: "POST", body, redirect: "manual" });
    document.dispatchEvent(new Event("lz:theme"));
  }
}

matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  document.dispatchEvent(new Event("lz:theme"));
});
customElements.define("lz-theme", Theme);
