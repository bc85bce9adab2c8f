/* Decisions about the data: a select that decides something, and the rows that a finding is about.

   They are listened to here, as only a person's change is a decision: a callback would also be
   called for every select that is put into the page. */
(function () {
  "use strict";

  // What was decided is drawn anew; whoever decided by keyboard goes on where they were.
  var focused = null;

  function refocus() {
    var lost = document.activeElement === document.body || document.activeElement === null;
    var control = focused && document.getElementById(focused);
    if (lost && control && !control.disabled) control.focus({ preventScroll: true });
  }

  document.addEventListener("focusin", function (event) {
    focused = event.target.matches("select.choice, #overview-undo") ? event.target.id : null;
  });

  new MutationObserver(refocus).observe(document.documentElement, { subtree: true, childList: true });

  function dataset() {
    var kept = sessionStorage.getItem("store-dataset");
    return kept ? JSON.parse(kept) : null;
  }

  document.addEventListener("change", function (event) {
    var control = event.target;
    if (!control.matches || !control.matches("select.choice")) return;
    var current = dataset();
    window.dash_clientside.set_props("store-decision", {
      data: {
        dataset: current ? current.key : "",
        changed: JSON.parse(control.id).choice,
        option: control.value,
      },
    });
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-shown], #overview-show-all");
    if (!button) return;
    window.dash_clientside.set_props("store-shown", { data: button.dataset.shown || null });
    document.getElementById("overview-preview").scrollIntoView({ block: "center" });
  });
})();
