// Attendance: one press marks all who are not marked yet; digits choose in a row; the counts follow.
//
// <form data-roll data-present="present"> holds rows with radios of one name each. Without this script the button
// [data-all-present] is a submit button and the server does the same.

const roll = document.querySelector("form[data-roll]");
if (roll) {
  const names = () => [...new Set([...roll.querySelectorAll("td.pick input[type=radio]")].map((radio) => radio.name))];
  const group = (name) => [...roll.querySelectorAll(`input[type=radio][name="${CSS.escape(name)}"]`)];

  const count = () => {
    const sums = {};
    names().forEach((name) => {
      const radios = group(name);
      if (radios[0].closest("tr").dataset.apart) { return; } // observers and recorders are not counted
      const chosen = radios.find((radio) => radio.checked);
      const value = chosen ? chosen.value : "";
      sums[value] = (sums[value] || 0) + 1;
    });
    document.querySelectorAll("[data-tally]").forEach((place) => {
      place.textContent = place.dataset.tally.split(" ").reduce((sum, value) => sum + (sums[value] || 0), 0);
    });
    // Words about a person are needed only where somebody stood in, came late or is away.
    roll.querySelectorAll("[data-needs]").forEach((input) => {
      const chosen = input.closest("tr").querySelector("td.pick input:checked");
      input.hidden = !(input.value || (chosen && input.dataset.needs.split(" ").includes(chosen.value)));
    });
  };

  roll.addEventListener("change", () => {
    document.querySelectorAll("[data-once-saved]").forEach((place) => { place.hidden = true; });
    count();
  });

  document.querySelectorAll("[data-all-present]").forEach((button) => {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      names().forEach((name) => {
        const radios = group(name);
        if (!radios.some((radio) => radio.checked)) {
          const instead = [...radios[0].closest("tr").querySelectorAll('[data-needs="substitute"]')];
          const value = instead.some((input) => input.value.trim()) ? "substitute" : roll.dataset.present;
          const chosen = radios.find((radio) => radio.value === value);
          if (chosen) { chosen.checked = true; }
        }
      });
      roll.dispatchEvent(new Event("change"));
    });
  });

  roll.addEventListener("keydown", (event) => {
    if (event.target.type !== "radio" || event.ctrlKey || event.altKey || event.metaKey) { return; }
    const place = "123456789".indexOf(event.key);
    if (place < 0 || event.key.length !== 1) { return; }
    const radios = group(event.target.name);
    if (!radios[place]) { return; }
    event.preventDefault();
    radios[place].checked = true;
    radios[place].dispatchEvent(new Event("change", { bubbles: true }));
    const all = names();
    const next = all[all.indexOf(event.target.name) + 1];
    const target = next ? group(next).find((radio) => radio.checked) || group(next)[0] : radios[place];
    target.focus();
  });

  count();
}
