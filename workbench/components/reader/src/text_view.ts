// The text itself: one row per paragraph with its margin, its words and its coding stripes.
// Only rows near the window are marked and striped; the browser skips drawing the others.

import type { Book } from "./codebook";
import { signOf } from "./codebook";
import type { Coding, SectionRow, Span } from "./contract";
import { keepsSelection, make } from "./dom";
import { furnitureLength } from "./furniture";
import { Highlights } from "./highlights";
import { assignLanes, readingOrder, stackLabels, type Striped } from "./lanes";
import { marksIn, shown } from "./marks";
import { Paragraph, TextMap } from "./offsets";
import { fill } from "./words";

const LINE = 74; // characters
const LANE_WIDTH = 7;
const LABEL_STEP = 15;
const SETTLING_FRAMES = 8;
const PULL_EDGE = 36; // pixels
const NEAR = "600px 0px";
// Rows that come and go together: to ask every frame of each paragraph whether it is seen takes long.
const BLOCK = 8;

interface Part extends Span {
  readonly coding: Coding;
  readonly slot: number;
  readonly group: number;
  readonly lane: number;
  readonly begins: boolean;
  readonly ends: boolean;
}

/** A coding with its group and with the first and last row that it touches. */
interface Laid extends Striped {
  readonly coding: Coding;
  readonly first: number;
  readonly last: number;
}

interface Row {
  readonly paragraph: Paragraph;
  readonly element: HTMLElement;
  readonly words: HTMLElement;
  readonly node: Text;
  readonly stripes: HTMLElement;
  readonly listed: HTMLElement;
  /** Code points of heading marks, time stamps and names before what is said. */
  readonly furniture: number;
  /** Signs that turn the order of the words, as UTF-16 positions. */
  readonly turning: readonly number[];
  parts: Part[];
  isNear: boolean;
  /** Where the parts begin and end in pixels, as long as neither they nor the lines change. */
  geometry: Geometry | null;
}

export interface TextEvents {
  choose(id: string): void;
  point(id: string | null): void;
  /** An end of the selected coding is dragged to a place, and dropped there. */
  pull(end: "start" | "end", codePoint: number): void;
  drop(): void;
  scrolled(): void;
}

export class TextView {
  readonly scroller = make("div", "tp-scroller");
  private readonly body = make("div", "tp-body");
  private readonly coderNames = make("div", "tp-coders");
  readonly highlights: Highlights;
  text = new TextMap("");
  private rows: Row[] = [];
  private sections: readonly SectionRow[] = [];
  private rowOf = new WeakMap<Element, Row>();
  private readonly firstOf = new WeakMap<Node, number>();
  private codings: ReadonlyMap<string, Coding> = new Map();
  private lanes = new Map<string, number>();
  private laid = new WeakMap<Coding, Laid>();
  private coders: readonly string[] = [];
  private laneCounts: number[] = [];
  private book!: Book;
  private top = 0;
  private isMoved = false;
  private anchor: { row: Row; offset: number } | null = null;
  private width = 0;
  private readonly near: IntersectionObserver;
  private readonly sized: ResizeObserver;
  private settling: ReturnType<typeof setTimeout> | null = null;
  private size = 17;
  private sampled = "";
  /** The end of a coding that is dragged, and where the pointer is. */
  private pulling: { end: "start" | "end"; pointer: number; x: number; y: number } | null = null;
  private readonly handles = { start: this.makeHandle("start"), end: this.makeHandle("end") };

  constructor(private readonly events: TextEvents) {
    this.highlights = new Highlights((paragraph) => this.rows[paragraph.index]!.node);
    this.scroller.tabIndex = 0;
    this.scroller.setAttribute("role", "document");
    this.scroller.append(this.coderNames, this.body);
    this.near = new IntersectionObserver(
      (entries) => {
        const [near, far]: [Row[], Row[]] = [[], []];
        for (const { target, isIntersecting } of entries) (isIntersecting ? near : far).push(...this.rowsOf(target));
        for (const row of far) this.goFar(row);
        this.comeNear(near.filter((row) => !row.isNear));
      },
      { root: this.scroller, rootMargin: NEAR },
    );
    this.sized = new ResizeObserver(() => this.resized());
    this.sized.observe(this.scroller);
    this.scroller.addEventListener("scroll", () => this.scrolled(), { passive: true });
    for (const move of ["wheel", "pointerdown", "keydown"]) {
      this.scroller.addEventListener(move, () => (this.isMoved = true), { passive: true });
    }
    this.body.addEventListener("pointerover", (event) => {
      const id = codingId(event.target);
      this.isolate(id);
      this.events.point(id);
    });
    this.body.addEventListener("pointerleave", () => {
      this.isolate(null);
      this.events.point(null);
    });
    this.body.addEventListener("click", (event) => {
      const id = codingId(event.target);
      if (id !== null) this.events.choose(id);
    });
  }

  show(text: string, sections: readonly SectionRow[]): void {
    this.near.disconnect();
    this.highlights.clear();
    this.text = new TextMap(text);
    this.sections = sections;
    this.codings = new Map();
    this.lanes = new Map();
    this.laid = new WeakMap();
    this.body.replaceChildren();
    this.setMeasure(text);
    const sectionAt = sectionsByStart(this.text, sections);
    this.rows = this.text.paragraphs.map((paragraph) => this.makeRow(paragraph, sectionAt.get(paragraph.index)));
    const blocks = this.makeBlocks();
    this.body.append(...blocks);
    for (const block of blocks) this.near.observe(block);
  }

  private makeBlocks(): HTMLElement[] {
    const blocks: HTMLElement[] = [];
    for (let first = 0; first < this.rows.length; first += BLOCK) {
      const rows = this.rows.slice(first, first + BLOCK);
      const block = make("div", "tp-block");
      const lines = rows.reduce((sum, { paragraph }) => sum + Math.ceil(paragraph.length / LINE), 0);
      block.style.setProperty("--lines", String(lines));
      block.style.setProperty("--rows", String(rows.length));
      block.append(...rows.map(({ element }) => element));
      this.firstOf.set(block, first);
      blocks.push(block);
    }
    return blocks;
  }

  private rowsOf(block: Element): Row[] {
    const first = this.firstOf.get(block) ?? this.rows.length;
    return this.rows.slice(first, first + BLOCK);
  }

  /** As many characters to the line in whatever serif this machine has: 65 to 75 read best. */
  private setMeasure(text: string): void {
    this.sampled = text;
    const context = document.createElement("canvas").getContext("2d");
    const sample = text.slice(0, 2000).replace(/\s+/g, " ");
    if (context === null || sample.length < 200) return;
    context.font = `${this.size}px ${getComputedStyle(this.scroller).getPropertyValue("--tp-serif") || "serif"}`;
    const width = (context.measureText(sample).width / sample.length) * LINE;
    this.scroller.style.setProperty("--tp-measure", `${Math.round(Math.min(740, Math.max(460, (width * 17) / this.size)) * (this.size / 17))}px`);
  }

  /** Letters of another size: lines break elsewhere, and the place that was on top stays there. */
  setSize(size: number): void {
    this.size = size;
    this.scroller.style.setProperty("--tp-size", `${size}px`);
    this.scroller.style.setProperty("--tp-line", `${Math.round(size * 1.6)}px`);
    if (this.rows.length === 0) return;
    this.setMeasure(this.sampled);
    this.reflowed();
  }

  private makeRow(paragraph: Paragraph, section: SectionRow | undefined): Row {
    const element = make("div", paragraph.length === 0 ? "tp-row tp-blank" : "tp-row");
    element.dataset["start"] = String(paragraph.start);
    element.dataset["end"] = String(paragraph.end);
    const words = make("div", "tp-words");
    words.dir = "auto";
    const node = document.createTextNode(shown(paragraph.text));
    words.append(node);
    const margin = make("div", "tp-margin");
    if (section !== undefined) describeSection(section, element, words, margin);
    const stripes = make("div", "tp-stripes");
    const listed = make("div", "tp-hidden");
    element.append(margin, words, listed, stripes);
    const furniture = section === undefined ? 0 : furnitureLength(paragraph.text, section);
    const turning = marksIn(paragraph.text);
    const state = { parts: [], isNear: false, geometry: null };
    const row: Row = { paragraph, element, words, node, stripes, listed, furniture, turning, ...state };
    this.rowOf.set(element, row);
    return row;
  }

  setBook(book: Book): void {
    this.book = book;
    this.scroller.setAttribute("aria-label", book.words.text);
  }

  /** Name those who coded; true when that moves every stripe. */
  setCoders(coders: readonly string[]): boolean {
    if (coders.join("\n") === this.coders.join("\n")) return false;
    this.coders = coders;
    this.laid = new WeakMap();
    this.coderNames.hidden = !this.isGrouped;
    this.scroller.toggleAttribute("data-grouped", this.isGrouped);
    this.coderNames.replaceChildren(make("span"), make("span"), make("div", "tp-coder-names"));
    this.coderNames.lastElementChild!.append(...coders.map((coder) => make("span", "", coder)));
    this.scroller.style.setProperty("--tp-groups", String(this.isGrouped ? coders.length : 1));
    return true;
  }

  private get isGrouped(): boolean {
    return this.coders.length > 1;
  }

  private get lanesPerGroup(): number {
    return this.isGrouped ? 5 : 8;
  }

  /** Show these codings; only paragraphs whose codings or lanes differ are touched. */
  setCodings(codings: ReadonlyMap<string, Coding>, everything = false): void {
    const changed = new Set<Row>();
    const touch = (coding: Coding): void => {
      for (const paragraph of this.text.touched(coding)) changed.add(this.rows[paragraph.index]!);
    };
    const before = this.codings;
    for (const [id, coding] of before) if (!looksEqual(coding, codings.get(id))) touch(coding);
    for (const [id, coding] of codings) if (!looksEqual(coding, before.get(id))) touch(coding);
    if (everything) for (const row of this.rows) if (row.parts.length > 0) changed.add(row);
    this.codings = codings;
    if (changed.size === 0) return;

    const ordered = Array.from(codings.values(), (coding) => this.lay(coding));
    ordered.sort((a, b) => readingOrder(a.coding, b.coding));
    const lanes = assignLanes(ordered);
    for (const { id, coding } of ordered) if (this.lanes.get(id) !== lanes.get(id)) touch(coding);
    this.lanes = lanes;
    this.countLanes(ordered);
    for (const row of changed) {
      row.parts = [];
      row.geometry = null;
    }
    for (const laid of ordered) this.addParts(laid, changed);
    for (const row of changed) this.describe(row);
    this.draw([...changed].filter((row) => row.isNear));
  }

  /** Where a coding lies among the rows; known for as long as it is the same one. */
  private lay(coding: Coding): Laid {
    let laid = this.laid.get(coding);
    if (laid === undefined) {
      const first = this.text.at(coding.start).index;
      const last = this.text.at(Math.max(coding.start, coding.end - 1)).index;
      const { id, start } = coding;
      laid = { id, start, end: this.lineAfter(coding), group: this.groupOf(coding), coding, first, last };
      this.laid.set(coding, laid);
    }
    return laid;
  }

  /** Two codings on one line would melt into one stripe: a lane is free again only on the next line. */
  private lineAfter({ end }: Coding): number {
    return Math.min(end + LINE, Math.max(end, this.text.at(end - 1).end));
  }

  private groupOf(coding: Coding): number {
    return this.isGrouped ? Math.max(0, this.coders.indexOf(coding.coder)) : 0;
  }

  private countLanes(codings: readonly Laid[]): void {
    this.laneCounts = [];
    for (const coding of codings) {
      const count = Math.min(this.lanesPerGroup, (this.lanes.get(coding.id) ?? 0) + 1);
      this.laneCounts[coding.group] = Math.max(this.laneCounts[coding.group] ?? 1, count);
    }
  }

  private addParts({ coding, group, first, last }: Laid, rows: ReadonlySet<Row>): void {
    for (let index = first; index <= last; index += 1) {
      const row = this.rows[index]!;
      if (!rows.has(row)) continue;
      const { paragraph } = row;
      const part = paragraph.part(coding);
      if (part.end <= part.start) continue;
      row.parts.push({
        ...part,
        coding,
        group,
        slot: this.book.slot(coding.code),
        lane: this.lanes.get(coding.id) ?? 0,
        begins: coding.start >= paragraph.start,
        ends: coding.end <= paragraph.end,
      });
    }
  }

  /** What the marks say, for those who listen: highlights and stripes are silent. */
  private describe(row: Row): void {
    const told = row.parts.map(({ coding }) => {
      const spoken = this.book.spoken(coding);
      return this.isGrouped ? fill(this.book.words.by_coder, { coding: spoken, coder: coding.coder }) : spoken;
    });
    row.listed.textContent = told.length === 0 ? "" : fill(this.book.words.codes_here, { codes: told.join("; ") });
  }

  private comeNear(rows: readonly Row[]): void {
    for (const row of rows) {
      row.isNear = true;
      this.highlights.dress(row.paragraph, row.furniture, row.turning);
    }
    this.draw(rows);
  }

  private goFar(row: Row): void {
    if (!row.isNear) return;
    row.isNear = false;
    this.highlights.erase(row.paragraph);
    this.highlights.undress(row.paragraph);
    row.stripes.replaceChildren();
  }

  /** Measure all rows first, then change them: alternating would lay the page out once per row. */
  private draw(rows: readonly Row[]): void {
    for (const row of rows) if (row.parts.length > 0) row.geometry ??= measure(row);
    rows.forEach((row) => {
      this.highlights.draw(row.paragraph, row.parts);
      const { geometry } = row;
      row.stripes.replaceChildren();
      if (geometry !== null) row.stripes.append(this.drawStripes(row, geometry));
    });
  }

  private drawStripes(row: Row, geometry: Geometry): DocumentFragment {
    const drawn = document.createDocumentFragment();
    for (let group = 0; group < Math.max(1, this.isGrouped ? this.coders.length : 1); group += 1) {
      const element = make("div", "tp-lanes");
      const places = row.parts.map((part, index) => ({ part, ...geometry.places[index]! }));
      const own = places.filter(({ part }) => part.group === group);
      for (const { part, top, bottom } of own) if (part.lane < this.lanesPerGroup) element.append(this.bar(part, top, bottom));
      element.append(...this.labels(own, group, geometry.height));
      drawn.append(element);
    }
    return drawn;
  }

  private bar(part: Part, top: number, bottom: number): HTMLElement {
    const bar = make("span", `tp-bar${part.begins ? " tp-begins" : ""}${part.ends ? " tp-ends" : ""}`);
    bar.dataset["coding"] = part.coding.id;
    bar.title = this.titleOf(part.coding);
    bar.style.cssText = `top:${top}px;height:${Math.max(4, bottom - top)}px;left:${part.lane * LANE_WIDTH}px`;
    bar.style.setProperty("--level", this.book.colour(part.coding.code));
    return bar;
  }

  private labels(places: readonly Place[], group: number, height: number): HTMLElement[] {
    const left = (this.laneCounts[group] ?? 1) * LANE_WIDTH + 6;
    const named = places.filter(({ part }) => part.begins && part.lane < this.lanesPerGroup);
    const crowded = places.filter(({ part }) => part.begins && part.lane >= this.lanesPerGroup);
    // Begun in a paragraph above, and without a lane here too: counted, or nothing would speak of them.
    const carried = places.filter(({ part }) => !part.begins && part.lane >= this.lanesPerGroup);
    const room = carried.length === 0 ? height : height - LABEL_STEP;
    const stacked = stackLabels([...named, ...crowded].map(({ top }) => top), room, LABEL_STEP);
    const hidden = [...[...named, ...crowded].filter((_, index) => stacked.tops[index] === null), ...carried];
    const labels = [...named, ...crowded].flatMap(({ part }, index) => {
      const top = stacked.tops[index] ?? null;
      return top === null ? [] : [this.label(part.coding, top, left)];
    });
    if (hidden.length > 0) labels.push(this.more(hidden, stacked.more ?? Math.max(0, room), left));
    return labels;
  }

  private label(coding: Coding, top: number, left: number): HTMLElement {
    const label = make("span", "tp-label");
    const sign = signOf(coding.valence);
    label.append(make("span", "tp-label-code", coding.code));
    if (sign !== "") label.append(make("span", "tp-label-sign", ` ${sign}`));
    label.append(make("span", "tp-label-name", this.book.label(coding.code)));
    label.dataset["coding"] = coding.id;
    label.title = this.titleOf(coding);
    label.style.cssText = `top:${top}px;left:${left}px;max-width:calc(100% - ${left}px)`;
    label.style.setProperty("--level", this.book.colour(coding.code));
    return label;
  }

  private more(hidden: readonly Place[], top: number, left: number): HTMLElement {
    const label = make("span", "tp-label tp-more", `+${hidden.length}`);
    label.dataset["coding"] = hidden[0]!.part.coding.id;
    const titles = hidden.map(({ part }) => this.titleOf(part.coding)).join("\n");
    label.title = `${fill(this.book.words.more_codings, { n: hidden.length })}\n${titles}`;
    label.style.cssText = `top:${top}px;left:${left}px`;
    return label;
  }

  private titleOf(coding: Coding): string {
    return fill(this.book.words.by_coder, { coding: this.book.spoken(coding), coder: coding.coder });
  }

  /** Strengthen these codings in the text and in the stripes. */
  strengthen(ids: readonly string[]): void {
    const codings = ids.flatMap((id) => this.codings.get(id) ?? []);
    this.highlights.strengthen(this.text, codings.map((coding) => ({ ...coding, slot: this.book.slot(coding.code) })));
    for (const element of this.body.querySelectorAll<HTMLElement>("[data-strong]")) delete element.dataset["strong"];
    for (const id of ids) {
      for (const element of this.body.querySelectorAll<HTMLElement>(`[data-coding="${CSS.escape(id)}"]`)) {
        element.dataset["strong"] = "";
      }
    }
  }

  /** Single out a coding under the pointer: the stripes and passages of all others stand back. */
  private isolate(id: string | null): void {
    const isOn = id !== null;
    this.body.toggleAttribute("data-isolating", isOn);
    this.highlights.setIsolating(isOn);
  }

  // The ends of the selected coding, to be dragged.

  private makeHandle(end: "start" | "end"): HTMLElement {
    const handle = make("span", `tp-handle tp-handle-${end}`);
    handle.setAttribute("aria-hidden", "true");
    keepsSelection(handle);
    handle.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      handle.setPointerCapture(event.pointerId);
      handle.dataset["pulled"] = ""; // the words under it are what counts now
      this.pulling = { end, pointer: event.pointerId, x: event.clientX, y: event.clientY };
      requestAnimationFrame(() => this.scrollWhilePulling());
    });
    handle.addEventListener("pointermove", (event) => {
      if (this.pulling === null || !handle.hasPointerCapture(event.pointerId)) return;
      this.pulling = { ...this.pulling, x: event.clientX, y: event.clientY };
      this.pull();
    });
    const drop = (event: PointerEvent): void => {
      if (this.pulling === null || !handle.hasPointerCapture(event.pointerId)) return;
      this.letGo();
      this.events.drop();
    };
    handle.addEventListener("pointerup", drop);
    handle.addEventListener("pointercancel", drop);
    return handle;
  }

  private pull(): void {
    if (this.pulling === null) return;
    const { end, x, y } = this.pulling;
    const place = this.codePointUnder(this.withinLines(x), y, end === "end");
    if (place !== null) this.events.pull(end, place);
  }

  /** Beside a line means its beginning or its end. */
  private withinLines(x: number): number {
    const { left, right } = this.rowOnTop().words.getBoundingClientRect();
    return Math.min(right - 1, Math.max(left + 1, x));
  }

  /** At the edge of the window the text moves on under the end that is dragged. */
  private scrollWhilePulling(): void {
    if (this.pulling === null) return;
    const { top, bottom } = this.scroller.getBoundingClientRect();
    const { y } = this.pulling;
    const beyond = Math.min(0, y - top - PULL_EDGE) + Math.max(0, y - bottom + PULL_EDGE);
    if (beyond !== 0) {
      this.scroller.scrollTop += Math.sign(beyond) * Math.min(PULL_EDGE, Math.abs(beyond)) / 3;
      this.pull();
    }
    requestAnimationFrame(() => this.scrollWhilePulling());
  }

  /** End a drag; whether there was one. */
  letGo(): boolean {
    if (this.pulling === null) return false;
    const handle = this.handles[this.pulling.end];
    if (handle.hasPointerCapture(this.pulling.pointer)) handle.releasePointerCapture(this.pulling.pointer);
    delete handle.dataset["pulled"];
    this.pulling = null;
    return true;
  }

  /** Put the handles at the ends of a span; null takes them away. */
  showHandles(span: Span | null, colour: string): void {
    for (const handle of [this.handles.start, this.handles.end]) {
      if (span === null) handle.remove();
      handle.style.setProperty("--level", colour);
    }
    if (span === null || span.end > this.text.length) return;
    this.putHandle(this.handles.start, span.start, { start: span.start, end: span.start + 1 }, "left");
    this.putHandle(this.handles.end, span.end - 1, { start: span.end - 1, end: span.end }, "right");
  }

  private putHandle(handle: HTMLElement, codePoint: number, letter: Span, side: "left" | "right"): void {
    const row = this.rows[this.text.at(codePoint).index]!;
    const base = row.element.getBoundingClientRect();
    const place = this.rectangle(letter);
    handle.style.top = `${place.top - base.top}px`;
    handle.style.height = `${place.height}px`;
    handle.style.left = `${place[side] - base.left}px`;
    if (handle.parentElement !== row.element) row.element.append(handle);
  }

  // Selection: between places in the page and code points of the text.

  /** The code point at a place in the page; null outside the text. An end snaps up, a start down. */
  codePointAt(node: Node, offset: number, isEnd: boolean): number | null {
    const first = node === this.body ? offset * BLOCK : (this.firstOf.get(node) ?? null);
    if (first !== null) {
      const row = this.rows[node === this.body ? first : first + offset];
      return row?.paragraph.start ?? this.text.length;
    }
    const element = node instanceof Element ? node : node.parentElement;
    const row = this.rowOf.get(element?.closest(".tp-row") ?? this.scroller);
    if (row === undefined) return null;
    if (node === row.node) return row.paragraph.start + row.paragraph.toCodePoints(offset, isEnd);
    const isAfter = row.words.contains(node)
      ? offset > 0
      : node === row.element
        ? offset > 1
        : (row.words.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    return isAfter ? row.paragraph.end : row.paragraph.start;
  }

  /** The selected words without surrounding white space; null when none are selected. */
  selectedSpan(): Span | null {
    const selection = document.getSelection();
    if (selection === null || selection.isCollapsed || selection.rangeCount === 0) return null;
    const range = selection.getRangeAt(0);
    if (!this.body.contains(range.commonAncestorContainer)) return null;
    const start = this.codePointAt(range.startContainer, range.startOffset, false);
    const end = this.codePointAt(range.endContainer, range.endOffset, true);
    return start === null || end === null || end <= start ? null : this.text.trim({ start, end });
  }

  /** Where the caret stands, when nothing is selected; null when it is elsewhere. */
  caret(): number | null {
    const selection = document.getSelection();
    if (selection === null || selection.focusNode === null || !this.body.contains(selection.focusNode)) return null;
    return this.codePointAt(selection.focusNode, selection.focusOffset, false);
  }

  select(span: Span): void {
    const [start, end] = [this.place(span.start), this.place(span.end)];
    document.getSelection()?.setBaseAndExtent(start.node, start.offset, end.node, end.offset);
  }

  private place(codePoint: number): { node: Text; offset: number } {
    const paragraph = this.text.at(codePoint);
    return {
      node: this.rows[paragraph.index]!.node,
      offset: paragraph.toUtf16(Math.min(paragraph.length, codePoint - paragraph.start)),
    };
  }

  rectangle(span: Span): DOMRect {
    const range = document.createRange();
    const [start, end] = [this.place(span.start), this.place(span.end)];
    range.setStart(start.node, start.offset);
    range.setEnd(end.node, end.offset);
    const rectangles = range.getClientRects();
    return rectangles[rectangles.length - 1] ?? range.getBoundingClientRect();
  }

  /** Tell beside the labels who speaks under them, where somebody was assigned. */
  nameVoices(voices: Readonly<Record<string, string>>): void {
    for (const label of this.body.querySelectorAll<HTMLElement>(".tp-speaker")) {
      const who = voices[label.textContent] ?? "";
      label.classList.toggle("tp-named", who !== "");
      if (label.title !== who) label.title = who;
    }
  }

  /** Who speaks at a code point and when, as far as the margin says it. */
  voiceAt(codePoint: number): { readonly speaker: string; readonly seconds: number | null } {
    const [, , , , speaker, seconds] = this.sections.findLast(([, start, end]) => start <= codePoint && codePoint < end) ?? [
      "", 0, 0, null, null, null,
    ];
    return { speaker: speaker ?? "", seconds };
  }

  /** The code point under a place in the window; null beside the words. */
  codePointUnder(x: number, y: number, isEnd = false): number | null {
    const range = document.caretRangeFromPoint(x, y);
    if (range === null || range.startContainer.nodeType !== Node.TEXT_NODE) return null;
    if (!this.body.contains(range.startContainer)) return null;
    const rectangle = range.startContainer.parentElement!.getBoundingClientRect();
    if (x < rectangle.left || x > rectangle.right || y < rectangle.top || y > rectangle.bottom) return null;
    return this.codePointAt(range.startContainer, range.startOffset, isEnd);
  }

  /** From the first to the last paragraph in the window, as code points. */
  window(): Span {
    const view = this.scroller.getBoundingClientRect();
    const bottom = view.top + this.scroller.clientHeight;
    const first = this.rowAt(view.top + 20);
    const last = this.rowAt(bottom);
    const { start } = first.paragraph;
    const share = (row: Row, y: number): number => {
      const { top, height } = row.element.getBoundingClientRect();
      return Math.round(Math.min(1, Math.max(0, (y - top) / Math.max(1, height))) * row.paragraph.length);
    };
    return { start: start + share(first, view.top), end: last.paragraph.start + share(last, bottom) };
  }

  // Scrolling.

  /** Scroll as little as needed to see the beginning of a span. */
  reveal(span: Span): void {
    const view = this.scroller.getBoundingClientRect();
    const start = this.rectangle({ start: span.start, end: Math.min(span.end, span.start + 1) });
    const end = this.rectangle(span);
    const top = view.top + 40;
    const bottom = view.bottom - 24;
    if (start.top < top) this.scroller.scrollTop -= top - start.top;
    else if (end.bottom > bottom) this.scroller.scrollTop += Math.min(end.bottom - bottom, start.top - top);
  }

  /** Bring a code point to the upper third of the window. */
  scrollTo(codePoint: number): void {
    this.scroller.scrollTop += this.offsetOf(this.rows[this.text.at(codePoint).index]!);
    this.isMoved = false;
    this.bringUp(codePoint, SETTLING_FRAMES);
  }

  /** Rows that were never drawn have guessed heights until a frame after the scroll that brings them near. */
  private bringUp(codePoint: number, frames: number): void {
    const place = this.rectangle({ start: codePoint, end: codePoint + 1 });
    const view = this.scroller.getBoundingClientRect();
    this.scroller.scrollTop += place.top - view.top - view.height / 3;
    this.rememberAnchor();
    const { text } = this;
    if (frames === 0) return;
    requestAnimationFrame(() => {
      // Whoever has moved on, or opened another text, is left where they are.
      if (this.text === text && !this.isMoved) this.bringUp(codePoint, frames - 1);
    });
  }

  scrollToRow(codePoint: number): void {
    // Not scrollIntoView, which would also scroll the page around.
    this.scroller.scrollTop += this.offsetOf(this.rows[this.text.at(codePoint).index]!);
    this.rememberAnchor();
  }

  isVisible(codePoint: number): boolean {
    const place = this.rectangle({ start: codePoint, end: codePoint + 1 });
    const view = this.scroller.getBoundingClientRect();
    return place.bottom > view.top && place.top < view.bottom;
  }

  /** The code point of the paragraph on top, as last seen; the text may have left the page since. */
  get placeOnTop(): number {
    return this.anchor?.row.paragraph.start ?? 0;
  }

  /** The code point where the first whole line in the window begins. */
  firstVisible(): number {
    const { paragraph } = this.rowOnTop();
    const top = this.scroller.getBoundingClientRect().top;
    let low = paragraph.start;
    let high = paragraph.end;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.rectangle({ start: middle, end: middle + 1 }).top < top) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  private rowOnTop(): Row {
    return this.rowAt(this.scroller.getBoundingClientRect().top + 20);
  }

  /** The first row that reaches below a height in the window. */
  private rowAt(y: number): Row {
    let low = 0;
    let high = this.rows.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.rows[middle]!.element.getBoundingClientRect().bottom > y) high = middle;
      else low = middle + 1;
    }
    return this.rows[low]!;
  }

  private scrolled(): void {
    if (!this.scroller.isConnected || this.scroller.clientHeight === 0) return;
    this.top = this.scroller.scrollTop;
    this.events.scrolled();
    if (this.settling !== null) clearTimeout(this.settling);
    this.settling = setTimeout(() => this.rememberAnchor(), 150);
  }

  private rememberAnchor(): void {
    this.top = this.scroller.scrollTop;
    const row = this.rowOnTop();
    this.anchor = { row, offset: this.offsetOf(row) };
  }

  private offsetOf(row: Row): number {
    return row.element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
  }

  private resized(): void {
    const width = this.scroller.clientWidth;
    if (width === 0 || width === this.width) return;
    const isFirst = this.width === 0;
    this.width = width;
    if (isFirst) return;
    this.reflowed();
  }

  /** Lines break elsewhere: keep the paragraph that was on top, and draw the stripes anew. */
  private reflowed(): void {
    for (const row of this.rows) row.geometry = null;
    if (this.anchor !== null) this.scroller.scrollTop += this.offsetOf(this.anchor.row) - this.anchor.offset;
    this.draw(this.rows.filter((row) => row.isNear && row.parts.length > 0));
  }

  /** After the element was taken out of the page and put back, its scroll position is gone. */
  restoreScroll(): void {
    const { anchor } = this;
    this.scroller.scrollTop = this.top;
    // Rows out of the window have guessed heights again: what counts is the row on top.
    if (anchor !== null) this.scroller.scrollTop += this.offsetOf(anchor.row) - anchor.offset;
    this.top = this.scroller.scrollTop;
  }

  destroy(): void {
    if (this.settling !== null) clearTimeout(this.settling);
    this.near.disconnect();
    this.sized.disconnect();
    this.highlights.destroy();
  }
}

interface Geometry {
  readonly height: number;
  readonly places: readonly { readonly top: number; readonly bottom: number }[];
}

type Place = { readonly part: Part; readonly top: number; readonly bottom: number };

/** Where a row's codings begin and end, in pixels from its top. */
function measure(row: Row): Geometry {
  const base = row.element.getBoundingClientRect();
  const range = document.createRange();
  const places = row.parts.map((part) => {
    range.setStart(row.node, row.paragraph.toUtf16(part.start));
    range.setEnd(row.node, row.paragraph.toUtf16(part.end));
    const words = range.getBoundingClientRect();
    return {
      top: part.begins ? Math.round(words.top - base.top) : 0,
      bottom: part.ends ? Math.round(words.bottom - base.top) : Math.ceil(base.height),
    };
  });
  return { height: base.height, places };
}

function looksEqual(one: Coding, other: Coding | undefined): boolean {
  if (one === other) return true;
  if (other === undefined) return false;
  return (
    one.start === other.start &&
    one.end === other.end &&
    one.code === other.code &&
    one.valence === other.valence &&
    one.coder === other.coder
  );
}

function codingId(target: EventTarget | null): string | null {
  if (!(target instanceof HTMLElement)) return null;
  return target.closest<HTMLElement>("[data-coding]")?.dataset["coding"] ?? null;
}

function sectionsByStart(text: TextMap, sections: readonly SectionRow[]): Map<number, SectionRow> {
  const found = new Map<number, SectionRow>();
  for (const section of sections) {
    const index = text.at(section[1]).index;
    if (!found.has(index)) found.set(index, section);
  }
  return found;
}

function describeSection(section: SectionRow, row: HTMLElement, words: HTMLElement, margin: HTMLElement): void {
  const [kind, , , level, speaker, seconds] = section;
  row.classList.add(`tp-${kind}`);
  if (kind === "heading") {
    const depth = Math.min(6, Math.max(1, level ?? 2));
    row.dataset["level"] = String(depth);
    words.setAttribute("role", "heading");
    words.setAttribute("aria-level", String(Math.min(6, depth + 1)));
  }
  if (speaker !== null) margin.append(make("span", "tp-speaker", speaker));
  if (seconds !== null) margin.append(make("span", "tp-time", clock(seconds)));
}

/** 75 → "01:15", 3675 → "1:01:15". */
export function clock(seconds: number): string {
  const whole = Math.floor(seconds);
  const two = (value: number): string => String(value).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return hours === 0 ? `${two(minutes)}:${two(rest)}` : `${hours}:${two(minutes)}:${two(rest)}`;
}

