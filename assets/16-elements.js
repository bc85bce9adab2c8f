/* Build elements without Dash. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});

  // An element with attributes, and in it a child or a list of these; text stays text.
  clientside.element = function (tag, attributes, children) {
    var element = document.createElement(tag);
    Object.keys(attributes).forEach(function (name) { element.setAttribute(name, attributes[name]); });
    element.append.apply(element, [].concat(children));
    return element;
  };
})();
