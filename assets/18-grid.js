/* Load the grid of the customers when it comes near the screen: it is a fifth of all the scripts,
   and below what is seen first. Until then its place is kept empty. */
(function () {
  "use strict";

  var React = window.React;
  var AHEAD = "10%"; // of the screen's height
  var STAY = 300; // ms; while the page fills, everything is near
  var FAILED = "The table could not be loaded. Scroll away from here and back to try again.";
  var FILE = "_dash-component-suites/dash_ag_grid/dash_ag_grid.min.js";
  var loading = null;

  function address() {
    var config = JSON.parse(document.getElementById("_dash-config").textContent);
    return config.requests_pathname_prefix + FILE;
  }

  // The script puts itself in the place of what is here, which Dash goes on to use.
  function load() {
    loading = loading || new Promise(function (resolve, reject) {
      var script = document.createElement("script");
      script.src = address();
      script.onload = function () {
        var whole = window.dash_ag_grid;
        window.dash_ag_grid = Object.assign({}, whole, { AgGrid: Grid });
        resolve(whole.AgGrid);
      };
      script.onerror = function () {
        loading = null; // to be tried anew
        reject(new Error("The table could not be loaded from " + script.src));
      };
      document.head.append(script);
    });
    return loading;
  }

  // Do something once an element has stayed near the screen.
  function whenNear(element, act) {
    var staying;
    var near = new IntersectionObserver(function (seen) {
      clearTimeout(staying);
      if (seen[seen.length - 1].isIntersecting) staying = setTimeout(act, STAY);
    }, { rootMargin: AHEAD + " 0px" });
    near.observe(element);
    return function () {
      clearTimeout(staying);
      near.disconnect();
    };
  }

  // Who comes by keyboard stops here, and goes on into the grid.
  var DUE = { tabIndex: 0, role: "region", "aria-label": "Table, being loaded" };
  var HERE = { tabIndex: -1 };

  function Grid(given) {
    var place = React.useRef(null);
    var known = React.useState(null);
    var lacking = React.useState("");
    var whole = known[0];
    var due = Boolean(given.rowData) && !whole;

    function bring() {
      load().then(
        function (AgGrid) { known[1](function () { return AgGrid; }); },
        function (error) {
          console.error(error);
          lacking[1](FAILED);
        }
      );
    }

    React.useEffect(function () {
      return due ? whenNear(place.current, bring) : undefined;
    }, [due]);
    var itself = { className: "grid-place", ref: place, onFocus: whole ? undefined : bring };
    return React.createElement(
      "div",
      Object.assign(itself, whole ? HERE : DUE, whole ? {} : { id: given.id }),
      whole ? React.createElement(whole, given) : lacking[0]
    );
  }

  window.dash_ag_grid = { AgGrid: Grid };
})();
