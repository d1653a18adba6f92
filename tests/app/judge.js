/** Answers tests/kinds/test_tablet_agrees.py: a line `[kind, sent, facts]` in, a line of what the
 * tablet makes of it out. */

import { createInterface } from "node:readline";
import { asks, judge, read } from "../../static/app/rules.js";

for await (const line of createInterface({ input: process.stdin })) {
  const [kind, sent, facts] = JSON.parse(line);
  const { answers, wrong } = read(kind, sent);
  const says =
    Object.keys(wrong).length > 0
      ? { wrong }
      : { answers, asks: asks(kind, answers, facts), judged: judge(kind, answers, facts) };
  process.stdout.write(`${JSON.stringify(says)}\n`);
}
