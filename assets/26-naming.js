/* Put the segments' names where the server left a place for them. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var PLACE = /\u27e6(\d+)\u27e7/g;

  clientside.naming = {
    // Names by segment, of segments as store-segments lists them.
    names: function (segments) {
      var names = {};
      segments.forEach(function (one) { names[one.segment] = one.name; });
      return names;
    },

    // A sentence with the names put in.
    said: function (sentence, names) {
      return sentence.replace(PLACE, function (_, segment) { return names[segment]; });
    },
  };
})();
