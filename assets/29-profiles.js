/* Draw the profile that is chosen, of those that a view brings. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var packing = clientside.packing;
  var FIRST = "index";
  var PLACE = "segments-profile";
  var COMING = "This figure is on its way \u2026";
  var chosen = FIRST;
  var offered = null; // what the control offers

  function offer(options) {
    var known = JSON.stringify(options);
    if (known === offered) return;
    offered = known;
    if (!options.some(function (one) { return one.value === chosen; })) chosen = FIRST;
    clientside.set_props("segments-profile-as", { options: options, value: chosen });
  }

  // The customers of one segment as lines from column to column, with a gap after each.
  function lined(trace, lines, labels, rows) {
    var places = packing.unpacked(lines.places);
    var values = packing.unpacked(lines.values);
    var many = lines.low.length;
    trace.x = [];
    trace.y = [];
    trace.customdata = [];
    places.forEach(function (place, line) {
      if (labels[place] !== trace.meta.segment) return;
      for (var n = 0; n <= many; n++) {
        var value = n < many ? values[line * many + n] : NaN;
        var missing = Number.isNaN(value);
        trace.x.push(n < many ? n : null);
        trace.y.push(missing ? null : value);
        trace.customdata.push([rows[place], missing ? null : lines.low[n] + value * (lines.high[n] - lines.low[n])]);
      }
    });
  }

  function made(view, kind, names) {
    var figure = clientside.naming.named(packing.copied(view.profiles[kind]), names);
    figure.data.forEach(function (trace) {
      if (!trace.meta || !trace.meta.lines) return;
      lined(trace, clientside.views.shared().profiles.lines, packing.unpacked(view.labels), clientside.views.rows());
    });
    return figure;
  }

  clientside.profiles = {
    want: function (view, names) {
      var kind = chosen;
      if (!(kind in view.profiles)) return clientside.painter.blank(PLACE, COMING);
      clientside.painter.want(PLACE, {
        from: [view.key, kind, JSON.stringify(names)].join(" "),
        figure: function () { return made(view, kind, names); },
      });
    },

    show: function (segments, arrived, kind) {
      var view = clientside.views.of(segments);
      if (!view) return clientside.views.waits() ? clientside.no_update : "";
      chosen = kind || chosen;
      offer(clientside.views.shared().profiles.offered);
      clientside.profiles.want(view, clientside.naming.names(segments.segments));
      clientside.segments.dim(PLACE);
      clientside.painter.settle();
      var figure = view.profiles[chosen];
      return (figure && figure.layout.meta && figure.layout.meta.reading) || "";
    },
  };
})();
