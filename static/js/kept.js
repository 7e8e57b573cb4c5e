/* What was typed and not yet acknowledged, kept in this browser: by person, form and the version it was typed on. */
(function () {
  "use strict";
  const indicia = (window.indicia = window.indicia || {});
  const PREFIX = "indicia.unsaved:";
  const DAYS = 30;

  function person() { return document.body.dataset.person || ""; }
  function name(address) { return PREFIX + person() + ":" + address; }

  function store() {
    try { return window.localStorage; } catch (refused) { return null; }
  }

  /* Keep changed fields. Returns false where this browser keeps nothing. */
  function keep(address, version, fields) {
    const shelf = store();
    if (!shelf) { return false; }
    try {
      shelf.setItem(name(address), JSON.stringify({ version: version, at: Date.now(), fields: fields }));
      return true;
    } catch (full) {
      return false;
    }
  }

  function find(address) {
    const shelf = store();
    if (!shelf) { return null; }
    try { return JSON.parse(shelf.getItem(name(address)) || "null"); } catch (broken) { return null; }
  }

  function drop(address) {
    const shelf = store();
    if (shelf) { shelf.removeItem(name(address)); }
  }

  function move(from, to) {
    const found = find(from);
    if (found && from !== to) { keep(to, found.version, found.fields); drop(from); }
  }

  /* Forget what nobody came back for. */
  function tidy() {
    const shelf = store();
    if (!shelf) { return; }
    Object.keys(shelf).filter(function (key) { return key.indexOf(PREFIX) === 0; }).forEach(function (key) {
      let at = 0;
      try { at = JSON.parse(shelf.getItem(key)).at; } catch (broken) { at = 0; }
      if (!(Date.now() - at < DAYS * 86400000)) { shelf.removeItem(key); }
    });
  }

  tidy();
  indicia.kept = { keep: keep, find: find, drop: drop, move: move };
})();
