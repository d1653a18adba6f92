/**
 * Which screen stands where.
 *
 * @import { TemplateResult } from "lit-html"
 * @import { App } from "./app.js"
 * @import { Height } from "./panel.js"
 * @import { Tapped } from "../../map/map.js"
 * @import { Position } from "../../types.d.ts"
 *
 * @typedef {{ estate?: number, asset?: number | null, assetType?: string | null,
 *   position?: Position | null, aim?: boolean, also?: number[] | null,
 *   finding?: number }} MapWish what the map is to
 *   show with it; `aim`: a cross in its middle; `also`: a point to be seen too
 * @typedef {{ title: string, head: TemplateResult, body: TemplateResult, foot?: TemplateResult | undefined,
 *   height?: Height, cover?: boolean, mode?: string, map?: MapWish, onTap?: (taps: Tapped[]) => boolean }} Screen
 *   `cover`: over the whole page; `mode`: tells two states of one screen apart; `onTap`: true where the tap was for this screen
 */

import { assetScreen } from "./asset.js";
import { cameraScreen } from "./camera.js";
import { checklistScreen } from "./checklist.js";
import { datumScreen } from "./device_check.js";
import { estateScreen } from "./estate.js";
import { findScreen } from "./find.js";
import { mineScreen, recordScreen } from "./mine.js";
import { photosScreen } from "./photos.js";
import { placeScreen } from "./place.js";
import { reviewScreen } from "./review.js";
import { scanScreen } from "./scan.js";
import { sentScreen } from "./sent.js";
import { standingScreen } from "./standing.js";
import { tabletScreen } from "./tablet.js";

const SCREENS = {
  find: findScreen,
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
};

/** @param {App} app @returns {Screen} */
export function screenOf(app) {
  if (app.route.at === "tablet") return tabletScreen(app);
  if (app.standing !== "ready") return standingScreen(app);
  const { route } = app;
  if ("estate" in route && !app.register.estate(route.estate)) return standingScreen(app, "estate");
  if ("kind" in route && !app.register.kind(route.kind)) return standingScreen(app, "kind");
  return SCREENS[route.at](app, /** @type {any} */ (route));
}
