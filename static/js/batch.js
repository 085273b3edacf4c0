// Ledgers: how many rows are picked, and what the buttons of the batch bar will do with them.

document.querySelectorAll("[data-batch]").forEach((bar) => {
  const form = bar.closest("form");
  if (!form) { return; }
  const all = form.querySelector("[data-pick-all]");
  const picks = [...form.querySelectorAll("[data-pick]")];
  const said = bar.querySelector("[data-said]");
  const clear = bar.querySelector("[data-clear]");
  const acts = [...bar.querySelectorAll("button[data-words]")];
  acts.forEach((act) => { act.dataset.plain = act.textContent; });
  let last = null;

  const tell = () => {
    const count = picks.filter((pick) => pick.checked).length;
    said.textContent = count ? said.dataset.said.replace("{n}", count) : said.dataset.none;
    acts.forEach((act) => {
      act.hidden = count === 0;
      act.textContent = count ? act.dataset.words.replace("{n}", count) : act.dataset.plain;
    });
    clear.hidden = count === 0;
    if (all) {
      all.checked = count > 0 && count === picks.length;
      all.indeterminate = count > 0 && count < picks.length;
    }
    picks.forEach((pick) => pick.closest("tr").classList.toggle("on", pick.checked));
  };

  picks.forEach((pick, place) => {
    pick.addEventListener("click", (event) => {
      // Shift picks the rows between this one and the one before.
      if (event.shiftKey && last !== null) {
        picks.slice(Math.min(last, place), Math.max(last, place) + 1).forEach((other) => { other.checked = pick.checked; });
      }
      last = place;
      tell();
    });
  });
  if (all) {
    all.addEventListener("change", () => {
      picks.forEach((pick) => { pick.checked = all.checked; });
      tell();
    });
  }
  clear.addEventListener("click", (event) => {
    event.preventDefault();
    picks.forEach((pick) => { pick.checked = false; });
    tell();
    (all || picks[0]).focus();
  });
  tell();
});
