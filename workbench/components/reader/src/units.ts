// What one can walk through besides sentences: paragraphs and turns, as spans in reading order.

import type { SectionRow, Span } from "./contract";
import type { TextMap } from "./offsets";

export interface Units {
  /** The first unit that begins at or after a code point. */
  from(codePoint: number): Span | null;
  /** The last unit that ends at or before a code point. */
  until(codePoint: number): Span | null;
  /** The unit around a code point, or the next one when it lies between units. */
  around(codePoint: number): Span | null;
}

export class SpanList implements Units {
  constructor(readonly spans: readonly Span[]) {}

  from(codePoint: number): Span | null {
    return this.spans[this.firstWhere(({ start }) => start >= codePoint)] ?? null;
  }

  until(codePoint: number): Span | null {
    return this.spans[this.firstWhere(({ end }) => end > codePoint) - 1] ?? null;
  }

  around(codePoint: number): Span | null {
    return this.spans[this.firstWhere(({ end }) => end > codePoint)] ?? null;
  }

  /** The position of the first span for which something holds that holds for all after it. */
  private firstWhere(holds: (span: Span) => boolean): number {
    let low = 0;
    let high = this.spans.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (holds(this.spans[middle]!)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

export function paragraphsOf(text: TextMap): SpanList {
  const spans = text.paragraphs.flatMap((paragraph) => text.trim(paragraph) ?? []);
  return new SpanList(spans);
}

/** The turns of a talk; a text without speakers has its paragraphs instead. */
export function turnsOf(text: TextMap, sections: readonly SectionRow[]): SpanList {
  const turns = sections.filter(([, , , , speaker]) => speaker !== null);
  if (turns.length === 0) return paragraphsOf(text);
  return new SpanList(turns.flatMap(([, start, end]) => text.trim({ start, end }) ?? []));
}

/** The next unit in a direction that no coding touches; `codings` in order of their starts. */
export function nextUncoded(units: SpanList, codings: readonly Span[], from: Span, step: 1 | -1): Span | null {
  const coded = units.spans.map(() => false);
  let unit = 0;
  for (const coding of codings) {
    while (unit < units.spans.length && units.spans[unit]!.end <= coding.start) unit += 1;
    for (let next = unit; next < units.spans.length && units.spans[next]!.start < coding.end; next += 1) {
      coded[next] = true;
    }
  }
  const free = units.spans.filter((_, index) => coded[index] !== true);
  return (step === 1 ? free.find(({ start }) => start >= from.end) : free.findLast(({ end }) => end <= from.start)) ?? null;
}
