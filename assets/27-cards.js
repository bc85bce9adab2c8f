/* Build the cards of the segments: a button that filters the page, and beneath it what opens. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var COLOURS = 10;
  var EXAMPLES = [["typical", "Typical customers"], ["borderline", "Borderline customers"]];

  function html(type, props, children) {
    return { type: type, namespace: "dash_html_components", props: Object.assign({ children: children }, props) };
  }

  function tinted(segment) {
    return "segment-" + (segment ? (segment - 1) % COLOURS + 1 : 0);
  }

  function front(card, name) {
    var facts = card.facts.map(function (fact) {
      return html("Li", { className: fact[1] ? "fact-trivial" : "" }, fact[0]);
    });
    return html("Button", {
      id: { type: "segment-card", segment: card.segment },
      className: "segment-card " + tinted(card.segment),
      type: "button",
      "aria-pressed": "false",
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
    if (!more) return parts.concat(card.segment ? sentence("The rule and the examples are on their way \u2026") : []);
    parts.push(section("Rule", sentence(more.rule)));
    EXAMPLES.forEach(function (kind) {
      if (!more[kind[0]].length) return;
      parts.push(section(kind[1], html("Ul", { className: "examples" }, more[kind[0]].map(example(names)))));
    });
    return parts;
  }

  function box(card, more, names) {
    var parts = inside(card, more, names);
    return html("Div", { className: "segment-box " + tinted(card.segment) }, [front(card, names[card.segment])].concat(
      parts.length ? html("Details", { className: "segment-more" }, [
        html("Summary", {}, card.value ? "Value, rule, customers" : "Rule, customers"),
        html("Div", {}, parts),
      ]) : []
    ));
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
      if (!view) return segments ? clientside.no_update : [];
      var names = clientside.naming.names(segments.segments);
      var said = view.overview.map(function (one) { return clientside.naming.said(one, names); });
      var items = said.concat(clientside.views.shared().claims).map(function (one) { return html("Li", {}, one); });
      return html("Ul", { className: "sentences" }, items);
    },

    show: function (segments, details, by) {
      var view = clientside.views.of(segments);
      if (!view) return [segments ? clientside.no_update : [], true];
      var names = clientside.naming.names(segments.segments);
      var told = details && details.key === segments.scores.key ? details.cards[segments.count] : {};
      var valued = view.cards.some(function (card) { return card.worth !== null; });
      var cards = ordered(view.cards, valued ? by : "size");
      return [cards.map(function (card) { return box(card, told[card.segment], names); }), !valued];
    },
  };
})();
