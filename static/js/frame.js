// The frame: menus close by Escape and by a press elsewhere; tables keep their meaning when CSS lays them out as lists.

const menus = () => document.querySelectorAll("details.menu[open]");

document.addEventListener("click", (event) => {
  menus().forEach((menu) => {
    if (!menu.contains(event.target)) { menu.open = false; }
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") { return; }
  menus().forEach((menu) => {
    menu.open = false;
    menu.querySelector("summary").focus();
  });
});

// Some browsers drop the roles of a table whose parts are not displayed as one.
const roles = { TABLE: "table", THEAD: "rowgroup", TBODY: "rowgroup", TFOOT: "rowgroup", TR: "row", TD: "cell" };
document.querySelectorAll("table.stack, table.as-list").forEach((table) => {
  [table, ...table.querySelectorAll("thead, tbody, tfoot, tr, td, th")].forEach((part) => {
    const role = part.tagName === "TH" ? (part.scope === "row" ? "rowheader" : "columnheader") : roles[part.tagName];
    if (!part.hasAttribute("role")) { part.setAttribute("role", role); }
  });
});

document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
