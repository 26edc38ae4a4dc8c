// What the person sees when a request of htmx fails: 5xx and a dead line are never swapped in.
function say(id) {
  const text = document.getElementById(id);
  const place = document.getElementById("messages");
  if (!text || !place) return;
  place.replaceChildren(text.content.cloneNode(true));
  place.scrollIntoView({ block: "nearest" });
}

document.addEventListener("htmx:response:error", (event) => {
  if (event.detail.ctx.response.raw.status >= 500) say("lz-text-failed");
});
document.addEventListener("htmx:error", () => say("lz-text-offline"));
