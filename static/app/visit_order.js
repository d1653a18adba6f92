/**
 * In which order to visit places: a short walk through all of them, in straight metres. Streets
 * are not known to the tablet; within a community the straight line is a fair guess.
 *
 * @import { LonLat } from "./metres.js"
 */

import { distanceM } from "./metres.js";

/** A stretch shorter than this is not worth turning a tour round for. */
const WORTH_M = 0.01;

/**
 * The nearest first, from there the nearest, and so on; then, as long as it makes the walk
 * shorter, a part of it is walked the other way round. The walk ends at its last place.
 *
 * @template {{ point: LonLat }} Stop
 * @param {Stop[]} stops
 * @param {LonLat | null} from where one stands; null: the walk begins at the first stop
 * @returns {{ stops: Stop[], metres: number }}
 */
export function visitOrder(stops, from) {
  const start = from ?? stops[0]?.point;
  if (!start) return { stops: [], metres: 0 };
  const [first, ...rest] = stops;
  const fixed = from || !first ? [] : [first];
  const path = [...fixed, ...nearestFirst(from ? stops : rest, start)];
  const walked = turned(path, start, fixed.length);
  return { stops: walked, metres: lengthM(walked, start) };
}

/**
 * @template {{ point: LonLat }} Stop
 * @param {Stop[]} stops
 * @param {LonLat} start
 */
function nearestFirst(stops, start) {
  const left = [...stops];
  /** @type {Stop[]} */
  const path = [];
  let here = start;
  while (left.length) {
    const metres = left.map(({ point }) => distanceM(here, point));
    const [next] = left.splice(metres.indexOf(Math.min(...metres)), 1);
    if (!next) break;
    path.push(next);
    here = next.point;
  }
  return path;
}

/**
 * 2-opt on an open path: between two places the way is turned round where that is shorter.
 *
 * @template {{ point: LonLat }} Stop
 * @param {Stop[]} path
 * @param {LonLat} start
 * @param {number} fixed so many at the beginning stay where they are
 */
function turned(path, start, fixed) {
  let stops = path;
  for (let better = true; better; ) {
    better = false;
    for (let from = fixed; from < stops.length - 1; from += 1) {
      for (let to = from + 1; to < stops.length; to += 1) {
        if (savedM(stops, start, from, to) <= WORTH_M) continue;
        stops = [
          ...stops.slice(0, from),
          ...stops.slice(from, to + 1).reverse(),
          ...stops.slice(to + 1),
        ];
        better = true;
      }
    }
  }
  return stops;
}

/**
 * What turning round the stretch from one place to another saves.
 *
 * @param {{ point: LonLat }[]} stops
 * @param {LonLat} start
 * @param {number} from
 * @param {number} to
 */
function savedM(stops, start, from, to) {
  const before = stops[from - 1]?.point ?? start;
  const [first, last] = [stops[from]?.point ?? start, stops[to]?.point ?? start];
  const after = stops[to + 1]?.point;
  return (
    distanceM(before, first) -
    distanceM(before, last) +
    (after ? distanceM(last, after) - distanceM(first, after) : 0)
  );
}

/** @param {{ point: LonLat }[]} stops @param {LonLat} start */
function lengthM(stops, start) {
  let here = start;
  let metres = 0;
  for (const { point } of stops) {
    metres += distanceM(here, point);
    here = point;
  }
  return metres;
}
