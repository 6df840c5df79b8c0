// Sentences, for moving through the text by keyboard. They are a way to walk, never a unit of
// analysis: units are made on the server, by name.

import type { Span } from "./contract";
import type { Paragraph, TextMap } from "./offsets";

/** What ends in a full stop before a name or a number, in the languages of our texts. */
const TITLE =
  /(?:^|[\s("“‘«])(?:Mr|Mrs|Ms|Messrs|Dr|Drs|Prof|Hon|Rev|St|Mgr|dhr|mevr|mw|ir|mr|dr|drs|prof|nr|bv|bijv|vs|cf)\.\s+$/u;

export class Sentences {
  private readonly segmenter = new Intl.Segmenter(undefined, { granularity: "sentence" });
  private readonly known = new Map<number, readonly Span[]>();

  constructor(private readonly text: TextMap) {}

  /** The sentences of a paragraph without surrounding white space, as spans of the document. */
  of(paragraph: Paragraph): readonly Span[] {
    let spans = this.known.get(paragraph.index);
    if (spans === undefined) {
      spans = this.split(paragraph);
      this.known.set(paragraph.index, spans);
    }
    return spans;
  }

  private split(paragraph: Paragraph): readonly Span[] {
    const spans: Span[] = [];
    let begun: number | null = null;
    for (const { index, segment } of this.segmenter.segment(paragraph.text)) {
      begun ??= index;
      const end = index + segment.length;
      if (TITLE.test(segment) && end < paragraph.text.length) continue;
      const trimmed = this.text.trim({
        start: paragraph.start + paragraph.toCodePoints(begun, false),
        end: paragraph.start + paragraph.toCodePoints(end, true),
      });
      begun = null;
      if (trimmed !== null) spans.push(trimmed);
    }
    return spans;
  }

  /** The first sentence that begins at or after a code point. */
  from(codePoint: number): Span | null {
    const first = this.text.at(codePoint).index;
    for (let index = first; index < this.text.paragraphs.length; index += 1) {
      const found = this.of(this.text.paragraphs[index]!).find((span) => span.start >= codePoint);
      if (found !== undefined) return found;
    }
    return null;
  }

  /** The last sentence that ends at or before a code point. */
  until(codePoint: number): Span | null {
    for (let index = this.text.at(codePoint).index; index >= 0; index -= 1) {
      const found = this.of(this.text.paragraphs[index]!).findLast((span) => span.end <= codePoint);
      if (found !== undefined) return found;
    }
    return null;
  }

  /** The sentence around a code point, or the next one when it lies between sentences. */
  around(codePoint: number): Span | null {
    const spans = this.of(this.text.at(codePoint));
    return spans.find((span) => codePoint < span.end) ?? this.from(codePoint);
  }
}
