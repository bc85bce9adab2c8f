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
  var edits = { key: null, solutions: {} }; // those of them that were edited
  var rest = {}; // the views that came after the first
  var known = { of: null }; // unpacked: the arrays of one sweep, and its views

  function unchanged() {
    return Array(OUTPUTS).fill(clientside.no_update);
  }

  function missing(missed) {
    document.documentElement.classList.toggle("view-missing", missed);
  }

  function nothing(message) {
    missing(false);
    if (shown === message) return unchanged();
    drawn = shown = message;
    onPage = null;
    FIXED.concat(FIGURES, BOXES).forEach(function (id) { painter.blank(id, message); });
    painter.later("segments-table", function () { clientside.table.empty(); });
    painter.settle();
    return [null, message, "", [], "", "", message];
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
    if (!known.base && rest.key === first.key && rest.count === first.count) {
      known.base = packing.merged(first.view, rest.first);
      known.views[first.count] = known.base;
    }
    if (known.base && !known.views[count] && rest.views[count]) {
      known.views[count] = packing.merged(known.base, rest.views[count]);
    }
    return known.views[count];
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

  function marked(figure, count) {
    var curve = figure.data[0];
    return [count, curve.y[curve.x.indexOf(count)]];
  }

  function curve(id, figure, count, key) {
    var place = marked(figure, count);
    painter.want(id, {
      from: key,
      figure: function () {
        var copy = packing.copied(figure);
        copy.data[1].x = [place[0]];
        copy.data[1].y = [place[1]];
        copy.layout.shapes[0].x0 = copy.layout.shapes[0].x1 = count;
        return copy;
      },
      moved: {
        data: { x: [[place[0]]], y: [[place[1]]] },
        layout: { "shapes[0].x0": count, "shapes[0].x1": count },
        traces: [1],
      },
    });
  }

  function paint(first, view, count) {
    var shared = first.shared;
    var labels = packing.unpacked(view.labels);
    var names = clientside.naming.names(view.segments);
    Object.keys(shared.curves).forEach(function (id) { curve(id, shared.curves[id], count, first.key); });
    Object.keys(shared.fixed).forEach(function (id) {
      painter.want(id, { from: first.key, figure: function () { return packing.copied(shared.fixed[id]); } });
    });
    Object.keys(view.figures).forEach(function (id) {
      painter.want(id, { from: null, figure: function () { return filled(view.figures[id], labels, names); } });
    });
    clientside.profiles.want(view, names);
    BOXES.forEach(function (id) {
      document.getElementById(id).closest(".graph").hidden = !(id in view.figures);
    });
    painter.later("segments-table", function () { clientside.table.fill(shared.table, view); });
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
      rest = views || {};
      clientside.set_props("store-arrived", { data: views ? { key: rest.key, count: rest.count } : null });
      return rest.key || "";
    },

    show: function (features, scores, first, arrived, count, named, edited, templates) {
      edits = edited || { key: null, solutions: {} };
      painter.use(templates);
      if (!features) return nothing(NEITHER);
      var answered = scores && scores.features.key === features.key;
      if (!answered || !first || first.key !== scores.key) return nothing(FINDING);
      var own = solution(first.key, count);
      var view = find(first, count);
      if (own) view = own.view;
      missing(!view);
      if (!view) {
        drawn = shown = null;
        return [null].concat(unchanged().slice(1));
      }
      view = clientside.naming.renamed(view, first.key, count, named, Boolean(own));
      var now = view.key + JSON.stringify(view.segments);
      if (shown === now) return unchanged();
      shown = null;
      if (drawn !== now) {
        drawn = now;
        paint(first, view, count);
      }
      var again = onPage === first.key;
      return painter.repainted().then(function () {
        if (drawn === now) {
          shown = now;
          onPage = first.key;
        }
        return [
          { key: view.key, scores: scores, count: count, segments: view.segments, edits: own && own.steps },
          view.says,
          again ? clientside.no_update : first.shared.scores,
          painter.dressed(view.tells),
          view.headline,
          again ? clientside.no_update : first.shared.note,
          again ? clientside.no_update : first.shared.table.note,
        ];
      });
    },
  };
})();
