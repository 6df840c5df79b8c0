// What a file's form put before the words of a section, and the margin or the type says already.

import type { SectionRow } from "./contract";

/** Code points of heading marks, time stamps and the speaker's name before what is said. */
export function furnitureLength(text: string, [kind, , , , speaker, seconds]: SectionRow): number {
  const marks = kind === "heading" ? /^#{1,6} +/.exec(text) : null;
  if (marks !== null) return marks[0].length;
  if (speaker === null) return 0;
  const time = seconds === null ? 0 : (/^[^\p{L}]*/u.exec(text)?.[0].length ?? 0);
  const rest = text.slice(time);
  const named = rest.startsWith(speaker) ? /^\s*(?:\([^)]*\)\s*)?:[ \t]*/.exec(rest.slice(speaker.length)) : null;
  return named === null ? 0 : [...text.slice(0, time + speaker.length + named[0].length)].length;
}
