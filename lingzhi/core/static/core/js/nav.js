// Groups of the navigation fold. What somebody opened or shut stays so in this browser: in a cookie,
// so that the next page comes folded right and nothing jumps. The server reads it in core/menu.py.
const COOKIE = "lz_menu";
const YEAR = 365 * 24 * 60 * 60;

function chosen() {
  const found = document.cookie.split("; ").find((one) => one.startsWith(`${COOKIE}=`));
  return new URLSearchParams(found?.slice(COOKIE.length + 1));
}

// A click, by mouse or by key, and not "toggle": that one also comes for groups that load open.
for (const group of document.querySelectorAll(".lz-nav-group")) {
  group.querySelector("summary").addEventListener("click", () => {
    const choice = chosen();
    choice.set(group.dataset.group, group.open ? "0" : "1");
    document.cookie = `${COOKIE}=${choice}; path=/; max-age=${YEAR}; samesite=lax`;
  });
}

// Where one is stays in sight, also where the menu is longer than the window.
const show = () =>
  document.querySelector(".lz-nav-group [aria-current]")?.scrollIntoView({ block: "nearest" });
document.getElementById("lz-nav")?.addEventListener("toggle", show);
show();
