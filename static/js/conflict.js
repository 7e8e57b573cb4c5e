/* Two people changed one entry: both texts stand side by side, and each field is taken from one side, or from both. */
(function () {
  "use strict";
  const indicia = (window.indicia = window.indicia || {});

  function formOf(panel) { return panel.closest(".bench-main, main").querySelector("form[data-autosave]"); }

  function take(button) {
    const row = button.closest("[data-stored]"), form = formOf(button);
    const stored = JSON.parse(row.dataset.stored), mine = JSON.parse(row.dataset.mine);
    Object.keys(stored).forEach(function (name) {
      let wanted = button.dataset.take === "stored" ? stored[name] : mine[name] || [];
      if (button.dataset.take === "both") { wanted = joined(stored[name], mine[name] || []); }
      indicia.values.write(form, name, wanted);
    });
    row.querySelectorAll("[data-take]").forEach(function (each) { each.setAttribute("aria-pressed", each === button ? "true" : "false"); });
  }

  /* Texts one after the other; chosen boxes together. */
  function joined(stored, mine) {
    if (stored.length === 1 && mine.length === 1) { return [[stored[0], mine[0]].filter(Boolean).join("\n\n")]; }
    return stored.concat(mine.filter(function (each) { return stored.indexOf(each) === -1; }));
  }

  document.addEventListener("click", function (event) {
    const button = event.target.closest && event.target.closest("[data-take], [data-settle]");
    if (!button) { return; }
    if (button.dataset.take) { take(button); } else { indicia.autosave.settle(formOf(button)); }
  });

  /* Say at once that there are two texts: the panel is where the eye and the keyboard go. */
  document.addEventListener("htmx:oobAfterSwap", function (event) {
    const target = event.detail.target;
    if (target && target.id === "conflict" && target.querySelector(".alert")) { target.scrollIntoView({ block: "nearest" }); }
  });
})();
