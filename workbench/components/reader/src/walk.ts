// Walking through the text by sentence: j and k move, J and K extend from where the walk began.

import type { Span } from "./contract";
import type { TextMap } from "./offsets";
import { Sentences } from "./sentences";

function sameSpan(one: Span | null, other: Span | null): boolean {
  return one !== null && other !== null && one.start === other.start && one.end === other.end;
}

export class SentenceWalk {
  private readonly sentences: Sentences;
  private anchor: Span | null = null;
  private cursor: Span | null = null;
  private made: Span | null = null;

  constructor(text: TextMap) {
    this.sentences = new Sentences(text);
  }

  around(codePoint: number): Span | null {
    return this.sentences.around(codePoint);
  }

  /** The next selection; null at either end of the text. `from` serves when nothing is selected. */
  step(direction: 1 | -1, extend: boolean, selected: Span | null, from: number): Span | null {
    if (selected === null) return this.startAt(direction === 1 ? this.sentences.around(from) : this.sentences.until(from));
    if (!sameSpan(selected, this.made)) this.startAt(selected);
    const origin = extend ? this.cursor! : selected;
    const next = direction === 1 ? this.sentences.from(origin.end) : this.sentences.until(origin.start);
    if (next === null) return null;
    if (!extend) return this.startAt(next);
    this.cursor = next;
    const anchor = this.anchor!;
    this.made = { start: Math.min(anchor.start, next.start), end: Math.max(anchor.end, next.end) };
    return this.made;
  }

  private startAt(span: Span | null): Span | null {
    this.anchor = span;
    this.cursor = span;
    this.made = span;
    return span;
  }
}
