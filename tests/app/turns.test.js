import assert from "node:assert/strict";
import { test } from "node:test";
import { openTurns } from "../../static/app/turns.js";

test("an earlier question's answer says nothing once another is asked, whichever comes first", () => {
  const turn = openTurns();
  const first = turn();
  assert.equal(first(), true);
  const second = turn();
  assert.deepEqual([first(), second()], [false, true]);
  assert.deepEqual([second(), first()], [true, false]);
});

test("questions of another kind take no turn", () => {
  const [rows, board] = [openTurns(), openTurns()];
  const mine = rows();
  board();
  assert.equal(mine(), true);
});
