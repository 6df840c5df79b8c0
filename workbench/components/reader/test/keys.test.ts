import assert from "node:assert/strict";
import { test } from "node:test";

import { commandFor, type Key } from "../src/keys";

const pressed = (key: string, code: string, more: Partial<Key> = {}): Key => ({
  key, code, shiftKey: false, ctrlKey: false, metaKey: false, altKey: false, ...more,
});

test("digits work where they need Shift (AZERTY) and where they do not", () => {
  assert.deepEqual(commandFor(pressed("&", "Digit1")), { name: "recent", index: 0 });
  assert.deepEqual(commandFor(pressed("1", "Digit1", { shiftKey: true })), { name: "recent", index: 0 });
  assert.deepEqual(commandFor(pressed("9", "Numpad9")), { name: "recent", index: 8 });
});

test("the full stop repeats wherever the keyboard has it", () => {
  assert.deepEqual(commandFor(pressed(".", "Period")), { name: "repeat" });
  assert.deepEqual(commandFor(pressed(".", "Comma", { shiftKey: true })), { name: "repeat" });
});

test("letters go by their sign, and by their place in other scripts", () => {
  assert.deepEqual(commandFor(pressed("m", "Semicolon")), { name: "memo" });
  assert.deepEqual(commandFor(pressed("J", "KeyJ", { shiftKey: true })), { name: "sentence", step: 1, extend: true });
  assert.deepEqual(commandFor(pressed("о", "KeyJ")), { name: "sentence", step: 1, extend: false });
});

test("shortcuts of the browser and of other controls pass", () => {
  assert.deepEqual(commandFor(pressed("z", "KeyW", { ctrlKey: true })), { name: "undo" });
  assert.equal(commandFor(pressed("c", "KeyC", { ctrlKey: true })), null);
  assert.equal(commandFor(pressed("1", "Digit1", { altKey: true })), null);
  assert.equal(commandFor(pressed("x", "KeyX")), null);
});
