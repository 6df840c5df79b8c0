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
  assert.deepEqual(commandFor(pressed("J", "KeyJ", { shiftKey: true })), { name: "walk", unit: "sentence", step: 1, extend: true });
  assert.deepEqual(commandFor(pressed("о", "KeyJ")), { name: "walk", unit: "sentence", step: 1, extend: false });
});

test("shortcuts of the browser and of other controls pass", () => {
  assert.deepEqual(commandFor(pressed("z", "KeyW", { ctrlKey: true })), { name: "undo" });
  assert.equal(commandFor(pressed("c", "KeyC", { ctrlKey: true })), null);
  assert.equal(commandFor(pressed("1", "Digit1", { altKey: true })), null);
  assert.deepEqual(commandFor(pressed("Z", "KeyW", { ctrlKey: true, shiftKey: true })), { name: "redo" });
  assert.deepEqual(commandFor(pressed("y", "KeyZ", { ctrlKey: true })), { name: "redo" });
  assert.equal(commandFor(pressed("@", "KeyQ", { ctrlKey: true, altKey: true })), null); // AltGr types a sign
  assert.equal(commandFor(pressed("q", "KeyQ")), null);
});

test("signs that share a key with a digit mean what they say, but for the minus of AZERTY", () => {
  assert.deepEqual(commandFor(pressed("/", "Digit7", { shiftKey: true })), { name: "find" }); // QWERTZ
  assert.deepEqual(commandFor(pressed("/", "Slash")), { name: "find" });
  assert.deepEqual(commandFor(pressed("?", "Minus", { shiftKey: true })), { name: "help" }); // QWERTZ
  assert.deepEqual(commandFor(pressed("?", "KeyM", { shiftKey: true })), { name: "help" }); // AZERTY
  assert.deepEqual(commandFor(pressed("-", "Digit6")), { name: "recent", index: 5 }); // AZERTY
  assert.deepEqual(commandFor(pressed("-", "NumpadSubtract")), { name: "valence", valence: "barrier" });
  assert.deepEqual(commandFor(pressed("+", "Equal", { shiftKey: true })), { name: "valence", valence: "facilitator" });
  assert.deepEqual(commandFor(pressed("+", "Digit1", { shiftKey: true })), { name: "valence", valence: "facilitator" }); // Swiss
});

test("every letter that does something does it on AZERTY and QWERTZ too", () => {
  const onQwertz = commandFor(pressed("y", "KeyZ"));
  assert.deepEqual(onQwertz, { name: "copy" });
  const onAzerty = commandFor(pressed("a", "KeyQ"));
  assert.deepEqual(onAzerty, { name: "turn", to: "unread" });
  assert.deepEqual(commandFor(pressed("O", "KeyO", { shiftKey: true })), { name: "turn", to: "previous" });
  assert.deepEqual(commandFor(pressed("G", "KeyG", { shiftKey: true })), { name: "uncoded", step: -1 });
});
