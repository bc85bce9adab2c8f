/* Give the parts that dcc renders without a name the name of the label above them. */
(function () {
  "use strict";

  function label(element) {
    for (var node = element; node && node !== document.body; node = node.parentElement) {
      var found = node.id && document.querySelector('label[for="' + CSS.escape(node.id) + '"]');
      if (found) return found.textContent.trim();
    }
    return "";
  }

  function name(selector, suffix) {
    document.querySelectorAll(selector).forEach(function (element) {
      var wanted = (label(element) + (suffix || "")).trim();
      if (wanted && element.getAttribute("aria-label") !== wanted) element.setAttribute("aria-label", wanted);
    });
  }

  function fix() {
    name("[role=slider]");
    name(".dash-range-slider-min-input", " minimum");
    name(".dash-range-slider-max-input");
    document.querySelectorAll("input[type=file]").forEach(function (input) {
      if (!input.getAttribute("aria-label")) input.setAttribute("aria-label", "Choose a file to upload");
    });
  }

  var due;
  new MutationObserver(function () {
    if (due) return;
    due = setTimeout(function () { due = null; fix(); }); // no frame waits for a name
  }).observe(document.documentElement, { subtree: true, childList: true });
})();
