import assert from "node:assert/strict";
import { test } from "node:test";

import type { Code } from "../src/contract";
import { CodeSearch, fold, parseQuery } from "../src/search";

const code = (key: string, label: string, search = "", more: Partial<Code> = {}): Code => ({
  key, label, search, level: "ECO", parent: null, definition: "", include: "", exclude: "", terms: "", ...more,
});

test("accents and case do not matter", () => {
  assert.equal(fold("Évaluation"), "evaluation");
  const found = new CodeSearch([code("A", "Funding", "Financement Bekostiging"), code("B", "Évaluation")]);
  assert.deepEqual(found.find(["evaluation"], []).map(({ key }) => key), ["B"]);
  assert.deepEqual(found.find(["bekost"], []).map(({ key }) => key), ["A"]);
});

test("a label's beginning goes before its middle, recent codes win a tie", () => {
  const search = new CodeSearch([code("A", "Past time"), code("B", "Time"), code("C", "Timely care")]);
  assert.deepEqual(search.find(["time"], ["C"]).map(({ key }) => key), ["C", "B", "A"]);
});

test("every word must match; the key counts too", () => {
  const search = new CodeSearch([code("ECO-FUND", "Funding"), code("ECO-POL", "Policy")]);
  assert.deepEqual(search.find(["eco", "fund"], []).map(({ key }) => key), ["ECO-FUND"]);
  assert.deepEqual(search.find(["eco-fund"], []).map(({ key }) => key), ["ECO-FUND"]);
  assert.deepEqual(search.find(["nothing"], []), []);
});

test("a sign before or after the words is the valence, a hyphen in a key is not", () => {
  assert.deepEqual(parseQuery("- fund"), { words: ["fund"], valence: "barrier" });
  assert.deepEqual(parseQuery("+fund"), { words: ["fund"], valence: "facilitator" });
  assert.deepEqual(parseQuery("fund ±"), { words: ["fund"], valence: "mixed" });
  assert.deepEqual(parseQuery("+- fund"), { words: ["fund"], valence: "mixed" });
  assert.deepEqual(parseQuery("eco-fund"), { words: ["eco-fund"], valence: null });
  assert.deepEqual(parseQuery("-"), { words: [], valence: "barrier" });
});

test("synonyms and definitions find a code after those that are called so", () => {
  const search = new CodeSearch([
    code("A", "Means", "", { definition: "Money for care." }),
    code("B", "Funds", "", { terms: "money geld" }),
    code("C", "Money"),
  ]);
  assert.deepEqual(search.find(["money"], []).map(({ key }) => key), ["C", "B", "A"]);
  assert.deepEqual(search.find(["geld"], []).map(({ key }) => key), ["B"]);
  const dutch = code("D", "Means", "", { definition: "What is paid", described: "What is paid Wat men betaalt" });
  assert.deepEqual(new CodeSearch([dutch]).find(["betaalt"], []), [dutch]);
});
