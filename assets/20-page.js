/* The shell: open the sample on a first visit, keep the theme, tell of a server out of reach. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var KEPT = "theme";

  function system() {
    return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  }

  function paint(theme) {
    document.documentElement.dataset.bsTheme = theme;
    document.documentElement.dataset.agThemeMode = theme;
  }

  function redraw(template) {
    document.querySelectorAll(".js-plotly-plot").forEach(function (graph) {
      if (graph.data) window.Plotly.relayout(graph, { template: template });
    });
  }

  function notice(title, detail) {
    clientside.set_props("page-notice", { header: title, children: detail, is_open: true });
  }

  paint(localStorage.getItem(KEPT) || system());

  clientside.page = {
    notice: notice,

    boot: function () {
      return sessionStorage.getItem("store-dataset") ? clientside.no_update : Date.now();
    },

    theme: function (clicks, templates) {
      var theme = document.documentElement.dataset.bsTheme;
      if (clientside.callback_context.triggered_id === "page-theme" && clicks) {
        theme = theme === "dark" ? "light" : "dark";
        localStorage.setItem(KEPT, theme);
        paint(theme);
        redraw(templates[theme]);
      }
      return theme;
    },
  };

  // What has the focus is never beneath the bar, nor what sticks to it.
  new MutationObserver(function (_, observer) {
    var bar = document.querySelector(".bar");
    if (!bar) return;
    observer.disconnect();
    new ResizeObserver(function () {
      document.documentElement.style.setProperty("--bar", bar.offsetHeight + "px");
    }).observe(bar);
  }).observe(document.documentElement, { subtree: true, childList: true });

  // A button that stands for another.
  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-press]");
    if (button) document.getElementById(button.dataset.press).click();
  });

  // What the server refuses before a callback runs reaches the page as a bare status.
  var fetched = window.fetch;
  window.fetch = function (resource) {
    var ours = String((resource && resource.url) || resource).includes("_dash-update-component");
    return fetched.apply(this, arguments).then(
      function (response) {
        if (ours && response.status === 413) {
          notice("This file is too large", "The server refused it. Choose a smaller file.");
        } else if (ours && response.status >= 500) {
          notice("The server did not answer", "Nothing was changed. Try again in a moment.");
        }
        return response;
      },
      function (error) {
        if (ours) notice("The server is out of reach", "Check the connection and try again.");
        throw error;
      }
    );
  };
})();
