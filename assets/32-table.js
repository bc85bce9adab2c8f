/* The customers' table: rows are made in the browser, and given their segment anew for every k. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var packing = clientside.packing;
  var base = { of: null, rows: [] };

  function rows(table) {
    if (base.of === table) return base.rows;
    var fields = table.columns.slice(table.ours).map(function (column) { return column.field; });
    base = {
      of: table,
      rows: Array.from({ length: table.rows }, function (_, place) {
        var row = {};
        fields.forEach(function (field, n) { row[field] = table.values[n][place]; });
        return row;
      }),
    };
    return base.rows;
  }

  function told(values) {
    if (Array.isArray(values)) return function (place) { return values[place]; };
    var numbers = packing.unpacked(values);
    return function (place) {
      return Number.isNaN(numbers[place]) ? null : Math.round(numbers[place] * 1000) / 1000;
    };
  }

  clientside.table = {
    empty: function () {
      clientside.set_props("segments-table", { columnDefs: [], rowData: [] });
    },

    fill: function (table, view) {
      var labels = packing.unpacked(view.listed || view.labels);
      var names = {};
      view.segments.forEach(function (one) { names[one.segment] = one.name; });
      var says = Object.keys(view.told).map(function (name) { return [name, told(view.told[name])]; });
      var filled = rows(table).map(function (row, place) {
        var ours = { segment: labels[place], segment_name: names[labels[place]] };
        says.forEach(function (one) { ours[one[0]] = one[1](place); });
        return Object.assign(ours, row);
      });
      clientside.set_props("segments-table", { columnDefs: table.columns, rowData: filled });
    },
  };
})();
