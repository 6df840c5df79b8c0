// Walking through the text by sentence, paragraph or turn; with Shift the selection grows and
// shrinks from where the walk began.

import type { SectionRow, Span } from "./contract";
import type { Unit } from "./keys";
import type { TextMap } from "./offsets";
import { Sentences } from "./sentences";
import { paragraphsOf, turnsOf, type SpanList, type Units } from "./units";

function sameSpan(one: Span | null, other: Span | null): boolean {
  return one !== null && other !== null && one.start === other.start && one.end === other.end;
}

export class Walk {
  readonly turns: SpanList;
  private readonly units: Readonly<Record<Unit, Units>>;
  private anchor: Span | null = null;
  private cursor: Span | null = null;
  private made: Span | null = null;

  constructor(text: TextMap, sections: readonly SectionRow[]) {
    this.turns = turnsOf(text, sections);
    this.units = { sentence: new Sentences(text), paragraph: paragraphsOf(text), turn: this.turns };
  }

  around(codePoint: number): Span | null {
    return this.units.sentence.around(codePoint);
  }

  /** The next selection; null at either end of the text. `from` serves when nothing is selected. */
  step(unit: Unit, direction: 1 | -1, extend: boolean, selected: Span | null, from: number): Span | null {
    const units = this.units[unit];
    if (selected === null) return this.startAt(direction === 1 ? units.around(from) : units.until(from));
    if (!sameSpan(selected, this.made)) this.startAt(selected);
    const origin = extend ? this.cursor! : selected;
    const next = this.next(units, origin, direction);
    if (next === null) return null;
    if (!extend) return this.startAt(next);
    this.cursor = next;
    const anchor = this.anchor!;
    this.made = { start: Math.min(anchor.start, next.start), end: Math.max(anchor.end, next.end) };
    return this.made;
  }

  /** From a sentence, the step to a paragraph first takes the whole paragraph that it is in. */
  private next(units: Units, origin: Span, direction: 1 | -1): Span | null {
    const here = units.around(origin.start);
    const isPart = here !== null && here.start <= origin.start && here.end >= origin.end && !sameSpan(here, origin);
    if (isPart) return here;
    return direction === 1 ? units.from(origin.end) : units.until(origin.start);
  }

  private startAt(span: Span | null): Span | null {
    this.anchor = span;
    this.cursor = span;
    this.made = span;
    return span;
  }
}
