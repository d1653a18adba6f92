/**
 * Where in the page somebody is, as the part of the address after #.
 *
 * @import { ProposalLayer } from "./proposals.js"
 * @import { PlaceId } from "./types.d.ts"
 * @import { Form } from "./creation/sheet.js"
 * @typedef {"find" | "day" | "rechecks" | "sheets" | "outbox" | "statement" | "mine" | "pack" | "tablet" | "datum"} Alone
 *   pages that are about no single thing
 * @typedef {{ at: Alone }
 *   | { at: "estate", estate: PlaceId }
 *   | { at: "asset" | "checklist" | "review", estate: PlaceId, kind: string }
 *   | { at: "camera" | "photos", estate: PlaceId, kind: string, item: string }
 *   | { at: "place" | "scan", estate: PlaceId, kind: string }
 *   | { at: "propose", estate: PlaceId | null, layer: ProposalLayer | null }
 *   | { at: "sent" | "record" | "entry", id: string }
 *   | { at: "sheet", enrolment: string, form: Form }
 *   | { at: "case" | "case_camera" | "case_photos", case: string }} Route
 */

import { FORMS } from "./creation/sheet.js";
import { PROPOSABLE } from "./proposals.js";

const ALONE = /** @type {const} */ ([
  "day",
  "rechecks",
  "sheets",
  "outbox",
  "statement",
  "mine",
  "pack",
  "tablet",
  "datum",
]);
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** @param {string} hash @returns {Route} what can't be read leads to the beginning */
export function parse(hash) {
  const [first = "", second = "", third = "", last = "", item = ""] = hash
    .replace(/^#\/?/, "")
    .split("/");
  const alone = ALONE.find((each) => each === first);
  if (alone) return { at: alone };
  if ((first === "sent" || first === "record" || first === "entry") && second)
    return { at: first, id: second };
  if (first === "case" && UUID.test(second)) {
    if (third === "camera") return { at: "case_camera", case: second };
    return { at: third === "photos" ? "case_photos" : "case", case: second };
  }
  const form = FORMS.find((each) => each === third);
  if (first === "sheet" && UUID.test(second) && form)
    return { at: "sheet", enrolment: second, form };
  const estate = placeOf(second);
  if (first === "propose") return { at: first, estate, layer: layerOf(third) };
  if (first !== "estate" || estate === null) return { at: "find" };
  if (!third) return { at: "estate", estate };
  if (last === "asset" || last === "review" || last === "place" || last === "scan")
    return { at: last, estate, kind: third };
  if (last === "camera" || last === "photos") return { at: last, estate, kind: third, item };
  return { at: "checklist", estate, kind: third };
}

/** An estate of the register, or one proposed from the field. @param {string} text @returns {PlaceId | null} */
function placeOf(text) {
  if (UUID.test(text)) return text;
  const number = Number(text);
  return Number.isInteger(number) && number >= 1 ? number : null;
}

/** @param {string} text @returns {ProposalLayer | null} */
const layerOf = (text) =>
  Object.hasOwn(PROPOSABLE, text) ? /** @type {ProposalLayer} */ (text) : null;

/** @param {Route} route */
export function format(route) {
  switch (route.at) {
    case "find":
      return "#/";
    case "sent":
    case "record":
    case "entry":
      return `#/${route.at}/${route.id}`;
    case "case":
      return `#/case/${route.case}`;
    case "sheet":
      return `#/sheet/${route.enrolment}/${route.form}`;
    case "case_camera":
      return `#/case/${route.case}/camera`;
    case "case_photos":
      return `#/case/${route.case}/photos`;
    case "propose":
      return `#/propose/${route.estate ?? "new"}${route.layer ? `/${route.layer}` : ""}`;
    case "estate":
      return `#/estate/${route.estate}`;
    case "checklist":
      return `#/estate/${route.estate}/${route.kind}`;
    case "camera":
    case "photos":
      return `#/estate/${route.estate}/${route.kind}/${route.at}${route.item && `/${route.item}`}`;
    case "asset":
    case "review":
    case "place":
    case "scan":
      return `#/estate/${route.estate}/${route.kind}/${route.at}`;
    default:
      return `#/${route.at}`;
  }
}
