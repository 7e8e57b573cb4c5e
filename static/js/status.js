/* The line that says where a save stands. "Saved" is never written here: only the server says it. */
(function () {
  "use strict";
  const indicia = (window.indicia = window.indicia || {});

  function say(text, state) {
    const line = document.getElementById("status");
    if (!line) { return; }
    line.dataset.state = state || "";
    if (line.textContent !== text) { line.textContent = text; }
  }

  /* What the server said comes by a swap: then the state is what its words are. */
  document.addEventListener("htmx:oobAfterSwap", function (event) {
    if (event.detail.target && event.detail.target.id === "status") {
      event.detail.target.dataset.state = /^Saved/.test(event.detail.target.textContent.trim()) ? "saved" : "";
    }
  });

  indicia.status = { say: say };
})();
