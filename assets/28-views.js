/* Show the view of a number of segments: the server sent those of every number after the sweep. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var packing = clientside.packing;
  var painter = clientside.painter;
  var FIGURES = ["selection-knife", "segments-map", "segments-sizes", "segments-profile"];
  var BOXES = ["segments-box-first", "segments-box-second", "segments-box-third", "segments-box-fourth"];
  var FIXED = [
    "selection-elbow", "selection-silhouette", "selection-calinski", "selection-davies",
    "selection-stability", "selection-prediction", "selection-gap", "selection-clustergram",
  ];
  var OUTPUTS = 7;
  var NEITHER = "Choose at least one feature.";
  var FINDING = "Finding segments …";
  var drawn = null; // which view the figures show, or the message
  var shown = null; // ... and all the rest of the page
  var onPage = null; // which sweep what every number shares is of
  var standing = null; // the first view of the sweep whose views answer to the slider
  var edits = { key: null, solutions: {} }; // those of them that were edited
  var given = null; // the names that the user gave
  var others = {}; // the views that came after the first
  var rest = null; // makes what all the rest of the page has to show
  var turns = 0;
  var known = { of: null }; // unpacked: the arrays of one sweep, and its views

  // The figures have come to show something else; the rest of the page follows in `tell`.
  function follow(all) {
    rest = all;
    turns += 1;
    return turns;
  }

  function missing(missed) {
    document.documentElement.classList.toggle("view-missing", missed);
  }

  function nothing(message) {
    missing(false);
    if (shown === message) return clientside.no_update;
    drawn = shown = message;
    onPage = standing = null;
    FIXED.concat(FIGURES, BOXES).forEach(function (id) { painter.blank(id, message); });
    painter.want("segments-table", { act: clientside.table.empty });
    painter.settle();
    return follow(function () { return [null, message, "", [], "", "", message]; });
  }

  function unpack(first) {
    var of = first.key + " " + first.count;
    if (known.of === of) return;
    var arrays = {};
    Object.keys(first.shared.arrays).forEach(function (name) {
      arrays[name] = packing.unpacked(first.shared.arrays[name]);
    });
    known = { of: of, key: first.key, first: first, arrays: arrays, views: {}, base: null };
    known.views[first.count] = first.view;
  }

  // The edited segments of a number, if those that were found were edited.
  function solution(key, count) {
    return (edits.key === key && edits.solutions[count]) || null;
  }

  function find(first, count) {
    unpack(first);
    if (!known.base && others.key === first.key && others.count === first.count) {
      known.base = packing.merged(first.view, others.first);
      known.views[first.count] = known.base;
    }
    if (known.base && !known.views[count] && others.views[count]) {
      known.views[count] = packing.merged(known.base, others.views[count]);
    }
    return known.views[count];
  }

  // What a number of segments shows, with the edits of it and the names that were given.
  function wanted(first, count) {
    var own = solution(first.key, count);
    var found = find(first, count);
    var view = own ? own.view : found;
    if (!view) return null;
    view = clientside.naming.renamed(view, first.key, count, given, Boolean(own));
    return { view: view, own: own, is: view.key + JSON.stringify(view.segments) };
  }

  function filled(figure, labels, names) {
    figure = clientside.naming.named(packing.copied(figure), names);
    figure.data.forEach(function (trace) {
      var of = (trace.meta && trace.meta.of) || {};
      Object.keys(of).forEach(function (name) {
        trace[name] = packing.gathered(known.arrays[of[name]], labels, trace.meta.segment);
      });
    });
    return figure;
  }

  /* The first two shapes of a curve, a line and a point, mark the number in use. Every number gets
     its own, of which those in use are seen: for these plotly calculates nothing. */
  function marked(figure, count) {
    var copy = packing.copied(figure);
    var curve = copy.data[0];
    var own = [];
    var marks = copy.layout.shapes.splice(0, 2);
    curve.x.forEach(function (k, place) {
      var known = typeof curve.y[place] === "number";
      var shown = { opacity: k === count ? 1 : 0 };
      own.push(Object.assign({}, marks[0], { x0: k, x1: k }, shown));
      own.push(Object.assign({}, marks[1], { xanchor: k, yanchor: known ? curve.y[place] : 0, visible: known }, shown));
    });
    copy.layout.shapes = own.concat(copy.layout.shapes);
    return copy;
  }

  function curve(id, figure, count, key) {
    painter.want(id, {
      from: key,
      figure: function () { return marked(figure, count); },
      moved: function (graph) {
        var change = {};
        figure.data[0].x.forEach(function (k, place) {
          [2 * place, 2 * place + 1].forEach(function (mark) {
            var seen = k === count ? 1 : 0;
            if (graph.layout.shapes[mark].opacity !== seen) change["shapes[" + mark + "].opacity"] = seen;
          });
        });
        if (Object.keys(change).length) window.Plotly.relayout(graph, change);
      },
    });
  }

  function paint(first, view, count) {
    var shared = first.shared;
    var labels = packing.unpacked(view.labels);
    var called = clientside.naming.names(view.segments);
    Object.keys(shared.curves).forEach(function (id) { curve(id, shared.curves[id], count, first.key); });
    Object.keys(shared.fixed).forEach(function (id) {
      painter.want(id, { from: first.key, figure: function () { return packing.copied(shared.fixed[id]); } });
    });
    Object.keys(view.figures).forEach(function (id) {
      painter.want(id, { figure: function () { return filled(view.figures[id], labels, called); } });
    });
    clientside.profiles.want(view, called);
    BOXES.forEach(function (id) {
      document.getElementById(id).closest(".graph").hidden = !(id in view.figures);
    });
    painter.want("segments-table", { act: function () { clientside.table.fill(shared.table, view); } });
    painter.settle();
  }

  clientside.views = {
    // The view that shows some segments, or nothing.
    of: function (segments) {
      var edited = this.edited(segments);
      if (edited && known.key === segments.scores.key) return edited.view;
      return (segments && known.key === segments.scores.key && find(known.first, segments.count)) || null;
    },

    // The edited solution that some segments are of, or nothing.
    edited: function (segments) {
      return segments && segments.edits ? solution(segments.scores.key, segments.count) : null;
    },

    // Whether the view that is wanted is still on its way, and the last one stays, dimmed.
    waits: function () { return document.documentElement.classList.contains("view-missing"); },

    // The row of each customer on the map.
    rows: function () { return known.arrays.row; },

    // What every number of segments shares.
    shared: function () { return known.first.shared; },

    arrive: function (views) {
      others = views || {};
      clientside.set_props("store-arrived", { data: views ? { key: others.key, count: others.count } : null });
      return others.key || "";
    },

    /* The slider was moved: draw at once, if it is known what. Dash comes to `show` later, for
       the rest of the page. */
    touch: function (count) {
      var now = standing && wanted(standing, count);
      if (!now || drawn === now.is) return;
      drawn = now.is;
      shown = null;
      paint(standing, now.view, count);
    },

    show: function (features, scores, first, arrived, count, named, edited, templates) {
      edits = edited || { key: null, solutions: {} };
      painter.use(templates);
      if (!features) return nothing(NEITHER);
      var answered = scores && scores.features.key === features.key;
      if (!answered || !first || first.key !== scores.key) return nothing(FINDING);
      given = named;
      standing = first;
      var now = wanted(first, count);
      missing(!now);
      if (!now) {
        drawn = shown = null;
        return follow(function () { return [null].concat(Array(OUTPUTS - 1).fill(clientside.no_update)); });
      }
      if (shown === now.is) return clientside.no_update;
      shown = null;
      if (drawn !== now.is) {
        drawn = now.is;
        paint(first, now.view, count);
      }
      return painter.settled().then(function () {
        if (drawn !== now.is) return clientside.no_update;
        return follow(function () {
          var again = onPage === first.key;
          var view = now.view;
          shown = now.is;
          onPage = first.key;
          return [
            { key: view.key, scores: scores, count: count, segments: view.segments, edits: now.own && now.own.steps },
            view.says,
            again ? clientside.no_update : first.shared.scores,
            painter.dressed(view.tells),
            view.headline,
            again ? clientside.no_update : first.shared.note,
            again ? clientside.no_update : first.shared.table.note,
          ];
        });
      });
    },

    tell: function () { return rest(); },
  };
})();
