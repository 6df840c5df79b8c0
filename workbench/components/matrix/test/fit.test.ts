import assert from "node:assert/strict";
import { test } from "node:test";

import { fitted } from "../src/fit";

const room = { page: 900, above: 220, legend: 28, below: 0, header: 34, rows: 40 };

test("forty rows fit a page of 900 pixels", () => {
  const { frame, row } = fitted(room);
  assert.ok(40 * row + 34 <= frame, `${40 * row + 34} pixels in ${frame}`);
});

test("few rows are not stretched, many not squeezed beyond reading", () => {
  assert.equal(fitted({ ...room, rows: 5 }).row, 19);
  assert.equal(fitted({ ...room, rows: 400 }).row, 14);
});

test("what opens below takes room from the table, and rows keep their height", () => {
  const [closed, open] = [fitted(room), fitted({ ...room, below: 280 })];
  assert.equal(open.row, closed.row);
  assert.equal(open.frame, closed.frame - 280);
});

test("a small window leaves a table to scroll in", () => {
  assert.equal(fitted({ ...room, page: 300 }).frame, 240);
});
