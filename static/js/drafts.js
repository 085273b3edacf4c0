// A long form saves itself as one types: on the server, and in this browser while the server cannot be reached or the
// session has ended. What lies in the browser is offered when the page is opened again.

const WAIT = 2000;
const AGAIN = 10000;

document.querySelectorAll("input[name=draft_of]").forEach((mark) => keep(mark.form, mark));

function keep(form, mark) {
  const words = mark.dataset;
  const status = form.querySelector("[data-saved]") || said(form);
  const button = form.querySelector("[data-save-draft]");
  const place = `draft:${words.owner}:${words.form}:${mark.value}`;
  let timer = 0;
  let typed = 0;
  let sending = null;
  let isSent = false;

  offer(form, place, words, () => later(0));

  form.addEventListener("input", (event) => {
    if (event.target.type !== "file") { later(WAIT); }
  });
  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") { later(WAIT); }
  });
  if (button) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      later(0);
    });
  }
  // Whoever leaves while the typing rests loses nothing.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && timer) { save(true); }
  });
  window.addEventListener("online", () => { if (held(place)) { later(0); } });
  form.addEventListener("submit", (event) => {
    // A look at the paper, in another tab or as a file, leaves this page standing.
    if (event.defaultPrevented || (event.submitter && event.submitter.matches("[data-stays]"))) { return; }
    isSent = true;
    clearTimeout(timer);
    timer = 0;
    if (sending) { sending.abort(); }
    // The session may have ended, or the line may be gone: once.js lets go of the copy when another page has come.
    hold(place, read(form));
    try { sessionStorage.setItem("draft-sent", place); } catch { /* forbidden */ }
  });
  window.addEventListener("pageshow", (event) => { if (event.persisted) { isSent = false; } });

  function later(wait) {
    typed += 1;
    clearTimeout(timer);
    timer = setTimeout(() => save(false), wait);
  }

  async function save(isLast) {
    clearTimeout(timer);
    timer = 0;
    if (isSent) { return; }
    const begun = typed;
    const fields = read(form);
    if (sending) { sending.abort(); }
    sending = new AbortController();
    try {
      let answer = await send(fields, isLast);
      if (answer.status === 400 && (await renew())) { answer = await send(fields, isLast); }
      const isOurs = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      if (answer.ok && isOurs) {
        say((await answer.json()).words);
        if (begun === typed) { drop(place); }
        return;
      }
      if (isOurs) {
        say((await answer.json()).words, true);
        return;
      }
      hold(place, fields);
      if (answer.status === 401 || answer.redirected) {
        say(words.expired, true, words.signIn);
      } else {
        say(words.lost, true);
      }
    } catch (error) {
      if (error.name === "AbortError") { return; }
      hold(place, fields);
      say(words.lost, true);
    }
    if (!timer && !isSent) { timer = setTimeout(() => save(false), AGAIN); }
  }

  function send(fields, isLast) {
    const key = form.elements.form_key;
    return fetch(words.save, {
      method: "POST",
      credentials: "same-origin",
      keepalive: isLast,
      signal: isLast ? undefined : sending.signal,
      headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrf_token.value },
      body: JSON.stringify({
        draft_of: mark.value,
        draft_form: words.form,
        draft_title: title(),
        form_key: key ? key.value : "",
        fields,
      }),
    });
  }

  // Signed in again in another window: this page's token went with the old session.
  async function renew() {
    const answer = await fetch(words.key, { credentials: "same-origin", cache: "no-store" });
    if (!answer.ok || answer.redirected) { return false; }
    const token = (await answer.json()).csrf_token;
    document.querySelectorAll("input[name=csrf_token]").forEach((input) => { input.value = token; });
    return true;
  }

  function say(text, isBad, address) {
    status.textContent = text;
    status.classList.toggle("unsaved", Boolean(isBad));
    if (address) {
      const link = document.createElement("a");
      link.href = address;
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = words.signInWords;
      status.append(" ", link);
    }
  }
}

// What the page is about, as its head says it.
function title() {
  const said = (selector) => (document.querySelector(selector)?.textContent || "").trim().replace(/\s+/g, " ");
  return [said("h1"), said(".title p")].filter(Boolean).join("：").slice(0, 80);
}

// Everything but files and passwords.
function read(form) {
  const fields = [];
  for (const [name, value] of new FormData(form)) {
    const control = form.elements[name];
    if (typeof value !== "string" || (control && control.type === "password")) { continue; }
    if (!["csrf_token", "form_key", "draft_of"].includes(name)) { fields.push([name, value]); }
  }
  return fields;
}

function fill(form, fields) {
  const values = new Map();
  fields.forEach(([name, value]) => values.set(name, [...(values.get(name) || []), value]));
  [...form.elements].forEach((control) => {
    // The record's version goes with the text: what was changed since is not written over unseen.
    if (!control.name || (control.type === "hidden" && control.name !== "version")) { return; }
    if (["file", "password", "submit", "button"].includes(control.type)) { return; }
    const own = values.get(control.name) || [];
    if (control.type === "checkbox" || control.type === "radio") {
      control.checked = own.includes(control.value);
    } else if (own.length) {
      control.value = own.shift();
    }
    control.dispatchEvent(new Event("input", { bubbles: true }));
    if (control.tagName === "SELECT") { control.dispatchEvent(new Event("change", { bubbles: true })); }
  });
}

// What this browser kept and the server does not have: filled in at once, or where the server's is younger, offered.
function offer(form, place, words, restored) {
  const kept = held(place);
  if (!kept) { return; }
  if (JSON.stringify(kept.fields) === JSON.stringify(read(form))) {
    drop(place);
    return;
  }
  const at = new Date(kept.at).toTimeString().slice(0, 5);
  const box = document.createElement("div");
  const line = document.createElement("p");
  box.className = "draft";
  line.setAttribute("role", "status");
  box.append(line);
  const add = (text, look, act) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = `btn ${look} btn-row`;
    button.textContent = text;
    button.addEventListener("click", act);
    box.append(button);
  };
  const take = () => {
    fill(form, kept.fields);
    restored();
  };
  form.before(box);
  if (kept.at >= Number(words.savedAt)) {
    take();
    line.textContent = words.taken.replace("{at}", at);
    add(words.leave, "btn-plain", () => {
      drop(place);
      const discard = document.querySelector("form[action$='/discard'] button");
      if (discard) { discard.click(); } else { location.replace(location.href); }
    });
    return;
  }
  line.textContent = words.offered.replace("{at}", at);
  add(words.take, "btn-plain", () => { box.remove(); take(); });
  add(words.leave, "btn-text", () => { box.remove(); drop(place); });
}

function said(form) {
  const line = document.createElement("span");
  line.className = "saved";
  line.setAttribute("role", "status");
  (form.querySelector(".submit, .wrap:last-child") || form).append(line);
  return line;
}

function held(place) {
  try { return JSON.parse(localStorage.getItem(place)); } catch { return null; }
}

function hold(place, fields) {
  try { localStorage.setItem(place, JSON.stringify({ at: Date.now(), fields })); } catch { /* full or forbidden */ }
}

function drop(place) {
  try { localStorage.removeItem(place); } catch { /* forbidden */ }
}
