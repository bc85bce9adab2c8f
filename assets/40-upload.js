/* Refuse a file over the limit in words before it is read; dcc.Upload alone ignores it silently. */
(function () {
  "use strict";

  function check(event, files) {
    var zone = event.target.closest && event.target.closest("#overview-upload");
    var limit = zone && Number(zone.closest("[data-max-mb]").dataset.maxMb);
    if (!limit || !files || !files.length) return;
    var size = files[0].size / 1048576;
    if (size <= limit) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.target.type === "file") event.target.value = "";
    window.dash_clientside.page.notice(
      "This file is too large",
      "The file has " + size.toFixed(1) + " MB; the limit is " + limit + " MB. Remove columns you do not need, or split the file."
    );
  }

  window.addEventListener("change", function (event) {
    if (event.target.type === "file") check(event, event.target.files);
  }, true);
  window.addEventListener("drop", function (event) {
    check(event, event.dataTransfer && event.dataTransfer.files);
  }, true);
})();
