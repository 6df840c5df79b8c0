// Which key means what. Letters go by the sign they type, with the physical key where a script has
// no Latin letters; digits go by the physical key, since they need Shift on AZERTY. Signs are looked
// at before digits: on QWERTZ the slash is Shift and 7.

import type { Valence } from "./contract";

export type Unit = "sentence" | "paragraph" | "turn";
export type Turning = "next" | "previous" | "unread" | "read";

export type Command =
  | { readonly name: "walk"; readonly unit: Unit; readonly step: 1 | -1; readonly extend: boolean }
  | {
      readonly name:
        | "palette"
        | "repeat"
        | "retire"
        | "memo"
        | "attributes"
        | "fit"
        | "copy"
        | "undo"
        | "redo"
        | "find"
        | "stripes"
        | "filter"
        | "escape"
        | "help";
    }
  | { readonly name: "recent"; readonly index: number }
  | { readonly name: "coding" | "hit" | "uncoded"; readonly step: 1 | -1 }
  | { readonly name: "valence"; readonly valence: Valence }
  | { readonly name: "turn"; readonly to: Turning };

export interface Key {
  readonly key: string;
  readonly code: string;
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  getModifierState?(name: string): boolean;
}

function letterOf({ key, code }: Key): string {
  if (/^[a-z]$/i.test(key)) return key.toLowerCase();
  const isOtherScript = key.length === 1 && key.codePointAt(0)! > 0x24f;
  return isOtherScript && code.startsWith("Key") ? code.slice(3).toLowerCase() : "";
}

/** Shift, or a capital that is not Caps Lock's doing. */
function isCapital(pressed: Key): boolean {
  return pressed.shiftKey || (/^[A-Z]$/.test(pressed.key) && pressed.getModifierState?.("CapsLock") !== true);
}

const SIGNS: Readonly<Record<string, Command>> = {
  Enter: { name: "palette" },
  ".": { name: "repeat" },
  "?": { name: "help" },
  "/": { name: "find" },
  "+": { name: "valence", valence: "facilitator" },
  "-": { name: "valence", valence: "barrier" },
  "−": { name: "valence", valence: "barrier" },
  "±": { name: "valence", valence: "mixed" },
  Delete: { name: "retire" },
  Backspace: { name: "retire" },
  Escape: { name: "escape" },
};

const WALKS: Readonly<Record<string, readonly [Unit, 1 | -1]>> = {
  j: ["sentence", 1],
  k: ["sentence", -1],
  d: ["paragraph", 1],
  u: ["paragraph", -1],
  l: ["turn", 1],
  h: ["turn", -1],
};

const LETTERS: Readonly<Record<string, Command>> = {
  c: { name: "palette" },
  m: { name: "memo" },
  e: { name: "attributes" },
  x: { name: "fit" },
  y: { name: "copy" },
  f: { name: "find" },
  v: { name: "stripes" },
  i: { name: "filter" },
  n: { name: "coding", step: 1 },
  p: { name: "coding", step: -1 },
  a: { name: "turn", to: "unread" },
  r: { name: "turn", to: "read" },
};

export function commandFor(pressed: Key): Command | null {
  const letter = letterOf(pressed);
  // AltGr, with which some keyboards type signs, counts as Ctrl and Alt.
  if (pressed.altKey) return null;
  if (pressed.ctrlKey || pressed.metaKey) {
    if (letter === "z") return { name: pressed.shiftKey ? "redo" : "undo" };
    return letter === "y" && !pressed.shiftKey ? { name: "redo" } : null;
  }
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(pressed.code);
  const sign = SIGNS[pressed.key];
  // The minus of AZERTY is its 6: there the digit is meant, and the number pad has another minus.
  // With Shift the sign is meant: the plus of a Swiss keyboard is Shift and 1.
  if (sign !== undefined && (digit === null || sign.name !== "valence" || pressed.shiftKey)) return sign;
  if (digit !== null) return { name: "recent", index: Number(digit[1]) - 1 };
  const walk = WALKS[letter];
  if (walk !== undefined) return { name: "walk", unit: walk[0], step: walk[1], extend: isCapital(pressed) };
  const step = isCapital(pressed) ? -1 : 1;
  if (letter === "s") return { name: "hit", step };
  if (letter === "g") return { name: "uncoded", step };
  if (letter === "o") return { name: "turn", to: step === 1 ? "next" : "previous" };
  return LETTERS[letter] ?? null;
}
