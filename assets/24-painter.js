/* Draw figures: those of the open tab at once, those of another when it is opened.

   Plotly is called directly. Through the property of a graph, Dash would draw hidden figures too,
   and every figure later than its controls. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var PATIENCE = 1000; // ms
  var due = {}; // what each place still has to show, by its id
  var drawn = {}; // what each figure was drawn from
  var templates = {};
  var waiting = null;

  function visible(id) {
    var place = document.getElementById(id);
    return Boolean(place && place.closest(".panel-open"));
  }

  function hide(id, hidden) {
    var frame = document.getElementById(id).closest(".graph");
    if (frame) frame.classList.toggle("graph-due", hidden);
  }

  function plot(id) {
    var graph = document.querySelector("#" + id + " .js-plotly-plot");
    return window.Plotly && graph && graph._fullLayout ? graph : null;
  }

  function template() {
    return templates[document.documentElement.dataset.bsTheme] || templates.light;
  }

  function draw(graph, id, wanted) {
    if (wanted.moved && drawn[id] === wanted.from) {
      window.Plotly.update(graph, wanted.moved.data, wanted.moved.layout, wanted.moved.traces);
      return;
    }
    if (!wanted.moved && wanted.from && drawn[id] === wanted.from) return;
    var figure = wanted.figure();
    figure.layout.template = template();
    figure.layout.autosize = true;
    window.Plotly.react(graph, figure.data, figure.layout);
    drawn[id] = wanted.from;
  }

  // Frames do not come while the page is in the background.
  function repainted() {
    return new Promise(function (resolve) {
      requestAnimationFrame(function () { requestAnimationFrame(resolve); });
      setTimeout(resolve, PATIENCE);
    });
  }

  function settle() {
    waiting = null;
    var unready = Object.keys(due).filter(visible).filter(function (id) {
      var wanted = due[id];
      var graph = wanted.act ? null : plot(id);
      if (!wanted.act && !graph) return true;
      delete due[id];
      if (wanted.act) {
        repainted().then(wanted.act);
        return false;
      }
      draw(graph, id, wanted);
      hide(id, false);
      return false;
    });
    if (unready.length) waiting = waiting || requestAnimationFrame(settle); // plotly still loads
  }

  window.addEventListener("tabshown", function () {
    waiting = waiting || requestAnimationFrame(settle);
  });

  clientside.painter = {
    use: function (known) { templates = known; },

    /* What a place shall show: `figure` makes a figure; if the place still has the one made `from`
       the same, `moved` tells what to change about it instead. */
    want: function (id, wanted) {
      due[id] = wanted;
      if (!visible(id)) hide(id, true);
    },

    // Something else than a figure, done after these when its tab is open.
    later: function (id, act) { due[id] = { act: act }; },

    settle: settle,

    /* Wait until what was drawn is on the screen. What else the page has to do for a touch, Dash
       would do before. */
    repainted: repainted,

    dressed: function dressed(tree) {
      if (Array.isArray(tree)) return tree.map(dressed);
      if (tree === null || typeof tree !== "object") return tree;
      var copy = {};
      Object.keys(tree).forEach(function (key) { copy[key] = dressed(tree[key]); });
      if (copy.data && copy.layout) copy.layout.template = template();
      return copy;
    },

    blank: function (id, message) {
      this.want(id, {
        from: null,
        figure: function () {
          var figure = clientside.packing.copied(templates.blank);
          figure.layout.annotations[0].text = message;
          return figure;
        },
      });
    },
  };
})();
