/* The workbench by keyboard. Single keys work only while nobody types, and can be switched off in the help. */
(function () {
  "use strict";
  const indicia = (window.indicia = window.indicia || {});
  const OFF = "indicia.keys";

  function areOn() {
    try { return window.localStorage.getItem(OFF) !== "off"; } catch (refused) { return true; }
  }

  function isTyping(target) {
    if (!target || !target.closest) { return false; }
    if (target.closest("dialog[open]")) { return true; }  /* one just closed keeps the focus until the next frame */
    if (target.tagName === "INPUT") { return ["radio", "checkbox", "button", "submit"].indexOf(target.type) === -1; }
    return target.tagName === "TEXTAREA" || target.tagName === "SELECT" || target.isContentEditable;
  }

  function first(selector) { return document.querySelector(selector); }
  function press(selector) { const found = first(selector); if (found) { found.click(); } return Boolean(found); }

  function reach(selector) {
    const found = first(selector);
    if (!found) { return false; }
    const fold = found.closest("details");
    if (fold) { fold.open = true; }
    found.focus();
    if (found.tagName === "TEXTAREA") { found.setSelectionRange(found.value.length, found.value.length); }
    found.scrollIntoView({ block: "nearest" });
    return true;
  }

  function rate(level) {
    const rung = first('.levels input[value="' + level + '"]');
    if (!rung) { return false; }
    rung.checked = true;
    rung.focus();
    rung.dispatchEvent(new Event("change", { bubbles: true }));
    return true;
  }

  function show(id) {
    const box = document.getElementById(id);
    if (!box) { return false; }
    if (!box.open) { box.showModal(); }
    const field = box.querySelector("input[type=search]");
    if (field) { field.value = ""; narrow(field); field.focus(); }
    const places = box.querySelector("[hx-get]");
    if (places) { window.htmx.trigger(places, "opens"); }
    return true;
  }

  const KEYS = {
    "?": function () { return show("keys-dialog"); },
    "/": function () { return show("jump-dialog"); },
    n: function () { return press("a[rel=next]"); },
    p: function () { return press("a[rel=prev]"); },
    c: function () { return reach("#id_confidence"); },
    w: function () { return reach("#id_rationale"); },
    e: function () { return reach("#div_id_evidence summary, #div_id_evidence input"); },
    s: function () { return press("#save"); },
    d: function () { return reach("#bench-draft .sentence.changed > a, #bench-draft .sentence > a, #bench-draft"); },
    m: function () { return press(".repeats-more:not([hidden]) button"); },
  };

  document.addEventListener("keydown", function (event) {
    if (event.defaultPrevented || event.isComposing) { return; }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter" && event.target.form && event.target.form.id !== "jump-form") {
      if (press("#save-next") || press("#save")) { event.preventDefault(); }
      return;
    }
    if (event.key === "Escape" && isTyping(event.target) && !event.target.closest("dialog")) { event.target.blur(); return; }
    if (event.key === "Escape" && !isTyping(event.target) && closeBasis()) { event.preventDefault(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target) || !areOn()) { return; }
    const work = KEYS[event.key] || (/^[0-5]$/.test(event.key) && function () { return rate(event.key); });
    if (work && work()) { event.preventDefault(); }
  });

  /* The list one jumps by: what is typed narrows it, Enter opens the first. */
  function narrow(field) {
    const words = field.value.toLowerCase().split(/\s+/).filter(Boolean);
    let count = 0;
    field.closest("dialog").querySelectorAll("li").forEach(function (line) {
      const text = line.textContent.toLowerCase();
      line.hidden = !words.every(function (word) { return text.indexOf(word) !== -1; });
      count += line.hidden ? 0 : 1;
    });
    field.closest("dialog").querySelector("[role=status]").textContent = count === 1 ? "1 place" : count + " places";
  }
  document.addEventListener("input", function (event) { if (event.target.id === "jump-to") { narrow(event.target); } });
  document.addEventListener("htmx:afterSwap", function (event) {
    if (event.target.classList.contains("jump-list")) { narrow(document.getElementById("jump-to")); }
  });
  document.addEventListener("submit", function (event) {
    if (event.target.id !== "jump-form") { return; }
    event.preventDefault();
    const line = event.target.closest("dialog").querySelector("li:not([hidden]) a");
    if (line) { line.click(); }
  });

  document.addEventListener("click", function (event) {
    const opener = event.target.closest && event.target.closest("[data-opens]");
    if (opener) { show(opener.dataset.opens); return; }
    const closer = event.target.closest && event.target.closest("[data-closes]");
    if (closer) { closer.closest("dialog").close(); }
  });
  document.addEventListener("change", function (event) {
    if (event.target.id !== "keys-on") { return; }
    try { window.localStorage.setItem(OFF, event.target.checked ? "on" : "off"); } catch (refused) { /* it holds for this page only */ }
  });
  document.addEventListener("DOMContentLoaded", function () {
    const box = document.getElementById("keys-on");
    if (box) { box.checked = areOn(); }
  });

  /* A swap that took the focused element away gives the focus to the title of what came instead. */
  let held = false;
  document.addEventListener("htmx:beforeSwap", function () { held = document.activeElement !== document.body; });
  document.addEventListener("htmx:afterSettle", function (event) {
    if (event.target.id !== "bench-main" || !held || document.activeElement !== document.body) { return; }
    const title = first("#question-title, #bench-main h2");
    if (title) { title.setAttribute("tabindex", "-1"); title.focus(); }
  });

  /* The sentence that a save changed is brought into the column's view. */
  document.addEventListener("htmx:oobAfterSwap", function (event) {
    const target = event.detail.target;
    const changed = target && target.id === "bench-draft" && target.querySelector(".sentence.changed");
    const column = changed && changed.closest(".sticky");
    if (!column || column.scrollHeight <= column.clientHeight) { return; }
    const box = changed.getBoundingClientRect(), frame = column.getBoundingClientRect();
    if (box.top < frame.top || box.bottom > frame.bottom) { column.scrollTop += box.top - frame.top - 80; }
  });

  /* A sentence that was clicked is underlined while its basis stands below; Escape closes it and goes back there. */
  function unmark() { document.querySelectorAll("#bench-draft .sentence.chosen").forEach(function (each) { each.classList.remove("chosen"); }); }
  document.addEventListener("htmx:afterSwap", function (event) {
    const panel = event.target.id === "bench-basis" && event.target.querySelector(".basis-panel");
    if (!panel) { return; }
    unmark();
    const sentence = document.getElementById(panel.dataset.of);
    if (sentence) { sentence.classList.add("chosen"); }
    panel.focus({ preventScroll: true });
  });
  function closeBasis() {
    const panel = first("#bench-basis .basis-panel");
    if (!panel) { return false; }
    const link = first("#bench-draft .sentence.chosen > a");
    unmark();
    panel.remove();
    if (link) { link.focus(); }
    return true;
  }
  document.addEventListener("click", function (event) { if (event.target.closest && event.target.closest("[data-closes-basis]")) { closeBasis(); } });

  indicia.keys = { isTyping: isTyping };
})();
