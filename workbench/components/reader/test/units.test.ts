import assert from "node:assert/strict";
import { test } from "node:test";

import type { SectionRow, Span } from "../src/contract";
import { TextMap } from "../src/offsets";
import { nextUncoded, paragraphsOf, turnsOf } from "../src/units";
import { Walk } from "../src/walk";

const TEXT = "GP 1: One. Two.\nMore of it.\n\nGP 2: 😀 Three.\nGP 1: Four.";
const map = new TextMap(TEXT);
const turn = (start: number, end: number, speaker: string): SectionRow => ["turn", start, end, null, speaker, null];
const SECTIONS = [turn(0, 27, "GP 1"), turn(29, 43, "GP 2"), turn(44, 55, "GP 1")];
const words = (span: Span | null): string | null => (span === null ? null : map.slice(span));

test("turns are what one person says until another speaks; without speakers they are paragraphs", () => {
  assert.deepEqual(turnsOf(map, SECTIONS).spans.map(words), ["GP 1: One. Two.\nMore of it.", "GP 2: 😀 Three.", "GP 1: Four."]);
  assert.deepEqual(turnsOf(map, []).spans, paragraphsOf(map).spans);
  assert.equal(paragraphsOf(map).spans.length, 4);
});

test("from a sentence the step to a larger unit takes the one that it is in", () => {
  const walk = new Walk(map, SECTIONS);
  let span = walk.step("sentence", 1, false, null, 7);
  span = walk.step("sentence", 1, false, span, 0);
  assert.equal(words(span), "Two.");
  span = walk.step("paragraph", 1, false, span, 0);
  assert.equal(words(span), "GP 1: One. Two.");
  span = walk.step("turn", 1, false, span, 0);
  assert.equal(words(span), "GP 1: One. Two.\nMore of it.");
  span = walk.step("turn", 1, true, span, 0);
  assert.equal(words(span), "GP 1: One. Two.\nMore of it.\n\nGP 2: 😀 Three.");
  span = walk.step("turn", -1, true, span, 0);
  assert.equal(words(span), "GP 1: One. Two.\nMore of it.");
});

test("the next turn without a coding skips those that are touched, in both directions", () => {
  const turns = turnsOf(map, SECTIONS);
  const nowhere = { start: 0, end: 0 };
  const coded = [{ start: 20, end: 31 }];
  assert.equal(words(nextUncoded(turns, coded, nowhere, 1)), "GP 1: Four.");
  assert.equal(words(nextUncoded(turns, [], { start: 44, end: 55 }, -1)), "GP 2: 😀 Three.");
  assert.equal(nextUncoded(turns, [{ start: 0, end: 55 }], nowhere, 1), null);
});

test("a text without words has nothing to walk through", () => {
  const empty = new TextMap("");
  const walk = new Walk(empty, []);
  for (const unit of ["sentence", "paragraph", "turn"] as const) assert.equal(walk.step(unit, 1, false, null, 0), null);
});
