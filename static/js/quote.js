// Puts a text that the system already holds into a field, at the end of what stands there.

document.querySelectorAll("[data-quote]").forEach((button) => {
  const source = document.getElementById(button.dataset.quote);
  const target = document.getElementById(button.dataset.into);
  if (!source || !target) { return; }
  button.hidden = false;
  button.addEventListener("click", () => {
    target.value = [target.value.trim(), source.textContent.trim()].filter(Boolean).join("\n");
    target.dispatchEvent(new Event("input", { bubbles: true }));
    target.focus();
  });
});
