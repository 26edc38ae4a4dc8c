// The custom elements and the glue of every page. Reading works without any of it.
import "./answers.js";
import "./chart.js";
import "./combobox.js";
import "./confirm.js";
import "./copy.js";
import "./drawer.js";
import "./keys.js";
import "./menus.js";
import "./nav.js";
import "./rows.js";
import "./theme.js";
