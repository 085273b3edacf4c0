// Units are found by name, short name or the initials of their pinyin. A select becomes a text box with a list (ARIA
// combobox); a list of tick boxes gets a box above that narrows it. Without this script both stay as they are.

const plain = (text) => text.toLowerCase().replace(/\s+/g, "");

function words(element, label) {
  return [label, element.dataset.short || "", element.dataset.initials || ""].map(plain).filter(Boolean);
}

// 0 = begins with, 1 = holds, -1 = neither.
function rank(candidates, typed) {
  if (candidates.some((word) => word.startsWith(typed))) { return 0; }
  return candidates.some((word) => word.includes(typed)) ? 1 : -1;
}

function enhanceSelect(select) {
  const choices = [...select.options].filter((option) => option.value !== "").map((option) => ({
    option, label: option.textContent.trim(), words: words(option, option.textContent), group: option.parentElement.label || "",
  }));
  const label = document.querySelector(`label[for="${select.id}"]`);
  const wrap = document.createElement("div");
  wrap.className = "combo";
  const box = document.createElement("input");
  const list = document.createElement("ul");
  const said = document.createElement("span");
  box.type = "text";
  box.id = `${select.id}-box`;
  box.className = [...select.classList].map((name) => name.replace("form-select", "form-control")).join(" ");
  box.autocomplete = "off";
  box.placeholder = select.dataset.picker;
  box.setAttribute("role", "combobox");
  box.setAttribute("aria-expanded", "false");
  box.setAttribute("aria-autocomplete", "list");
  box.setAttribute("aria-controls", `${select.id}-list`);
  ["aria-describedby", "aria-invalid", "aria-label"].forEach((name) => {
    if (select.hasAttribute(name)) { box.setAttribute(name, select.getAttribute(name)); }
  });
  list.id = `${select.id}-list`;
  list.className = "combo-list";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", label ? label.textContent.trim() : select.dataset.picker);
  said.className = "visually-hidden";
  said.setAttribute("role", "status");
  if (label) { label.htmlFor = box.id; }
  select.hidden = true;
  select.required = false;
  select.after(wrap);
  wrap.append(box, list, said);

  let shown = [];
  let at = -1;
  const chosen = () => (select.value === "" ? "" : select.selectedOptions[0].textContent.trim());
  box.value = chosen();

  const close = () => {
    list.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  };
  const mark = (place) => {
    at = place;
    [...list.children].forEach((item, number) => item.setAttribute("aria-selected", String(number === at)));
    if (at >= 0) {
      box.setAttribute("aria-activedescendant", list.children[at].id);
      list.children[at].scrollIntoView({ block: "nearest" });
    } else {
      box.removeAttribute("aria-activedescendant");
    }
  };
  const open = (all) => {
    const typed = all ? "" : plain(box.value);
    shown = choices
      .map((choice, order) => ({ ...choice, order, rank: typed ? rank(choice.words, typed) : 0 }))
      .filter((choice) => choice.rank >= 0)
      .sort((a, b) => a.rank - b.rank || a.order - b.order);
    list.replaceChildren(...shown.map((choice, number) => {
      const item = document.createElement("li");
      item.id = `${select.id}-item-${number}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      item.textContent = choice.label;
      if (choice.group) {
        const group = document.createElement("small");
        group.textContent = choice.group;
        item.append(group);
      }
      // Before the box loses the focus.
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(number); });
      return item;
    }));
    if (!shown.length) {
      close();
    } else {
      list.hidden = false;
      box.setAttribute("aria-expanded", "true");
      mark(-1);
    }
    said.textContent = shown.length ? select.dataset.found.replace("{n}", shown.length) : select.dataset.none;
  };
  const choose = (value) => {
    if (select.value !== value) {
      select.value = value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    box.value = chosen();
  };
  const take = (number) => {
    choose(shown[number].option.value);
    close();
  };
  // What was typed counts only when it names one unit; otherwise the choice before stands again.
  const settle = () => {
    const typed = plain(box.value);
    if (typed === plain(chosen())) { box.value = chosen(); return; }
    if (!typed) { choose(""); return; }
    const exact = choices.filter((choice) => choice.words.includes(typed));
    choose(exact.length === 1 ? exact[0].option.value : select.value);
  };

  box.addEventListener("input", () => open(false));
  box.addEventListener("click", () => { if (list.hidden) { box.select(); open(true); } });
  box.addEventListener("blur", () => { close(); settle(); });
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) { open(plain(box.value) === plain(chosen())); }
      if (!shown.length) { return; }
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((at + step + shown.length + (at < 0 && step < 0 ? 1 : 0)) % shown.length);
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      if (at >= 0) { take(at); } else if (shown.length === 1) { take(0); } else { close(); settle(); }
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      box.value = chosen();
      close();
    }
  });
  select.form?.addEventListener("submit", settle, true);
  select.form?.addEventListener("reset", () => setTimeout(() => { box.value = chosen(); }, 0));
}

function enhanceTicks(fieldset) {
  const choices = [...fieldset.querySelectorAll("label.choice")];
  if (choices.length <= 8) { return; }
  const place = fieldset.querySelector(".choices");
  const box = document.createElement("input");
  box.type = "search";
  box.className = "form-control choices-find";
  box.setAttribute("aria-label", fieldset.dataset.picker);
  box.placeholder = fieldset.dataset.picker;
  place.before(box);
  box.addEventListener("input", () => {
    const typed = plain(box.value);
    choices.forEach((choice) => {
      choice.hidden = Boolean(typed) && !choice.querySelector("input").checked && rank(words(choice, choice.textContent), typed) < 0;
    });
    // A group's head stays while one of its choices does.
    place.querySelectorAll(".choice-group").forEach((head) => {
      let next = head.nextElementSibling;
      while (next?.matches("label.choice[hidden]")) { next = next.nextElementSibling; }
      head.hidden = !next?.matches("label.choice");
    });
  });
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") { return; }
    event.preventDefault();
    const first = choices.find((choice) => !choice.hidden && !choice.querySelector("input").checked);
    if (typeof first !== "undefined" && box.value) {
      first.querySelector("input").click();
      box.select();
    }
  });
}

document.querySelectorAll("select[data-picker]:not([multiple])").forEach(enhanceSelect);
document.querySelectorAll("fieldset[data-picker]").forEach(enhanceTicks);
