// Passages are marked through the CSS Custom Highlight API: no element is wrapped around words, so
// overlapping codings cost nothing. Browsers without it still have the stripes.

import type { LevelColours, Ground, Marking } from "./colours";
import type { Span } from "./contract";
import type { Paragraph, TextMap } from "./offsets";

export type NodeOf = (paragraph: Paragraph) => Text;

let spaces = 0;

export class Highlights {
  readonly isSupported = typeof Highlight !== "undefined" && CSS.highlights !== undefined;
  private readonly space = `trigpoint-${(spaces += 1)}`;
  private readonly sheet = document.createElement("style");
  private readonly named = new Map<string, Highlight>();
  private readonly drawn = new Map<Paragraph, { highlight: Highlight; range: StaticRange }[]>();
  private readonly worn = new Map<Paragraph, { highlight: Highlight; range: StaticRange }[]>();
  private flashTimer: ReturnType<typeof setTimeout> | null = null;
  private colours: LevelColours | null = null;
  private ground: Ground = "light";
  private isPlain = false;
  private isIsolating = false;

  constructor(private readonly nodeOf: NodeOf) {
    document.head.append(this.sheet);
  }

  setColours(colours: LevelColours, ground: Ground): void {
    this.colours = colours;
    this.ground = ground;
    this.restyle();
  }

  /** Without colour behind the words: only the stripes tell of codings. */
  setPlain(isPlain: boolean): void {
    this.isPlain = isPlain;
    this.restyle();
  }

  /** While one coding is singled out all others stand back. */
  setIsolating(isIsolating: boolean): void {
    if (isIsolating === this.isIsolating) return;
    this.isIsolating = isIsolating;
    this.restyle();
  }

  private restyle(): void {
    if (!this.isSupported || this.colours === null) return;
    const marking: Marking = this.isPlain ? "none" : this.isIsolating ? "faint" : "full";
    this.sheet.textContent = this.colours.highlightRules(this.space, this.ground, marking);
  }

  /** Mark the parts of a paragraph (code points from its start), each in the colour of its level. */
  draw(paragraph: Paragraph, parts: readonly (Span & { readonly slot: number })[]): void {
    this.erase(paragraph);
    if (!this.isSupported || parts.length === 0) return;
    const ranges = parts.map((part) => {
      const highlight = this.get(String(part.slot), 0);
      const range = this.range(paragraph, part);
      highlight.add(range);
      return { highlight, range };
    });
    this.drawn.set(paragraph, ranges);
  }

  /** What a paragraph wears without any coding: what the margin says already stands back, and signs
   * that turn the order of the words show as marks. Only near the window: the browser looks through
   * all ranges with every change of one. */
  dress(paragraph: Paragraph, furniture: number, turning: readonly number[]): void {
    if (!this.isSupported || (furniture === 0 && turning.length === 0)) return;
    const node = this.nodeOf(paragraph);
    const worn = turning.map((place) => {
      const ends = { startContainer: node, startOffset: place, endContainer: node, endOffset: place + 1 };
      return { highlight: this.get("turning", 1), range: new StaticRange(ends) };
    });
    if (furniture > 0) worn.push({ highlight: this.get("furniture", 0), range: this.range(paragraph, { start: 0, end: furniture }) });
    for (const { highlight, range } of worn) highlight.add(range);
    this.worn.set(paragraph, worn);
  }

  undress(paragraph: Paragraph): void {
    for (const { highlight, range } of this.worn.get(paragraph) ?? []) highlight.delete(range);
    this.worn.delete(paragraph);
  }

  /** Mark what a search found; the hit that one stands on is underlined. */
  find(text: TextMap, hits: readonly Span[], current: Span | null): void {
    if (!this.isSupported) return;
    for (const [name, spans] of [["found", hits], ["current", current === null ? [] : [current]]] as const) {
      const highlight = this.get(name, 2);
      highlight.clear();
      for (const span of spans) this.add(highlight, text, span);
    }
  }

  erase(paragraph: Paragraph): void {
    for (const { highlight, range } of this.drawn.get(paragraph) ?? []) highlight.delete(range);
    this.drawn.delete(paragraph);
  }

  /** Strengthen the codings under the hand: the selected one and the one pointed at. */
  strengthen(text: TextMap, spans: readonly (Span & { readonly slot: number })[]): void {
    if (!this.isSupported) return;
    for (const [name, highlight] of this.named) if (name.endsWith("-strong")) highlight.clear();
    for (const span of spans) this.add(this.get(`${span.slot}-strong`, 1), text, span);
  }

  /** Keep the selected words visible while the palette has the focus. */
  hold(text: TextMap, span: Span | null): void {
    if (!this.isSupported) return;
    const held = this.get("held", 2);
    held.clear();
    if (span !== null) this.add(held, text, span);
  }

  flash(text: TextMap, span: Span): void {
    if (!this.isSupported) return;
    const flash = this.get("flash", 3);
    flash.clear();
    this.add(flash, text, span);
    if (this.flashTimer !== null) clearTimeout(this.flashTimer);
    this.flashTimer = setTimeout(() => flash.clear(), 1800);
  }

  clear(): void {
    for (const highlight of this.named.values()) highlight.clear();
    this.drawn.clear();
    this.worn.clear();
  }

  destroy(): void {
    if (this.flashTimer !== null) clearTimeout(this.flashTimer);
    // Only our own: another reader on the page keeps its marks.
    for (const name of this.named.keys()) CSS.highlights.delete(`${this.space}-${name}`);
    this.named.clear();
    this.sheet.remove();
  }

  private get(name: string, priority: number): Highlight {
    let highlight = this.named.get(name);
    if (highlight === undefined) {
      highlight = new Highlight();
      highlight.priority = priority;
      this.named.set(name, highlight);
      CSS.highlights.set(`${this.space}-${name}`, highlight);
    }
    return highlight;
  }

  /** One range per paragraph: a range across them would also mark the margin between. */
  private add(highlight: Highlight, text: TextMap, span: Span): void {
    for (const paragraph of text.touched(span)) highlight.add(this.range(paragraph, paragraph.part(span)));
  }

  private range(paragraph: Paragraph, part: Span): StaticRange {
    const node = this.nodeOf(paragraph);
    return new StaticRange({
      startContainer: node,
      startOffset: paragraph.toUtf16(part.start),
      endContainer: node,
      endOffset: paragraph.toUtf16(part.end),
    });
  }
}
