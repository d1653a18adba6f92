import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { base64Sha256, canonical, sha256 } from "../../static/app/canonical.js";

/** What tests/test_canonical.py reads too. @type {{ says: string, sent: string, canonical: string }[]} */
const table = JSON.parse(readFileSync(new URL("../canonical.json", import.meta.url), "utf8"));

for (const { says, sent, canonical: form } of table)
  test(`as the server has it: ${says}`, () => {
    assert.equal(canonical(JSON.parse(sent)), form);
    assert.equal(canonical(JSON.parse(form)), form);
  });

test("what no one typed and the server would refuse is taken out", () => {
  assert.equal(
    canonical({ a: "x\0y", "b\0": "\ud83d!", c: "😀" }),
    '{"a":"xy","b":"\ufffd!","c":"😀"}',
  );
});

test("what is not there is left out, also inside; a number that JSON does not have is a fault", () => {
  assert.equal(canonical({ a: undefined, b: { c: undefined, d: 1 } }), '{"b":{"d":1}}');
  assert.throws(() => canonical({ a: Number.NaN }), RangeError);
});

test("a hash as the server writes it, and as tus does", async () => {
  const bytes = new TextEncoder().encode("abc");
  const hex = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
  assert.equal(await sha256(bytes), hex);
  assert.equal(await base64Sha256(bytes), Buffer.from(hex, "hex").toString("base64"));
});
