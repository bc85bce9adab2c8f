/* Edit the segments: what is offered for those that are shown, and what was done to them. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var SHARE = 0.05; // of the customers, to begin with

  function called(segments) {
    var names = clientside.naming.names(segments);
    return function (segment) { return segment + " " + names[segment]; };
  }

  function pairs(view, call) {
    return view.pairs.map(function (pair) {
      var points = (100 * pair[2]).toFixed(1);
      return {
        value: pair[0] + " " + pair[1],
        label: call(pair[0]) + " and " + call(pair[1]) + " (\u2212" + points + " points of explained variance)",
      };
    });
  }

  function minimum(own) {
    var sizes = own.map(function (one) { return one.size; });
    var everyone = sizes.reduce(function (sum, size) { return sum + size; }, 0);
    var most = Math.floor(everyone / own.length);
    var wanted = Math.max(Math.ceil(SHARE * everyone), Math.min.apply(null, sizes) + 1);
    return Math.max(1, Math.min(most, wanted));
  }

  // Edits of other segments wait until these are shown again, which is told.
  function elsewhere(edits, segments) {
    var others = (edits || []).filter(function (one) {
      return one.scores.key !== segments.scores.key || one.count !== segments.count;
    });
    return others.map(function (one) {
      var same = one.scores.key === segments.scores.key;
      var many = one.steps.length === 1 ? "1 edit" : one.steps.length + " edits";
      return many + " of " + one.count + " segments" + (same ? "" : " by other features, settings or data")
        + " do not apply here; they are kept and come back with those segments.";
    }).join(" ");
  }

  function step(cost) { return { type: "Li", namespace: "dash_html_components", props: { children: cost } }; }

  clientside.editing = {
    offer: function (segments, edits) {
      var view = clientside.views.of(segments);
      if (!view) return [[], null, [], null, null, true, true, true, true, [], ""];
      var own = segments.segments.filter(function (one) { return one.segment > 0; });
      var call = called(own);
      var merging = own.length > 2 ? pairs(view, call) : [];
      var every = own.map(function (one) {
        return { value: String(one.segment), label: call(one.segment) + ", " + one.size.toLocaleString("en") + " customers" };
      });
      var edited = clientside.views.edited(segments);
      return [
        merging,
        merging.length ? merging[0].value : null,
        every,
        every.length ? every[0].value : null,
        minimum(own),
        false,
        false,
        !edited,
        !edited,
        edited ? edited.costs.map(step) : [],
        elsewhere(edits, segments),
      ];
    },

    // A cost is shown until something else is chosen.
    outdated: function () {
      var triggered = clientside.callback_context.triggered_id;
      return triggered !== "editing-cost";
    },

    turn: function (kind) {
      return [kind !== "merge", kind !== "split", kind !== "minimum"];
    },
  };
})();
