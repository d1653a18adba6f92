/**
 * What is told of a site: where it lies and how large it is, and what it is equipped with. A
 * field that nobody filled in is "not known", and a rule that asks for it can't tell.
 *
 * @import { Footprint } from "../../drawing/handles.js"
 * @import { Fields } from "../../drawing/types.d.ts"
 * @import { Estate } from "../../types.d.ts"
 */

import { html, nothing } from "lit-html";
import {
  areaOf,
  centreOf,
  fieldsOf,
  rectangleOf,
  refitted,
  rowsOf,
} from "../../drawing/footprint.js";
import { directionOf, dragged, placedAt, rotated, without } from "../../drawing/handles.js";
import { t } from "../../words.js";
import { icon } from "../parts.js";
import { answered, chosen, numbered, typed } from "./fields.js";

const OUTLINES = /** @type {const} */ (["1", "2", "own", "drawn"]);
const CHOICES = /** @type {const} */ ({
  canopy: ["none", "open", "closed"],
  level: ["ground", "ground_indoor", "b1", "b2", "roof"],
  place: [
    "open_ground",
    "roadside",
    "shed",
    "lobby",
    "corridor",
    "stairwell",
    "exit",
    "car_bay",
    "open_floor",
  ],
});

/**
 * @param {{ fields: Fields, may: boolean, estates: Estate[],
 *   set: (changes: Partial<Fields>) => void, pad: (event: KeyboardEvent) => void }} form
 */
export const facts = (form) => html`
  <form class="facts-form" @submit=${(/** @type {Event} */ event) => event.preventDefault()}>
    ${named(form)} ${shape(form)} ${equipment(form)}
  </form>`;

/** @param {Parameters<typeof facts>[0]} form */
function named({ fields, may, estates, set }) {
  return html`
    <div class="filters">
      ${typed({
        id: "site-name",
        says: t("site.name"),
        value: fields.name,
        disabled: !may,
        onChange: (name) => set({ name: name.trim() }),
      })}
      ${chosen({
        id: "site-estate",
        says: t("site.estate"),
        value: fields.estate === null ? "" : String(fields.estate),
        disabled: !may,
        options: [
          ["", t("site.street")],
          ...estates.map(
            ({ id, properties: its }) => /** @type {[string, string]} */ ([String(id), its.name]),
          ),
        ],
        onChange: (told) => set({ estate: told ? Number(told) : null }),
      })}
    </div>`;
}

/** @param {Parameters<typeof facts>[0]} form */
function shape({ fields, may, set, pad }) {
  const rectangle = rectangleOf(fields);
  const [lon = 0, lat = 0] = centreOf(fields.geom);
  const outline = rectangle ? String(rowsOf(fields) ?? "own") : "drawn";
  /** @param {Footprint} footprint */
  const put = (footprint) => set(footprintOf(footprint));
  return html`
    <fieldset class="section">
      <legend class="label">${t("site.shape")}</legend>
      <div class="filters">
        ${chosen({
          id: "site-outline",
          says: t("site.outline"),
          value: outline,
          disabled: !may,
          options: OUTLINES.map((each) => [each, t(`site.outline.${each}`)]),
          onChange: (to) => set(outlined(fields, to)),
        })}
        ${numbered({
          id: "site-angle",
          says: t("site.angle"),
          value: directionOf(fields),
          step: 1,
          needed: true,
          disabled: !may,
          onChange: (to) => put(rotated(fields, (to ?? 0) - directionOf(fields))),
        })}
        ${
          rectangle
            ? /** @type {const} */ (["length_m", "width_m"]).map((side) =>
                numbered({
                  id: `site-${side}`,
                  says: t(side === "length_m" ? "site.length" : "site.width"),
                  value: rectangle[side],
                  step: 0.1,
                  least: 0.1,
                  needed: true,
                  disabled: !may,
                  onChange: (to) => put(fieldsOf({ ...rectangle, [side]: to ?? rectangle[side] })),
                }),
              )
            : nothing
        }
        ${numbered({
          id: "site-lon",
          says: t("site.lon"),
          value: Number(lon.toFixed(7)),
          least: -180,
          needed: true,
          disabled: !may,
          onChange: (to) => put(placedAt(fields, [to ?? lon, lat])),
        })}
        ${numbered({
          id: "site-lat",
          says: t("site.lat"),
          value: Number(lat.toFixed(7)),
          least: -90,
          needed: true,
          disabled: !may,
          onChange: (to) => put(placedAt(fields, [lon, to ?? lat])),
        })}
      </div>
      ${
        may
          ? html`<div
              class="pad"
              tabindex="0"
              role="application"
              aria-label=${t("draw.pad")}
              @keydown=${pad}
            >
              <kbd>← ↑ → ↓</kbd> <kbd>[ ]</kbd> <span class="soft small">${t("draw.pad")}</span>
            </div>`
          : nothing
      }
      <p class="soft small">${t("site.area", { area: areaOf(fields.geom).toFixed(2) })}</p>
      ${rectangle ? nothing : corners(fields, may, put)}
    </fieldset>`;
}

/** @param {Fields} fields @param {boolean} may @param {(footprint: Footprint) => void} put */
function corners(fields, may, put) {
  const ring = (fields.geom.coordinates[0] ?? []).slice(0, -1);
  return html`
    <details>
      <summary>${t("site.corners")} (${ring.length})</summary>
      <ol class="corner-list">
        ${ring.map(([lon = 0, lat = 0], at) => {
          const next = ring[(at + 1) % ring.length] ?? [lon, lat];
          const half = [(lon + (next[0] ?? 0)) / 2, (lat + (next[1] ?? 0)) / 2];
          return html`<li>
            <input
              class="input"
              aria-label=${t("site.corner", { n: at + 1 })}
              autocomplete="off"
              ?disabled=${!may}
              .value=${`${lon.toFixed(7)}, ${lat.toFixed(7)}`}
              @change=${(/** @type {any} */ { target }) => {
                const to = pairOf(target.value);
                target.setAttribute("aria-invalid", String(!to));
                if (to) put(dragged(fields, { what: "corner", at }, [lon, lat], to).footprint);
              }}
            />
            <button
              class="button icon"
              type="button"
              ?disabled=${!may}
              title=${t("site.cornerIn", { n: at + 1 })}
              aria-label=${t("site.cornerIn", { n: at + 1 })}
              @click=${() => put(dragged(fields, { what: "middle", at }, half, half).footprint)}
            >
              ${icon("plus")}
            </button>
            <button
              class="button icon"
              type="button"
              ?disabled=${!may || ring.length < 4}
              title=${t("site.cornerOut", { n: at + 1 })}
              aria-label=${t("site.cornerOut", { n: at + 1 })}
              @click=${() => put(without(fields, at))}
            >
              ${icon("minus")}
            </button>
          </li>`;
        })}
      </ol>
    </details>`;
}

/** @param {Parameters<typeof facts>[0]} form */
function equipment({ fields, may, set }) {
  const disabled = !may;
  /** @param {string} name @param {{ whole?: boolean, least?: number }} how @param {(told: number | null) => Partial<Fields>} [changes] */
  const number = (name, how, changes = (told) => ({ [name]: told })) =>
    numbered({
      id: `site-${name}`,
      says: t(/** @type {any} */ (`site.${name}`)),
      value: /** @type {number | null} */ (fields[name] ?? null),
      disabled,
      onChange: (told) => set(changes(told)),
      ...how,
    });
  /** @param {keyof typeof CHOICES} name */
  const choice = (name) =>
    chosen({
      id: `site-${name}`,
      says: t(`site.${name}`),
      value: String(fields[name] ?? ""),
      disabled,
      options: [
        ["", t("site.unknown")],
        ...CHOICES[name].map(
          (each) =>
            /** @type {[string, string]} */ ([
              each,
              t(/** @type {any} */ (`site.${name}.${each}`)),
            ]),
        ),
      ],
      onChange: (told) => set({ [name]: told || null }),
    });
  /** @param {"partitions" | "cctv" | "commercial"} name */
  const yesOrNo = (name) =>
    answered({
      id: `site-${name}`,
      says: t(`site.${name}`),
      value: /** @type {boolean | null} */ (fields[name] ?? null),
      disabled,
      ...(name === "commercial"
        ? { yes: t("site.yesUsed"), no: t("site.noUsed"), help: t("site.commercialSays") }
        : {}),
      onChange: (told) => set({ [name]: told }),
    });
  return html`
    <fieldset class="section">
      <legend class="label">${t("site.facts")}</legend>
      <div class="filters">
        ${number("ports", { whole: true })}
        ${number("bays", { whole: true }, (bays) => refitted(fields, { bays }))}
        ${number("bay_length_m", { least: 0.1 }, (told) => refitted(fields, { bay_length_m: told }))}
        ${number("bay_width_m", { least: 0.1 }, (told) => refitted(fields, { bay_width_m: told }))}
        ${number("group_bays", { whole: true })} ${number("group_length_m", { least: 0.1 })}
        ${yesOrNo("partitions")} ${choice("canopy")} ${yesOrNo("cctv")}
        ${chosen({
          id: "site-power",
          says: t("site.power"),
          value: String(fields.power ?? "unknown"),
          disabled,
          options: [
            ["unknown", t("site.unknown")],
            ["estate", t("site.power.estate")],
            ["grid", t("site.power.grid")],
          ],
          onChange: (power) => set({ power }),
        })}
        ${choice("level")} ${choice("place")} ${number("entrances", { whole: true })}
        ${number("cost_yuan", { whole: true })} ${yesOrNo("commercial")}
      </div>
      ${typed({
        id: "site-note",
        says: t("site.note"),
        value: String(fields.note ?? ""),
        most: 1000,
        disabled,
        onChange: (note) => set({ note }),
      })}
    </fieldset>`;
}

/** Another kind of outline for it. @param {Fields} fields @param {string} to @returns {Partial<Fields>} */
function outlined(fields, to) {
  if (to === "drawn")
    return { outline: "drawn", geom: fields.geom, anchor: null, rotation_deg: null };
  const own = rectangleOf(fields);
  if (to === "own") {
    if (own) return {};
    const side = Math.sqrt(areaOf(fields.geom));
    return fieldsOf({
      centre: centreOf(fields.geom),
      length_m: Math.round(side * 100) / 100,
      width_m: Math.round(side * 100) / 100,
      rotation_deg: directionOf(fields),
    });
  }
  const bays = fields.bays ?? 10;
  return refitted({ ...fields, bays }, fields.bays ? {} : { bays }, to === "2" ? 2 : 1);
}

/** What of it is stored, as one. @param {Footprint} footprint @returns {Partial<Fields>} */
export const footprintOf = ({ geom, outline, anchor, rotation_deg }) => ({
  geom,
  outline,
  anchor,
  rotation_deg,
});

/** Longitude and latitude as typed: "118.5729, 24.8103". @param {string} text @returns {[number, number] | null} */
export function pairOf(text) {
  const [, lon, lat] = /^\s*(-?\d+(?:\.\d+)?)\s*[,，\s]\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text) ?? [];
  if (lon === undefined || lat === undefined) return null;
  const [x, y] = [Number(lon), Number(lat)];
  return Math.abs(x) <= 180 && Math.abs(y) <= 90 ? [x, y] : null;
}
