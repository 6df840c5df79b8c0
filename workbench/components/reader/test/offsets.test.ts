import assert from "node:assert/strict";
import { test } from "node:test";

import { Paragraph, TextMap } from "../src/offsets";
import { Walk } from "../src/walk";

const TEXTS = [
  "plain words",
  "👩🏽‍🌾 visited 😀😀 and 𝒳-axis",
  "e\u0301te\u0301 n\u0303, naïve café",
  "ماء نظيف then 水資源の管理 and 𠮷野家",
  "",
  "😀",
];

/** What Python would say: a string is a list of code points. */
const points = (text: string): string[] => Array.from(text);

test("every code point finds its UTF-16 place and comes back", () => {
  for (const text of TEXTS) {
    const paragraph = new Paragraph(0, text, 0);
    assert.equal(paragraph.length, points(text).length);
    for (let point = 0; point <= paragraph.length; point += 1) {
      const utf16 = paragraph.toUtf16(point);
      assert.equal(utf16, points(text).slice(0, point).join("").length);
      assert.equal(paragraph.toCodePoints(utf16, false), point);
      assert.equal(paragraph.toCodePoints(utf16, true), point);
    }
  }
});

test("a place inside a surrogate pair snaps out of it, never into the word's half", () => {
  const paragraph = new Paragraph(0, "a😀b", 0);
  assert.equal(paragraph.toCodePoints(2, false), 1);
  assert.equal(paragraph.toCodePoints(2, true), 2);
});

test("slices of the document equal slices by code points", () => {
  const text = TEXTS.join("\n");
  const map = new TextMap(text);
  const all = points(text);
  assert.equal(map.length, all.length);
  for (let start = 0; start < all.length; start += 3) {
    for (let end = start + 1; end <= all.length; end += 7) {
      assert.equal(map.slice({ start, end }), all.slice(start, end).join(""), `${start}-${end}`);
    }
  }
});

test("paragraphs know where they begin; a line end belongs to the paragraph before it", () => {
  const map = new TextMap("one\n\n😀x\nend");
  assert.deepEqual(map.paragraphs.map(({ start, end }) => [start, end]), [[0, 3], [4, 4], [5, 7], [8, 11]]);
  assert.equal(map.at(3).index, 0);
  assert.equal(map.at(4).index, 1);
  assert.equal(map.at(7).index, 2);
});

test("white space is trimmed at both ends, also across paragraphs", () => {
  const map = new TextMap("one \n\n  😀 two \n");
  assert.deepEqual(map.trim({ start: 3, end: 15 }), { start: 8, end: 13 });
  assert.equal(map.trim({ start: 3, end: 8 }), null);
});

test("a carriage return left in a text keeps its place", () => {
  const map = new TextMap("one\r\ntwo");
  assert.deepEqual(map.trim({ start: 0, end: 5 }), { start: 0, end: 3 });
  assert.equal(map.slice({ start: 5, end: 8 }), "two");
});

test("j walks by sentence, J and K extend and shrink from where the walk began", () => {
  const map = new TextMap("One is here. Two is there.\n\nThree 😀 ends. Four.");
  const walk = new Walk(map, []);
  const words = (span: { start: number; end: number } | null): string => (span === null ? "" : map.slice(span));
  let span = walk.step("sentence", 1, false, null, 0);
  assert.equal(words(span), "One is here.");
  span = walk.step("sentence", 1, false, span, 0);
  span = walk.step("sentence", 1, true, span, 0);
  assert.equal(words(span), "Two is there.\n\nThree 😀 ends.");
  span = walk.step("sentence", -1, true, span, 0);
  assert.equal(words(span), "Two is there.");
  span = walk.step("sentence", -1, true, span, 0);
  assert.equal(words(span), "One is here. Two is there.");
  assert.equal(walk.step("sentence", -1, false, span, 0), null);
});

test("the full stop of a title before a name ends no sentence, the one of an answer does", () => {
  const map = new TextMap("Mr. Ann Lee (Lib.): Thank you, Mr. Chair, and dr. 😀 Bos. No. We thank Mr.");
  const walk = new Walk(map, []);
  const seen: string[] = [];
  for (let span = walk.step("sentence", 1, false, null, 0); span !== null; span = walk.step("sentence", 1, false, span, 0)) {
    seen.push(map.slice(span));
  }
  assert.deepEqual(seen, ["Mr. Ann Lee (Lib.): Thank you, Mr. Chair, and dr. 😀 Bos.", "No.", "We thank Mr."]);
});
