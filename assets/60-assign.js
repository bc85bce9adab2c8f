/* What was assigned is shown beside the segments that it was assigned to, and no others. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});

  function twice(state, segments) {
    var apart = !state || !segments || state.segments !== segments.key;
    return [apart, apart];
  }

  clientside.assign = {
    scored: function (assigned, segments) {
      return twice(assigned, segments);
    },

    tried: function (tried, segments) {
      return twice(tried, segments);
    },

    ready: function (segments) {
      return window.dash_clientside.callback_context.outputs_list.map(function () { return !segments; });
    },
  };
})();
