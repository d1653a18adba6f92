// Judges what stands in each line of its input, and answers in a line.
import { createInterface } from "node:readline";
import { judge } from "../../static/app/planning/judge.js";

for await (const line of createInterface({ input: process.stdin }))
  process.stdout.write(`${JSON.stringify(judge(JSON.parse(line)))}\n`);
