/* Unpack what the server packed: arrays, and trees told as what they change about an alike one.
   The same as analytics/packing.py. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var KINDS = { i1: Int8Array, i2: Int16Array, i4: Int32Array, f4: Float32Array };
  var GONE = "\u2400";

  function isObject(tree) {
    return tree !== null && typeof tree === "object" && !Array.isArray(tree);
  }

  function isList(tree) {
    return Array.isArray(tree) && tree.length > 0 && tree.every(isObject);
  }

  clientside.packing = {
    unpacked: function (given) {
      var bytes = atob(given.packed.replace(/-/g, "+").replace(/_/g, "/"));
      var filled = new Uint8Array(bytes.length);
      for (var n = 0; n < bytes.length; n++) filled[n] = bytes.charCodeAt(n);
      return new KINDS[given.dtype](filled.buffer);
    },

    merged: function merged(base, change) {
      if (isObject(base) && isObject(change)) {
        var both = Object.assign({}, base);
        Object.keys(change).forEach(function (key) {
          if (change[key] === GONE) delete both[key];
          else both[key] = merged(base[key], change[key]);
        });
        return both;
      }
      if (isList(base) && isObject(change) && "n" in change) {
        return Array.from({ length: change.n }, function (_, place) {
          var told = Object.assign({}, change[place]);
          var like = "like" in told ? told.like : place;
          delete told.like;
          return merged(base[like], told);
        });
      }
      return change;
    },

    // A deep copy, as plotly writes into what it draws; typed arrays are shared.
    copied: function copied(tree) {
      if (Array.isArray(tree)) return tree.map(copied);
      if (!isObject(tree) || ArrayBuffer.isView(tree)) return tree;
      var copy = {};
      Object.keys(tree).forEach(function (key) { copy[key] = copied(tree[key]); });
      return copy;
    },

    // The values of the customers in one segment.
    gathered: function (values, labels, segment) {
      var size = 0;
      for (var n = 0; n < labels.length; n++) size += labels[n] === segment;
      var mine = new values.constructor(size);
      for (var from = 0, to = 0; from < labels.length; from++) {
        if (labels[from] === segment) mine[to++] = values[from];
      }
      return mine;
    },
  };
})();
