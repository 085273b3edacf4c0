// The review of a draft. Without it every button goes to the server; with it units and dates are copied at once, a selection
// in the text becomes the added sentence, and the sentences are worked through by single keys. These keys hold only while a
// sentence itself has the focus, never while something is typed (WCAG 2.1.4).

const FILLED = ["lead", "cooperating", "due_on"];
const form = document.querySelector("[data-review]");
const rows = [...document.querySelectorAll("[data-sentence]")];
const said = document.querySelector("[data-said]");

const part = (row, name) => row.querySelector(`[name$="-${name}"]`);
const isTask = (row) => part(row, "treatment").value === "task";

function changed(field) {
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function fill(from, row, onlyEmpty) {
  FILLED.forEach((name) => {
    const [source, target] = [part(from, name), part(row, name)];
    if (source && target && !(onlyEmpty && target.value)) {
      target.value = source.value;
      changed(target);
    }
  });
  row.querySelector("details").open = true;
}

function same(row) {
  const before = rows.slice(0, rows.indexOf(row)).reverse();
  const from = before.find((other) => isTask(other) && part(other, "lead").value) || before[0];
  if (from) { fill(from, row, false); }
}

function fillDown(row) {
  const below = rows.slice(rows.indexOf(row) + 1).filter(isTask);
  below.forEach((other) => fill(row, other, true));
}

function treat(row, treatment) {
  part(row, "treatment").value = treatment;
  part(row, "treatment").dispatchEvent(new Event("change", { bubbles: true }));
}

// Where the caret was left in the sentence, the server finds a line break and parts there.
function markCaret(row) {
  const text = part(row, "text");
  const at = text.selectionStart;
  if (at > 0 && at < text.value.length && !text.value.includes("\n")) {
    text.value = `${text.value.slice(0, at)}\n${text.value.slice(at)}`;
  }
}

rows.forEach((row) => {
  const why = row.querySelector(".why");
  part(row, "treatment").addEventListener("change", (event) => {
    const kind = event.target.value;
    row.classList.toggle("as-task", kind === "task");
    row.classList.toggle("as-join", kind === "join");
    row.querySelector("details").open = kind === "task";
    const reason = part(row, "reason");
    if (kind === "set_aside" && !reason.value) { reason.value = why.dataset.reason; }
    const mark = document.querySelector(`[data-source] a[href="#${row.id}"]`);
    if (mark) { mark.classList.toggle("req-aside", kind !== "task" && kind !== "join"); }
    if (said) { said.textContent = event.target.selectedOptions[0].text; }
  });
  row.querySelectorAll("[data-same], [data-fill]").forEach((button) => {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      if (button.matches("[data-same]")) { same(row); } else { fillDown(row); }
    });
  });
  row.querySelector("[data-split]").addEventListener("click", () => markCaret(row));
});

function press(row, name) {
  const button = row.querySelector(`[data-${name}]`);
  if (button) { button.click(); }
}

function go(row, step) {
  const next = rows[rows.indexOf(row) + step];
  if (next) { next.focus(); }
}

const KEYS = {
  ArrowUp: (row) => go(row, -1),
  ArrowDown: (row) => go(row, 1),
  Enter: (row) => {
    const fields = isTask(row) ? ["lead", "cooperating", "due_on", "standards", "title"] : ["reason", "joined_number", "text"];
    const shown = fields.map((name) => part(row, name)).filter((field) => field && field.offsetParent);
    (shown.find((field) => !field.value) || shown[0] || part(row, "text")).focus();
  },
  t: (row) => treat(row, "task"),
  m: (row) => treat(row, "join"),
  b: (row) => treat(row, "set_aside"),
  r: (row) => treat(row, "record"),
  x: (row) => treat(row, "drop"),
  s: (row) => press(row, "same"),
  d: (row) => press(row, "fill"),
  j: (row) => press(row, "join"),
  p: (row) => press(row, "split"),
};

if (form) {
  document.querySelector("[data-keys]").hidden = false;
  document.addEventListener("keydown", (event) => {
    if (event.isComposing) { return; }
    if (event.altKey && !event.ctrlKey && event.code === "KeyK" && rows[0]) {
      event.preventDefault();
      rows[0].focus();
      return;
    }
    if (event.ctrlKey && event.key === "Enter" && form.contains(event.target)) {
      event.preventDefault();
      form.requestSubmit(form.querySelector(".btn-primary"));
      return;
    }
    const row = event.target.closest("[data-sentence]");
    if (!row || event.altKey || event.ctrlKey || event.metaKey) { return; }
    if (event.key === "Escape" && event.target !== row) {
      event.preventDefault();
      row.focus();
    } else if (event.target === row) {
      const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (act) {
        event.preventDefault();
        act(row);
      }
    }
  });
  const here = rows.find((row) => `#${row.id}` === location.hash);
  if (here && !document.querySelector(".errors")) { here.focus(); }
}

const added = document.querySelector("[name=added]");
const source = document.querySelector("[data-source]");

if (added && source) {
  document.addEventListener("selectionchange", () => {
    const selection = window.getSelection();
    if (selection.isCollapsed || !source.contains(selection.anchorNode)) { return; }
    const chosen = selection.getRangeAt(0).cloneContents();
    chosen.querySelectorAll("sup").forEach((sup) => sup.remove());
    added.value = chosen.textContent.trim();
  });
}
