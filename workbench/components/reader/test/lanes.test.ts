import assert from "node:assert/strict";
import { test } from "node:test";

import { assignLanes, readingOrder, stackLabels } from "../src/lanes";

const striped = (id: string, start: number, end: number, group = 0) => ({ id, start, end, group });

test("codings that overlap never share a lane, and lanes are used again", () => {
  const codings = [striped("a", 0, 10), striped("b", 5, 15), striped("c", 10, 20), striped("d", 12, 13)];
  const lanes = assignLanes(codings.sort(readingOrder));
  assert.deepEqual([...lanes], [["a", 0], ["b", 1], ["c", 0], ["d", 2]]);
});

test("the longer of two codings that begin together keeps the outer lane", () => {
  const lanes = assignLanes([striped("short", 0, 5), striped("long", 0, 50)].sort(readingOrder));
  assert.equal(lanes.get("long"), 0);
  assert.equal(lanes.get("short"), 1);
});

test("every coder has lanes of their own", () => {
  const lanes = assignLanes([striped("a", 0, 10, 0), striped("b", 0, 10, 1), striped("c", 2, 10, 1)].sort(readingOrder));
  assert.deepEqual([lanes.get("a"), lanes.get("b"), lanes.get("c")], [0, 0, 1]);
});

test("random codings: no lane holds two at once", () => {
  let seed = 7;
  const random = (limit: number): number => (seed = (seed * 48271) % 2147483647) % limit;
  const codings = Array.from({ length: 400 }, (_, index) => {
    const start = random(5000);
    return striped(String(index), start, start + 1 + random(300));
  }).sort(readingOrder);
  const lanes = assignLanes(codings);
  for (const one of codings) {
    for (const other of codings) {
      const meets = one.id !== other.id && one.start < other.end && other.start < one.end;
      if (meets) assert.notEqual(lanes.get(one.id), lanes.get(other.id));
    }
  }
});

test("labels move apart and stay in the paragraph", () => {
  assert.deepEqual(stackLabels([0, 0, 40], 60, 15), { tops: [0, 15, 40], more: null });
  assert.deepEqual(stackLabels([50, 50], 60, 15), { tops: [30, 45], more: null });
});

test("labels without room are counted instead", () => {
  assert.deepEqual(stackLabels([0, 0, 0, 0], 35, 15), { tops: [0, null, null, null], more: 20 });
  assert.deepEqual(stackLabels([4], 10, 15), { tops: [0], more: null });
});
