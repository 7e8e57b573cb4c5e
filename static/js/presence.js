/* Who else is on this assessment's pages: asked now and every 25 seconds while the page is in view. It never matters
   to what one types, so that a request that fails is forgotten. */
(function () {
  "use strict";
  const EVERY = 25000;
  let timer = 0;

  function line() { return document.getElementById("presence"); }

  /* What follows the assessment in the address: "questions/I02". */
  function place() { return location.pathname.split("/").filter(Boolean).slice(2).join("/"); }

  function body(values) {
    const made = new FormData();
    made.append("csrfmiddlewaretoken", JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"]);
    Object.keys(values).forEach(function (name) { made.append(name, values[name]); });
    return made;
  }

  function ask() {
    window.clearTimeout(timer);
    const shown = line();
    if (!shown || document.visibilityState !== "visible" || !navigator.onLine) { return; }
    timer = window.setTimeout(ask, EVERY);
    fetch(shown.dataset.url, { method: "POST", body: body({ place: place() }), credentials: "same-origin", redirect: "manual" })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (text) { if (shown.innerHTML.trim() !== text.trim()) { shown.innerHTML = text; } })
      .catch(function () {});
  }

  function leave() {
    const shown = line();
    window.clearTimeout(timer);
    if (shown) { fetch(shown.dataset.url, { method: "POST", body: body({ gone: "1" }), credentials: "same-origin", keepalive: true }).catch(function () {}); }
  }

  document.addEventListener("DOMContentLoaded", ask);
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "visible") { ask(); } });
  document.addEventListener("htmx:pushedIntoHistory", ask);
  window.addEventListener("pagehide", leave);
})();
