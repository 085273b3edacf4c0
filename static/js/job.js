// A long job's page asks how far it is, a little less often as time goes by, until it is over.

const LONGEST = 5000;

async function ask(pause) {
  await new Promise((done) => { setTimeout(done, pause); });
  const part = document.getElementById("job");
  if (!part || "over" in part.dataset) { return; }
  if (document.visibilityState === "visible") {
    try {
      const answer = await fetch(`${location.pathname}?part=1`, { redirect: "error" });
      if (answer.ok) { renew(part, await answer.text()); }
    } catch {
      // The line is gone for a moment; the next asking will tell.
    }
  }
  ask(Math.min(pause * 1.15, LONGEST));
}

function renew(part, html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("job");
  if (!fresh) { return; }
  const held = part.contains(document.activeElement) ? document.activeElement.getAttribute("href") ?? "button" : null;
  part.replaceWith(fresh);
  if (held === "button") { fresh.querySelector("button, a")?.focus(); }
  else if (held) { fresh.querySelector(`a[href="${CSS.escape(held)}"], a`)?.focus(); }
}

ask(700);
