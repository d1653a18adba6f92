import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";

const APP = new URL("../../static/app", import.meta.url).pathname;

/** From the top down: a folder may use what stands in a line below its own, and itself. */
const FLOORS = [
  ["(entries)", "admin"],
  ["screens"],
  ["form", "map", "sync"],
  ["store", "api"],
  ["(plain)"],
];
/** What a page loads itself: these start the others. */
const ENTRIES = new Set([
  "field",
  "mask",
  "plan",
  "overview",
  "rounds",
  "cases",
  "case_new",
  "company",
  "papers",
  "page",
  "docs",
  "standardisation",
  "ledgers",
  "campaign",
  "campaign_tabs",
  "month",
]);

const files = readdirSync(APP, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".js"))
  .map((name) => ({ name, text: readFileSync(join(APP, name), "utf8") }));

/** @param {string} name */
function room(name) {
  const first = name.split("/")[0]?.replace(/\.js$/, "") ?? "";
  if (FLOORS.flat().includes(first)) return first;
  return ENTRIES.has(first) ? "(entries)" : "(plain)";
}

/** @param {string} name */
const floor = (name) => FLOORS.findIndex((line) => line.includes(room(name)));

test("imports go down the house", () => {
  const wrong = files.flatMap(({ name, text }) =>
    [...text.matchAll(/^(?:import|export)\b[^;]*?from "(\.[^"]+)";/gms)]
      .map(([, path = ""]) => relative(APP, join(APP, dirname(name), path)))
      .filter((used) => floor(used) <= floor(name) && room(used) !== room(name))
      .map((used) => `${name} uses ${used}`),
  );
  assert.deepEqual(wrong, []);
});

test("only screens, and what starts them, touch the page", () => {
  const touching = files
    .filter(({ name }) => floor(name) > 1)
    .filter(({ text }) => /\b(document|window|localStorage)\b/.test(code(text)))
    .map(({ name }) => name);
  // Of the page's cookies it reads the one that its requests must carry.
  assert.deepEqual(touching, ["api.js"]);
});

test("no template sets a style or a handler of its own: the security policy forbids both", () => {
  const wrong = files.filter(({ text }) => /<[^>]*\s(style|on[a-z]+)="/.test(code(text)));
  assert.deepEqual(
    wrong.map(({ name }) => name),
    [],
  );
});

/** Without comments. @param {string} text */
const code = (text) => text.replace(/\/\*.*?\*\//gs, "").replace(/(^|\s)\/\/.*$/gm, "");

test("no two animations have the same name: of two style sheets on a page, the later would move both", () => {
  const names = readdirSync(join(APP, ".."))
    .filter((name) => name.endsWith(".css"))
    .flatMap((name) =>
      [...readFileSync(join(APP, "..", name), "utf8").matchAll(/@keyframes ([\w-]+)/g)].map(
        ([, animation]) => animation,
      ),
    );
  assert.deepEqual(names, [...new Set(names)]);
});
