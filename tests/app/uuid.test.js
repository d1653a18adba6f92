import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { caseIdOf } from "../../static/app/recheck.js";
import { uuid5 } from "../../static/app/uuid.js";

const DNS = "6ba7b810-9dad-11d1-80b4-00c04fd430c8";

test("a name in a name space is what everyone calls it", () => {
  // RFC 9562, appendix A.4.
  assert.equal(uuid5(DNS, "www.example.com"), "2ed6657d-e927-568b-95e1-2665a8aea6a2");
  // Of every length around the edge of a block.
  for (const name of [
    "",
    "隐患",
    ..."38 39 40 41 47 48 100".split(" ").map((n) => "x".repeat(+n)),
  ]) {
    const hash = createHash("sha1").update(Buffer.from(DNS.replaceAll("-", ""), "hex"));
    const digits = hash.update(name).digest("hex");
    const told = uuid5(DNS, name).replaceAll("-", "");
    assert.equal(told.slice(0, 12), digits.slice(0, 12), name);
    assert.equal(told.slice(13, 16), digits.slice(13, 16), name);
    assert.equal(told.slice(17), digits.slice(17, 32), name);
    assert.match(told, /^.{12}5.{3}[89ab]/);
  }
});

test("a case is named with no network as the server names it", () => {
  // As tests/test_pack_rechecks.py has them.
  const inspection = "01934567-89ab-7cde-8f01-23456789abcd";
  assert.equal(uuid5(inspection, "XF-01"), "97c5ae68-22db-5e1c-bffc-1e394b1bdd7f");
  assert.equal(caseIdOf(inspection, "XF-01"), "17347c2b-cd7c-52a3-82ee-aa2342137c7c");
});
