// The file's own half: folium made the map and its empty layers, here they are filled. What the
// office wrote comes as data and is only ever set as text.
"use strict";

function takeAway({ map, layers, control }) {
  const told = JSON.parse(document.getElementById("told").textContent);
  const { words } = told;
  let period = told.periods[0];

  const make = (name, text = "", attributes = {}) => {
    const made = document.createElement(name);
    made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made[key] = value;
    return made;
  };
  const fill = (sentence, values) =>
    sentence.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));
  const number = (value) =>
    Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1);

  const figure = (at) => {
    const [value, n, of, low, high, looked] = period.values[at];
    return { value, n, of, low, high, looked };
  };
  const colourOf = ({ value, looked }) => {
    if (!looked || value === null) return told.none;
    return told.colours[told.scale.filter((each) => value >= each).length];
  };
  const said = (one) => {
    if (one.value === null) return [words.no_figure];
    const lines = [`${number(one.value)} ${told.unit}`];
    if (one.low !== null) {
      lines.push(fill(words.between, { low: number(one.low), high: number(one.high) }));
    }
    if (one.of !== null) lines.push(fill(told.counted, { n: one.n, of: one.of }));
    return lines;
  };
  const popup = (heading, lines, pictures = []) => {
    const box = make("div");
    box.append(make("b", heading));
    box.append(...lines.filter(Boolean).map((each) => make("p", each)));
    for (const picture of pictures) {
      box.append(make("img", "", { src: told.photos[picture], alt: words.photo }));
    }
    return box;
  };

  const ofEstate = (at) => {
    const [name, community] = told.names[at];
    const one = figure(at);
    return popup(name, [community, ...said(one), one.looked ? "" : words.not_looked]);
  };
  const shapes = new Map();
  const estateStyle = (feature) => {
    const one = figure(feature.properties.at);
    return {
      color: "#53615b",
      weight: 1.5,
      dashArray: one.looked ? null : "4 3",
      fillColor: colourOf(one),
      fillOpacity: 1,
    };
  };
  layers.communities.options.style = {
    color: "#7d8b84",
    weight: 1.5,
    fillColor: "#f7f8f5",
    fillOpacity: 1,
  };
  layers.communities.options.interactive = false;
  layers.communities.addData(told.communities);
  layers.roads.options.style = (feature) => ({
    color: feature.properties.rank === 1 ? "#e8d9ae" : "#d5dbd6",
    weight: 4 - feature.properties.rank,
  });
  layers.roads.options.interactive = false;
  layers.roads.addData(told.roads);
  layers.estates.options.style = estateStyle;
  layers.estates.options.onEachFeature = (feature, layer) => {
    shapes.set(feature.properties.at, layer);
    layer.bindPopup(() => ofEstate(feature.properties.at));
  };
  layers.estates.addData(told.estates);

  layers.hexagons.options.style = ({ properties }) => ({
    color: "#53615b",
    weight: 0.5,
    fillColor: colourOf(properties),
    fillOpacity: 1,
  });
  layers.hexagons.options.onEachFeature = ({ properties }, layer) => {
    const lines = [...said(properties), properties.looked ? "" : words.not_looked];
    layer.bindPopup(() => popup(words.hexagon, lines));
  };
  layers.hexagons.addData(told.hexagons);

  const { severities } = told;
  const points = told.findings.map((each) => {
    const [lon, lat, month, found, closed, item, severity, at, photos] = each;
    const colour = severities[severity - 1];
    const marker = L.circleMarker([lat, lon], {
      radius: 5,
      color: closed ? colour : "#17211d",
      weight: closed ? 2 : 1,
      fillColor: closed ? "#ffffff" : colour,
      fillOpacity: 0.9,
    });
    marker.bindPopup(() =>
      popup(
        told.items[item],
        [
          words.severities[severity - 1],
          told.names[at] ? told.names[at].join(" · ") : "",
          fill(words.found_on, { day: found }),
          closed ? fill(words.closed_on, { day: closed }) : words.open,
        ],
        photos,
      ),
    );
    return { month, marker };
  });

  const legend = document.getElementById("legend");
  const entry = (colour, text, kind = "swatch", ring = "") => {
    const swatch = make("span", "", { className: kind });
    swatch.style.backgroundColor = colour;
    if (ring) swatch.style.borderColor = ring;
    const line = make("li");
    line.append(swatch, make("span", text));
    return line;
  };
  const bounds = [null, ...told.scale, null];
  told.colours.forEach((colour, step) => {
    const [from, to] = [bounds[step], bounds[step + 1]];
    let text = `${fill(words.from_to, { from, to })} ${told.unit}`;
    if (from === null) text = `${fill(words.below, { to })} ${told.unit}`;
    else if (to === null) text = fill(words.from_on, { from: `${from} ${told.unit}` });
    legend.append(entry(colour, text));
  });
  legend.append(entry(told.none, words.not_looked));
  document
    .getElementById("marks")
    .append(
      ...severities.map((colour, at) => entry(colour, words.severities[at], "dot", colour)),
      entry("#ffffff", words.closed, "dot", severities[2]),
    );

  const animate = !matchMedia("(prefers-reduced-motion: reduce)").matches;
  const rows = document.getElementById("rows");
  const cells = told.names.map(([name], at) => {
    const row = make("tr");
    const button = make("button", name, { type: "button" });
    button.addEventListener("click", () => {
      const shape = shapes.get(at);
      if (!shape) return;
      map.fitBounds(shape.getBounds(), { maxZoom: 17, padding: [60, 60], animate });
      shape.openPopup();
    });
    const first = make("td");
    first.append(button);
    const [value, of] = [make("td"), make("td")];
    row.append(first, value, of);
    rows.append(row);
    return { value, of };
  });

  const slider = document.getElementById("time");
  const when = document.getElementById("when");
  const show = (at) => {
    period = told.periods[at];
    map.closePopup();
    layers.estates.setStyle(estateStyle);
    cells.forEach((cell, estate) => {
      const one = figure(estate);
      cell.value.textContent = one.value === null ? "—" : number(one.value);
      cell.of.textContent = one.of === null ? "—" : `${one.n} / ${one.of}`;
    });
    const shown = points.filter(({ month }) => at === 0 || told.of_moment || month === at);
    layers.findings.clearLayers();
    for (const { marker } of shown) layers.findings.addLayer(marker);
    const total = period.total === null ? "—" : number(period.total);
    const text = fill(words.shown, { when: period.label, total, unit: told.unit, n: shown.length });
    when.textContent = text;
    slider.setAttribute("aria-valuetext", text);
  };
  slider.addEventListener("input", () => show(Number(slider.value)));
  slider.disabled = told.periods.length < 2;
  show(0);

  // Whatever is shown again comes to lie above all others.
  map.on("overlayadd", () => {
    for (const name of ["hexagons", "estates", "roads", "communities"]) layers[name].bringToBack();
  });
  map.on("popupopen", ({ popup: opened }) => {
    const close = opened.getElement().querySelector(".leaflet-popup-close-button");
    close.setAttribute("aria-label", words.close);
  });
  L.control.zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  control.getContainer().querySelector(".leaflet-control-layers-toggle").title = words.layers;
  if (innerWidth <= 760) control.collapse();
  const ground = L.featureGroup([layers.estates, layers.communities]).getBounds();
  if (ground.isValid()) map.fitBounds(ground, { padding: [10, 10] });
}
