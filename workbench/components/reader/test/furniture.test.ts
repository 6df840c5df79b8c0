import assert from "node:assert/strict";
import { test } from "node:test";
import type { SectionRow } from "../src/contract";
import { furnitureLength } from "../src/furniture";

const turn = (speaker: string | null, seconds: number | null): SectionRow => ["turn", 0, 99, null, speaker, seconds];

test("heading marks stand back, also where the level is deep", () => {
  assert.equal(furnitureLength("## 1. Opening", ["heading", 0, 13, 2, null, null]), 3);
  assert.equal(furnitureLength("Opening", ["heading", 0, 7, 1, null, null]), 0);
});

test("time and speaker stand back up to the first word that is said", () => {
  assert.equal(furnitureLength("[00:03:41] Interviewer: How", turn("Interviewer", 221)), "[00:03:41] Interviewer: ".length);
  assert.equal(furnitureLength("GP 1: I don't.", turn("GP 1", null)), 6);
  assert.equal(furnitureLength("Ann (chair): Yes", turn("Ann", null)), 13);
});

test("code points are counted, not what the browser counts", () => {
  assert.equal(furnitureLength("👩 Ann: Yes", turn("👩 Ann", null)), 7);
});

test("a turn that does not begin with its speaker is left as it is", () => {
  assert.equal(furnitureLength("and then she left: so", turn("Ann", null)), 0);
  assert.equal(furnitureLength("A paragraph: plain", turn(null, null)), 0);
});
