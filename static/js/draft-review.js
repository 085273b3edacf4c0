// The review of a draft: units and date of the row above without a round trip; a selection in the text becomes the added sentence.

document.querySelectorAll("[data-same]").forEach((button) => {
  button.addEventListener("click", (event) => {
    const row = button.closest("fieldset");
    const before = row.previousElementSibling;
    if (!before || !before.matches("fieldset[id^=sentence-]")) { return; }
    event.preventDefault();
    ["lead", "cooperating", "due_on"].forEach((name) => {
      const from = before.querySelector(`[name$="-${name}"]`);
      const to = row.querySelector(`[name$="-${name}"]`);
      if (from && to) { to.value = from.value; }
    });
    row.querySelector("details").open = true;
  });
});

const added = document.querySelector("[name=added]");
const source = document.querySelector("[data-source]");

if (added && source) {
  document.addEventListener("selectionchange", () => {
    const selection = window.getSelection();
    if (selection.isCollapsed || !source.contains(selection.anchorNode)) { return; }
    const part = selection.getRangeAt(0).cloneContents();
    part.querySelectorAll("sup").forEach((sup) => sup.remove());
    added.value = part.textContent.trim();
  });
}

// Fields of a task are needed only where the sentence becomes one.
document.querySelectorAll("[name$=-treatment]").forEach((select) => {
  select.addEventListener("change", () => {
    select.closest("fieldset").querySelector("details").open = select.value === "task";
  });
});
