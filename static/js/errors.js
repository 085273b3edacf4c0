// The summary of what is to be corrected takes the focus; its links go to the control itself.

const summary = document.querySelector(".errors");
if (summary) {
  summary.focus();
  summary.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const control = link && document.getElementById(link.hash.slice(1));
    if (!control) { return; }
    event.preventDefault();
    const field = control.closest(".field") || control;
    field.scrollIntoView({ block: "start" });
    // A select that the unit picker replaced is hidden; its text box stands for it.
    const shown = document.getElementById(`${control.id}-box`) || control;
    shown.focus({ preventScroll: true });
  });
}
