/* The cross-filter: which segments are selected, and showing that in every figure, card and row. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var DIM = 0.08;
  var adding = false;

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

  function clicked(input) {
    var point = input && input.points && input.points[0];
    if (!point) return null;
    var graph = document.querySelector("#" + clientside.callback_context.triggered_id + " .js-plotly-plot");
    var trace = graph.data[point.curveNumber];
    return trace.meta ? trace.meta.segment : null;
  }

  function toggled(selection, segment) {
    var chosen = selection.includes(segment);
    if (adding) {
      return chosen
        ? selection.filter(function (other) { return other !== segment; })
        : selection.concat(segment).sort(function (a, b) { return a - b; });
    }
    return chosen && selection.length === 1 ? [] : [segment];
  }

  function paint(selection) {
    var all = selection.length === 0;
    document.querySelectorAll("#segments-panel .js-plotly-plot").forEach(function (graph) {
      if (!graph.data || graph.closest(".graph-due")) return; // what is due is drawn at full strength
      var traces = [];
      var opacity = [];
      graph.data.forEach(function (trace, place) {
        if (!trace.meta) return;
        var strength = all || selection.includes(trace.meta.segment) ? 1 : DIM;
        if ((trace.opacity === undefined ? 1 : trace.opacity) === strength) return;
        traces.push(place);
        opacity.push(strength);
      });
      if (!traces.length) return;
      var change = { opacity: opacity };
      // The figures in a cell would stay at full strength on a dimmed ground.
      if (graph.data[traces[0]].meta.text !== undefined) {
        change.texttemplate = traces.map(function (place, n) {
          return opacity[n] === 1 ? graph.data[place].meta.text : "";
        });
      }
      window.Plotly.restyle(graph, change, traces);
    });
    document.querySelectorAll("[data-segment]").forEach(function (card) {
      var chosen = selection.includes(Number(card.dataset.segment));
      card.setAttribute("aria-pressed", String(chosen));
      card.classList.toggle("segment-dimmed", !all && !chosen);
    });
  }

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
    pick: function (segments, map, sizes, profile, cards, clear, selection) {
      var trigger = clientside.callback_context.triggered_id;
      if (trigger === "store-segments") return clientside.address.picked(segments);
      if (!trigger || trigger === "segments-clear") return [];
      var segment = null;
      if (typeof trigger === "object") {
        var pressed = clientside.callback_context.triggered[0];
        segment = pressed && pressed.value ? trigger.segment : null;
      } else {
        segment = clicked({ "segments-map": map, "segments-sizes": sizes, "segments-profile": profile }[trigger]);
      }
      if (segment === null) return clientside.no_update;
      var picked = toggled(selection || [], segment);
      paint(picked); // at once, not after the store
      return picked;
    },

    show: function (selection, segments) {
      paint(selection || []);
      return clientside.painter.repainted().then(function () {
        return told(selection || [], segments ? segments.segments : []);
      });
    },
  };
})();
