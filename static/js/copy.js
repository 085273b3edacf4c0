// Copies the sentence that may be passed on. Without a script, or on a page without HTTPS, it can still be selected.

document.querySelectorAll("[data-copy]").forEach((button) => {
  const text = button.parentElement.querySelector("[data-copy-text]");
  if (!text) { return; }
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (await copied(text)) { button.textContent = button.dataset.copied; }
  });
});

async function copied(element) {
  try {
    await navigator.clipboard.writeText(element.textContent.trim());
    return true;
  } catch {
    const selection = getSelection();
    selection.selectAllChildren(element);
    return document.execCommand("copy");
  }
}
