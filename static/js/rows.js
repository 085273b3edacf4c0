// One more row without a round trip: the last row is copied, emptied and numbered on. Without this script the button asks the server.

const MOST = 30;

document.querySelectorAll("[data-rows]").forEach((list) => {
  const button = list.querySelector("[data-more]");
  const name = list.dataset.rows;
  if (!button) { return; }

  button.addEventListener("click", (event) => {
    const rows = [...list.querySelectorAll("[data-row]")];
    const last = rows[rows.length - 1];
    // A select that the unit picker replaced cannot be copied as it stands.
    if (!last || rows.length >= MOST || last.querySelector(".combo")) { return; }
    event.preventDefault();
    const place = rows.length;
    const copy = last.cloneNode(true);
    copy.classList.remove("bad");
    copy.querySelectorAll(".msg").forEach((message) => message.remove());
    copy.querySelectorAll(".bad").forEach((part) => part.classList.remove("bad"));
    copy.querySelectorAll("[id], [for], [name]").forEach((part) => {
      ["id", "for", "name"].forEach((attribute) => {
        const value = part.getAttribute(attribute);
        if (value) { part.setAttribute(attribute, value.replace(new RegExp(`${name}-\\d+-`), `${name}-${place}-`)); }
      });
    });
    copy.querySelectorAll("input, select, textarea").forEach((control) => {
      control.value = "";
      control.removeAttribute("aria-invalid");
      control.removeAttribute("aria-describedby");
    });
    const label = copy.getAttribute("aria-label");
    if (label) { copy.setAttribute("aria-label", label.replace(/\d+$/, String(place + 1))); }
    last.after(copy);
    copy.querySelector("input, select, textarea").focus();
  });
});
