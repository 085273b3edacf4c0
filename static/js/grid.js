// The grid of values by keyboard: Enter and the arrows go up and down, a table copied from Excel fills the cells from the
// one it is pasted into, and a rate shows what it will be computed to. Without this script it is a plain form.

const grid = document.querySelector("form[data-grid]");
if (grid) {
  const NAMES = ["numerator", "denominator", "value", "why"];
  const lines = () => [...grid.querySelectorAll("tbody tr:not(.group)")];
  const nameOf = (input) => input.name.slice(0, input.name.indexOf("_"));
  const cellOf = (line, name) => line && line.querySelector(`input[name^="${name}_"]:not([type=hidden])`);

  const move = (input, step) => {
    const all = lines();
    for (let place = all.indexOf(input.closest("tr")) + step; all[place]; place += step) {
      const target = cellOf(all[place], nameOf(input));
      if (target) {
        target.focus();
        target.select();
        return true;
      }
    }
    return false;
  };

  grid.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.matches("tbody input") || event.isComposing || event.ctrlKey || event.altKey || event.metaKey) { return; }
    const steps = { Enter: event.shiftKey ? -1 : 1, ArrowDown: 1, ArrowUp: -1 };
    if (!(event.key in steps)) { return; }
    event.preventDefault();
    move(input, steps[event.key]);
  });

  grid.addEventListener("paste", (event) => {
    const input = event.target;
    const text = event.clipboardData && event.clipboardData.getData("text/plain");
    if (!input.matches("tbody input") || !text || !/[\t\n]/.test(text.trim())) { return; }
    event.preventDefault();
    const all = lines();
    let place = all.indexOf(input.closest("tr"));
    const first = NAMES.indexOf(nameOf(input));
    text.replace(/\r/g, "").replace(/\n+$/, "").split("\n").forEach((row) => {
      while (all[place] && !all[place].querySelector("input[name^=value_]")) { place += 1; }
      if (!all[place]) { return; }
      row.split("\t").forEach((cell, column) => {
        const target = cellOf(all[place], NAMES[first + column] || "-");
        if (target) {
          target.value = cell.trim();
          target.dispatchEvent(new Event("input", { bubbles: true }));
        }
      });
      place += 1;
    });
  });

  // What the server will compute, half up; a hint only, never sent.
  const number = (text) => {
    const plain = text.normalize("NFKC").replace(/[,\s]/g, "");
    return /^\d{1,12}(\.\d{1,4})?$/.test(plain) ? BigInt(Math.round(Number(plain) * 10000)) : null;
  };
  const show = (line) => {
    const value = cellOf(line, "value");
    if (!value || !value.dataset.factor) { return; }
    const above = number(cellOf(line, "numerator").value);
    const below = number(cellOf(line, "denominator").value);
    const typed = cellOf(line, "numerator").value || cellOf(line, "denominator").value;
    if (above === null || !below) {
      if (typed) { value.placeholder = ""; }
      return;
    }
    const places = Number(value.dataset.decimals);
    const scaled = (2n * above * BigInt(value.dataset.factor) * 10n ** BigInt(places) + below) / (2n * below);
    const digits = scaled.toString().padStart(places + 1, "0");
    value.placeholder = places ? `${digits.slice(0, -places)}.${digits.slice(-places)}` : digits;
  };
  grid.addEventListener("input", (event) => { if (event.target.matches("tbody input")) { show(event.target.closest("tr")); } });
}
