// Signs that nobody sees and that turn the order of the words around: shown as marks, so that a
// text cannot pretend to say something else. One UTF-16 unit each, so that no place moves.

const TURNING = /[\u202a-\u202e\u2066-\u2069]/g;
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/g;

/** What stands on the page for a stored text. */
export function shown(text: string): string {
  return text.replace(TURNING, "⇄").replace(CONTROL, "�");
}

/** Where marks stand, as UTF-16 positions. */
export function marksIn(text: string): number[] {
  return [...text.matchAll(TURNING), ...text.matchAll(CONTROL)].map((match) => match.index).sort((a, b) => a - b);
}
