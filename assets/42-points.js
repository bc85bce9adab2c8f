/* Figures of points: customers as lines, curves, bars and scattered points. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var reading = clientside.reading;
  var kinds = clientside.kinds;
  var list = reading.list;
  var written = reading.written;

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
        "Lines of " + kinds.whole(across.customers(figure).length) + " across " + columns.join(", "),
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
      return kinds.summarised(figure, across.summary(figure), columns, customers.length);
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
        var most = kinds.extremes(points, " at ");
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
        return new Map(points.map(function (point) {
          return [point.place, reading.within(point.value, point.error, figure.y)];
        }));
      });
      return {
        headings: [first].concat(figure.traces.map(function (trace) { return curves.name(figure, trace); })),
        rows: places.map(function (place) {
          return [figure.x.label(place)].concat(cells.map(function (known) { return known.get(place) || reading.NONE; }));
        }),
      };
    },
  };

  // Bars, across or up.
  var bars = {
    fits: function (figure) { return figure.of("bar").length > 0; },
    entries: function (figure) {
      return figure.of("bar").reduce(function (all, trace) {
        var lying = trace.orientation === "h";
        var values = list(lying ? trace.x : trace.y);
        var places = list(lying ? trace.y : trace.x);
        values.forEach(function (value, n) {
          var own = kinds.cells(figure, trace, n);
          var axis = lying ? figure.x : figure.y;
          var text = Array.isArray(trace.text) ? reading.spoken(trace.text[n]) : "";
          var shown = figure.columns && !figure.axes ? own[own.length - 1] : text || kinds.measured(value, axis);
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
      return ["Bar chart of " + reading.count(entries.length, figure.columns ? "part" : "bar"), kinds.extremes(entries)];
    },
    table: function (figure) {
      var lying = figure.of("bar")[0].orientation === "h";
      var listed = figure.columns ? (figure.axes ? [figure.y] : []) : lying ? [figure.y, figure.x] : [figure.x, figure.y];
      if (!figure.columns) listed[0] = { heading: listed[0].title || "Name" };
      return {
        headings: kinds.headings(figure, listed),
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
      return figure.traces.reduce(function (sum, trace) {
        return sum + (points.marked(trace) ? 0 : trace.x.length);
      }, 0);
    },
    words: function (figure) {
      var axes = points.listed(figure);
      var series = points.summary(figure);
      var around = series.map(function (one) {
        var means = one.spans.filter(Boolean).map(function (span) { return written(span.mean); });
        return one.name + ": " + kinds.whole(one.many) + " around " + means.join(" and ");
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
        return kinds.summarised(figure, points.summary(figure), axes.map(function (axis) { return axis.heading; }), many);
      }
      var rows = [];
      var first = figure.traces.filter(points.marked);
      var rest = figure.traces.filter(function (trace) { return !points.marked(trace); });
      first.concat(rest).forEach(function (trace) {
        list(trace.x).forEach(function (_, n) {
          var values = axes.map(function (axis) { return axis.label((axis === figure.x ? trace.x : trace.y)[n]); });
          rows.push((figure.several ? [reading.named(trace)] : []).concat(kinds.cells(figure, trace, n), values));
        });
      });
      return { headings: kinds.headings(figure, axes), rows: rows };
    },
  };

  kinds.add([across, curves, bars, points]);
})();
