/* Hear the slider of the number of segments as soon as its thumb moves.

   Only the thumb that has the focus: it is moved by a person, not by what else changes the number. */
(function () {
  "use strict";

  new MutationObserver(function (records) {
    var thumb = document.activeElement;
    var moved = records.some(function (record) { return record.target === thumb; });
    if (moved && thumb.closest("#selection-count")) {
      window.dash_clientside.views.touch(Number(thumb.getAttribute("aria-valuenow")));
    }
  }).observe(document.documentElement, { subtree: true, attributeFilter: ["aria-valuenow"] });
})();
