/* Read off a figure what it shows: its title, a few sentences, and a table of its numbers.

   All of it comes from what plotly has drawn, and so goes for every figure, whoever made it. What
   cannot be read off says a trace in its `meta`, as analytics/figures/theme.py has it. Segments
   that are dimmed are left out. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var MOST = 1000; // rows of a table, and points that are listed one by one
  var FEW = 10; // series that are told in words
  var NONE = "\u2013";
  var SEEN = 0.5; // a fainter trace is dimmed

  // What a text of plotly says, without its markup.
  function spoken(markup) {
    var text = String(markup === null || markup === undefined ? "" : markup);
    if (!/[<&]/.test(text)) return text;
    var parsed = new DOMParser().parseFromString(text.replace(/<br\s*\/?>/g, " "), "text/html");
    return parsed.body.textContent;
  }

  function finite(value) { return typeof value === "number" && isFinite(value); }

  function written(value, axis) {
    if (typeof value !== "number") return spoken(value) || NONE;
    if (!isFinite(value)) return NONE;
    value = value || 0; // never below it
    var options = Number.isInteger(value) || Math.abs(value) >= 1000
      ? { maximumFractionDigits: Math.abs(value) >= 10000 ? 0 : 1 }
      : { maximumSignificantDigits: 4 };
    if (axis && /%$/.test(axis.format)) {
      return (100 * value).toLocaleString("en", { maximumFractionDigits: 1 }).replace("-", "\u2212") + " %";
    }
    return value.toLocaleString("en", options).replace("-", "\u2212");
  }

  // A value and how far off it may be, which two digits tell.
  function within(value, half, axis) {
    var off = half && Number(half.toPrecision(2));
    return written(value, axis) + (finite(half) ? " \u00b1 " + written(off, axis) : "");
  }

  function list(values) { return values === undefined || values === null ? [] : Array.from(values); }

  function count(many, one, more) { return many.toLocaleString("en") + " " + (many === 1 ? one : more || one + "s"); }

  function sentences(parts) {
    return parts.filter(Boolean).map(function (part) {
      return part[0].toUpperCase() + part.slice(1) + (/[.!?\u2026]$/.test(part) ? "" : ".");
    }).join(" ");
  }

  function some(told) {
    var left = told.length - FEW;
    return told.slice(0, FEW).concat(left > 0 ? "and " + count(left, "more", "more") : []).join("; ");
  }

  function span(values) {
    var known = values.filter(finite);
    if (!known.length) return null;
    var found = { n: known.length, low: known[0], high: known[0], sum: 0 };
    known.forEach(function (value) {
      if (value < found.low) found.low = value;
      if (value > found.high) found.high = value;
      found.sum += value;
    });
    found.mean = found.sum / found.n;
    return found;
  }

  // A quantile as plotly's boxes have it.
  function quantile(sorted, share) {
    var place = Math.min(Math.max(share * sorted.length - 0.5, 0), sorted.length - 1);
    var below = Math.floor(place);
    return sorted[below] + (place - below) * (sorted[Math.ceil(place)] - sorted[below]);
  }

  function axis(graph, name, fallback) {
    var given = graph.layout[name] || {};
    var title = given.title && given.title.text !== undefined ? given.title.text : given.title;
    return {
      title: spoken(title),
      heading: spoken(title) || fallback,
      format: given.tickformat || "",
      seen: given.visible !== false && given.showticklabels !== false,
      ticks: given.tickvals ? [list(given.tickvals), list(given.ticktext)] : null,
      label: function (value) {
        var at = this.ticks ? this.ticks[0].indexOf(value) : -1;
        return at < 0 ? written(value, this) : spoken(this.ticks[1][at]);
      },
    };
  }

  function segment(trace) { return trace.meta ? trace.meta.segment : undefined; }

  function strong(graph, trace) {
    var veil = (graph.layout.shapes || []).find(function (shape) { return shape.name === String(segment(trace)); });
    var strength = trace.meta.veiled ? 1 - (veil ? veil.opacity : 0) : trace.opacity;
    return strength === undefined || strength >= SEEN;
  }

  // The segments that are picked, if not all are seen alike.
  function picked(graph) {
    var own = (graph._fullData || []).filter(function (trace) { return segment(trace) !== undefined; });
    var seen = own.filter(function (trace) { return strong(graph, trace); });
    return seen.length && seen.length < own.length ? seen : null;
  }

  function named(trace) {
    var name = spoken(trace.name);
    return segment(trace) ? segment(trace) + " " + name : name;
  }

  function once(texts) { return Array.from(new Set(texts)); }

  // All that the readers need to know of a figure.
  function open(graph) {
    var chosen = picked(graph);
    var traces = (graph._fullData || []).filter(function (trace) {
      if (trace.visible !== true || trace.hoverinfo === "skip") return false;
      return !chosen || segment(trace) === undefined || chosen.includes(trace);
    });
    var hints = traces.map(function (trace) { return trace.meta || {}; });
    return {
      traces: traces,
      only: chosen ? once(chosen.map(named)) : [],
      columns: hints.map(function (hint) { return hint.columns; }).find(Boolean) || null,
      axes: hints.map(function (hint) { return hint.axes; }).find(function (axes) { return axes !== undefined; }),
      has: function (hint) { return hints.some(function (one) { return one[hint]; }); },
      of: function (kind) { return traces.filter(function (trace) { return trace.type === kind; }); },
      x: axis(graph, "xaxis", "Value"),
      y: axis(graph, "yaxis", "Value"),
      several: once(traces.map(named)).length > 1,
      heading: hints.some(function (hint) { return hint.segment !== undefined; }) ? "Segment" : "Group",
    };
  }

  function title(graph) {
    var given = graph.layout.title || {};
    return spoken(given.text !== undefined ? given.text : typeof given === "string" ? given : "");
  }

  function subtitle(graph) {
    var given = graph.layout.title && graph.layout.title.subtitle;
    return given ? spoken(given.text) : "";
  }

  function notes(graph) {
    return (graph.layout.annotations || []).map(function (one) { return spoken(one.text); }).filter(Boolean);
  }

  // The lines across a figure that no note explains.
  function lines(graph, figure) {
    var told = graph.layout.annotations || [];
    return (graph.layout.shapes || []).filter(function (shape) {
      if (shape.type !== "line" || shape.opacity === 0) return false;
      return !told.some(function (one) {
        return (one.x === shape.x0 && /domain/.test(one.yref)) || (one.y === shape.y0 && /domain/.test(one.xref));
      });
    }).map(function (shape) {
      return shape.x0 === shape.x1
        ? "A vertical line marks " + figure.x.label(shape.x0)
        : "A horizontal line marks " + figure.y.label(shape.y0);
    });
  }

  function axes(figure) {
    var told = [];
    if (figure.x.seen && figure.x.title) told.push("across: " + figure.x.title);
    if (figure.y.seen && figure.y.title) told.push("up: " + figure.y.title);
    return told.join("; ");
  }

  clientside.reading = {
    MOST: MOST,
    NONE: NONE,
    axis: axis,
    count: count,
    finite: finite,
    list: list,
    named: named,
    once: once,
    open: open,
    picked: picked,
    quantile: quantile,
    segment: segment,
    some: some,
    span: span,
    spoken: spoken,
    title: title,
    within: within,
    written: written,

    // Whether there is anything but a message.
    bare: function (graph) { return !(graph._fullData || []).length; },

    words: function (graph) {
      if (this.bare(graph)) return sentences(notes(graph));
      var figure = open(graph);
      var told = clientside.kinds.of(figure).words(figure);
      var marked = notes(graph).join("; ");
      return sentences([told[0], subtitle(graph), axes(figure)].concat(
        told.slice(1),
        marked && "Marked: " + marked,
        lines(graph, figure),
        figure.only.length ? "Only what is picked out is told: " + some(figure.only) : []
      ));
    },

    table: function (graph) {
      var figure = open(graph);
      var found = clientside.kinds.of(figure).table(figure);
      var shown = found.rows.length > MOST ? " (the first " + MOST.toLocaleString("en") + " of "
        + found.rows.length.toLocaleString("en") + " rows)" : "";
      var only = figure.only.length ? ", only " + some(figure.only) : "";
      return {
        caption: title(graph) + only + shown + (found.note ? ": " + found.note : ""),
        headings: found.headings,
        rows: found.rows.slice(0, MOST),
      };
    },
  };
})();
