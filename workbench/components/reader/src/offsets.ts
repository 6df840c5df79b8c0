// Code points here, UTF-16 there. The stored text counts code points, the browser counts UTF-16
// units; this module is the only one that knows about both. It knows nothing of the document's DOM.

import type { Span } from "./contract";

const SURROGATE_PAIR = /[\ud800-\udbff][\udc00-\udfff]/g;

/** How many of the ascending numbers are smaller than the limit. */
function countBelow(ascending: readonly number[], limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ascending[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One line of the stored text, without its line end. */
export class Paragraph {
  readonly end: number;
  /** UTF-16 positions of the first half of every surrogate pair, and the same in code points. */
  private readonly pairs16: readonly number[];
  private readonly pairs: readonly number[];

  constructor(
    readonly index: number,
    readonly text: string,
    readonly start: number,
  ) {
    this.pairs16 = Array.from(text.matchAll(SURROGATE_PAIR), (match) => match.index);
    this.pairs = this.pairs16.map((position, passed) => position - passed);
    this.end = start + text.length - this.pairs16.length;
  }

  get length(): number {
    return this.end - this.start;
  }

  /** From code points, counted from the paragraph's start, to UTF-16 units. */
  toUtf16(codePoints: number): number {
    return codePoints + countBelow(this.pairs, codePoints);
  }

  /** From UTF-16 units to code points. A place inside a surrogate pair snaps down, or up for an end. */
  toCodePoints(utf16: number, snapUp: boolean): number {
    const begun = countBelow(this.pairs16, utf16);
    const inside = begun > 0 && this.pairs16[begun - 1] === utf16 - 1;
    if (!inside) return utf16 - begun;
    return utf16 - begun + (snapUp ? 1 : 0);
  }

  /** The part of a span of the document that lies in this paragraph, in code points from its start. */
  part(span: Span): Span {
    return {
      start: Math.max(0, span.start - this.start),
      end: Math.min(this.length, span.end - this.start),
    };
  }
}

/** The stored text as paragraphs, addressed by code points. */
export class TextMap {
  readonly paragraphs: readonly Paragraph[];

  constructor(text: string) {
    let start = 0;
    this.paragraphs = text.split("\n").map((line, index) => {
      const paragraph = new Paragraph(index, line, start);
      start = paragraph.end + 1;
      return paragraph;
    });
  }

  get length(): number {
    return this.paragraphs.at(-1)!.end;
  }

  /** The paragraph that holds a code point; a line end belongs to the paragraph before it. */
  at(codePoint: number): Paragraph {
    let low = 0;
    let high = this.paragraphs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.paragraphs[middle]!.start <= codePoint) low = middle;
      else high = middle - 1;
    }
    return this.paragraphs[low]!;
  }

  /** The paragraphs that a span touches, in order. */
  touched(span: Span): Paragraph[] {
    const found: Paragraph[] = [];
    for (let index = this.at(span.start).index; index < this.paragraphs.length; index += 1) {
      const paragraph = this.paragraphs[index]!;
      if (paragraph.start >= span.end) break;
      found.push(paragraph);
    }
    return found;
  }

  /** The words of a span, line ends included. */
  slice(span: Span): string {
    const lines = this.touched(span).map((paragraph) => {
      const part = paragraph.part(span);
      return paragraph.text.slice(paragraph.toUtf16(part.start), paragraph.toUtf16(part.end));
    });
    const last = this.touched(span).at(-1);
    const endsWithLineEnd = last !== undefined && span.end > last.end && last.end < this.length;
    return lines.join("\n") + (endsWithLineEnd ? "\n" : "");
  }

  /** The span without white space at its ends; null when nothing else is left. */
  trim(span: Span): Span | null {
    const words = this.slice(span);
    const leading = words.length - words.trimStart().length;
    const trailing = words.length - words.trimEnd().length;
    // White space has no surrogate pairs: UTF-16 units and code points count the same.
    if (leading === words.length) return null;
    return { start: span.start + leading, end: span.end - trailing };
  }
}
