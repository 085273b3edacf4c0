// A form is sent once: after the press its buttons rest, until the page is shown again. The server guards this too (form_key).

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") { return; }
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // After the browser has taken the form's values, so that the pressed button's own value goes along.
  setTimeout(() => {
    form.querySelectorAll("button:not([type=button])").forEach((button) => {
      button.setAttribute("aria-disabled", "true");
    });
  }, 0);
  // A download leaves the page standing: let it be pressed again.
  setTimeout(() => release(form), 8000);
});

function release(form) {
  delete form.dataset.sent;
  form.querySelectorAll("button[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
}

// A form that was sent leads to another page: what this browser kept of it may go, unless the session had ended.
try {
  const sent = sessionStorage.getItem("draft-sent");
  sessionStorage.removeItem("draft-sent");
  if (sent && !document.querySelector("[data-signed-out]")) { localStorage.removeItem(sent); }
} catch { /* forbidden */ }

window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
