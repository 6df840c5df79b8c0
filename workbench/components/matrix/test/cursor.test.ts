import assert from "node:assert/strict";
import { test } from "node:test";

import { movedBy } from "../src/cursor";

test("arrows move by one cell", () => {
  assert.deepEqual(movedBy("ArrowDown", [2, 3], 40, 22), [3, 3]);
  assert.deepEqual(movedBy("ArrowLeft", [2, 3], 40, 22), [2, 2]);
});

test("Home and End stay in the row, the page keys in the grid", () => {
  assert.deepEqual(movedBy("Home", [2, 3], 40, 22), [2, 0]);
  assert.deepEqual(movedBy("End", [2, 3], 40, 22), [2, 21]);
  assert.deepEqual(movedBy("PageUp", [2, 3], 40, 22), [0, 3]);
  assert.deepEqual(movedBy("PageDown", [35, 3], 40, 22), [39, 3]);
});

test("other keys are left to the page", () => {
  assert.equal(movedBy("Tab", [2, 3], 40, 22), null);
});
