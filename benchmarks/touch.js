/* Time what a touch costs, from it to the second frame after the last figure was drawn: the last
   of those on the screen, and the last of all. */
(function () {
  "use strict";

  var spent = { ours: 0, plotly: 0, deep: 0 };
  var QUIET = 500; // ms without another figure being drawn
  var SWIFT = 40; // ms between two frames
  var CALM = 30; // such frames
  var noted = function () {};

  ["react", "update", "restyle", "relayout"].forEach(function (name) {
    var bare = window.Plotly[name];
    window.Plotly[name] = function (graph) {
      var begun = performance.now();
      spent.deep += 1;
      try {
        return bare.apply(this, arguments);
      } finally {
        spent.deep -= 1;
        if (!spent.deep) spent.plotly += performance.now() - begun;
        if (!spent.deep) noted(graph);
      }
    };
  });

  [["views", "touch"], ["views", "show"], ["segments", "press"], ["segments", "show"]].forEach(
    function (one) {
      var space = window.dash_clientside[one[0]];
      var bare = space[one[1]];
      if (!bare) return;
      space[one[1]] = function () {
        var begun = performance.now();
        var before = spent.plotly;
        try {
          return bare.apply(this, arguments);
        } finally {
          spent.ours += performance.now() - begun - (spent.plotly - before);
        }
      };
    }
  );

  function onScreen(graph) {
    var box = graph.closest(".graph").getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }

  // What a touch leaves the page to do must not be part of the next one.
  function whenCalm(act) {
    var swift = 0;
    (function look(last) {
      requestAnimationFrame(function (now) {
        swift = now - last < SWIFT ? swift + 1 : 0;
        if (swift < CALM) look(now);
        else act();
      });
    })(0);
  }

  // The second frame after the last of some figures was drawn.
  function Watch() {
    var watch = { drawn: 0, painted: 0 };
    watch.note = function () {
      var last = ++watch.drawn;
      watch.painted = 0;
      requestAnimationFrame(function () {
        requestAnimationFrame(function () {
          if (last === watch.drawn) watch.painted = performance.now();
        });
      });
    };
    return watch;
  }

  window.touch = function (act, done) {
    var seen = Watch();
    var every = Watch();
    var due = null;
    var begun = 0;

    function finish() {
      if ((seen.drawn && !seen.painted) || (every.drawn && !every.painted)) {
        due = setTimeout(finish, QUIET); // the frame is still to come
        return;
      }
      noted = function () {};
      done({
        seen: (seen.painted - begun) / 1000,
        every: (every.painted - begun) / 1000,
        script: spent.ours / 1000,
        drawn: { seen: seen.drawn, every: every.drawn },
      });
    }

    noted = function (graph) {
      if (!graph.closest(".panel-open")) return;
      if (onScreen(graph)) seen.note();
      every.note();
      clearTimeout(due);
      due = setTimeout(finish, QUIET);
    };
    whenCalm(function () {
      spent.ours = spent.plotly = 0;
      due = setTimeout(finish, 10 * QUIET);
      begun = performance.now();
      act();
    });
  };

  // The figures that show segments, or of the curves those that mark the chosen number.
  window.touched = function (which) {
    return Array.from(document.querySelectorAll(".panel-open .results .graph"))
      .filter(function (frame) {
        return !frame.hidden && !frame.querySelector("#selection-gap, #selection-clustergram");
      })
      .map(function (frame) { return frame.querySelector(".js-plotly-plot"); })
      .filter(function (graph) { return graph && graph.data.length; })
      .filter(function (graph) { return which === "every" || onScreen(graph); });
  };

  // A person's press of a key; the slider has the focus then, as after any touch of it.
  window.press = function (key) {
    var thumb = document.querySelector("#selection-count [role=slider]");
    thumb.focus({ preventScroll: true });
    thumb.dispatchEvent(new KeyboardEvent("keydown", { key: key, bubbles: true }));
  };

  // What the page has loaded: bytes as they came, and before compression; all, and our answers.
  window.loaded = function () {
    var sums = { encoded: 0, decoded: 0, answers: 0 };
    performance.getEntriesByType("resource").forEach(function (entry) {
      sums.encoded += entry.encodedBodySize;
      sums.decoded += entry.decodedBodySize;
      if (entry.name.includes("_dash-update-component")) sums.answers += entry.decodedBodySize;
    });
    return sums;
  };
})();
