// <lz-follow at="proposal-12">: when `at` changes, the element of that id comes into view.
class Follow extends HTMLElement {
  static observedAttributes = ["at"];

  attributeChangedCallback(_name, before, at) {
    if (before === null || before === at) return;
    requestAnimationFrame(() => document.getElementById(at)?.scrollIntoView({ block: "center" }));
  }
}
customElements.define("lz-follow", Follow);
