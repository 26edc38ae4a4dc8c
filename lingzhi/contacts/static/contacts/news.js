// <lz-news src="/live/…" for="rows">: tells the part of the page that something moved, and it asks
// for itself again. Without a stream it asks every half minute, as its hx-trigger says.
class News extends HTMLElement {
  connectedCallback() {
    let known = false; // the first state is what the page shows already
    this.source = new EventSource(this.getAttribute("src"));
    this.source.onmessage = () => {
      if (known) document.getElementById(this.getAttribute("for"))?.dispatchEvent(new Event("news"));
      known = true;
    };
  }

  disconnectedCallback() {
    this.source?.close();
  }
}

customElements.define("lz-news", News);
