import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { namesOf } from "../../static/app/map/labels.js";
import { LAYERS } from "../../static/app/map/legend.js";
import { meOf } from "../../static/app/map/me.js";
import { paletteOf, severityColour } from "../../static/app/map/palette.js";
import { styleOf, TILED } from "../../static/app/map/style.js";
import { draw, signs } from "../../static/app/map/symbols.js";

const css = readFileSync(new URL("../../static/style.css", import.meta.url), "utf8");

/** @param {string} theme */
function tokens(theme) {
  const block = (/** @type {string} */ start) =>
    css.slice(css.indexOf(start)).split("\n}\n")[0] ?? "";
  const light = [...block(":root {").matchAll(/(--[\w-]+):\s*([^;]+);/g)];
  const other = theme
    ? [...block(`:root[data-theme="${theme}"]`).matchAll(/(--[\w-]+):\s*([^;]+);/g)]
    : [];
  return new Map([...light, ...other].map(([, name = "", value = ""]) => [name, value.trim()]));
}

/** @param {string} theme */
const palette = (theme) => {
  const known = tokens(theme);
  return paletteOf((token) => known.get(token) ?? "");
};

const THEMES = ["", "dark", "outdoor"];

test("every colour of the map stands in the style sheet, in every theme", () => {
  for (const theme of THEMES)
    for (const [name, colour] of Object.entries(palette(theme)))
      assert.match(colour, /^#[0-9a-f]{6}$/i, `${theme} ${name}`);
});

/** Relative luminance, WCAG 2. @param {string} colour */
function luminance(colour) {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** @param {string} a @param {string} b */
function contrast(a, b) {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

test("severities are told apart in greyscale too", () => {
  for (const theme of THEMES) {
    const grey = [1, 2, 3].map((severity) => luminance(severityColour(palette(theme), severity)));
    assert.ok(
      (grey[1] ?? 0) / (grey[0] ?? 1) > 1.3 && (grey[2] ?? 0) / (grey[1] ?? 1) > 1.3,
      `${theme} ${grey}`,
    );
  }
});

test("heat goes one way, from little to much", () => {
  for (const theme of ["", "dark"]) {
    const { heat1, heat2, heat3, heat4, heat5, heat6 } = palette(theme);
    const grey = [heat1, heat2, heat3, heat4, heat5, heat6].map(luminance);
    const sorted = [...grey].sort((a, b) => (theme === "dark" ? a - b : b - a));
    assert.deepEqual(grey, sorted, theme);
  }
});

test("text can be read on its ground, in every theme", () => {
  const pairs = [
    ["--ink", "--surface", 7],
    ["--ink-soft", "--surface", 7],
    ["--ink-faint", "--surface", 4.5],
    ["--ink-faint", "--ground", 4.5],
    ["--accent", "--surface", 4.5],
    ["--accent-strong", "--accent-soft", 4.5],
    ["--on-accent", "--accent", 4.5],
    ["--on-danger", "--danger", 4.5],
    ["--danger-ink", "--danger-soft", 4.5],
    ["--serious-ink", "--serious-soft", 4.5],
    ["--ordinary-ink", "--ordinary-soft", 4.5],
    ["--good-ink", "--good-soft", 4.5],
    ["--surface", "--good", 4.5],
    ["--line-strong", "--surface", 3],
    ["--focus", "--surface", 3],
    ["--map-ink", "--map-halo", 7],
    ["--map-ink-soft", "--map-halo", 4.5],
  ];
  for (const theme of THEMES) {
    const known = tokens(theme);
    for (const [ink, ground, least] of /** @type {[string, string, number][]} */ (pairs)) {
      const found = contrast(known.get(ink) ?? "", known.get(ground) ?? "");
      assert.ok(found >= least, `${theme || "light"}: ${ink} on ${ground} is ${found.toFixed(2)}`);
    }
  }
});

test("the style draws every layer of the tiles, from this server and with no glyph server", () => {
  const style = styleOf(palette(""), "zh-hans", "kind=lighting&status=open");
  assert.equal("glyphs" in style || "sprite" in style, false);
  for (const layer of TILED) {
    assert.ok(
      style.layers.some((each) => "source-layer" in each && each["source-layer"] === layer),
      layer,
    );
    assert.ok(JSON.stringify(style.sources[layer]).includes(`"/tiles/${layer}.json`), layer);
  }
  assert.ok(JSON.stringify(style.sources.findings).includes("?kind=lighting&status=open"));
  const ids = style.layers.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length);
  for (const each of style.layers)
    if ("source" in each) assert.ok(each.source in style.sources, each.id);
  for (const { layer } of LAYERS) assert.ok(TILED.includes(layer));
});

test("an estate has one name on the map, inside it; a target estate's comes first", () => {
  /** @type {any} */
  const estate = {
    id: 5,
    geometry: {
      type: "MultiPolygon",
      coordinates: [
        [
          [
            [0, 0],
            [2, 0],
            [2, 2],
            [0, 2],
            [0, 0],
          ],
        ],
      ],
    },
    properties: { name: "银星花园", target_year: 2024 },
  };
  /** @type {any} */
  const shapeless = { id: 6, geometry: null, properties: { name: "待定" } };
  assert.deepEqual(namesOf([], [estate, shapeless]).features, [
    {
      type: "Feature",
      id: 5,
      geometry: { type: "Point", coordinates: [1, 1] },
      properties: { of: "estate", name: "银星花园", first: 0 },
    },
  ]);
});

test("a position by hand is a point; one by a receiver has its doubt around it", () => {
  const shapes = (/** @type {any} */ position) =>
    meOf(position).features.map(({ geometry }) => geometry.type);
  assert.deepEqual(shapes(null), []);
  assert.deepEqual(shapes({ point: [1, 2], source: "manual", accuracyM: null }), ["Point"]);
  assert.deepEqual(shapes({ point: [1, 2], source: "gps", accuracyM: 8 }), ["Polygon", "Point"]);
});

/** @param {ReturnType<typeof draw>} picture @param {number} x @param {number} y of 1 */
const pixel = ({ width, height, data }, x, y) => {
  const at = (Math.floor(y * height) * width + Math.floor(x * width)) * 4;
  return [...data.slice(at, at + 4)];
};

test("severity has a shape of its own: a triangle, a diamond, a disc", () => {
  const drawn = new Map(signs(palette("")));
  /** Whether something is drawn to the lower right, and to the upper right. */
  const corners = (/** @type {string} */ name) => {
    const picture = drawn.get(name);
    assert.ok(picture);
    return [pixel(picture, 0.82, 0.78)[3] === 255, pixel(picture, 0.78, 0.24)[3] === 255];
  };
  assert.deepEqual(corners("finding-1"), [true, false]);
  assert.deepEqual(corners("finding-2"), [false, false]);
  assert.deepEqual(corners("finding-3"), [false, true]);
  assert.ok(drawn.has("finding-1-closed"));
});

test("what is closed is drawn hollow", () => {
  const full = draw("disc", "#102030", "#ffffff");
  const hollow = draw("disc", "#102030", "#ffffff", true);
  assert.deepEqual(pixel(full, 0.5, 0.5), [16, 32, 48, 255]);
  assert.deepEqual(pixel(hollow, 0.5, 0.5), [255, 255, 255, 255]);
  assert.deepEqual(pixel(full, 0.01, 0.01), [0, 0, 0, 0]);
});
