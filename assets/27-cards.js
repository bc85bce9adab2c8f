/* Build the cards of the segments: a button that filters the page, and beneath it what opens.

   They are built without Dash, which takes long to draw as many parts, and longer for every touch
   of the page the more parts there are. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var html = clientside.element;
  var COLOURS = 10;
  var MOST_NAME = 80; // as in callbacks/state.py
  var current = null; // the segments that are shown
  var EXAMPLES = [["typical", "Typical customers"], ["borderline", "Borderline customers"]];

  function tinted(segment) {
    return "segment-" + (segment ? (segment - 1) % COLOURS + 1 : 0);
  }

  function front(card, name, selection) {
    var chosen = selection.includes(card.segment);
    var facts = card.facts.map(function (fact) {
      return html("li", { class: fact[1] ? "fact-trivial" : "" }, fact[0]);
    });
    return html("button", {
      class: "segment-card " + tinted(card.segment) + (selection.length && !chosen ? " segment-dimmed" : ""),
      type: "button",
      "aria-pressed": String(chosen),
      "data-segment": String(card.segment),
    }, [
      html("span", { class: "segment-title" }, [
        html("span", { class: "segment-badge" }, String(card.segment)),
        html("strong", {}, name),
      ]),
      html("span", { class: "segment-size" }, card.share),
    ].concat(card.held ? html("span", { class: "segment-held" }, card.held) : [], [
      html("ul", { class: "segment-traits" }, facts),
      html("span", { class: "segment-action" }, card.action),
    ]));
  }

  function example(names) {
    return function (one) {
      return html("li", {}, html("details", {}, [
        html("summary", {}, one[0]),
        html("p", { class: "note" }, clientside.naming.said(one[1], names)),
      ]));
    };
  }

  function section(title, content, word) {
    var asks = word ? clientside.glossary.ask(word) : [];
    return html("div", { class: "segment-part" }, [html("strong", {}, title)].concat(asks, content));
  }

  function sentence(said) { return html("p", { class: "segment-said" }, said); }

  function inside(card, more, names) {
    var parts = [];
    if (card.value) parts.push(section("Value", sentence(card.value)));
    if (card.reason) parts.push(section("Why this action", sentence(card.reason)));
    if (!more) return parts.concat(sentence("The rule and the examples are on their way \u2026"));
    parts.push(section("Rule", sentence(more.rule), "precision and coverage"));
    EXAMPLES.forEach(function (kind) {
      if (!more[kind[0]].length) return;
      parts.push(section(kind[1], html("ul", { class: "examples" }, more[kind[0]].map(example(names)))));
    });
    return parts;
  }

  // Cards are built anew for another order or name; what was opened of the same view stays open.
  function opened(same) {
    var open = {};
    document.querySelectorAll("#segments-cards details[id]").forEach(function (part) {
      open[part.id] = same && part.open;
    });
    return open;
  }

  // Where the focus is within the cards, as a selector.
  function focused() {
    var active = document.activeElement;
    var part = active && active.closest("#segments-cards [id]");
    return part ? "#" + part.id + " " + active.tagName : null;
  }

  function folded(part, segment, open, children) {
    var id = "segment-" + part + "-" + segment;
    var made = html("details", { id: id, class: "segment-" + part }, children);
    made.open = Boolean(open[id]);
    return made;
  }

  function rename(one, open) {
    var field = html("input", { class: "form-control form-control-sm", value: one.name, maxlength: MOST_NAME }, []);
    var reset = html("button", { class: "link-button", type: "button", "data-reset": String(one.segment) }, "Reset name");
    return folded("rename", one.segment, open, [
      html("summary", {}, "Rename"),
      html("label", { "data-rename": String(one.segment) }, [html("span", { class: "visually-hidden" }, "Name of segment " + one.segment), field]),
    ].concat(one.given ? reset : []));
  }

  function box(card, more, names, one, open, selection) {
    var face = front(card, names[card.segment], selection);
    var its = { id: "segment-box-" + card.segment, class: "segment-box " + tinted(card.segment) };
    if (!card.segment) return html("div", its, face); // noise
    return html("div", its, [
      face,
      rename(one, open),
      folded("more", card.segment, open, [
        html("summary", {}, card.value ? "Value, rule, customers" : "Rule, customers"),
        html("div", { "data-inside": String(card.segment) }, inside(card, more, names)),
      ]),
    ]);
  }

  function known(details, segments) {
    var edited = clientside.views.edited(segments);
    if (edited) return edited.cards;
    return details && details.key === segments.scores.key ? details.cards[segments.count] : {};
  }

  function ordered(cards, by) {
    return cards.slice().sort(function (a, b) {
      if (!a.segment || !b.segment) return (a.segment ? 0 : 1) - (b.segment ? 0 : 1); // noise last
      return by === "value" ? b.worth - a.worth : b.size - a.size;
    });
  }

  function say(view, names) {
    var said = view.overview.map(function (one) { return clientside.naming.said(one, names); });
    var items = said.concat(clientside.views.shared().claims).map(function (one) { return html("li", {}, one); });
    document.getElementById("segments-says").replaceChildren(html("ul", { class: "sentences" }, items));
  }

  // What opens may come later than the cards, which must not be built anew under the pointer.
  function fill(view, told, names) {
    document.querySelectorAll("#segments-cards [data-inside]").forEach(function (place) {
      var segment = Number(place.dataset.inside);
      var card = view.cards.find(function (one) { return one.segment === segment; });
      if (card) place.replaceChildren.apply(place, inside(card, told[segment], names));
    });
  }

  function build(view, told, names, by, picked, segments) {
    var open = opened(current && current.key === segments.key);
    var focus = focused();
    var named = {};
    segments.segments.forEach(function (one) { named[one.segment] = one; });
    var boxes = ordered(view.cards, by).map(function (card) {
      return box(card, told[card.segment], names, named[card.segment], open, picked);
    });
    var cards = document.getElementById("segments-cards");
    cards.replaceChildren.apply(cards, boxes);
    var again = focus && document.querySelector(focus);
    if (again) again.focus({ preventScroll: true });
  }

  clientside.cards = {
    // The segments that are shown, as store-segments holds them.
    segments: function () { return current; },

    // Put the cards and what they say together on the page; tell whether they have but one order.
    show: function (segments, by, details, selection) {
      var triggers = clientside.callback_context.triggered.map(function (one) { return one.prop_id; });
      var view = clientside.views.of(segments);
      if (!view && (segments || clientside.views.waits())) return clientside.no_update;
      if (!view) {
        current = segments;
        ["segments-cards", "segments-says"].forEach(function (id) { document.getElementById(id).replaceChildren(); });
        return true;
      }
      var names = clientside.naming.names(segments.segments);
      var told = known(details, segments);
      if (triggers.length === 1 && triggers[0] === "store-details.data") {
        fill(view, told, names);
        return clientside.no_update;
      }
      var valued = view.cards.some(function (card) { return card.worth !== null; });
      var picked = triggers.includes("store-segments.data") ? [] : selection || [];
      build(view, told, names, valued ? by : "size", picked, segments);
      say(view, names);
      current = segments;
      return !valued;
    },
  };
})();
