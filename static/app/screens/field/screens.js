/**
 * Which screen stands where.
 *
 * @import { TemplateResult } from "lit-html"
 * @import { App } from "./app.js"
 * @import { Height } from "./panel.js"
 * @import { Tapped } from "../../map/map.js"
 * @import { Stop } from "../../map/day.js"
 * @import { PlaceId, Position } from "../../types.d.ts"
 *
 * @typedef {{ estate?: PlaceId, asset?: PlaceId | null, assetType?: string | null,
 *   position?: Position | null, aim?: boolean, also?: number[] | null, finding?: string,
 *   sketch?: GeoJSON.Geometry[], day?: { stops: Stop[], way: number[][] } }} MapWish what the map
 *   is to show with it; `aim`: a cross in its middle; `also`: a point to be seen too; `finding`:
 *   as App.finding has it; `sketch`: what is being drawn
 * @typedef {{ title: string, head: TemplateResult, body: TemplateResult, foot?: TemplateResult | undefined,
 *   height?: Height, cover?: boolean, mode?: string, map?: MapWish, onTap?: (taps: Tapped[], at: [number, number]) => boolean }} Screen
 *   `cover`: over the whole page; `mode`: tells two states of one screen apart; `onTap`: true where the tap was for this screen
 */

import { assetScreen } from "./asset.js";
import { cameraScreen } from "./camera.js";
import { caseCameraScreen, casePhotosScreen, caseScreen } from "./case.js";
import { checklistScreen } from "./checklist.js";
import { dayScreen } from "./day.js";
import { datumScreen } from "./device_check.js";
import { entryScreen } from "./entry.js";
import { estateScreen } from "./estate.js";
import { findScreen } from "./find.js";
import { leavingScreen } from "./leaving.js";
import { mineScreen, recordScreen } from "./mine.js";
import { missingScreen } from "./missing.js";
import { outboxScreen } from "./outbox.js";
import { packScreen } from "./pack.js";
import { photosScreen } from "./photos.js";
import { placeScreen } from "./place.js";
import { proposeScreen } from "./propose.js";
import { rechecksScreen } from "./rechecks.js";
import { reviewScreen } from "./review.js";
import { scanScreen } from "./scan.js";
import { sentScreen } from "./sent.js";
import { sheetScreen } from "./sheet.js";
import { sheetsScreen } from "./sheets.js";
import { statementScreen } from "./statement.js";
import { tabletScreen } from "./tablet.js";

const SCREENS = {
  find: findScreen,
  day: dayScreen,
  outbox: outboxScreen,
  entry: entryScreen,
  statement: statementScreen,
  propose: proposeScreen,
  pack: packScreen,
  estate: estateScreen,
  asset: assetScreen,
  checklist: checklistScreen,
  review: reviewScreen,
  sent: sentScreen,
  mine: mineScreen,
  record: recordScreen,
  camera: cameraScreen,
  photos: photosScreen,
  place: placeScreen,
  scan: scanScreen,
  datum: datumScreen,
  rechecks: rechecksScreen,
  sheets: sheetsScreen,
  sheet: sheetScreen,
  case: caseScreen,
  case_camera: caseCameraScreen,
  case_photos: casePhotosScreen,
};

/** What there is to see with no pack: what was recorded is there all the same. */
const WITHOUT_PACK = new Set([
  ...["outbox", "entry", "statement", "mine", "record", "pack"],
  ...["sheets", "sheet"],
]);

/** @param {App} app @returns {Screen} */
export function screenOf(app) {
  const { route } = app;
  if (app.sender.progress().letsGoAt) return leavingScreen(app);
  if (route.at === "tablet") return tabletScreen(app);
  if (!app.register.toldAt() && !WITHOUT_PACK.has(route.at)) return packScreen(app);
  if ("estate" in route && route.estate !== null && !app.known.estate(route.estate))
    return missingScreen(app, "estate");
  if ("kind" in route && !app.register.kind(route.kind)) return missingScreen(app, "kind");
  return SCREENS[route.at](app, /** @type {any} */ (route));
}
