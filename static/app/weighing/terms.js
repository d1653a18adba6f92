/**
 * What is asked of a selection: from its form to the server, and what is wrong with it before.
 *
 * @import { Model, Terms } from "./types.d.ts"
 */

/** @type {Model[]} */
export const MODELS = ["mclp", "lscp", "pmedian"];

/** @type {Terms} */
export const FIRST = {
  model: "mclp",
  number: 3,
  budget_yuan: null,
  radius_m: 150,
  capacitated: true,
  one_per_estate: false,
  spacing_m: 0,
  forced: [],
  forbidden: [],
  admitted: [],
  communities: [],
  several: [],
  ports_at: {},
  grid_m: 25,
  ports: 10,
  bays: 20,
  cost_yuan: 30_000,
  seconds: 60,
  curve_to: null,
};

/** @param {Terms} terms @returns {Partial<Record<keyof Terms, "needed" | "many">>} by field */
export function wrongWith({ model, number, budget_yuan, radius_m, ports, curve_to }) {
  /** @type {Partial<Record<keyof Terms, "needed" | "many">>} */
  const wrong = {};
  if (model === "mclp" && number === null && budget_yuan === null) wrong.number = "needed";
  if (model === "pmedian" && number === null) wrong.number = "needed";
  if (model !== "pmedian" && radius_m === null) wrong.radius_m = "needed";
  if (!ports) wrong.ports = "needed";
  if (curve_to !== null && curve_to > 30) wrong.curve_to = "many";
  return wrong;
}

/** As the server is told. @param {Terms} terms */
export const toldOf = ({ model, ...parameters }) => ({ model, parameters });

/** A selection to be asked again, changed. @param {Terms} terms @param {Partial<Terms>} change @returns {Terms} */
export const changed = (terms, change) => ({ ...terms, ...change });

/** From what the server keeps of one. @param {{ model: Model, parameters: Partial<Terms> }} kept @returns {Terms} */
export const termsOf = ({ model, parameters }) => ({ ...FIRST, ...parameters, model });
