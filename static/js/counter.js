// Counts the characters of a text as the server does: by code points, line ends as one.

document.querySelectorAll("[data-counts]").forEach((line) => {
  const text = document.getElementById(line.dataset.counts);
  if (!text) { return; }
  const most = Number(line.dataset.max);
  const spoken = document.createElement("span");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  line.after(spoken);
  let timer = 0;

  const say = () => {
    const count = [...text.value.trim()].length;
    const words = count > most ? line.dataset.over : line.dataset.said;
    line.textContent = words
      .replace("{n}", count.toLocaleString("en"))
      .replace("{max}", most.toLocaleString("en"))
      .replace("{over}", (count - most).toLocaleString("en"));
    line.classList.toggle("over", count > most);
    clearTimeout(timer);
    // Spoken only near the limit, and only when the typing rests.
    timer = setTimeout(() => { spoken.textContent = count > most * 0.9 ? line.textContent : ""; }, 1000);
  };

  text.addEventListener("input", say);
  if (text.value) { say(); }
});
