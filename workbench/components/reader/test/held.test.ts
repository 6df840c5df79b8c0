import assert from "node:assert/strict";
import { test } from "node:test";

import type { CodingRow, CodingsUpdate } from "../src/contract";
import { HeldCodings } from "../src/held";

const row = (id: string, start = 0): CodingRow => [id, start, start + 5, "ECO", 0, null, "", 1, null, null];
const update = (base: string, revision: string, more: Partial<CodingsUpdate> = {}): CodingsUpdate => ({
  base, revision, changed: [], gone: [], ...more,
});

function onShelf(revision: string, rows: CodingRow[]): void {
  (globalThis as { window?: unknown }).window = { trigpointShelf: new Map([["shelf", { revision, rows }]]) };
}

test("all codings travel once, then only what differs from what the browser has", () => {
  onShelf("x-1", [row("a"), row("b")]);
  const held = new HeldCodings("d");
  assert.deepEqual([...held.after(update("x-1", "x-1"), "shelf", ["Anna"])!.keys()], ["a", "b"]);
  const second = held.after(update("x-1", "x-2", { changed: [row("c", 9), row("a", 3)], gone: ["b"] }), "shelf", ["Anna"])!;
  assert.deepEqual([...second.values()].map(({ id, start, coder }) => [id, start, coder]), [["a", 3, "Anna"], ["c", 9, "Anna"]]);
  const third = held.after(update("x-2", "x-3", { gone: ["a"] }), "shelf", ["Anna"])!;
  assert.deepEqual([...third.keys()], ["c"]);
});

test("what builds on codings that this browser does not have is asked for again", () => {
  onShelf("x-1", [row("a")]);
  const held = new HeldCodings("d");
  assert.equal(held.after(update("y-7", "y-8"), "shelf", ["Anna"]), null);
  assert.notEqual(held.after(update("x-1", "x-1"), "shelf", ["Anna"]), null);
});

test("a reader that comes back finds what the one before it had", () => {
  onShelf("x-1", [row("a")]);
  new HeldCodings("d").after(update("x-1", "x-2", { changed: [row("b")] }), "shelf", ["Anna"]);
  assert.deepEqual([...new HeldCodings("d").after(update("x-2", "x-3", { gone: ["a"] }), "gone", ["Anna"])!.keys()], ["b"]);
  assert.equal(new HeldCodings("other").after(update("x-2", "x-3"), "gone", ["Anna"]), null);
});
