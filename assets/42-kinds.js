/* The kinds of figures: how to tell each in words and as a table, and what they share in it.

   A kind `fits` figures. Of one, `words` gives first what it is, then what its numbers say; `table`
   gives headings and rows. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var reading = clientside.reading;
  var written = reading.written;
  var every = [];

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

  // The table of too many points: a row for each column of each series.
  function summarised(figure, series, titles, many) {
    var name = figure.several ? [figure.heading] : [];
    return {
      note: "a summary of " + whole(many),
      headings: name.concat(["Column", "Customers", "Mean", "Lowest", "Highest"]),
      rows: [].concat.apply([], series.map(function (one) {
        return one.spans.map(function (span, n) {
          var known = span ? [span.mean, span.low, span.high] : [NaN, NaN, NaN];
          var cells = [titles[n], written(one.many)].concat(known.map(function (value) { return written(value); }));
          return name.map(function () { return one.name; }).concat(cells);
        });
      })),
    };
  }

  function cells(figure, trace, place) {
    if (!figure.columns) return [];
    var data = trace.customdata && trace.customdata[place];
    var own = Array.isArray(data) || ArrayBuffer.isView(data) ? reading.list(data) : [data];
    return figure.columns.map(function (_, n) { return written(own[n]); });
  }

  // A value with its unit, where the axis is one of percentages.
  function measured(value, axis) {
    return written(value, axis) + (/^%/.test(axis.title) ? " " + axis.title : "");
  }

  function headings(figure, listed) {
    var own = listed.map(function (one) { return one.heading; });
    return (figure.several ? [figure.heading] : []).concat(figure.columns || [], own);
  }

  clientside.kinds = {
    cells: cells,
    extremes: extremes,
    headings: headings,
    measured: measured,
    summarised: summarised,
    whole: whole,

    // Those that are added later are asked first.
    add: function (more) { every = more.concat(every); },

    of: function (figure) {
      return every.find(function (kind) { return kind.fits(figure); });
    },
  };
})();
