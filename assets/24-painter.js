/* Draw figures: those on the screen at once, the others of the open tab one by one when these are
   seen, those of another tab when it is opened.

   Plotly is called directly. Through the property of a graph, Dash would draw hidden figures too,
   and every figure later than its controls. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var PATIENCE = 1000; // ms
  var due = {}; // what each place still has to show, by its id; a later touch replaces it
  var drawn = {}; // what each figure was drawn from
  var owned = new WeakSet(); // the graphs that Dash no longer listens to
  var done = []; // who waits for all of it
  var templates = {};
  var turn = 0; // counts how often it was decided when to go on
  var going = false; // whether more of the open tab is going to be drawn

  function frame(id) {
    var place = document.getElementById(id);
    return place && place.closest(".graph");
  }

  function open(id) {
    var place = document.getElementById(id);
    return Boolean(place && place.closest(".panel-open"));
  }

  function onScreen(id) {
    if (!open(id)) return false;
    var box = (frame(id) || document.getElementById(id)).getBoundingClientRect();
    return box.bottom > 0 && box.top < innerHeight;
  }

  // A figure that is due is hidden when its tab opens; below the screen of the open one it need not.
  function mark(id) {
    var graph = frame(id);
    if (!graph) return;
    graph.classList.toggle("graph-due", Boolean(due[id] && due[id].figure && !open(id)));
    graph.classList.toggle("graph-later", Boolean(due[id] && open(id)));
  }

  function plot(id) {
    var graph = document.querySelector("#" + id + " .js-plotly-plot:not(.dash-graph--pending)");
    return window.Plotly && graph && graph._fullLayout ? graph : null;
  }

  function ready(id) {
    return !due[id].figure || plot(id);
  }

  function template() {
    return templates[document.documentElement.dataset.bsTheme] || templates.light;
  }

  /* Dash listens to its graphs, and after a zoom or a change of the look it would draw again the
     figure that it knows of, an empty one. */
  function own(graph) {
    if (owned.has(graph)) return;
    owned.add(graph);
    graph.removeAllListeners();
    graph.on("plotly_click", clientside.segments.clicked);
    clientside.alternatives.watch(graph);
  }

  function draw(id, wanted) {
    var graph = plot(id);
    if (wanted.from && drawn[id] === wanted.from) {
      wanted.moved(graph);
      return;
    }
    var figure = wanted.figure();
    own(graph);
    figure.layout.template = template();
    figure.layout.autosize = true;
    window.Plotly.react(graph, figure.data, figure.layout);
    drawn[id] = wanted.from;
  }

  function show(id) {
    var wanted = due[id];
    delete due[id];
    if (wanted.figure) draw(id, wanted);
    if (wanted.act) wanted.act();
    mark(id);
  }

  // Frames do not come while the page is in the background.
  function patient(begin) {
    return new Promise(function (resolve) {
      begin(resolve);
      setTimeout(resolve, PATIENCE);
    });
  }

  function repainted() {
    return patient(function (resolve) {
      requestAnimationFrame(function () { requestAnimationFrame(resolve); });
    });
  }

  // What is still due of the open tab, as long as no other touch comes.
  function goOn(when) {
    var mine = ++turn;
    going = true;
    when(function () {
      if (mine !== turn) return;
      var left = Object.keys(due).filter(open);
      var able = left.filter(ready); // plotly may still load
      var seen = able.filter(onScreen);
      (seen.length ? seen : able.slice(0, 1)).forEach(show);
      if (left.length) goOn(able.length ? setTimeout : requestAnimationFrame); // between touches
      if (able.length) return;
      going = false;
      done.splice(0).forEach(function (resolve) { resolve(); });
    });
  }

  function settle() {
    Object.keys(due).filter(onScreen).filter(ready).forEach(show);
    Object.keys(due).forEach(mark);
    goOn(function (next) { repainted().then(next); }); // when these are on the screen
  }

  window.addEventListener("tabshown", function () {
    Object.keys(due).forEach(function (id) {
      if (frame(id) && due[id].figure) frame(id).classList.add("graph-due");
    });
    goOn(requestAnimationFrame);
  });

  // What is scrolled to is drawn before it is seen.
  document.addEventListener("scroll", function () {
    Object.keys(due).filter(onScreen).filter(ready).forEach(show);
  }, { capture: true, passive: true });

  clientside.painter = {
    use: function (known) { templates = known; },

    /* What a place shall show: `figure` makes a figure; if the place still has the one made `from`
       the same, `moved` changes it instead, if there is anything to change. `act` does something
       else. */
    want: function (id, wanted) {
      due[id] = wanted;
      if (!wanted.from || wanted.moved || drawn[id] !== wanted.from) return;
      delete due[id];
      mark(id);
    },

    // Do something to a place, after drawing the figure that it still has to show.
    then: function (id, act) { due[id] = Object.assign({}, due[id], { act: act }); },

    settle: settle,
    repainted: repainted,

    /* Wait until all of the open tab is on the screen. What else the page has to do for a touch, Dash would
       do before. */
    settled: function () {
      var drawn = going ? patient(function (resolve) { done.push(resolve); }) : Promise.resolve();
      return drawn.then(repainted);
    },

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
        figure: function () {
          var figure = clientside.packing.copied(templates.blank);
          figure.layout.annotations[0].text = message;
          return figure;
        },
      });
    },
  };
})();
