/**
 * Finding an estate among those this person may see.
 *
 * @import { Estate } from "./types.d.ts"
 */

import { distanceToM } from "./metres.js";

/**
 * Estates whose name, code or community holds every word, best first: a name that begins so,
 * then one that holds it, then the rest.
 *
 * @param {Estate[]} estates
 * @param {string} query
 * @returns {Estate[]}
 */
export function matching(estates, query) {
  const words = plain(query).split(" ").filter(Boolean);
  if (!words.length) return estates;
  return estates
    .filter(({ properties }) => {
      const text = plain(
        `${properties.name} ${properties.code ?? ""} ${properties.community_name}`,
      );
      return words.every((word) => text.includes(word));
    })
    .map((estate) => ({ estate, rank: rank(plain(estate.properties.name), words[0] ?? "") }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ estate }) => estate);
}

/**
 * The nearest first, with how far away they begin. What has no shape comes last.
 *
 * @param {Estate[]} estates
 * @param {number[]} from
 * @returns {{ estate: Estate, metres: number }[]}
 */
export const nearest = (estates, from) =>
  estates
    .map((estate) => ({
      estate,
      metres: estate.geometry ? distanceToM(from, estate.geometry) : Number.POSITIVE_INFINITY,
    }))
    .sort((a, b) => a.metres - b.metres);

/** @param {string} name @param {string} word */
function rank(name, word) {
  const at = name.indexOf(word);
  return at === 0 ? 0 : at > 0 ? 1 : 2;
}

/** Without width, case and doubled spaces. @param {string} text */
const plain = (text) => text.normalize("NFKC").toLowerCase().replace(/\s+/g, " ").trim();
