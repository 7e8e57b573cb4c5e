/* Small helps on top of pages that work without them: count previews, folded lists, one answer to a lost connection. */
(function () {
  "use strict";

  document.documentElement.classList.add("scripted");

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

  /* One button ticks all boxes of a list, or none once all are ticked. */
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-ticks]");
    if (!button) { return; }
    // The form's own, wherever on the page they stand.
    var boxes = Array.from(button.form.elements).filter(function (box) { return box.type === "checkbox" && box.name === button.dataset.ticks; });
    var all = Array.prototype.every.call(boxes, function (box) { return box.checked; });
    boxes.forEach(function (box) { box.checked = !all; });
  });

  /* Where the session ended, the answer is the sign-in page: it never takes the place of a piece of this one. A form that
     is saved asks for the sign-in itself. */
  document.addEventListener("htmx:beforeSwap", function (event) {
    var landed = event.detail.xhr.responseURL, asked = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (!landed || new URL(landed).pathname !== document.body.dataset.signIn) { return; }
    event.detail.shouldSwap = false;
    var session = window.indicia && window.indicia.session;
    if (!session) { window.location.reload(); } else if (!asked || !asked.closest("form.saves")) { session.ensure(function () {}); }
  });

  /* On a narrow screen the sections start folded, so that the question comes first. */
  function fold() {
    if (window.matchMedia("(max-width: 1100px)").matches) {
      document.querySelectorAll(".nav-fold[open]").forEach(function (nav) { nav.removeAttribute("open"); });
    }
  }
  document.addEventListener("DOMContentLoaded", fold);
  document.addEventListener("htmx:oobAfterSwap", fold);
})();
