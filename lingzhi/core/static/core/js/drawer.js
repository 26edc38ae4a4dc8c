// The navigation is a popover on phones: Escape and a tap outside close it, as browsers do it.
// While it is open, Tab goes round inside.
const drawer = document.getElementById("lz-nav");
const stops = () => [...drawer.querySelectorAll("a, button, input, summary")].filter(
  (node) => node.checkVisibility() && node.type !== "hidden",
);

drawer?.addEventListener("toggle", (event) => {
  if (event.newState === "open") stops()[0]?.focus();
});
drawer?.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || !drawer.matches(":popover-open")) return;
  const inside = stops();
  const [edge, other] = event.shiftKey ? [inside[0], inside.at(-1)] : [inside.at(-1), inside[0]];
  if (document.activeElement !== edge) return;
  event.preventDefault();
  other.focus();
});
