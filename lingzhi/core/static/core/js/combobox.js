// Long lists: select[data-combobox] and every select[multiple] become a searchable field.
import { vendor } from "./vendor.js";

const FOLDER = "tom-select-2.6.2/";

async function upgrade() {
  const fields = document.querySelectorAll(
    "select[data-combobox]:not(.tomselected), select[multiple]:not(.tomselected, [data-plain])",
  );
  if (!fields.length) return;
  await Promise.all([
    vendor(`${FOLDER}tom-select.bootstrap5.min.css`),
    vendor(`${FOLDER}tom-select.complete.min.js`),
  ]);
  for (const field of fields) {
    if (field.tomselect) continue;
    const plugins = field.multiple ? ["remove_button"] : ["dropdown_input"];
    new window.TomSelect(field, { plugins, maxOptions: 500 });
    field.ariaHidden = "true"; // the visible field has taken over its label
  }
}

document.addEventListener("htmx:after:swap", upgrade);
upgrade();
