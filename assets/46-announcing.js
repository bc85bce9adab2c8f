/* Read out what has changed, in a few words and once it has come to rest, for who cannot see it. */
(function () {
  "use strict";

  var REST = 700; // ms without a further change

  function say(text) {
    document.getElementById("page-status").textContent = text;
  }

  function told(place) {
    var part = place.dataset.announce ? place.querySelector(place.dataset.announce) : place;
    return part ? part.textContent.trim() : "";
  }

  function watch(place) {
    var last = told(place);
    var due;
    new MutationObserver(function () {
      clearTimeout(due);
      due = setTimeout(function () {
        var now = told(place);
        if (now && now !== last) say(now);
        last = now;
      }, REST);
    }).observe(place, { subtree: true, childList: true, characterData: true });
  }

  // Long work that fails or is cancelled stays, and says so itself.
  function follow(card) {
    var busy = !card.hidden;
    new MutationObserver(function () {
      if (busy && card.hidden) say("Done.");
      busy = !card.hidden;
    }).observe(card, { attributeFilter: ["hidden"] });
  }

  new MutationObserver(function (_, observer) {
    if (!document.getElementById("page-status")) return;
    observer.disconnect();
    document.querySelectorAll("[data-announce]").forEach(watch);
    follow(document.getElementById("job-card"));
  }).observe(document.documentElement, { subtree: true, childList: true });
})();
