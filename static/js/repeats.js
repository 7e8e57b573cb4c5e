/* One more of a repeated group, without a save between: the empty one at the end is copied under the next number. */
(function () {
  "use strict";

  function renumber(root, stem, from, to) {
    const old = stem + from + "-", next = stem + to + "-";
    root.querySelectorAll("*").forEach(function (each) {
      ["id", "for", "name", "aria-describedby", "aria-labelledby", "data-repeats"].forEach(function (name) {
        const value = each.getAttribute(name);
        if (value && value.indexOf(old) !== -1) { each.setAttribute(name, value.split(old).join(next)); }
      });
    });
  }

  function number(group, stem) {
    const field = group.querySelector('[name^="' + stem + '"]');
    return field ? parseInt(field.name.slice(stem.length), 10) : -1;
  }

  /* Forget what was typed, chosen or said about errors in a copy. */
  function empty(group) {
    group.querySelectorAll("input, select, textarea").forEach(function (field) {
      if (field.type === "checkbox" || field.type === "radio") { field.checked = field.defaultChecked; }
      else if (field.tagName === "SELECT") { field.value = (field.querySelector("option[selected]") || field.options[0] || {}).value; }
      else { field.value = field.defaultValue; }
    });
    group.querySelectorAll(".repeat:not(.repeat-empty)").forEach(function (inner) { inner.remove(); });
  }

  function add(button) {
    const list = button.closest(".repeats"), stem = list.dataset.repeats + "-";
    const blank = list.querySelector(":scope > template");
    const groups = Array.prototype.filter.call(list.children, function (each) { return each.classList.contains("repeat"); });
    const next = 1 + Math.max.apply(null, groups.map(function (each) { return number(each, stem); }).concat([-1]));
    const made = blank.content.firstElementChild.cloneNode(true);
    renumber(made, stem, blank.dataset.number, next);
    made.querySelectorAll("template").forEach(function (inner) { renumber(inner.content, stem, blank.dataset.number, next); });
    list.insertBefore(made, button.closest(".repeats-more"));
    dress(made);
    const first = made.querySelector("input:not([type=hidden]), select, textarea");
    if (first) { first.focus(); }
  }

  function take(button) {
    const group = button.closest(".repeat");
    const field = group.querySelector("input, select, textarea");
    const hidden = document.createElement("input");
    const list = group.closest(".repeats"), stem = list.dataset.repeats + "-";
    hidden.type = "hidden";
    hidden.name = stem + number(group, stem) + "-remove";
    hidden.value = "on";
    group.appendChild(hidden);
    group.hidden = true;
    if (field) { field.dispatchEvent(new Event("change", { bubbles: true })); }
    const more = list.querySelector(".repeats-more button");
    if (more) { more.focus(); }
  }

  /* Keep a copy of every empty group, as the server sent it, before anybody types into it. */
  function dress(root) {
    root.querySelectorAll(".repeats").forEach(function (list) {
      if (list.querySelector(":scope > template")) { return; }
      const blank = list.querySelector(":scope > .repeat-empty");
      const stem = list.dataset.repeats + "-";
      const template = list.querySelector(":scope > .repeats-more");
      if (!blank || !template) { return; }
      const kept = document.createElement("template");
      kept.dataset.number = String(number(blank, stem));
      const copy = blank.cloneNode(true);
      empty(copy);
      copy.querySelectorAll("template").forEach(function (each) { each.remove(); });
      const out = document.createElement("button");
      out.type = "button";
      out.className = "plain-button small";
      out.dataset.out = "1";
      out.textContent = "Leave this one out";
      copy.appendChild(out);
      kept.content.appendChild(copy);
      list.insertBefore(kept, template);
      template.hidden = false;
    });
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest && event.target.closest("[data-more], [data-out]");
    if (!button) { return; }
    if (button.dataset.more) { add(button); } else { take(button); }
  });
  function begin() { dress(document); }
  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:afterSwap", begin);
})();
