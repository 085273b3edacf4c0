// The requirement bench: a sentence that was selected in the speech goes into the form, with its place in the text.

const button = document.querySelector("[data-mark]");
const source = document.querySelector("[data-speech]");
const box = document.getElementById("mark");

if (button && source && box) {
  const form = box.querySelector("form");
  const words = button.textContent;
  button.hidden = false;
  // The selection is lost when the button takes the focus.
  button.addEventListener("mousedown", (event) => event.preventDefault());

  button.addEventListener("click", () => {
    const selection = window.getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    const text = range && source.contains(range.commonAncestorContainer) ? selected(range) : "";
    if (!text.trim()) {
      button.textContent = button.dataset.mark;
      button.setAttribute("aria-live", "polite");
      setTimeout(() => { button.textContent = words; }, 3000);
      return;
    }
    box.open = true;
    form.elements.text.value = text.trim();
    form.elements.after.value = place(range);
    if (form.elements.speech_id) { form.elements.speech_id.value = source.dataset.speech; }
    form.elements.text.dispatchEvent(new Event("input", { bubbles: true }));
    form.scrollIntoView({ block: "center" });
    form.elements.text.focus();
  });
}

// The numbers of requirements already marked stand within the text but are not of it.
function selected(range) {
  const part = range.cloneContents();
  part.querySelectorAll("sup").forEach((sup) => sup.remove());
  return part.textContent.replace(/\s*\n\s*/g, "\n");
}

// Where the selection begins, counted by code points as the server does.
function place(range) {
  const node = range.startContainer;
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
  if (!piece) { return ""; }
  return Number(piece.dataset.at) + (node.nodeType === Node.TEXT_NODE ? [...node.data.slice(0, range.startOffset)].length : 0);
}
