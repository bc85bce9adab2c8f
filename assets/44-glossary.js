/* The glossary: what opens near a "?", and the list of all words with a search. */
(function () {
  "use strict";

  var html = window.dash_clientside.element;
  var EDGE = 8; // px, that stay free at the edges of the window
  var asking = null; // the "?" that is answered

  function box() { return document.getElementById("glossary-box"); }

  function list() { return document.getElementById("glossary-list"); }

  function terms() { return JSON.parse(list().dataset.terms); }

  function headed(title, text) {
    return html("p", {}, [html("strong", {}, title + ": "), text]);
  }

  function source(term) {
    if (!term.link) return [];
    var link = html("a", { href: term.link, target: "_blank", rel: "noopener noreferrer" }, term.who);
    return html("p", { class: "note" }, ["Source: ", link]);
  }

  function said(term) {
    return [html("p", {}, term.what), headed("How to read it", term.reading), headed("When to worry", term.worry)]
      .concat(source(term));
  }

  function button(name, kind, text) {
    return html("button", { type: "button", class: name, "data-words": kind }, text);
  }

  // Beneath the "?" or, where there is no room, above it; never beyond the edges of the window.
  function place(element, beside) {
    var at = beside.getBoundingClientRect();
    var own = element.getBoundingClientRect();
    var width = document.documentElement.clientWidth;
    var top = at.bottom + EDGE / 2;
    if (top + own.height > innerHeight - EDGE) top = at.top - own.height - EDGE / 2;
    var highest = Math.max(EDGE, innerHeight - own.height - EDGE);
    if (top < EDGE) top = Math.min(Math.max(EDGE, at.bottom + EDGE / 2), highest);
    var left = Math.max(EDGE, Math.min(at.left, width - own.width - EDGE));
    element.style.left = left + scrollX + "px";
    element.style.top = top + scrollY + "px";
  }

  function open(from) {
    var term = terms().find(function (one) { return one.name === from.dataset.term; });
    var element = box();
    asking = from;
    element.setAttribute("popover", "manual");
    element.setAttribute("aria-label", term.name);
    element.replaceChildren.apply(element, [html("strong", { class: "word-name" }, term.name)].concat(
      said(term), html("div", { class: "word-ends" }, [button("link-button", "all", "All words"), button("link-button", "away", "Close")])
    ));
    element.showPopover();
    place(element, from);
    element.scrollTop = 0;
    element.focus({ preventScroll: true });
  }

  function close(back) {
    var from = asking;
    if (!from) return;
    asking = null;
    box().hidePopover();
    if (back) from.focus({ preventScroll: true });
  }

  function entry(term) {
    var known = [term.name, term.also, term.what].join(" ").toLowerCase();
    var also = term.also ? [html("p", { class: "note" }, "Also: " + term.also)] : [];
    var heading = html("h3", { class: "word-name" }, term.name);
    return html("div", { class: "word-entry", "data-known": known }, [heading].concat(also, said(term)));
  }

  function seek(words) {
    var wanted = words.trim().toLowerCase();
    var entries = Array.from(list().querySelectorAll(".word-entry"));
    entries.forEach(function (one) { one.hidden = !one.dataset.known.includes(wanted); });
    var shown = entries.filter(function (one) { return !one.hidden; }).length;
    list().querySelector("[role=status]").textContent = shown === 1 ? "1 word" : shown + " words";
  }

  function fill() {
    var field = html("input", { type: "search", class: "form-control", autocomplete: "off" }, []);
    field.addEventListener("input", function () { seek(field.value); });
    list().replaceChildren(
      html("div", { class: "word-head" }, [html("h2", { class: "card-heading" }, "Glossary"), button("btn btn-outline-primary btn-sm", "close", "Close")]),
      html("label", { class: "word-find" }, [html("span", { class: "field-label" }, "Find a word"), field]),
      html("p", { class: "note", role: "status" }, []),
      html("div", { class: "word-entries", tabindex: "0", role: "region", "aria-label": "Words" }, terms().map(entry))
    );
  }

  function openAll() {
    close(true);
    if (!list().childElementCount) fill();
    list().querySelector("input").value = "";
    seek("");
    list().showModal();
    list().querySelector("input").focus();
  }

  (window.dash_clientside = window.dash_clientside || {}).glossary = {
    // The "?" of a word, as layouts/glossary.py builds it.
    ask: function (name) {
      var said = { "data-term": name, "aria-label": "What does \u201c" + name + "\u201d mean?", "aria-haspopup": "dialog" };
      return html("button", Object.assign({ type: "button", class: "ask" }, said), "?");
    },
  };

  document.addEventListener("click", function (event) {
    if (!event.target.closest) return;
    var ask = event.target.closest("[data-term]");
    var words = event.target.closest("[data-words]");
    if (ask) {
      var again = ask === asking;
      close(true);
      if (!again) open(ask);
    } else if (words && words.dataset.words === "all") openAll();
    else if (words && words.dataset.words === "away") close(true);
    else if ((words && words.dataset.words === "close") || event.target === list()) list().close();
    else if (asking && !box().contains(event.target)) {
      close(document.activeElement === document.body || box().contains(document.activeElement));
    }
  });

  // Before others hear of these keys.
  document.addEventListener("keydown", function (event) {
    if (event.key === "Escape" && (asking || (list() && list().open))) {
      event.preventDefault();
      if (asking) close(true);
      else list().close();
    } else if (event.key === "Tab" && asking && box().contains(document.activeElement)) {
      var all = box().querySelectorAll("a, button");
      var last = event.shiftKey ? [box(), all[0]] : [all[all.length - 1]];
      if (!last.includes(document.activeElement)) return;
      event.preventDefault();
      close(true);
    }
  }, true);
})();
