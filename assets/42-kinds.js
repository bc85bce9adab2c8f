/* The kinds of figures that there are: how to tell each in words, and how as a table.

   `words` gives first what the figure is, then what its numbers say; `table` the headings and rows. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var reading = clientside.reading;
  var list = reading.list;
  var written = reading.written;

  function whole(many) { return reading.count(many, "customer"); }

  function best(entries, better) {
    return entries.reduce(function (most, one) { return better(one.value, most.value) ? one : most; }, entries[0]);
  }

  // The extremes of entries with `value`, told by their `label` and what is `shown`.
  function extremes(entries, at) {
    var told = function (one) { return one.shown + (at || " for ") + one.label; };
    entries = entries.filter(function (one) { return reading.finite(one.value); });
    if (!entries.length) return "";
    if (entries.length <= 3) {
      return entries.map(told).join("; ");
    }
    var high = best(entries, function (a, b) { return a > b; });
    var low = best(entries, function (a, b) { return a < b; });
    return "Highest: " + told(high) + "; lowest: " + told(low);
  }

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
        extremes(cells.filter(function (cell) { return cell.label; })),
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

  // Customers as lines across the columns: their values are the custom data.
  var across = {
    fits: function (figure) { return figure.has("lines"); },
    columns: function (figure) {
      return figure.x.ticks[1].map(function (text) { return reading.spoken(String(text).split("<br>")[0]); });
    },
    customers: function (figure) {
      var many = figure.x.ticks[0].length;
      return figure.traces.reduce(function (all, trace) {
        var data = list(trace.customdata);
        for (var n = 0; n < data.length; n += many + 1) {
          all.push({
            of: reading.named(trace),
            row: data[n][0],
            values: data.slice(n, n + many).map(function (one) { return one[1] === null ? NaN : one[1]; }),
          });
        }
        return all;
      }, []);
    },
    summary: function (figure) {
      var customers = across.customers(figure);
      return reading.once(figure.traces.map(reading.named)).map(function (name) {
        var own = customers.filter(function (one) { return one.of === name; });
        return {
          name: name,
          many: own.length,
          spans: across.columns(figure).map(function (_, n) {
            return reading.span(own.map(function (one) { return one.values[n]; }));
          }),
        };
      });
    },
    words: function (figure) {
      var columns = across.columns(figure);
      return [
        "Lines of " + whole(across.customers(figure).length) + " across " + columns.join(", "),
        "Means: " + reading.some(across.summary(figure).map(function (one) {
          return one.name + ": " + columns.map(function (column, n) {
            return column + " " + (one.spans[n] ? written(one.spans[n].mean) : reading.NONE);
          }).join(", ");
        })),
      ];
    },
    table: function (figure) {
      var columns = across.columns(figure);
      var customers = across.customers(figure);
      if (customers.length <= reading.MOST) {
        return {
          headings: ["Row", figure.heading].concat(columns),
          rows: customers.map(function (one) {
            return [written(one.row), one.of].concat(one.values.map(function (value) { return written(value); }));
          }),
        };
      }
      return summarised(figure, across.summary(figure), columns, customers.length);
    },
  };

  // The table of too many points: a row for each column of each series.
  function summarised(figure, series, titles, many) {
    var name = figure.several ? [figure.heading] : [];
    return {
      note: "a summary of " + whole(many),
      headings: name.concat(["Column", "Customers", "Mean", "Lowest", "Highest"]),
      rows: [].concat.apply([], series.map(function (one) {
        return one.spans.map(function (span, n) {
          var known = span ? [span.mean, span.low, span.high] : [NaN, NaN, NaN];
          return name.map(function () { return one.name; }).concat(titles[n], written(one.many), known.map(function (value) {
            return written(value);
          }));
        });
      })),
    };
  }

  var PARTS = ["lowerfence", "q1", "median", "q3", "upperfence"];
  var BOX = ["Lower whisker", "Lower quartile", "Median", "Upper quartile", "Upper whisker"];

  // Boxes, of values or of their summary; a mean with its interval may stand beside each.
  var box = {
    fits: function (figure) { return figure.of("box").length > 0; },
    boxes: function (figure) {
      var means = {};
      figure.traces.forEach(function (trace) {
        if (trace.type !== "box") means[trace.x[0]] = { mean: trace.y[0], half: trace.error_y.array && trace.error_y.array[0] };
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

  // Curves over the same places, or around a circle: a column for each.
  var curves = {
    fits: function (figure) {
      return !figure.columns && figure.traces.length > 0 && figure.traces.every(function (trace) {
        return trace.type === "scatterpolar" || (trace.type === "scatter" && /lines/.test(trace.mode));
      });
    },
    points: function (trace) {
      var round = trace.type === "scatterpolar";
      var places = list(round ? trace.theta : trace.x);
      var values = list(round ? trace.r : trace.y);
      if (round) places = places.slice(0, -1); // it ends where it began
      var errors = trace.error_y && trace.error_y.visible !== false ? list(trace.error_y.array) : [];
      return places.map(function (place, n) { return { place: place, value: values[n], error: errors[n] }; });
    },
    name: function (figure, trace) {
      return /^trace \d+$/.test(trace.name) ? figure.y.heading : reading.named(trace);
    },
    words: function (figure) {
      var told = figure.traces.map(function (trace) {
        var points = curves.points(trace).map(function (point) {
          return { label: figure.x.label(point.place), value: point.value, shown: written(point.value, figure.y) };
        });
        var ends = typeof trace.x !== "undefined" && reading.finite(trace.x[0])
          ? "from " + points[0].shown + " at " + points[0].label + " to " + points[points.length - 1].shown + " at "
            + points[points.length - 1].label + "; " : "";
        var most = extremes(points, " at ");
        var name = figure.several ? curves.name(figure, trace) + ": " : "";
        return name + ends + most[0].toLowerCase() + most.slice(1);
      });
      return [
        (figure.of("scatterpolar").length ? "Radar chart of " : "Line chart of ") + reading.count(told.length, "line"),
      ].concat(told);
    },
    table: function (figure) {
      var columns = figure.traces.map(curves.points);
      var places = reading.once([].concat.apply([], columns.map(function (points) {
        return points.map(function (point) { return point.place; });
      })));
      var first = figure.of("scatterpolar").length || !figure.x.title ? "Column" : figure.x.title;
      var cells = columns.map(function (points) {
        return new Map(points.map(function (point) { return [point.place, reading.within(point.value, point.error, figure.y)]; }));
      });
      return {
        headings: [first].concat(figure.traces.map(function (trace) { return curves.name(figure, trace); })),
        rows: places.map(function (place) {
          return [figure.x.label(place)].concat(cells.map(function (known) { return known.get(place) || reading.NONE; }));
        }),
      };
    },
  };

  function cells(figure, trace, place) {
    if (!figure.columns) return [];
    var data = trace.customdata && trace.customdata[place];
    var own = Array.isArray(data) || ArrayBuffer.isView(data) ? list(data) : [data];
    return figure.columns.map(function (_, n) { return written(own[n]); });
  }

  // A value with its unit, where the axis is one of percentages.
  function measured(value, axis) {
    return written(value, axis) + (/^%/.test(axis.title) ? " " + axis.title : "");
  }

  function headings(figure, listed) {
    return (figure.several ? [figure.heading] : []).concat(figure.columns || [], listed.map(function (one) { return one.heading; }));
  }

  // Bars, across or up.
  var bars = {
    fits: function (figure) { return figure.of("bar").length > 0; },
    entries: function (figure) {
      return figure.of("bar").reduce(function (all, trace) {
        var lying = trace.orientation === "h";
        var values = list(lying ? trace.x : trace.y);
        var places = list(lying ? trace.y : trace.x);
        values.forEach(function (value, n) {
          var own = cells(figure, trace, n);
          var axis = lying ? figure.x : figure.y;
          var text = Array.isArray(trace.text) ? reading.spoken(trace.text[n]) : "";
          var shown = figure.columns && !figure.axes ? own[own.length - 1] : text || measured(value, axis);
          var place = (lying ? figure.y : figure.x).label(places[n]);
          var label = figure.columns ? own.slice(0, -1).join(" to ") : place;
          var name = figure.several ? [reading.named(trace)] : [];
          all.push({
            value: value,
            label: figure.several ? name[0] + ", " + label : label,
            shown: shown,
            row: name.concat(figure.columns ? own : [place, shown], figure.axes ? [written(value, axis)] : []),
          });
        });
        return all;
      }, []);
    },
    words: function (figure) {
      var entries = bars.entries(figure);
      return ["Bar chart of " + reading.count(entries.length, figure.columns ? "part" : "bar"), extremes(entries)];
    },
    table: function (figure) {
      var lying = figure.of("bar")[0].orientation === "h";
      var listed = figure.columns ? (figure.axes ? [figure.y] : []) : lying ? [figure.y, figure.x] : [figure.x, figure.y];
      if (!figure.columns) listed[0] = { heading: listed[0].title || "Name" };
      return {
        headings: headings(figure, listed),
        rows: bars.entries(figure).map(function (one) { return one.row; }),
      };
    },
  };

  // Points, a few of which are marked by writing.
  var points = {
    fits: function () { return true; },
    marked: function (trace) { return trace.x.length === 1 && /text/.test(trace.mode); },
    listed: function (figure) {
      return [figure.x, figure.y].filter(function (axis) { return axis.seen; });
    },
    summary: function (figure) {
      var axes = points.listed(figure);
      return figure.traces.filter(function (trace) { return !points.marked(trace); }).map(function (trace) {
        return {
          name: reading.named(trace),
          many: trace.x.length,
          spans: axes.map(function (axis) { return reading.span(list(axis === figure.x ? trace.x : trace.y)); }),
        };
      });
    },
    many: function (figure) {
      return figure.traces.reduce(function (sum, trace) { return sum + (points.marked(trace) ? 0 : trace.x.length); }, 0);
    },
    words: function (figure) {
      var axes = points.listed(figure);
      var series = points.summary(figure);
      var around = series.map(function (one) {
        var means = one.spans.filter(Boolean).map(function (span) { return written(span.mean); });
        return one.name + ": " + whole(one.many) + " around " + means.join(" and ");
      });
      var ranges = series.length === 1 ? series[0].spans.filter(Boolean).map(function (span, n) {
        return axes[n].heading + " from " + written(span.low) + " to " + written(span.high);
      }) : [];
      return [
        "Scatter plot of " + reading.count(points.many(figure), "point"),
        figure.several && !figure.columns ? "" : ranges.join("; "),
        figure.several ? reading.some(around) : "",
      ];
    },
    table: function (figure) {
      var axes = points.listed(figure);
      var many = points.many(figure);
      if (many > reading.MOST) {
        return summarised(figure, points.summary(figure), axes.map(function (axis) { return axis.heading; }), many);
      }
      var rows = [];
      var first = figure.traces.filter(points.marked);
      var rest = figure.traces.filter(function (trace) { return !points.marked(trace); });
      first.concat(rest).forEach(function (trace) {
        list(trace.x).forEach(function (_, n) {
          rows.push((figure.several ? [reading.named(trace)] : []).concat(cells(figure, trace, n), axes.map(function (axis) {
            return axis.label((axis === figure.x ? trace.x : trace.y)[n]);
          })));
        });
      });
      return { headings: headings(figure, axes), rows: rows };
    },
  };

  var KINDS = [told, heatmap, tree, across, box, curves, bars, points];

  clientside.kinds = {
    of: function (figure) {
      return KINDS.find(function (kind) { return kind.fits(figure); });
    },
  };
})();
