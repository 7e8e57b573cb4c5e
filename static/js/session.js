/* A session that ended is renewed on the page one is on: what was typed stays, and the save goes through after it. */
(function () {
  "use strict";
  const indicia = (window.indicia = window.indicia || {});
  const SESSION = document.body ? document.body.dataset.session : "";
  let waiting = [];
  let box = null;

  function ask() {
    return fetch(document.body.dataset.session || SESSION, { credentials: "same-origin", cache: "no-store", headers: { Accept: "application/json" } })
      .then(function (answer) { return answer.json(); });
  }

  /* Take the token of the session that is now, in every place that sends one. */
  function renew(session) {
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": session.token }));
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach(function (field) { field.value = session.token; });
  }

  function isSignedOut(session) { return !session.person; }
  function isSomebodyElse(session) { return session.person !== document.body.dataset.person; }

  /* Call `then` once this person is signed in; ask them to sign in where they are not. */
  function ensure(then) {
    ask().then(function (session) {
      if (isSignedOut(session)) { open(then); return; }
      if (isSomebodyElse(session)) { stranger(); return; }
      renew(session);
      then();
    }, function () {
      indicia.status.say("Not saved: the server cannot be reached. What you typed is kept in this browser.", "offline");
    });
  }

  function stranger() {
    indicia.status.say("Not saved: somebody else is signed in here now. What you typed is kept for you in this browser.", "refused");
    if (box && box.open) { box.close(); }
  }

  function open(then) {
    waiting.push(then);
    if (box && box.open) { return; }
    indicia.status.say("Not saved yet: your session ended. Sign in again, and it is saved.", "expired");
    box = box || make();
    box.showModal();
    load();
  }

  function make() {
    const made = document.createElement("dialog");
    made.className = "overlay";
    made.id = "session-dialog";
    made.setAttribute("aria-labelledby", "session-title");
    made.innerHTML = '<h2 id="session-title">Sign in again</h2><p>Your session ended. What you typed is still on the page behind this, and is saved as soon as you are signed in.</p><div class="overlay-form" aria-live="polite"></div><p class="actions"><a target="_blank" rel="noopener" data-elsewhere>Sign in another way, in a new tab</a> <button type="button" class="plain-button" data-later>Later</button></p>';
    made.querySelector("[data-elsewhere]").setAttribute("href", document.body.dataset.signIn);
    made.querySelector("[data-later]").addEventListener("click", function () { made.close(); });
    made.addEventListener("close", function () {
      if (waiting.length) { indicia.status.say("Not saved: you are signed out. What you typed is kept in this browser; save again to sign in.", "expired"); }
      waiting = [];
    });
    document.body.appendChild(made);
    return made;
  }

  function load() {
    fetch(document.body.dataset.signIn, { credentials: "same-origin", cache: "no-store" }).then(take, lost);
  }

  function lost() { box.querySelector(".overlay-form").textContent = "The server cannot be reached. Try again in a moment."; }

  /* Show the form of the page that answered: the first one, one with errors, or a second step. */
  function take(answer) {
    return answer.text().then(function (text) {
      return ask().then(function (session) {
        if (!isSignedOut(session)) { finish(session); return; }
        const page = new DOMParser().parseFromString(text, "text/html");
        const form = page.querySelector("main form:has(input[type=password]), main form");
        const place = box.querySelector(".overlay-form");
        place.textContent = "";
        if (!form) { place.textContent = "The sign-in page could not be shown here. Sign in in another tab, then save again."; return; }
        const shown = document.importNode(form, true);
        shown.setAttribute("action", new URL(form.getAttribute("action") || answer.url, answer.url).pathname);
        shown.querySelectorAll("[id]").forEach(function (each) { each.id = "session-" + each.id; });
        shown.querySelectorAll("[for]").forEach(function (each) { each.htmlFor = "session-" + each.htmlFor; });
        shown.querySelectorAll("[aria-describedby]").forEach(function (each) { each.removeAttribute("aria-describedby"); });
        shown.addEventListener("submit", send);
        place.appendChild(shown);
        const first = shown.querySelector("input:not([type=hidden])");
        if (first) { first.focus(); }
      });
    }).catch(lost);
  }

  function send(event) {
    event.preventDefault();
    const form = event.target;
    fetch(form.getAttribute("action"), { method: "POST", credentials: "same-origin", body: new FormData(form, event.submitter) }).then(take, lost);
  }

  function finish(session) {
    if (isSomebodyElse(session)) { stranger(); return; }
    renew(session);
    const calls = waiting;
    waiting = [];
    box.querySelector(".overlay-form").textContent = "";
    box.close();
    calls.forEach(function (call) { call(); });
  }

  /* Signed in in another tab, and back here: nothing more is asked. */
  window.addEventListener("focus", function () {
    if (box && box.open) { ask().then(function (session) { if (!isSignedOut(session)) { finish(session); } }, function () {}); }
  });

  indicia.session = { ensure: ensure };
})();
