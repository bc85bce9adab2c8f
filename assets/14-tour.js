/* The tour: a panel that goes from place to place, and marks each. */
(function () {
  "use strict";

  var KEPT = "tour";
  var at = -1;

  function id(name) {
    return document.getElementById("tour-" + name);
  }

  function steps() {
    return Array.from(document.querySelectorAll("#tour-panel .tour-step"));
  }

  function unmark() {
    document.querySelectorAll(".toured").forEach(function (place) { place.classList.remove("toured"); });
  }

  function go(to) {
    var all = steps();
    at = to;
    all.forEach(function (step, n) { step.hidden = n !== at; });
    id("back").disabled = at === 0;
    id("next").textContent = at === all.length - 1 ? "Done" : "Next";
    id("progress").textContent = at + 1 + " of " + all.length;
    unmark();
    var here = all[at];
    if (window.dash_clientside.address.tab() !== here.dataset.at) location.hash = here.dataset.at;
    requestAnimationFrame(function () { // after the tab has opened, and has scrolled to its top
      setTimeout(function () {
        var place = document.getElementById(here.dataset.place);
        if (!place || at !== to) return;
        place.classList.add("toured");
        place.scrollIntoView({ block: "center", behavior: "instant" });
      }, 50);
    });
  }

  function end() {
    localStorage.setItem(KEPT, "over");
    id("offer").hidden = true;
    unmark();
    if (id("panel").hidden) return;
    id("panel").hidden = true;
    at = -1;
    id("open").focus({ preventScroll: true });
  }

  function begin() {
    id("offer").hidden = true;
    id("panel").hidden = false;
    go(0);
    id("panel").focus({ preventScroll: true });
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-tour]");
    if (!button) return;
    var kind = button.dataset.tour;
    if (kind === "begin") begin();
    else if (kind === "end") end();
    else if (kind === "back") go(at - 1);
    else if (at === steps().length - 1) end();
    else go(at + 1);
  });

  document.addEventListener("keydown", function (event) {
    var panel = id("panel");
    if (event.key !== "Escape" || !panel || panel.hidden || !panel.contains(event.target)) return;
    event.preventDefault();
    end();
  });

  new MutationObserver(function (_, observer) {
    if (!id("offer")) return;
    observer.disconnect();
    id("offer").hidden = localStorage.getItem(KEPT) === "over";
  }).observe(document.documentElement, { subtree: true, childList: true });
})();
