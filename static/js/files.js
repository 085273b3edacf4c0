// The file control is a button with our words; this names what was picked.

document.querySelectorAll(".pick-file").forEach((input) => {
  const label = document.querySelector(`.pick-label[for="${input.id}"]`);
  const said = document.getElementById(`${input.id}-picked`);
  if (!label || !said) { return; }
  input.addEventListener("change", () => {
    const names = [...input.files].map((file) => file.name);
    said.textContent = names.length
      ? label.dataset.words.replace("{n}", names.length).replace("{names}", names.join("、"))
      : "";
  });
});
