// <lz-confirm>: a button and its <dialog>. Without script the dialog opens as a popover;
// with script it is modal, so that focus stays in it until the question is answered.
class Confirm extends HTMLElement {
  connectedCallback() {
    const dialog = this.querySelector("dialog");
    if (!dialog?.popover) return;
    dialog.removeAttribute("popover");
    for (const button of this.querySelectorAll("[popovertarget]")) {
      const hides = button.getAttribute("popovertargetaction") === "hide";
      button.removeAttribute("popovertarget");
      button.addEventListener("click", () => (hides ? dialog.close() : dialog.showModal()));
    }
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  }
}
customElements.define("lz-confirm", Confirm);
