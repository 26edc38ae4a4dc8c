// Vendored libraries are loaded when a page first needs them, from our own address.
const base = document.querySelector('meta[name="lz-vendor"]').content;
const loading = new Map();

function element(path) {
  if (path.endsWith(".css")) {
    return Object.assign(document.createElement("link"), { rel: "stylesheet", href: base + path });
  }
  return Object.assign(document.createElement("script"), { src: base + path, async: false });
}

/** Load one file of static/vendor once; resolves when it is ready. */
export function vendor(path) {
  if (!loading.has(path)) {
    loading.set(path, new Promise((resolve, reject) => {
      const node = element(path);
      node.addEventListener("load", resolve, { once: true });
      node.addEventListener("error", reject, { once: true });
      document.head.append(node);
    }));
  }
  return loading.get(path);
}
