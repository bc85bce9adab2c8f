/* Figures of summaries: what figures tell of themselves, heatmaps, trees and boxes. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var reading = clientside.reading;
  var kinds = clientside.kinds;
  var list = reading.list;
  var written = reading.written;

  // Rows that figures tell of themselves, one for each trace.
  var told = {
    fits: function (figure) { return figure.has("told"); },
    rows: function (figure) {
      return figure.traces.filter(function (trace) { return trace.meta && trace.meta.told; }).map(function (trace) {
        var cells = Object.values(trace.meta.told).map(reading.spoken);
        return reading.segment(trace) === undefined ? cells : [reading.named(trace)].concat(cells);
      });
    },
    shape: function (figure) {
      if (figure.of("bar").length) return figure.x.seen ? "Bar chart" : "Treemap";
      return figure.traces.some(function (trace) { return trace.fill === "toself"; }) ? "Area chart" : "Map";
    },
    headings: function (figure) {
      var first = figure.traces.find(function (trace) { return trace.meta && trace.meta.told; });
      var own = Object.keys(first.meta.told).map(reading.spoken);
      return reading.segment(first) === undefined ? own : ["Segment"].concat(own);
    },
    words: function (figure) {
      var headings = told.headings(figure);
      var rows = told.rows(figure).map(function (row) {
        return headings[0] + " " + row[0] + ", " + row.slice(1).map(function (cell, n) {
          return headings[n + 1].toLowerCase() + ": " + cell;
        }).join(", ");
      });
      return [told.shape(figure) + " of " + reading.count(rows.length, "segment"), reading.some(rows)];
    },
    table: function (figure) { return { headings: told.headings(figure), rows: told.rows(figure) }; },
  };

  // A grid of cells: one trace, or one for each row.
  var heatmap = {
    fits: function (figure) { return figure.of("heatmap").length > 0; },
    rows: function (figure) {
      return figure.of("heatmap").reduce(function (rows, trace) {
        var texts = trace.text && list(trace.text).map(list);
        list(trace.z).forEach(function (values, n) {
          var twice = String(list(trace.x)) === String(list(trace.y)); // each pair stands there twice
          var label = reading.segment(trace) !== undefined ? reading.named(trace) : figure.y.label(trace.y[n]);
          rows.push({
            label: label,
            cells: list(values).map(function (value, m) {
              var text = texts && texts[n] ? texts[n][m] : "";
              var said = text && !/<br/.test(text) ? reading.spoken(text) : "";
              var column = figure.x.label(trace.x[m]);
              return {
                column: column,
                label: twice && m <= n ? "" : column + (reading.segment(trace) ? " of segment " : " and ") + label,
                value: Number(value === null ? NaN : value),
                shown: said || (reading.finite(value) ? value.toFixed(2).replace("-", "\u2212") : reading.NONE),
              };
            }),
          });
        });
        return rows;
      }, []);
    },
    words: function (figure) {
      var rows = heatmap.rows(figure);
      var cells = rows.reduce(function (all, row) { return all.concat(row.cells); }, []);
      return [
        "Heatmap of " + reading.count(rows.length, "row") + " and " + reading.count(rows[0].cells.length, "column"),
        kinds.extremes(cells.filter(function (cell) { return cell.label; })),
      ];
    },
    table: function (figure) {
      var rows = heatmap.rows(figure);
      return {
        headings: [figure.y.title || "Name"].concat(rows[0].cells.map(function (cell) { return cell.column; })),
        rows: rows.map(function (row) {
          return [row.label].concat(row.cells.map(function (cell) { return cell.shown; }));
        }),
      };
    },
  };

  // A tree of merges: each link is a bracket of four points, the highest of which is the merge.
  var tree = {
    fits: function (figure) { return figure.has("merges"); },
    heights: function (figure) {
      var found = [];
      figure.traces.forEach(function (trace) {
        for (var n = 0; n + 2 < trace.y.length; n += 5) found.push(trace.y[n + 1]);
      });
      return found.sort(function (a, b) { return b - a; });
    },
    words: function (figure) {
      var heights = tree.heights(figure);
      return [
        "Tree of " + reading.count(heights.length + 1, "branch", "branches"),
        "Two become one at a distance of " + written(heights[0])
          + (heights.length > 1 ? ", three become two at " + written(heights[1]) : ""),
      ];
    },
    table: function (figure) {
      return {
        headings: ["Segments before the merge", "Segments after it", figure.y.heading],
        rows: tree.heights(figure).map(function (height, n) {
          return [String(n + 2), String(n + 1), written(height)];
        }),
      };
    },
  };

  var PARTS = ["lowerfence", "q1", "median", "q3", "upperfence"];
  var BOX = ["Lower whisker", "Lower quartile", "Median", "Upper quartile", "Upper whisker"];

  // Boxes, of values or of their summary; a mean with its interval may stand beside each.
  var box = {
    fits: function (figure) { return figure.of("box").length > 0; },
    boxes: function (figure) {
      var means = {};
      figure.traces.forEach(function (trace) {
        if (trace.type === "box") return;
        means[trace.x[0]] = { mean: trace.y[0], half: trace.error_y.array && trace.error_y.array[0] };
      });
      return figure.of("box").map(function (trace) {
        var place = trace.x ? trace.x[0] : trace.x0;
        var label = reading.segment(trace) === undefined ? reading.spoken(place) : reading.named(trace);
        return { label: label, beside: means[place], five: box.five(trace), many: trace.y ? trace.y.length : null };
      });
    },
    five: function (trace) {
      if (trace.q1) return PARTS.map(function (part) { return trace[part] ? trace[part][0] : NaN; });
      var sorted = list(trace.y).filter(reading.finite).sort(function (a, b) { return a - b; });
      if (!sorted.length) return PARTS.map(function () { return NaN; });
      var quartiles = [0.25, 0.5, 0.75].map(function (share) { return reading.quantile(sorted, share); });
      var reach = 1.5 * (quartiles[2] - quartiles[0]);
      var low = sorted.find(function (value) { return value >= quartiles[0] - reach; });
      var high = sorted.slice().reverse().find(function (value) { return value <= quartiles[2] + reach; });
      return [Math.min(low, quartiles[0])].concat(quartiles, Math.max(high, quartiles[2]));
    },
    words: function (figure) {
      var boxes = box.boxes(figure);
      return [
        "Box plot of " + reading.count(boxes.length, "group"),
        "Medians: " + reading.some(boxes.map(function (one) { return one.label + ": " + written(one.five[2]); })),
      ];
    },
    table: function (figure) {
      var boxes = box.boxes(figure);
      var counted = boxes.every(function (one) { return one.many !== null; });
      var beside = boxes.some(function (one) { return one.beside; });
      return {
        headings: [figure.heading]
          .concat(counted ? "Customers" : [], BOX, beside ? "Mean and its 95 % interval" : []),
        rows: boxes.map(function (one) {
          var mean = one.beside ? reading.within(one.beside.mean, one.beside.half) : reading.NONE;
          return [one.label].concat(
            counted ? written(one.many) : [],
            one.five.map(function (value) { return written(value); }),
            beside ? mean : []
          );
        }),
      };
    },
  };

  kinds.add([told, heatmap, tree, box]);
})();
