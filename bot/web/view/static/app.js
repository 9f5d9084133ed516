// What makes the pages nicer; all of them work without it.
(() => {
  "use strict";
  // Copying a quote needs a script, so its button appears only with one.
  for (const b of document.querySelectorAll("button[data-copy]")) {
    if (!navigator.clipboard) break;
    b.hidden = false;
    b.addEventListener("click", async () => {
      await navigator.clipboard.writeText(b.dataset.copy);
      const said = b.textContent;
      b.textContent = b.dataset.done;
      setTimeout(() => { b.textContent = said; }, 2000);
    });
  }
  // A filter that is a choice applies at once; the button stays for the keyboard.
  for (const s of document.querySelectorAll("form[data-live] select")) {
    let byKey = false;
    s.addEventListener("keydown", () => { byKey = true; });
    s.addEventListener("pointerdown", () => { byKey = false; });
    s.addEventListener("change", () => { if (!byKey) s.form.requestSubmit(); });
  }
  // Where there is room beside the text, the table of contents is open.
  const reader = document.querySelector(".reader");
  if (reader && getComputedStyle(reader).gridTemplateColumns.split(" ").length > 1) reader.querySelector("details").open = true;
  // The passage that was linked gets the focus, also where a browser only scrolls.
  const at = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (at && at.hasAttribute("tabindex")) at.focus({ preventScroll: true });
})();
