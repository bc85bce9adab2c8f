/* How much each feature is to count: fields for the weights, and buttons that put things right.

   They are listened to here, as decisions about the data are. */
(function () {
  "use strict";

  function set(change) {
    var dataset = JSON.parse(sessionStorage.getItem("store-dataset") || "null");
    window.dash_clientside.set_props("store-balance", {
      data: {
        dataset: dataset ? dataset.key : "",
        coding: change.coding,
        weights: change.weights,
        columns: change.columns,
      },
    });
  }

  function inForce(place) {
    var weights = {};
    place.querySelectorAll("[data-weight]").forEach(function (label) {
      var weight = Number(label.querySelector("input").value);
      if (weight > 0) weights[label.dataset.weight] = weight;
    });
    var coding = place.querySelector("[data-coding] select");
    return { coding: coding ? coding.value : "indicators", weights: weights, columns: null };
  }

  document.addEventListener("change", function (event) {
    var control = event.target.closest && event.target.closest("[data-weight], [data-coding]");
    if (control && event.target.checkValidity()) set(inForce(control.closest(".weights")));
  });

  document.addEventListener("click", function (event) {
    var button = event.target.closest && event.target.closest("[data-remedy]");
    if (!button) return;
    var change = JSON.parse(button.dataset.remedy);
    if (change.algorithm) window.dash_clientside.set_props("selection-algorithm", { value: change.algorithm });
    else set(change);
  });
})();
