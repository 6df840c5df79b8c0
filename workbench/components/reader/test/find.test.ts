import assert from "node:assert/strict";
import { test } from "node:test";

import { NO_DETAIL, type Coding } from "../src/contract";
import { isFiltering, passes } from "../src/filters";
import { Finder } from "../src/find";
import { marksIn, shown } from "../src/marks";
import { TextMap } from "../src/offsets";
import { NO_FILTERS } from "../src/remembered";

function found(text: string, query: string): string[] {
  const map = new TextMap(text);
  return new Finder(map).find(query).map((span) => map.slice(span));
}

test("words are found whatever their case and accents, composed or not", () => {
  const text = "Médecin, MEDECIN and me\u0301decin.\nNo 😀 médecins here";
  assert.deepEqual(found(text, "medecin"), ["Médecin", "MEDECIN", "me\u0301decin", "médecin"]);
  assert.deepEqual(found(text, "MÉDECIN"), found(text, "medecin"));
  assert.deepEqual(found("cafe\u0301 😀 x", "café"), ["cafe\u0301"]);
});

test("words stand beside each other as typed; nothing typed finds nothing", () => {
  assert.deepEqual(found("no money, no time", "no  time"), ["no time"]);
  assert.deepEqual(found("no money", " "), []);
  assert.deepEqual(found("aaaa", "aa"), ["aa", "aa"]);
});

test("signs that turn the words around are shown as marks and keep every place", () => {
  const text = "Pay \u202egnihton\u202c now\u0007";
  assert.equal(shown(text).length, text.length);
  assert.equal(shown(text), "Pay ⇄gnihton⇄ now�");
  assert.deepEqual(marksIn(text), [4, 12, 17]);
  assert.equal(shown("ماء\u200f\tنظيف"), "ماء\u200f\tنظيف"); // the mark of direction that Arabic needs stays
});

test("of each kind of filter nothing chosen means all", () => {
  const coding: Coding = {
    id: "a", start: 0, end: 1, code: "ECO-FUND", coder: "Anna", valence: null, memo: "", mine: true, detail: NO_DETAIL, origin: null,
  };
  const levelOf = (): string => "ECO";
  assert.equal(isFiltering(NO_FILTERS), false);
  assert.equal(passes(coding, NO_FILTERS, levelOf), true);
  assert.equal(passes(coding, { ...NO_FILTERS, levels: ["ECO"], valences: ["none"] }, levelOf), true);
  assert.equal(passes(coding, { ...NO_FILTERS, levels: ["ECO"], valences: ["barrier"] }, levelOf), false);
  assert.equal(passes(coding, { ...NO_FILTERS, codes: ["SOC"] }, levelOf), false);
  assert.equal(passes(coding, { ...NO_FILTERS, coders: ["Bram"] }, levelOf), false);
});
