/* Draw the figures of the page: dark where the reader's system is, light on paper. */
(function () {
  "use strict";

  var PAPER = { wide: 660, narrow: 320 }; // px, the width of a figure on a page of A4
  var told = JSON.parse(document.getElementById("drawings").textContent);
  var dark = window.matchMedia("(prefers-color-scheme: dark)");

  function draw(id, paper) {
    var place = document.getElementById(id);
    var figure = structuredClone(told.figures[id]); // plotly writes into what it draws
    figure.layout.template = told.templates[dark.matches && !paper ? "dark" : "light"];
    figure.layout.autosize = !paper;
    if (paper) {
      var wide = place.parentElement.classList.contains("wide");
      figure.layout.width = wide ? PAPER.wide : PAPER.narrow;
      figure.layout.height = wide ? 360 : 300;
    }
    return window.Plotly.react(place, figure.data, figure.layout, told.config);
  }

  function drawAll(paper) {
    Object.keys(told.figures).forEach(function (id) { draw(id, paper); });
  }

  dark.addEventListener("change", function () { drawAll(false); });
  window.addEventListener("beforeprint", function () { drawAll(true); });
  window.addEventListener("afterprint", function () { drawAll(false); });

  // One figure after the other, so that the page can be read meanwhile.
  Object.keys(told.figures).reduce(function (before, id) {
    return before.then(function () { return draw(id, false); });
  }, Promise.resolve());
})();
