/* Build the cards of the segments: a button that filters the page, and beneath it what opens. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var COLOURS = 10;
  var MOST_NAME = 80; // as in callbacks/state.py
  var current = null; // the segments that are shown
  var EXAMPLES = [["typical", "Typical customers"], ["borderline", "Borderline customers"]];

  function html(type, props, children) {
    return { type: type, namespace: "dash_html_components", props: Object.assign({ children: children }, props) };
  }

  function tinted(segment) {
    return "segment-" + (segment ? (segment - 1) % COLOURS + 1 : 0);
  }

  function front(card, name, selection) {
    var chosen = selection.includes(card.segment);
    var facts = card.facts.map(function (fact) {
      return html("Li", { className: fact[1] ? "fact-trivial" : "" }, fact[0]);
    });
    return html("Button", {
      id: { type: "segment-card", segment: card.segment },
      className: "segment-card " + tinted(card.segment) + (selection.length && !chosen ? " segment-dimmed" : ""),
      type: "button",
      "aria-pressed": String(chosen),
      "data-segment": String(card.segment),
    }, [
      html("Span", { className: "segment-title" }, [
        html("Span", { className: "segment-badge" }, String(card.segment)),
        html("Strong", {}, name),
      ]),
      html("Span", { className: "segment-size" }, card.share),
    ].concat(card.held ? html("Span", { className: "segment-held" }, card.held) : [], [
      html("Ul", { className: "segment-traits" }, facts),
      html("Span", { className: "segment-action" }, card.action),
    ]));
  }

  function example(names) {
    return function (one) {
      return html("Li", {}, html("Details", {}, [
        html("Summary", {}, one[0]),
        html("P", { className: "note" }, clientside.naming.said(one[1], names)),
      ]));
    };
  }

  function section(title, content) {
    return html("Div", { className: "segment-part" }, [html("Strong", {}, title), content]);
  }

  function sentence(said) { return html("P", { className: "segment-said" }, said); }

  function inside(card, more, names) {
    var parts = [];
    if (card.value) parts.push(section("Value", sentence(card.value)));
    if (card.reason) parts.push(section("Why this action", sentence(card.reason)));
    if (!more) return parts.concat(sentence("The rule and the examples are on their way \u2026"));
    parts.push(section("Rule", sentence(more.rule)));
    EXAMPLES.forEach(function (kind) {
      if (!more[kind[0]].length) return;
      parts.push(section(kind[1], html("Ul", { className: "examples" }, more[kind[0]].map(example(names)))));
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

  function folded(part, segment, open, children) {
    var id = "segment-" + part + "-" + segment;
    return html("Details", { id: id, className: "segment-" + part, open: Boolean(open[id]) }, children);
  }

  function rename(one, open) {
    var field = { type: "Input", namespace: "dash_bootstrap_components", props: {
      value: one.name, maxLength: MOST_NAME, size: "sm", key: one.name,
    } };
    var reset = html("Button", { className: "link-button", type: "button", "data-reset": String(one.segment) }, "Reset name");
    return folded("rename", one.segment, open, [
      html("Summary", {}, "Rename"),
      html("Label", { "data-rename": String(one.segment) }, [html("Span", { className: "visually-hidden" }, "Name of segment " + one.segment), field]),
    ].concat(one.given ? reset : []));
  }

  function box(card, more, names, one, open, selection) {
    var face = front(card, names[card.segment], selection);
    if (!card.segment) return html("Div", { className: "segment-box " + tinted(0) }, face); // noise
    return html("Div", { className: "segment-box " + tinted(card.segment) }, [
      face,
      rename(one, open),
      folded("more", card.segment, open, [
        html("Summary", {}, card.value ? "Value, rule, customers" : "Rule, customers"),
        html("Div", { id: { type: "segment-inside", segment: card.segment } }, inside(card, more, names)),
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

  clientside.cards = {
    say: function (segments) {
      var view = clientside.views.of(segments);
      if (!view) return segments || clientside.views.waits() ? clientside.no_update : [];
      var names = clientside.naming.names(segments.segments);
      var said = view.overview.map(function (one) { return clientside.naming.said(one, names); });
      var items = said.concat(clientside.views.shared().claims).map(function (one) { return html("Li", {}, one); });
      return html("Ul", { className: "sentences" }, items);
    },

    // The segments that are shown, as store-segments holds them.
    segments: function () { return current; },

    // What opens may come later than the cards, which must not be built anew under the pointer.
    detail: function (details, ids, segments) {
      var view = clientside.views.of(segments);
      if (!view) return ids.map(function () { return clientside.no_update; });
      var names = clientside.naming.names(segments.segments);
      var told = known(details, segments);
      return ids.map(function (id) {
        var card = view.cards.find(function (one) { return one.segment === id.segment; });
        return card ? inside(card, told[id.segment], names) : clientside.no_update;
      });
    },

    show: function (segments, by, details, selection) {
      var another = clientside.callback_context.triggered_id === "store-segments";
      var open = opened(current && segments && current.key === segments.key);
      current = segments;
      var view = clientside.views.of(segments);
      if (!view && (segments || clientside.views.waits())) return [clientside.no_update, clientside.no_update];
      if (!view) return [[], true];
      var names = clientside.naming.names(segments.segments);
      var told = known(details, segments);
      var picked = another ? [] : selection || [];
      var valued = view.cards.some(function (card) { return card.worth !== null; });
      var cards = ordered(view.cards, valued ? by : "size");
      var named = {};
      segments.segments.forEach(function (one) { named[one.segment] = one; });
      return [cards.map(function (card) {
        return box(card, told[card.segment], names, named[card.segment], open, picked);
      }), !valued];
    },
  };
})();
