/* Small helps on top of pages that work without them: count previews, folded lists, one answer to a lost connection. */
(function () {
  "use strict";

  function status(text) {
    var line = document.getElementById("status");
    if (line) { line.textContent = text; }
  }

  /* A swapped page is another page for somebody who listens: say what happened in the status line. */
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.detail.requestConfig && event.detail.requestConfig.verb === "post" && event.target.matches("form.saves")) {
      status("Saving …");
    }
  });
  document.addEventListener("htmx:sendError", function () {
    status("Not saved: the server cannot be reached. What you typed is still here.");
  });
  document.addEventListener("htmx:responseError", function (event) {
    status("Not saved: the server answered " + event.detail.xhr.status + ". What you typed is still here.");
  });
  /* A save that is answered by the sign-in page means that the session ended: keep the page, say so. */
  document.addEventListener("htmx:beforeSwap", function (event) {
    if (/\/sign-in\//.test(event.detail.xhr.responseURL || "")) {
      event.detail.shouldSwap = false;
      status("Not saved: your session ended. Sign in in another tab, then save again; what you typed is still here.");
    }
  });

  /* Folded checklists name what is chosen. */
  document.addEventListener("change", function (event) {
    var list = event.target.closest(".checklist-details");
    if (!list) { return; }
    var shown = list.querySelector(".chosen-terms");
    var labels = Array.prototype.map.call(list.querySelectorAll("input:checked"), function (box) {
      return box.parentNode.querySelector("label").textContent.trim();
    });
    shown.textContent = labels.length ? labels.join("; ") : shown.dataset.none;
  });

  /* A kind that takes no number empties the number beside it; the number comes back with a kind that does. */
  document.addEventListener("change", function (event) {
    var kinds = event.target.dataset.numbered;
    var number = kinds && event.target.parentNode.querySelector("input[type=number]");
    if (!number) { return; }
    if (kinds.split(" ").indexOf(event.target.value) === -1) {
      if (number.value) { number.dataset.kept = number.value; }
      number.value = "";
    } else if (!number.value && number.dataset.kept) {
      number.value = number.dataset.kept;
    }
  });

  /* On a narrow screen the sections start folded, so that the question comes first. */
  function fold() {
    if (window.matchMedia("(max-width: 1100px)").matches) {
      document.querySelectorAll(".nav-fold[open]").forEach(function (nav) { nav.removeAttribute("open"); });
    }
  }
  document.addEventListener("DOMContentLoaded", fold);
  document.addEventListener("htmx:oobAfterSwap", fold);

  /* A number key sets the level while a question has the focus on its scale. */
  document.addEventListener("keydown", function (event) {
    var scale = event.target.closest && event.target.closest(".levels");
    if (!scale || event.ctrlKey || event.metaKey || event.altKey || !/^[0-5]$/.test(event.key)) { return; }
    var rung = scale.querySelector('input[value="' + event.key + '"]');
    if (rung) { rung.checked = true; rung.focus(); event.preventDefault(); }
  });
})();
