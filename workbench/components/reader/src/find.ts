// Finding words in the text, whatever their case and accents. Places are code points.

import type { Span } from "./contract";
import type { Paragraph, TextMap } from "./offsets";
import { fold } from "./search";

/** A paragraph's letters without accents, and the UTF-16 position that each came from. */
interface Folded {
  readonly letters: string;
  readonly origins: readonly number[] | null;
}

function folded({ text }: Paragraph): Folded {
  // Plain ASCII keeps its places, and most paragraphs are nothing else.
  if (/^[\x20-\x7e]*$/.test(text)) return { letters: text.toLowerCase(), origins: null };
  let letters = "";
  const origins: number[] = [];
  let place = 0;
  for (const character of text) {
    const plain = /\s/.test(character) ? " " : fold(character);
    for (let part = 0; part < plain.length; part += 1) origins.push(place);
    letters += plain;
    place += character.length;
  }
  origins.push(place);
  return { letters, origins };
}

/** The most that are marked and counted: more help nobody. */
export const MOST_HITS = 5000;

export class Finder {
  private readonly known = new Map<number, Folded>();

  constructor(private readonly text: TextMap) {}

  /** Every occurrence of the words as they stand, in order; none of an empty query. */
  find(query: string): Span[] {
    const wanted = fold(query).replace(/\s+/g, " ").trim();
    if (wanted === "") return [];
    const hits: Span[] = [];
    for (const paragraph of this.text.paragraphs) {
      if (hits.length >= MOST_HITS) break;
      this.findIn(paragraph, wanted, hits);
    }
    return hits;
  }

  private findIn(paragraph: Paragraph, wanted: string, hits: Span[]): void {
    const { letters, origins } = this.lettersOf(paragraph);
    for (let at = letters.indexOf(wanted); at !== -1; at = letters.indexOf(wanted, at + wanted.length)) {
      const end = at + wanted.length;
      hits.push({
        start: paragraph.start + paragraph.toCodePoints(origins?.[at] ?? at, false),
        end: paragraph.start + paragraph.toCodePoints(origins === null ? end : afterMarks(paragraph.text, origins, end), true),
      });
    }
  }

  private lettersOf(paragraph: Paragraph): Folded {
    let found = this.known.get(paragraph.index);
    if (found === undefined) {
      found = folded(paragraph);
      this.known.set(paragraph.index, found);
    }
    return found;
  }
}

/** Where the last letter of a hit ends, with the accents that follow it as signs of their own. */
function afterMarks(text: string, origins: readonly number[], end: number): number {
  const next = origins[end] ?? text.length;
  const last = origins[end - 1]!;
  const letter = String.fromCodePoint(text.codePointAt(last)!);
  let place = last + letter.length;
  while (place < next && /\p{M}/u.test(text[place]!)) place += 1;
  return place;
}
