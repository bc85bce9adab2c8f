/* Put right what the components leave undone: names, roles, and how Tab goes through a grid. */
(function () {
  "use strict";

  var functions = (window.dashAgGridFunctions = window.dashAgGridFunctions || {});

  functions.goOn = function () { return false; }; // out of the grid, not to its next cell

  function all(selector, act) {
    document.querySelectorAll(selector).forEach(act);
  }

  function labelled(element) {
    return element.id && document.querySelector('label[for="' + CSS.escape(element.id) + '"]');
  }

  function label(element) {
    for (var node = element; node && node !== document.body; node = node.parentElement) {
      var found = labelled(node);
      if (found) return found.textContent.trim();
      if (node.matches(".field[role=group]")) return node.getAttribute("aria-label");
    }
    return "";
  }

  function name(selector, suffix) {
    all(selector, function (element) {
      var wanted = (label(element) + (suffix || "")).trim();
      if (wanted && element.getAttribute("aria-label") !== wanted) element.setAttribute("aria-label", wanted);
    });
  }

  // What a dropdown is for, and what is chosen in it.
  function nameDropdown(button) {
    var its = labelled(button);
    if (!its || button.hasAttribute("aria-labelledby")) return;
    its.id = its.id || "naming-" + button.id;
    button.setAttribute("aria-labelledby", its.id + " " + button.id);
  }

  // Its options hold the boxes and circles that take the focus, and say what is chosen.
  function nameOptions(content) {
    var button = document.querySelector('[aria-controls="' + content.id + '"]');
    var wanted = (button && label(button)) || "Options";
    content.setAttribute("aria-label", wanted);
    content.querySelectorAll("[role=listbox]").forEach(function (list) {
      list.setAttribute("role", "group");
      list.setAttribute("aria-label", wanted);
    });
  }

  function plain(option) {
    ["role", "aria-selected"].forEach(function (name) {
      if (option.hasAttribute(name)) option.removeAttribute(name);
    });
  }

  function fix() {
    name("[role=slider]");
    name(".dash-range-slider-min-input", " minimum");
    name(".dash-range-slider-max-input");
    // It takes the focus for the button beside it, and passes it on at once.
    all(".dash-dropdown-focus-target[aria-hidden]", function (input) {
      input.removeAttribute("aria-hidden");
      input.setAttribute("aria-label", label(input) || "Choose");
    });
    all("button.dash-dropdown", nameDropdown);
    all(".dash-dropdown-content", nameOptions);
    all("label.dash-options-list-option", plain);
    all(".toast svg[role=img]", function (icon) {
      icon.removeAttribute("role");
      icon.setAttribute("aria-hidden", "true");
    });
    all("input[type=file]", function (input) {
      if (!input.getAttribute("aria-label")) input.setAttribute("aria-label", "Choose a file to upload");
    });
  }

  // The grid moves the focus without scrolling to it.
  document.addEventListener("focusin", function (event) {
    if (event.target.closest(".ag-paging-panel")) event.target.scrollIntoView({ block: "nearest" });
  });

  var due;
  new MutationObserver(function () {
    if (due) return;
    due = setTimeout(function () { due = null; fix(); }); // no frame waits for a name
  }).observe(document.documentElement, { subtree: true, childList: true });

  new MutationObserver(function (records) {
    records.forEach(function (one) {
      if (one.target.matches("label.dash-options-list-option")) plain(one.target);
    });
  }).observe(document.documentElement, { subtree: true, attributeFilter: ["aria-selected"] });
})();
