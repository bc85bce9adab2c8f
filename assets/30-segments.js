/* The cross-filter: which segments are selected, and showing that in every figure, card and row. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var DIM = 0.08;
  var adding = false;
  var selected = [];

  // Plotly's events carry no modifier keys that Dash would pass on.
  ["pointerdown", "keydown"].forEach(function (kind) {
    document.addEventListener(kind, function (event) { adding = event.shiftKey; }, true);
  });

  document.addEventListener("keydown", function (event) {
    var clear = document.getElementById("segments-clear");
    var elsewhere = event.defaultPrevented || event.target.closest(".ag-popup, .dash-dropdown-content, .dash-dropdown");
    var open = document.querySelector("#segments-panel.panel-open");
    if (event.key === "Escape" && open && !elsewhere && !clear.hidden) clear.click();
  });

  function toggled(segment) {
    var chosen = selected.includes(segment);
    if (adding) {
      return chosen
        ? selected.filter(function (other) { return other !== segment; })
        : selected.concat(segment).sort(function (a, b) { return a - b; });
    }
    return chosen && selected.length === 1 ? [] : [segment];
  }

  function strong(segment) {
    return selected.length === 0 || selected.includes(segment);
  }

  function dimTraces(graph) {
    var traces = [];
    var opacity = [];
    graph.data.forEach(function (trace, place) {
      if (!trace.meta || trace.meta.segment === undefined || trace.meta.veiled) return;
      var strength = strong(trace.meta.segment) ? 1 : DIM;
      if ((trace.opacity === undefined ? 1 : trace.opacity) === strength) return;
      traces.push(place);
      opacity.push(strength);
    });
    if (traces.length) window.Plotly.restyle(graph, { opacity: opacity }, traces);
  }

  // Over the row of each segment in a heatmap lies a veil, named after the segment.
  function veilRows(graph) {
    var change = {};
    (graph.layout.shapes || []).forEach(function (shape, place) {
      if (!shape.name) return;
      var veil = strong(Number(shape.name)) ? 0 : 1 - DIM;
      if (shape.opacity !== veil) change["shapes[" + place + "].opacity"] = veil;
    });
    if (Object.keys(change).length) window.Plotly.relayout(graph, change);
  }

  // Show in a figure which segments are picked, after it has been drawn as it is still to be.
  function dim(id) {
    clientside.painter.then(id, function () {
      var graph = document.querySelector("#" + id + " .js-plotly-plot");
      if (!graph || !graph.data) return;
      dimTraces(graph);
      veilRows(graph);
    });
  }

  function paint() {
    document.querySelectorAll("#segments-panel [data-segment]").forEach(function (card) {
      var segment = Number(card.dataset.segment);
      card.setAttribute("aria-pressed", String(selected.includes(segment)));
      card.classList.toggle("segment-dimmed", !strong(segment));
    });
    document.querySelectorAll("#segments-panel .results .dash-graph").forEach(function (graph) {
      if (graph.id) dim(graph.id);
    });
    clientside.painter.settle();
  }

  // Painted at once; what Dash does for the store would come before the next frame.
  function choose(segments) {
    selected = segments;
    paint();
    clientside.painter.repainted().then(function () {
      clientside.set_props("store-selection", { data: selected });
    });
  }

  document.addEventListener("click", function (event) {
    var card = event.target.closest("#segments-panel [data-segment]");
    if (card) clientside.segments.press(Number(card.dataset.segment));
    if (event.target.closest("#segments-clear")) choose([]);
  }, true);

  function customers(segments) {
    return segments.reduce(function (sum, one) { return sum + one.size; }, 0).toLocaleString("en");
  }

  // The words of the filter, which buttons are off, and the filter of the table.
  function told(selection, every) {
    if (!selection.length) {
      var hint = every.length ? "All " + customers(every) + " customers. Click a card, a point or a bar"
        + " to show one segment; with Shift to add another." : "";
      return [hint, true, true, !every.length, {}];
    }
    var chosen = every.filter(function (one) { return selection.includes(one.segment); });
    var names = chosen.map(function (one) { return one.segment + " " + one.name; }).join(" + ");
    var conditions = selection.map(function (segment) {
      return { filterType: "number", type: "equals", filter: segment };
    });
    var model = conditions.length === 1
      ? conditions[0]
      : { filterType: "number", operator: "OR", conditions: conditions };
    return [
      "Showing " + names + ": " + customers(chosen) + " of " + customers(every) + " customers",
      false,
      false,
      false,
      { segment: model },
    ];
  }

  clientside.segments = {
    press: function (segment) { choose(toggled(segment)); },

    // A point of a figure was clicked.
    clicked: function (event) {
      var meta = event.points[0].data.meta;
      if (meta && meta.segment !== undefined) clientside.segments.press(meta.segment);
    },

    dim: dim,

    show: function (selection, segments) {
      var others = clientside.callback_context.triggered.some(function (one) {
        return one.prop_id.startsWith("store-segments.");
      });
      // Those picked are of another view, but those that the address picks are of this one.
      var wanted = others ? clientside.address.picked(segments) : selection || [];
      if (others && (wanted.length || (selection && selection.length))) choose(wanted);
      else {
        selected = wanted;
        paint();
      }
      return clientside.painter.settled().then(function () { return selected.slice(); });
    },

    tell: function (filtered, segments) {
      return told(filtered || [], segments ? segments.segments : []);
    },
  };
})();
