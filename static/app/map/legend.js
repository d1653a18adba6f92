/**
 * What the signs of the map mean, and which of them can be put away.
 *
 * @import { Key } from "../words.js"
 * @import { Tiled } from "./style.js"
 * @typedef {{ layer: Tiled, word: Key, swatch: string }} Entry `swatch`: a class of style sheet
 */

/** @type {Entry[]} */
export const LAYERS = [
  { layer: "findings", word: "map.findings", swatch: "mark s1" },
  { layer: "lanes", word: "map.lanes", swatch: "swatch lane" },
  { layer: "lights", word: "map.lights", swatch: "swatch light" },
  { layer: "charging_sites", word: "map.charging_sites", swatch: "swatch charging" },
  { layer: "hydrants", word: "map.hydrants", swatch: "swatch hydrant" },
  { layer: "operation_areas", word: "map.operation_areas", swatch: "swatch operation" },
  { layer: "vacant_spaces", word: "map.vacant_spaces", swatch: "swatch vacant" },
  { layer: "buildings", word: "map.buildings", swatch: "swatch building" },
  { layer: "roads", word: "map.roads", swatch: "swatch road" },
];

/** What is always there. @type {{ word: Key, swatch: string }[]} */
export const SIGNS = [
  { word: "severity.1", swatch: "mark s1" },
  { word: "severity.2", swatch: "mark s2" },
  { word: "severity.3", swatch: "mark s3" },
  { word: "map.target", swatch: "swatch target" },
  { word: "map.unconfirmed", swatch: "swatch unconfirmed" },
  { word: "map.communities", swatch: "swatch community" },
];
