/* Move the slider of the number of segments, and draw, before Dash hears of it.

   Dash takes longer for its control and the callbacks behind it than for all that is drawn at once,
   and would hold that back. So a key or a drag moves the thumb here, what is on the screen follows
   in the same frame, and Dash is told when that is seen. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var ID = "selection-count";
  var LEAPS = 10; // steps, as the control itself makes with these keys or with Shift
  var STEPS = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -LEAPS, PageUp: LEAPS };
  var untold = null; // the number that Dash does not know of yet
  var turn = 0;

  function isThumb(element) {
    return Boolean(element.matches) && element.matches("#" + ID + " [role=slider]");
  }

  function said(thumb, name) {
    return Number(thumb.getAttribute("aria-value" + name));
  }

  function tell() {
    if (untold === null) return;
    clientside.set_props(ID, { value: untold });
    untold = null;
  }

  function tellWhenSeen() {
    var mine = ++turn;
    clientside.painter.repainted().then(function () {
      setTimeout(function () { if (mine === turn) tell(); });
    });
  }

  // As the control itself places them.
  function place(thumb, share) {
    var inset = thumb.offsetWidth * (0.5 - share);
    thumb.parentElement.style.left = "calc(" + 100 * share + "% + " + inset + "px)";
    thumb.closest(".dash-slider-root").querySelector(".dash-slider-range").style.right = 100 * (1 - share) + "%";
  }

  function move(thumb, wanted) {
    var least = said(thumb, "min");
    var most = said(thumb, "max");
    var value = Math.min(Math.max(Math.round(wanted), least), most);
    if (value === said(thumb, "now")) return;
    untold = value;
    thumb.setAttribute("aria-valuenow", value);
    place(thumb, (value - least) / (most - least));
    tellWhenSeen();
  }

  function keyed(event) {
    var thumb = event.target;
    if (!isThumb(thumb) || event.altKey || event.ctrlKey || event.metaKey) return;
    var ends = { Home: said(thumb, "min"), End: said(thumb, "max") };
    if (!(event.key in ends) && !(event.key in STEPS)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    var step = STEPS[event.key] * (event.shiftKey ? LEAPS : 1);
    move(thumb, event.key in ends ? ends[event.key] : said(thumb, "now") + step);
  }

  function dragged(event) {
    var root = event.target.closest && event.target.closest("#" + ID + " .dash-slider-root");
    if (!root || !event.target.hasPointerCapture(event.pointerId)) return;
    event.stopImmediatePropagation();
    var thumb = root.querySelector("[role=slider]");
    var least = said(thumb, "min");
    var box = root.getBoundingClientRect();
    move(thumb, least + (said(thumb, "max") - least) * (event.clientX - box.left) / box.width);
  }

  // The thumb that has the focus is moved by a person, not by what else changes the number.
  new MutationObserver(function (records) {
    var thumb = document.activeElement;
    var moved = records.some(function (record) { return record.target === thumb; });
    if (moved && isThumb(thumb)) clientside.views.touch(said(thumb, "now"));
  }).observe(document.documentElement, { subtree: true, attributeFilter: ["aria-valuenow"] });

  document.addEventListener("keydown", keyed, true);
  document.addEventListener("pointermove", dragged, true);
  document.addEventListener("pointerup", tell, true); // the control compares its ends of a drag
})();
