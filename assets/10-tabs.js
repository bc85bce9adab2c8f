/* Tabs: the panel that the address names is shown; links, arrow keys and Back all change the address. */
(function () {
  "use strict";

  function tabs() {
    return Array.from(document.querySelectorAll("[role=tab]"));
  }

  function show() {
    var all = tabs();
    if (!all.length) return false;
    var wanted = location.hash.slice(1).split("?")[0];
    var open = all.find(function (tab) { return tab.dataset.tab === wanted; });
    if (!open && wanted && document.getElementById(wanted)) return true; // a place within the page
    open = open || all[0];
    all.forEach(function (tab) {
      var mine = tab === open;
      tab.setAttribute("aria-selected", String(mine));
      tab.tabIndex = mine ? 0 : -1;
      document.getElementById(tab.getAttribute("aria-controls")).classList.toggle("panel-open", mine);
    });
    window.dispatchEvent(new Event("tabshown"));
    window.dispatchEvent(new Event("resize")); // figures drawn while hidden take their size now
    return true;
  }

  document.addEventListener("keydown", function (event) {
    var tab = event.target.closest && event.target.closest("[role=tab]");
    if (!tab) return;
    var all = tabs();
    var place = all.indexOf(tab);
    var next = {
      ArrowRight: all[(place + 1) % all.length],
      ArrowLeft: all[(place - 1 + all.length) % all.length],
      Home: all[0],
      End: all[all.length - 1],
      " ": tab,
    }[event.key];
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.click();
  });

  window.addEventListener("hashchange", function () {
    show();
    window.scrollTo({ top: 0, behavior: "instant" });
  });

  new MutationObserver(function (_, observer) {
    if (show()) observer.disconnect();
  }).observe(document.documentElement, { subtree: true, childList: true });
})();
