/* What the address holds beside the tab: how many segments, and which are picked.

   The rest of what the page goes by is in its session. A tab that is opened with the address of
   another goes by what that one had last. This runs before the page reads its stores. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var LAST = "last-tab";
  var SHORT = 12; // characters of the key of an answer, enough to know it again
  var WITH = ["model-selection", "segments"];
  var pending = null;
  var now = null;

  function read(name) {
    return JSON.parse(sessionStorage.getItem(name) || "null");
  }

  function write(name, value) {
    sessionStorage.setItem(name, JSON.stringify(value));
  }

  function asked() {
    var given = new URLSearchParams(location.hash.split("?")[1] || "");
    var numbers = function (name) {
      return (given.get(name) || "").split(",").map(Number).filter(Number.isInteger);
    };
    return given.get("of") ? { of: given.get("of"), count: numbers("k")[0], picked: numbers("show") } : null;
  }

  function continued() {
    var last = JSON.parse(localStorage.getItem(LAST) || "{}");
    Object.keys(last).forEach(function (name) { sessionStorage.setItem(name, last[name]); });
  }

  function remember() {
    var all = {};
    Object.keys(sessionStorage).forEach(function (name) { all[name] = sessionStorage.getItem(name); });
    localStorage.setItem(LAST, JSON.stringify(all));
  }

  function begin() {
    var wanted = asked();
    if (wanted && !sessionStorage.getItem("store-dataset")) continued();
    var kept = read("store-kept");
    if (kept && wanted && kept.of === wanted.of) {
      kept.count = wanted.count;
      write("store-kept", kept);
      pending = wanted;
    }
  }

  // The tab that an address names.
  function tab() {
    return location.hash.slice(1).split("?")[0];
  }

  function spell() {
    if (!now || !WITH.includes(tab())) return;
    var said = "k=" + now.count + (now.picked.length ? "&show=" + now.picked.join(",") : "") + "&of=" + now.of;
    history.replaceState(history.state, "", "#" + tab() + "?" + said);
  }

  window.addEventListener("hashchange", spell);

  clientside.address = {
    tab: tab,

    // The segments that the address picks, once, as soon as those that it is of are there.
    picked: function (segments) {
      if (!pending || !segments) return [];
      var of = pending;
      pending = null;
      if (segments.scores.key.indexOf(of.of) !== 0 || segments.count !== of.count) return [];
      var known = segments.segments.map(function (one) { return one.segment; });
      return of.picked.filter(function (segment) { return known.includes(segment); });
    },

    keep: function (segments, picked) {
      if (!segments) return clientside.no_update;
      var of = segments.scores.key.slice(0, SHORT);
      now = { of: of, count: segments.count, picked: picked || [] };
      spell();
      setTimeout(remember, 0); // when the store is written
      return { of: of, count: segments.count, columns: segments.scores.features.columns };
    },
  };

  begin();
})();
