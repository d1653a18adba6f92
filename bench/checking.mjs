// Times every move of a site that stands in its input, and how long the estate takes before.
import { text } from "node:stream/consumers";
import { judge } from "../static/app/planning/judge.js";

const { sites, around, rules, projection } = JSON.parse(await text(process.stdin));
const ms = (work) => {
  const begun = performance.now();
  work();
  return performance.now() - begun;
};
const move = (site) => ms(() => judge({ site, around, rules, projection }));
const first = move(sites[0]);
const moves = sites.map(move);
process.stdout.write(JSON.stringify({ ready: first - moves[0], moves }));
