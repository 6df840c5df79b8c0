// Which key means what. Letters go by the sign they type, with the physical key where a script has
// no Latin letters; digits go by the physical key, since they need Shift on AZERTY.

export type Command =
  | { readonly name: "sentence"; readonly step: 1 | -1; readonly extend: boolean }
  | { readonly name: "palette" | "repeat" | "retire" | "memo" | "undo" | "escape" | "help" }
  | { readonly name: "recent"; readonly index: number }
  | { readonly name: "coding"; readonly step: 1 | -1 };

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

export function commandFor(pressed: Key): Command | null {
  const letter = letterOf(pressed);
  if (pressed.ctrlKey || pressed.metaKey) {
    return letter === "z" && !pressed.shiftKey && !pressed.altKey ? { name: "undo" } : null;
  }
  if (pressed.altKey) return null;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(pressed.code);
  if (digit !== null) return { name: "recent", index: Number(digit[1]) - 1 };
  switch (pressed.key) {
    case "Enter":
      return { name: "palette" };
    case ".":
      return { name: "repeat" };
    case "?":
      return { name: "help" };
    case "Delete":
    case "Backspace":
      return { name: "retire" };
    case "Escape":
      return { name: "escape" };
  }
  switch (letter) {
    case "j":
      return { name: "sentence", step: 1, extend: isCapital(pressed) };
    case "k":
      return { name: "sentence", step: -1, extend: isCapital(pressed) };
    case "c":
      return { name: "palette" };
    case "m":
      return { name: "memo" };
    case "n":
      return { name: "coding", step: 1 };
    case "p":
      return { name: "coding", step: -1 };
  }
  return null;
}
