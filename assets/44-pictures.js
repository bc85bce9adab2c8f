/* Save a chart as a picture that says what it is of: its title, the customers and the date.

   Plotly draws a copy of the figure, which is put above a line with its source; a PNG is drawn
   from the same SVG, so that both show the same. */
(function () {
  "use strict";

  var clientside = (window.dash_clientside = window.dash_clientside || {});
  var reading = clientside.reading;
  var SVG = "http://www.w3.org/2000/svg";
  var LEAST = { width: 800, height: 460 };
  var HEAD = 8; // px, above the figure
  var FOOT = 40; // px, beneath it, with a line of words
  var SIDE = 16; // px, left of the words
  var SHARP = 2; // pixels of a PNG for each of the figure

  function token(name) { return getComputedStyle(document.documentElement).getPropertyValue(name).trim(); }

  function source() { return document.getElementById("page-chip").textContent.trim(); }

  function today() {
    var now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(function (part) {
      return String(part).padStart(2, "0");
    }).join("-");
  }

  // What the picture is of.
  function told(graph) {
    var picked = reading.picked(graph);
    var only = picked ? "picked out: " + reading.some(reading.once(picked.map(reading.named))) : "";
    return [source(), only, today()].filter(Boolean).join(" \u00b7 ");
  }

  function slug(text) {
    return text.toLowerCase().normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, "").slice(0, 60);
  }

  function called(graph, kind) {
    var file = source().replace(/[:,] [\d,]+ (mall )?customers?$/, "").replace(/\.\w{1,7}$/, "");
    return [reading.title(graph) || "chart", file].map(slug).filter(Boolean).concat(today()).join("_") + "." + kind;
  }

  function node(tag, attributes) {
    var made = document.createElementNS(SVG, tag);
    Object.keys(attributes).forEach(function (name) { made.setAttribute(name, attributes[name]); });
    return made;
  }

  function foot(text, size) {
    var line = node("text", {
      x: SIDE, y: HEAD + size.height + FOOT / 2, fill: token("--ink-soft"), "font-size": 12,
      "font-family": getComputedStyle(document.body).fontFamily,
    });
    line.textContent = text;
    return line;
  }

  function composed(drawing, text, size) {
    var figure = new DOMParser().parseFromString(drawing, "image/svg+xml").documentElement;
    var whole = { width: size.width, height: HEAD + size.height + FOOT };
    var picture = node("svg", Object.assign({ viewBox: "0 0 " + whole.width + " " + whole.height }, whole));
    figure.setAttribute("y", HEAD);
    picture.append(
      node("rect", Object.assign({ fill: token("--card") }, whole)),
      document.importNode(figure, true),
      foot(text, size)
    );
    return { svg: new XMLSerializer().serializeToString(picture), size: whole };
  }

  function drawn(graph) {
    var layout = Object.assign({}, graph.layout, { autosize: false });
    var size = {
      width: Math.max(graph._fullLayout.width, LEAST.width),
      height: Math.max(graph._fullLayout.height, LEAST.height),
    };
    layout.title = Object.assign({}, layout.title, { x: SIDE / size.width, xref: "container", xanchor: "left" });
    var figure = { data: graph.data, layout: clientside.packing.copied(layout) };
    var wanted = Object.assign({ format: "svg", imageDataOnly: true }, size);
    return window.Plotly.toImage(figure, wanted).then(function (drawing) {
      return composed(drawing, told(graph), size);
    });
  }

  function rastered(picture) {
    var image = new Image();
    var address = "data:image/svg+xml;charset=utf-8," + encodeURIComponent(picture.svg);
    return new Promise(function (resolve, reject) {
      image.onload = resolve;
      image.onerror = function () { reject(new Error("The picture could not be drawn.")); };
      image.src = address;
    }).then(function () {
      var canvas = document.createElement("canvas");
      canvas.width = SHARP * picture.size.width;
      canvas.height = SHARP * picture.size.height;
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      return new Promise(function (resolve) { canvas.toBlob(resolve, "image/png"); });
    });
  }

  function download(blob, name) {
    var link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = name;
    link.click();
    setTimeout(function () { URL.revokeObjectURL(link.href); }, 60000);
  }

  clientside.pictures = {
    save: function (graph, kind) {
      return drawn(graph).then(function (picture) {
        if (kind === "png") return rastered(picture);
        return new Blob([picture.svg], { type: "image/svg+xml" });
      }).then(function (blob) {
        download(blob, called(graph, kind));
      }).catch(function (error) {
        clientside.page.notice("The picture was not saved", error.message);
      });
    },
  };
})();
