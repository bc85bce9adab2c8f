/* Names that the user gives to segments, kept with the solution that they were given in. */
(function () {
  "use strict";

  var MOST = 50; // names that are kept

  function kept() {
    var known = sessionStorage.getItem("store-names");
    return (known && JSON.parse(known)) || [];
  }

  // Give a segment that is shown another name, or with an empty one its own again.
  function name(segment, wanted) {
    var shown = window.dash_clientside.cards.segments();
    var one = shown && shown.segments.find(function (other) { return other.segment === segment; });
    if (!one || wanted === one.name) return;
    var others = kept().filter(function (given) {
      var same = given.scores.key === shown.scores.key && given.count === shown.count
        && JSON.stringify(given.edits || null) === JSON.stringify(shown.edits || null);
      var here = same && given.segment === segment;
      return !here && given.name !== one.name; // the latter was carried over from elsewhere
    });
    var added = wanted
      ? [{ scores: shown.scores, count: shown.count, edits: shown.edits, segment: segment, name: wanted }]
      : [];
    window.dash_clientside.set_props("store-names", { data: others.concat(added).slice(-MOST) });
  }

  document.addEventListener("change", function (event) {
    var field = event.target.closest && event.target.closest("[data-rename]");
    if (field) name(Number(field.dataset.rename), event.target.value.trim());
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-reset]");
    if (button) name(Number(button.dataset.reset), "");
  });
})();
