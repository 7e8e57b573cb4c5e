// Puts a text on the clipboard as headings, paragraphs and lists, and as plain text; no class, style or id goes along.
(() => {
  "use strict";
  const button = document.querySelector("[data-copies]");
  const status = document.querySelector("[data-copied]");
  if (!button || !navigator.clipboard) {
    return; // the text can be selected and copied by hand
  }
  const source = document.getElementById(button.dataset.copies);

  const bare = () => {
    const copy = source.cloneNode(true);
    for (const node of copy.querySelectorAll("*")) {
      for (const name of node.getAttributeNames()) {
        node.removeAttribute(name);
      }
    }
    return [...copy.children].map((node) => node.outerHTML).join("");
  };

  const plain = () =>
    [...source.querySelectorAll("h1, h2, p, li")]
      .map((node) => (node.tagName === "LI" ? `${[...node.parentNode.children].indexOf(node) + 1}. ` : "") + node.textContent.trim())
      .join("\n\n");

  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      if (window.ClipboardItem && navigator.clipboard.write) {
        await navigator.clipboard.write([
          new ClipboardItem({
            "text/html": new Blob([bare()], { type: "text/html" }),
            "text/plain": new Blob([plain()], { type: "text/plain" }),
          }),
        ]);
      } else {
        await navigator.clipboard.writeText(plain());
      }
      status.textContent = "Copied. Paste it into Word.";
    } catch {
      const range = document.createRange();
      range.selectNodeContents(source);
      window.getSelection().removeAllRanges();
      window.getSelection().addRange(range);
      status.textContent = "The text is selected; copy it with the keyboard.";
    }
  });
})();
