/* Time what a touch costs, from it to the second frame after the last figure was drawn. */
(function () {
  "use strict";

  var spent = { ours: 0, plotly: 0, deep: 0 };
  var QUIET = 500; // ms without another figure being drawn

  ["react", "update", "restyle"].forEach(function (name) {
    var bare = window.Plotly[name];
    window.Plotly[name] = function () {
      var begun = performance.now();
      spent.deep += 1;
      try {
        return bare.apply(this, arguments);
      } finally {
        spent.deep -= 1;
        if (!spent.deep) spent.plotly += performance.now() - begun;
      }
    };
  });

  [["views", "show"], ["segments", "pick"], ["segments", "show"]].forEach(function (one) {
    var space = window.dash_clientside[one[0]];
    var bare = space[one[1]];
    space[one[1]] = function () {
      var begun = performance.now();
      var before = spent.plotly;
      try {
        return bare.apply(this, arguments);
      } finally {
        spent.ours += performance.now() - begun - (spent.plotly - before);
      }
    };
  });

  window.touch = function (act, done) {
    var graphs = Array.from(document.querySelectorAll(".panel-open .js-plotly-plot"));
    var drawn = [];
    var painted = 0;
    var due = null;
    var begun = 0;

    function finish() {
      graphs.forEach(function (graph) { graph.removeListener("plotly_afterplot", graph.noted); });
      done({ seconds: (painted - begun) / 1000, script: spent.ours / 1000, drawn: drawn.length });
    }

    function note() {
      drawn.push(1);
      var last = drawn.length;
      clearTimeout(due);
      due = setTimeout(finish, QUIET);
      requestAnimationFrame(function () {
        requestAnimationFrame(function () {
          if (last === drawn.length) painted = performance.now();
        });
      });
    }

    graphs.forEach(function (graph) {
      graph.noted = note;
      graph.on("plotly_afterplot", note);
    });
    spent.ours = spent.plotly = 0;
    due = setTimeout(finish, 10 * QUIET);
    requestAnimationFrame(function () {
      begun = performance.now();
      act();
    });
  };

  // The figures that show segments, or of the curves those that mark the chosen number.
  window.touched = function () {
    return Array.from(document.querySelectorAll(".panel-open .results .graph"))
      .filter(function (frame) {
        return !frame.hidden && !frame.querySelector("#selection-gap, #selection-clustergram");
      })
      .map(function (frame) { return frame.querySelector(".js-plotly-plot"); })
      .filter(function (graph) { return graph && graph.data.length; });
  };
})();
