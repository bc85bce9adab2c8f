/* Put the segments' names where the server left a place for them. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var PLACE = /\u27e6(\d+)\u27e7/g;

  var UNSTABLE = / \(unstable\)$/;

  // As theme.plain in analytics/figures/theme.py.
  function escaped(name) {
    return name.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;").replace(/{/g, "&#123;");
  }

  clientside.naming = {
    // A view with the names that the user gave; they are those of one sweep, as store-named has them.
    renamed: function (view, key, count, named, edited) {
      var given = (named && named.key === key && (edited ? named.edited : named.names)[count]) || {};
      var segments = view.segments.map(function (one) {
        return Object.assign({}, one, given[one.segment] ? { name: given[one.segment], given: true } : {});
      });
      return Object.assign({}, view, { segments: segments });
    },

    // Names by segment, of segments as store-segments lists them.
    names: function (segments) {
      var names = {};
      segments.forEach(function (one) { names[one.segment] = one.name; });
      return names;
    },

    // A figure whose traces bear the names; plotly would read markup and templates into them.
    named: function (figure, names) {
      figure.data.forEach(function (trace) {
        var name = trace.meta && trace.name !== undefined && names[trace.meta.segment];
        if (name) trace.name = escaped(name) + (UNSTABLE.test(trace.name) ? " (unstable)" : "");
      });
      return figure;
    },

    // A sentence with the names put in.
    said: function (sentence, names) {
      return sentence.replace(PLACE, function (_, segment) { return names[segment]; });
    },
  };
})();
