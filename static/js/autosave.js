/* Saves what is typed, one save in flight, the last one waiting. What the server has not acknowledged stays in this
   browser, and is offered back. A form takes part with data-autosave="row"; with data-autosave="keep" (an entry that
   does not exist yet) it is only kept here until somebody presses Save. */
(function () {
  "use strict";
  const indicia = (window.indicia = window.indicia || {});
  const values = indicia.values, kept = indicia.kept, status = indicia.status;
  const TYPING = 900, CHOOSING = 60, FIRST_RETRY = 4000, LAST_RETRY = 60000;
  const states = new WeakMap();

  function isOurs(form) { return form instanceof HTMLFormElement && form.dataset.autosave; }
  function address(form) { return form.getAttribute("action"); }
  function versionOf(form) { const field = form.querySelector("input[name=version]"); return field ? field.value : ""; }

  function stateOf(form) {
    if (!states.has(form)) {
      states.set(form, { base: values.read(form), sent: null, timer: 0, retry: 0, wait: FIRST_RETRY, tried: false, clash: false });
    }
    return states.get(form);
  }

  function isDirty(form) { return !values.same(stateOf(form).base, values.read(form)); }

  /* Keep what differs from what the server has; nothing differs: nothing is kept. */
  function shelve(form) {
    const fields = values.changed(stateOf(form).base, values.read(form));
    if (!Object.keys(fields).length) { kept.drop(address(form)); return true; }
    return kept.keep(address(form), versionOf(form), fields);
  }

  function later(form, delay) {
    const state = stateOf(form);
    window.clearTimeout(state.timer);
    state.timer = window.setTimeout(function () { save(form); }, delay);
  }

  function save(form) {
    const state = stateOf(form);
    window.clearTimeout(state.timer);
    window.clearTimeout(state.retry);
    if (!document.contains(form) || form.dataset.autosave !== "row" || state.clash || state.asked || !isDirty(form)) { return; }
    htmx.trigger(form, "autosave");
  }

  function again(form) {
    const state = stateOf(form);
    window.clearTimeout(state.retry);
    state.retry = window.setTimeout(function () { save(form); }, state.wait);
    state.wait = Math.min(state.wait * 2, LAST_RETRY);
  }

  /* --- What people do */

  function typed(event, delay) {
    const form = event.target.form;
    if (!isOurs(form) || event.target.type === "hidden" || event.target.type === "file") { return; }
    const isKept = shelve(form);
    if (!isDirty(form)) { return; }
    if (form.dataset.autosave === "keep") {
      status.say(isKept ? "Not saved yet. What you type is kept in this browser until you press Save." : "Not saved yet.", "unsaved");
    } else if (!stateOf(form).clash) {
      status.say("Not saved yet …", "unsaved");
      later(form, delay);
    }
  }
  document.addEventListener("input", function (event) { typed(event, TYPING); });
  document.addEventListener("change", function (event) { typed(event, CHOOSING); });
  document.addEventListener("focusout", function (event) {
    if (isOurs(event.target.form) && event.target.form.dataset.autosave === "row" && isDirty(event.target.form)) { later(event.target.form, CHOOSING); }
  });

  /* A save that a person asked for waits its turn, and none of the page's own takes its place in the queue. */
  document.addEventListener("submit", function (event) {
    if (isOurs(event.target)) { stateOf(event.target).asked = true; window.clearTimeout(stateOf(event.target).timer); }
  }, true);

  /* --- What happens to a save */

  document.addEventListener("htmx:configRequest", function (event) {
    const form = event.target, detail = event.detail;
    if (!isOurs(form)) { return; }
    const state = stateOf(form);
    window.clearTimeout(state.timer);
    const cause = detail.triggeringEvent, isOwn = Boolean(cause && cause.type === "autosave");
    // An answer's form stays as it is, whoever asked for the save, unless one goes on to the next question, or gives a
    // level that asks for other people's word, which the page then shows.
    const level = form.querySelector("input[name=answer]:checked");
    const stays = form.hasAttribute("data-stays") && !(cause && cause.submitter && cause.submitter.name) && !(level && /^[45]$/.test(level.value));
    state.background = isOwn || Boolean(stays);
    state.sent = values.read(form);
    if (state.background) { detail.parameters.autosave = !isOwn ? "now" : form.dataset.word || "1"; }
    if (!isOwn) { state.clash = false; state.asked = false; }
    shelve(form);
    status.say("Saving …", "saving");
  });

  document.addEventListener("htmx:beforeSwap", function (event) {
    const form = event.detail.requestConfig && event.detail.requestConfig.elt, xhr = event.detail.xhr;
    if (!isOurs(form)) { return; }
    if (isRefusal(form, xhr)) { event.detail.shouldSwap = false; event.detail.isError = false; return; }
    if (xhr.getResponseHeader("Indicia-Saved") !== null && !stateOf(form).background) {
      // The form itself is replaced: what was typed since it was sent is kept and offered back in the new one.
      const fields = values.changed(stateOf(form).sent, values.read(form));
      if (Object.keys(fields).length) { kept.keep(address(form), versionOf(form), fields); } else { kept.drop(address(form)); }
      stateOf(form).moving = xhr.getResponseHeader("Indicia-Saved");
    }
  });

  /* The sign-in page, or a refusal, in place of an answer: the form must never be replaced by it. */
  function isRefusal(form, xhr) {
    const landed = xhr.responseURL ? new URL(xhr.responseURL).pathname : "";
    return xhr.status === 403 || (landed !== "" && landed !== new URL(address(form), location.href).pathname);
  }

  document.addEventListener("htmx:afterRequest", function (event) {
    const form = event.detail.requestConfig && event.detail.requestConfig.elt, xhr = event.detail.xhr;
    if (!isOurs(form)) { return; }
    const state = stateOf(form);
    if (!xhr.status) { unreachable(form); return; }
    if (isRefusal(form, xhr)) { refused(form, xhr); return; }
    state.tried = false;
    if (xhr.status >= 500) { broken(form, xhr.status); return; }
    const saved = xhr.getResponseHeader("Indicia-Saved");
    if (saved !== null) { acknowledged(form, saved); }
    if (xhr.getResponseHeader("Indicia-Refresh")) { refresh(xhr.getResponseHeader("Indicia-Refresh")); }
    if (xhr.status === 409) { state.clash = true; status.say("Not saved: somebody else changed this meanwhile. Both texts are shown.", "clash"); }
  });

  function acknowledged(form, saved) {
    const state = stateOf(form);
    state.wait = FIRST_RETRY;
    if (!state.background || !document.contains(form)) { kept.move(address(form), saved); return; }
    state.base = state.sent;
    shelve(form);
    if (isDirty(form)) { status.say("Not saved yet …", "unsaved"); later(form, TYPING); }
  }

  /* The server has what was typed; now the draft is drawn anew, one at a time, and the last one asked for last. */
  let drawing = false, next = "";
  function refresh(url) {
    if (drawing) { next = url; return; }
    drawing = true;
    const done = function () {
      const waiting = next;
      drawing = false;
      next = "";
      if (waiting) { refresh(waiting); }
    };
    htmx.ajax("GET", url, { source: "#refresh", target: "#refresh", swap: "none" }).then(done, done);
  }

  function unreachable(form) {
    shelve(form);
    status.say(navigator.onLine ? "Not saved: the server cannot be reached. What you typed is kept in this browser; it is sent again by itself."
      : "Not saved: you are offline. What you typed is kept in this browser and is sent when the connection is back.", "offline");
    if (form.dataset.autosave === "row") { again(form); }
  }

  function broken(form, code) {
    shelve(form);
    status.say("Not saved: the server answered " + code + ". What you typed is kept in this browser; it is sent again by itself.", "broken");
    if (form.dataset.autosave === "row") { again(form); }
  }

  function refused(form, xhr) {
    const state = stateOf(form);
    shelve(form);
    if (state.tried) {
      const page = new DOMParser().parseFromString(xhr.responseText, "text/html");
      const reason = page.querySelector("main .lead");
      state.tried = false;
      status.say("Not saved: " + (reason ? reason.textContent.trim() : "you may not change this.") + " What you typed is kept in this browser.", "refused");
      return;
    }
    const background = state.background;
    indicia.session.ensure(function () {
      state.tried = true;
      if (background) { save(form); } else { form.requestSubmit(form.querySelector("button.btn-primary")); }
    });
  }

  /* A form whose page has no answer of ours: the wording of an answer that was not swapped. */
  document.addEventListener("htmx:responseError", function (event) {
    const source = event.detail.requestConfig && event.detail.requestConfig.elt;
    if (source && source.id === "refresh") {
      status.say("Saved, but the draft beside it could not be drawn anew: the server answered " + event.detail.xhr.status + ".", "broken");
    } else if (!isOurs(source)) {
      status.say("Not done: the server answered " + event.detail.xhr.status + ".", "broken");
    }
  });

  function all(work) { document.querySelectorAll("form[data-autosave]").forEach(work); }
  window.addEventListener("online", function () { all(save); });
  window.addEventListener("offline", function () {
    all(function (form) { if (isDirty(form)) { unreachable(form); } });
  });

  /* Leaving the page sends what waits; the copy in this browser stays until a page sees that it arrived. */
  window.addEventListener("pagehide", function () {
    all(function (form) {
      if (form.dataset.autosave !== "row" || !isDirty(form) || stateOf(form).clash) { return; }
      const body = new FormData(form);
      body.append("autosave", "1");
      fetch(address(form), { method: "POST", body: body, keepalive: true, credentials: "same-origin", headers: { "HX-Request": "true" } }).catch(function () {});
    });
  });

  /* --- Offering back */

  function offer(form) {
    const found = kept.find(address(form));
    const place = form.parentNode.querySelector("#kept");
    if (!found || !place || place.childElementCount) { return; }
    const now = values.read(form);
    const names = Object.keys(found.fields).filter(function (name) {
      return name in now && !values.same(now[name], found.fields[name]);
    });
    if (!names.length) { kept.drop(address(form)); return; }
    place.appendChild(notice(form, found, names, now));
    stateOf(form).offered = true;
  }

  function notice(form, found, names, now) {
    const box = document.createElement("div");
    box.className = "alert kept";
    const when = new Date(found.at).toLocaleString("en-US", { dateStyle: "medium", timeStyle: "short" });
    const head = document.createElement("p");
    head.innerHTML = "<strong>Text that never reached the server is kept in this browser.</strong> ";
    head.append("Typed " + when + (String(found.version) === versionOf(form) ? "." : "; the entry was changed since."));
    box.appendChild(head);
    names.forEach(function (name) { box.appendChild(pair(form, name, now[name], found.fields[name])); });
    const row = document.createElement("p");
    row.className = "actions";
    row.appendChild(button("Put it back", "btn btn-small", function () {
      names.forEach(function (name) { values.write(form, name, found.fields[name]); });
      box.remove();
    }));
    row.appendChild(button("Discard it", "plain-button", function () { kept.drop(address(form)); box.remove(); shelve(form); }));
    box.appendChild(row);
    return box;
  }

  function pair(form, name, theirs, mine) {
    const both = document.createElement("div");
    both.className = "two-texts";
    [[" as stored", theirs], [", kept here", mine]].forEach(function (side) {
      const part = document.createElement("div"), head = document.createElement("h3"), text = document.createElement("p");
      head.textContent = values.title(form, name) + side[0];
      text.textContent = values.inWords(form, name, side[1]);
      part.append(head, text);
      both.appendChild(part);
    });
    return both;
  }

  function button(text, look, work) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = look;
    made.textContent = text;
    made.addEventListener("click", work);
    return made;
  }

  function begin() { all(function (form) { if (!states.has(form)) { stateOf(form); offer(form); } }); }
  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:afterSettle", begin);

  /* For the page that shows two texts: the person has chosen, and the form as it stands is what to save. */
  function settle(form) {
    stateOf(form).clash = false;
    stateOf(form).base = {};
    save(form);
  }

  indicia.autosave = { settle: settle, save: save, isDirty: isDirty };
})();
