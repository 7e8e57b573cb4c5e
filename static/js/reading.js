/* Marking by selection and keys, on top of a form that works with ticks alone. */
(function () {
  "use strict";

  function isTyping(target) {
    return Boolean(window.indicia && window.indicia.keys && window.indicia.keys.isTyping(target));
  }

  /* The offset in the whole text of a place in the page; null outside the text. */
  function offsetOf(node, place) {
    const element = node.nodeType === Node.TEXT_NODE ? node.parentElement : node;
    const piece = element && element.closest("[data-start]");
    if (piece) {
      const before = document.createRange();
      before.setStart(piece, 0);
      before.setEnd(node, place);
      return Number(piece.dataset.start) + Array.from(before.toString()).length;
    }
    return null;
  }

  /* A selection may begin or end between sentences: then it counts from the nearest sentence within it. */
  function selected(form) {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) { return null; }
    const range = selection.getRangeAt(0);
    if (!form.contains(range.commonAncestorContainer)) { return null; }
    let start = offsetOf(range.startContainer, range.startOffset);
    let end = offsetOf(range.endContainer, range.endOffset);
    if (start === null || end === null) {
      const inside = Array.from(form.querySelectorAll("[data-start]")).filter(function (piece) { return range.intersectsNode(piece); });
      if (!inside.length) { return null; }
      const last = inside[inside.length - 1];
      if (start === null) { start = Number(inside[0].dataset.start); }
      if (end === null) { end = Number(last.dataset.start) + Array.from(last.textContent).length; }
    }
    return end > start ? { start: start, end: end } : null;
  }

  function fill(form) {
    const found = selected(form);
    form.elements.start.value = found ? found.start : "";
    form.elements.end.value = found ? found.end : "";
    return Boolean(found);
  }

  function step(form, by) {
    const ticks = Array.from(form.querySelectorAll(".tick"));
    const here = ticks.indexOf(document.activeElement);
    const next = ticks[here === -1 ? (by > 0 ? 0 : ticks.length - 1) : here + by];
    if (next) { next.focus(); next.scrollIntoView({ block: "center" }); }
    return Boolean(next);
  }

  function act(key) {
    const focused = document.activeElement && document.activeElement.closest(".excerpt");
    const excerpt = focused || document.querySelector(".excerpt:target");
    const control = excerpt && excerpt.querySelector('[data-key="' + key + '"]');
    if (!control) { return false; }
    if (control.tagName === "DETAILS") {
      control.open = true;
      control.querySelector("textarea").focus();
    } else {
      control.click();
    }
    return true;
  }

  document.addEventListener("DOMContentLoaded", function () {
    const target = document.querySelector(".excerpt:target");
    if (target) { target.focus({ preventScroll: true }); }
  });

  /* A file may be dropped anywhere on the form that takes it. */
  ["dragover", "drop"].forEach(function (kind) {
    document.addEventListener(kind, function (event) {
      const form = event.target.closest && event.target.closest(".add-text form");
      const given = event.dataTransfer && event.dataTransfer.files;
      if (!form || !event.dataTransfer || Array.from(event.dataTransfer.types).indexOf("Files") === -1) { return; }
      event.preventDefault();
      if (kind === "drop" && given.length) { form.elements.file.files = given; form.elements.file.focus(); }
    });
  });

  document.addEventListener("submit", function (event) {
    if (event.target.id === "mark-form") { fill(event.target); }
  });

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) { return; }
    const form = document.getElementById("mark-form");
    let done = false;
    if (event.key === "x" && form && form.querySelector("#mark")) {
      if (fill(form) || form.querySelector(".tick:checked")) { form.requestSubmit(); done = true; }
    } else if ((event.key === "j" || event.key === "k") && form) {
      done = step(form, event.key === "j" ? 1 : -1);
    } else if ("fao".indexOf(event.key) !== -1) {
      done = act(event.key);
    }
    if (done) { event.preventDefault(); }
  });
})();
