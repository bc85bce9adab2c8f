/* Give every chart a name, a description and a table, from what plotly has drawn.

   A chart is told in idle time, some time after it was drawn, and its table is made when it is
   shown: nothing of it is done between a touch and the next frame. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var html = clientside.element;
  var reading = clientside.reading;
  var QUIET = 400; // ms without another chart being drawn
  var LATEST = 1000; // ms, where the browser never says that it is idle
  var EVENTS = ["plotly_afterplot", "plotly_restyle", "plotly_relayout"];
  var stale = new Set();
  var heard = new WeakSet();
  var due = null;
  var made = 0; // ids given
  var idle = window.requestIdleCallback
    ? function (act) { window.requestIdleCallback(act, { timeout: LATEST }); }
    : function (act) { setTimeout(act, 0); };

  function part(graph, name) { return graph.closest(".chart").querySelector(".chart-" + name); }

  function tool(graph, kind) { return graph.closest(".chart").querySelector("[data-chart=" + kind + "]"); }

  function identified(element) {
    if (!element.id) element.id = "chart-part-" + ++made;
    return element.id;
  }

  function row(cells, scope) {
    return html("tr", {}, cells.map(function (cell, n) {
      return html(scope === "col" || n === 0 ? "th" : "td", scope === "col" || n === 0 ? { scope: scope } : {}, cell);
    }));
  }

  function build(graph) {
    var told = reading.table(graph);
    var table = html("table", { class: "table table-sm" }, [
      html("caption", {}, told.caption),
      html("thead", {}, row(told.headings, "col")),
      html("tbody", {}, told.rows.map(function (cells) { return row(cells, "row"); })),
    ]);
    var box = { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table: " + told.caption };
    part(graph, "table").replaceChildren(html("div", box, table));
  }

  function show(graph, shown) {
    var button = tool(graph, "table");
    var place = part(graph, "table");
    if (shown) build(graph);
    else place.replaceChildren();
    place.hidden = !shown;
    button.setAttribute("aria-expanded", String(shown));
    button.textContent = shown ? "Hide table" : "Show as table";
    name(graph, reading.title(graph));
  }

  function name(graph, title) {
    var button = tool(graph, "table");
    button.setAttribute("aria-label", button.textContent + ": " + title);
    button.setAttribute("aria-controls", identified(part(graph, "table")));
    ["png", "svg"].forEach(function (kind) {
      tool(graph, kind).setAttribute("aria-label", "Save as " + kind.toUpperCase() + ": " + title);
    });
  }

  function tell(graph) {
    var chart = graph.closest(".chart");
    var words = part(graph, "words");
    var bare = reading.bare(graph);
    var said = reading.words(graph);
    if (words.textContent !== said) words.textContent = said;
    chart.toggleAttribute("data-told", !bare);
    chart.setAttribute("aria-label", reading.title(graph) || "Empty chart");
    chart.setAttribute("aria-describedby", identified(words));
    graph.querySelectorAll(".main-svg").forEach(function (drawing) { drawing.setAttribute("aria-hidden", "true"); });
    if (bare && !part(graph, "table").hidden) show(graph, false);
    else if (!part(graph, "table").hidden) build(graph);
    name(graph, reading.title(graph));
  }

  function work(deadline) {
    var graph = stale.values().next().value;
    if (!graph) return;
    stale.delete(graph);
    // Those of another tab are told when it opens.
    if (graph.isConnected && graph.closest(".chart") && graph._fullLayout && graph.offsetParent) tell(graph);
    if (deadline && (deadline.didTimeout || deadline.timeRemaining() > 8)) work(deadline);
    else idle(work);
  }

  function soon(graph) {
    stale.add(graph);
    clearTimeout(due);
    due = setTimeout(function () { idle(work); }, QUIET);
  }

  function watch(graph) {
    heard.add(graph);
    EVENTS.forEach(function (event) {
      graph.on(event, function () { soon(graph); });
    });
  }

  // A graph says by an animation without any motion that it is on the page, or that its tab has opened.
  document.addEventListener("animationstart", function (event) {
    var graph = event.target;
    if (event.animationName !== "chart-appears" || !graph.on) return;
    if (!heard.has(graph)) watch(graph);
    soon(graph);
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest(".chart-tool");
    var graph = button && button.closest(".chart").querySelector(".js-plotly-plot");
    if (!graph || !graph._fullLayout || reading.bare(graph)) return;
    if (button.dataset.chart === "table") show(graph, part(graph, "table").hidden);
    else clientside.pictures.save(graph, button.dataset.chart);
  });

  clientside.alternatives = { watch: watch };
})();
