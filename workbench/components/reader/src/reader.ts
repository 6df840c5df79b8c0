// The coding screen. It keeps the text, the selection and the scroll position; Python is its store.
// This module connects the parts: what the person does becomes an operation, which is shown at once
// and waits in the outbox until the server has stored it.

import { Bar } from "./bar";
import { Book, signOf } from "./codebook";
import { groundOf, watchGround, type Ground } from "./colours";
import {
  NO_DETAIL,
  type BookOnShelf,
  type Code,
  type Coding,
  type ComponentArguments,
  type Detail,
  type NewCode,
  type Operation,
  type OutboxMessage,
  type ReaderData,
  type Span,
  type TextOnShelf,
  type Valence,
} from "./contract";
import { copyText } from "./copying";
import { afterPaint, isTyping, keepsSelection, make, makeButton } from "./dom";
import { FilterSheet, isFiltering, passes } from "./filters";
import { Finder } from "./find";
import { HeldCodings } from "./held";
import { Inspector } from "./inspector";
import { KeyHelp } from "./key_help";
import { commandFor, type Command, type Turning, type Unit } from "./keys";
import { Outbox, StorageDrawer } from "./outbox";
import { Palette } from "./palette";
import { RecentCodes } from "./recent";
import { NO_FILTERS, Remembered, SIZES, type Filters } from "./remembered";
import { replay, reversalTo, successor, type Reversal } from "./replay";
import { fromShelf, SHELF_EVENT } from "./shelf";
import { DensityStrip, type Mark } from "./strip";
import styles from "./style.css";
import { clock, TextView } from "./text_view";
import { CodeTree } from "./tree";
import { nextUncoded } from "./units";
import { Walk } from "./walk";
import { fill, type Words } from "./words";

const SMALLEST_HEIGHT = 420;
const ASK_AGAIN = 2000; // milliseconds
const NARROW = 820; // pixels; the style sheet has the same

/** What the person did, with how it is taken back and done again on the screen. */
interface Done {
  readonly operation: string;
  readonly back: Reversal;
  readonly forth: Reversal;
}

export class Reader {
  readonly root = make("section", "tp-reader");
  private readonly frame = make("div", "tp-frame");
  private readonly bar = new Bar({
    toggleTree: () => this.toggleTree(),
    help: () => this.help.toggle(this.view.scroller),
    filter: () => this.filterSheet.toggle(),
    showAll: () => this.filter(NO_FILTERS),
    stripes: () => this.toggleStripes(),
    size: (step) => this.resizeLetters(step),
    find: (query) => this.find(query),
    hit: (step) => this.stepHit(step),
    leave: () => this.backToText(),
  });
  private readonly live = make("div", "tp-hidden");
  private readonly codeButton = makeButton("tp-code-button", "", () => this.openPalette());
  private readonly probe = watchGround((ground) => this.setGround(ground));
  private readonly view = new TextView({
    choose: (id) => this.choose(id),
    point: (id) => this.point(id),
    pull: (end, codePoint) => this.pull(end, codePoint),
    drop: () => this.drop(),
    scrolled: () => this.showWindow(),
  });
  private readonly strip = new DensityStrip((codePoint) => this.view.scrollTo(codePoint));
  private readonly filterSheet = new FilterSheet(
    (filters) => this.filter(filters),
    () => this.backToText(),
  );
  private readonly tree = new CodeTree((code) => this.chooseCode(code));
  private readonly palette = new Palette();
  private readonly help = new KeyHelp();
  private readonly inspector = new Inspector({
    setValence: (coding, valence) => this.change(coding, { valence }),
    setDetail: (coding, detail) => this.setDetail(coding, detail),
    setMemo: (coding, text) => this.setMemo(coding, text),
    retire: (coding) => this.retire(coding),
    changeCode: (coding) => this.openPaletteToChange(coding),
    choose: (id) => this.choose(id),
    copy: (coding) => this.copy(coding),
    only: (code) => this.filter({ ...NO_FILTERS, codes: [code.key] }),
    leave: () => this.backToText(),
  });

  private readonly drawer: StorageDrawer;
  private readonly outbox: Outbox;
  private readonly recent: RecentCodes;
  private readonly held: HeldCodings;
  private readonly remembered: Remembered;
  private done: Done[] = [];
  private undone: Done[] = [];
  private lastUsed: { code: Code; valence: Valence | null } | null = null;

  private book: Book | null = null;
  private bookName = "";
  private walk: Walk | null = null;
  private finder: Finder | null = null;
  private hits: readonly Span[] = [];
  private hit = -1;
  private filters: Filters = NO_FILTERS;
  private stored: ReadonlyMap<string, Coding> = new Map();
  private codings: ReadonlyMap<string, Coding> = new Map();
  private shown: ReadonlyMap<string, Coding> = new Map();
  private ordered: readonly Coding[] | null = null;
  private pulled: Span | null = null;
  private waitingTurn: Turning | null = null;
  private asked = 0;
  private revision: string | null = null;
  private selected: Coding | null = null;
  private pointed: string | null = null;
  private shownCode: Code | null = null;
  private span: Span | null = null;
  private spanBefore: Span | null = null;
  private refusal = "";
  private shownAt: number | null = null;
  private isAttached = false;
  private hadFocus = false;
  private isNarrow = false;
  private wantsTree = true;
  private pointerFrame = 0;
  private windowFrame = 0;
  private readonly rowsAbove = new ResizeObserver(() => this.fitHeight());
  private readonly leaving = new AbortController();

  constructor(private data: ReaderData, private setStateValue: ComponentArguments["setStateValue"]) {
    const { document: text, person } = data;
    this.drawer = new StorageDrawer(window.localStorage, person, text.id, text.version);
    this.held = new HeldCodings(JSON.stringify([text.id, text.version, person]));
    this.remembered = new Remembered(window.localStorage, person, text.id, text.version);
    this.filters = this.remembered.document.filters;
    this.outbox = new Outbox(this.drawer, (operations) => this.deliver(operations), () => this.showStatus());
    this.recent = new RecentCodes(window.localStorage, person);
    this.assemble();
    this.listen();
  }

  private assemble(): void {
    const { root, frame } = this;
    root.dataset["trigpoint"] = "reader";
    root.dataset["document"] = this.data.document.id;
    root.tabIndex = -1;
    const style = make("style", "", styles);
    this.live.setAttribute("aria-live", "polite");
    this.codeButton.hidden = true;
    this.codeButton.tabIndex = -1;
    keepsSelection(this.codeButton);
    this.view.scroller.append(this.codeButton);
    const side = make("nav", "tp-side");
    side.append(this.tree.element);
    frame.append(this.bar.element, side, this.view.scroller, this.strip.element, this.inspector.element);
    root.append(style, this.probe, frame, this.filterSheet.element, this.palette.element, this.help.element, this.live);
  }

  private listen(): void {
    const { root } = this;
    const until = { signal: this.leaving.signal };
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("focus", () => this.view.scroller.focus({ preventScroll: true }));
    root.addEventListener("focusin", () => (this.hadFocus = true));
    root.addEventListener("focusout", (event) => {
      // Taking the element out of the page names no new owner of the focus; a person does.
      if (event.relatedTarget !== null) this.hadFocus = root.contains(event.relatedTarget as Node);
    });
    const { scroller } = this.view;
    scroller.addEventListener("mousedown", (event) => this.pressed(event));
    scroller.addEventListener("pointermove", (event) => this.pointAt(event));
    scroller.addEventListener("click", (event) => this.clickedText(event));
    // A drag may end outside the text; the selection is final only after the event.
    document.addEventListener("pointerdown", () => (this.spanBefore = this.span), { ...until, capture: true });
    document.addEventListener("pointerup", () => setTimeout(() => this.offerCode()), until);
    document.addEventListener("selectionchange", () => this.noteSelection(), until);
    window.addEventListener(SHELF_EVENT, () => this.refresh(), until);
    window.addEventListener("resize", () => this.fitHeight(), until);
    window.addEventListener("online", () => this.outbox.flush(), until);
    window.addEventListener("pagehide", () => this.leave(), until);
  }

  // Life: attached to the page, detached from it, gone.

  attach(host: HTMLElement): void {
    const { scroller } = this.view;
    const span = this.span;
    host.append(this.root);
    this.isAttached = true;
    this.fitHeight();
    // Rows above come and go after the text is there, for instance when another document is opened.
    this.rowsAbove.disconnect();
    this.rowsAbove.observe(host.closest(".stMainBlockContainer") ?? host);
    this.setGround(groundOf(this.probe));
    this.view.restoreScroll();
    // Again when the rows around have got their real heights, which takes a frame.
    afterPaint(() => this.view.restoreScroll());
    const isFree = document.activeElement === null || document.activeElement === document.body;
    if (isFree && this.hadFocus) {
      scroller.focus({ preventScroll: true });
      if (span !== null) this.view.select(span);
    }
  }

  detach(): void {
    this.leave();
    this.isAttached = false;
    this.outbox.stopWaiting();
  }

  destroy(): void {
    this.outbox.stopWaiting();
    this.leaving.abort();
    this.rowsAbove.disconnect();
    this.view.destroy();
    this.strip.destroy();
    this.root.remove();
  }

  private leave(): void {
    this.inspector.finishMemo();
    if (this.walk !== null) this.remembered.keepForDocument({ place: this.view.placeOnTop });
  }

  // From Python.

  update(data: ReaderData, setStateValue: ComponentArguments["setStateValue"]): void {
    this.data = data;
    this.setStateValue = setStateValue;
    this.fitHeight();
    this.refresh();
  }

  private refresh(): void {
    const { data } = this;
    const text = fromShelf<TextOnShelf>(data.text_shelf);
    const shelf = fromShelf<BookOnShelf>(data.book_shelf);
    if (!this.isAttached || text === undefined || shelf === undefined) return;
    const stored = this.held.after(data.codings, data.codings_shelf, data.coders);
    if (stored === null) return this.askForAll();
    this.revision = data.codings.revision;
    const isOtherBook = this.bookName !== data.book_shelf;
    if (isOtherBook) this.setBook(new Book(shelf), data.book_shelf);
    this.bar.setTitle(data.document.title);
    this.root.dataset["readOnly"] = String(data.read_only);
    const areOtherCoders = this.view.setCoders(data.coders);
    const isFirst = this.walk === null;
    if (isFirst) {
      this.view.setSize(this.remembered.person.size);
      this.view.show(text.text, text.sections);
      this.walk = new Walk(this.view.text, text.sections);
      this.finder = new Finder(this.view.text);
      this.showLook();
    }
    this.view.nameVoices(data.voices);
    this.stored = stored;
    this.filterSheet.set(this.filters, data.coders);
    const settled = this.outbox.settle(data.acked, data.refused);
    for (const { kept, reason } of settled.refused) this.takeBack(kept.operation.operation, reason);
    if (settled.acked.length > 0 && settled.refused.length === 0) this.refusal = "";
    this.redraw(isOtherBook || areOtherCoders, settled.acked);
    if (isFirst) this.opened();
    this.goTo(data.at);
    if (settled.acked.length > 0) this.tell("trigpoint:acked", settled.acked);
    if (this.waitingTurn !== null && this.outbox.size === 0) this.turn(this.waitingTurn);
  }

  /** The codings that an update builds on are gone from this browser: ask for all of them, once. */
  private askForAll(): void {
    // A shelf that is still on its way says so when it arrives.
    if (this.data.codings.base === this.data.codings.revision || Date.now() - this.asked < ASK_AGAIN) return;
    this.asked = Date.now();
    this.revision = null;
    this.send([]);
  }

  private setBook(book: Book, name: string): void {
    this.book = book;
    this.bookName = name;
    const parts = [this.bar, this.view, this.tree, this.palette, this.inspector, this.help, this.filterSheet];
    for (const part of parts) part.setBook(book);
    this.strip.setTitle(book.words.strip);
    this.codeButton.textContent = book.words.code_button;
    this.bar.showTree(!this.frame.classList.contains("tp-no-tree"));
    this.showLook();
    this.setGround(groundOf(this.probe));
  }

  private opened(): void {
    const { id } = this.data.document;
    const { place } = this.remembered.document;
    if (this.data.at === null && place > 0 && place < this.view.text.length) this.view.scrollToRow(place);
    // Whoever came by a link or a button came to read: the keys work at once. A field keeps the focus.
    const isFree = document.activeElement?.closest("input, textarea, [contenteditable]") == null;
    if (isFree && !this.data.read_only) this.view.scroller.focus({ preventScroll: true });
    this.outbox.flush();
    this.showWindow();
    afterPaint(() => {
      const detail = { document: id, codings: this.codings.size };
      window.dispatchEvent(new CustomEvent("trigpoint:ready", { detail }));
    });
  }

  private takeBack(operation: string, reason: string): void {
    this.refusal = reason;
    this.done = this.done.filter((entry) => entry.operation !== operation);
    this.undone = [];
    this.say(fill(this.words.said_refused, { reason }));
  }

  private goTo(at: number | null): void {
    if (at === this.shownAt) return;
    this.shownAt = at;
    if (at === null || at < 0 || at >= this.view.text.length) return;
    const coding = [...this.codings.values()].find(({ start }) => start === at) ?? null;
    this.view.scrollTo(at);
    const span = coding ?? this.walk!.around(at);
    if (coding !== null) this.choose(coding.id);
    if (span !== null) this.view.highlights.flash(this.view.text, span);
  }

  // Showing.

  private get words(): Words {
    return this.book!.words;
  }

  private redraw(everything = false, acked: readonly string[] = []): void {
    this.codings = replay(this.stored, this.outbox.kept(), this.data.person);
    this.ordered = null;
    this.shown = this.passing();
    this.view.setCodings(this.shown, everything);
    this.showStrip();
    this.bar.showFiltered(isFiltering(this.filters), this.shown.size, this.codings.size);
    this.tree.setCodings(this.codings.values());
    if (this.selected !== null) {
      const now = this.codings.get(this.selected.id) ?? successor(this.selected, this.codings, acked);
      this.selected = now;
    }
    if (this.pointed !== null && !this.codings.has(this.pointed)) this.pointed = null;
    this.showSelected();
    this.showStatus();
    this.root.dataset["codings"] = String(this.codings.size);
  }

  private showSelected(): void {
    const { selected, shownCode } = this;
    this.view.strengthen([...new Set([selected?.id, this.pointed])].filter((id): id is string => typeof id === "string"));
    this.tree.mark(selected?.code ?? shownCode?.key ?? null);
    this.root.dataset["selected"] = selected?.id ?? "";
    const isHandy = selected !== null && this.canChange(selected) && this.shown.has(selected.id);
    this.view.showHandles(isHandy ? selected : null, selected === null ? "" : this.book!.colour(selected.code));
    if (selected !== null) {
      this.inspector.showCoding({
        coding: selected,
        quote: this.view.text.slice(selected),
        alsoHere: this.others(selected),
        canChange: this.canChange(selected),
        voice: this.voiceOf(selected),
        said: { actor: this.saidOf("actor"), timepoint: this.saidOf("timepoint") },
      });
    } else if (shownCode !== null) {
      const count = [...this.codings.values()].filter(({ code }) => code === shownCode.key).length;
      this.inspector.showCode(shownCode, count);
    } else this.inspector.showNothing(this.data.read_only);
  }

  /** Who says the words of a coding: the participant, or the label; empty where nobody is named. */
  private voiceOf(coding: Coding): string {
    const { speaker } = this.view.voiceAt(coding.start);
    return this.data.voices[speaker] ?? speaker;
  }

  /** The actors or time points that were named in this document, in order of their letters. */
  private saidOf(part: "actor" | "timepoint"): string[] {
    const said = new Set<string>();
    for (const { detail } of this.codings.values()) if (detail !== NO_DETAIL && detail[part] !== "") said.add(detail[part]);
    return [...said].sort();
  }

  private passing(): ReadonlyMap<string, Coding> {
    if (!isFiltering(this.filters)) return this.codings;
    const levelOf = (code: string): string => this.book!.code(code)?.level ?? "";
    return new Map([...this.codings].filter(([, coding]) => passes(coding, this.filters, levelOf)));
  }

  private showStrip(): void {
    const { colours } = this.book!;
    const ground = this.root.dataset["ground"] === "dark" ? "dark" : "light";
    const coloured = ({ start, end, code }: Coding): Mark => ({
      start,
      end,
      colour: colours.colour(this.book!.slot(code), ground),
    });
    this.strip.show(this.view.text.length, () => Array.from(this.shown.values(), coloured));
  }

  private showWindow(): void {
    if (this.windowFrame !== 0 || this.walk === null) return;
    this.windowFrame = requestAnimationFrame(() => {
      this.windowFrame = 0;
      if (this.isAttached) this.strip.showWindow(this.view.window());
    });
  }

  private others(coding: Coding): Coding[] {
    return this.inOrder().filter(
      (other) => other.id !== coding.id && other.start < coding.end && other.end > coding.start,
    );
  }

  private showStatus(): void {
    if (this.book === null) return;
    const { size } = this.outbox;
    this.root.dataset["pending"] = String(size);
    const [state, text] = this.statusNow(size);
    const { status } = this.bar;
    status.dataset["state"] = state;
    if (status.textContent === text) return;
    status.textContent = text;
    status.title = state === "saved" ? "" : text; // a reason may be longer than the room there is
  }

  private statusNow(waiting: number): [state: string, text: string] {
    const { words } = this;
    if (this.refusal !== "") return ["refused", fill(words.not_saved, { reason: this.refusal })];
    if (this.outbox.isStuck) return ["stuck", fill(words.not_saved, { reason: fill(words.no_answer, { n: waiting }) })];
    if (waiting > 0) return ["saving", fill(words.saving, { n: waiting })];
    const elsewhere = this.drawer.elsewhere();
    if (elsewhere > 0) return ["stuck", fill(words.waiting_elsewhere, { n: elsewhere })];
    if (this.data.read_only) return ["read-only", this.data.reason_read_only || words.read_only];
    return ["saved", words.saved];
  }

  private say(text: string): void {
    this.live.textContent = text;
  }

  private tell(event: "trigpoint:painted" | "trigpoint:acked", operations: readonly string[]): void {
    afterPaint(() => window.dispatchEvent(new CustomEvent(event, { detail: { operations } })));
  }

  private setGround(ground: Ground): void {
    this.root.dataset["ground"] = ground;
    if (this.book === null) return;
    this.book.colours.setVariables(this.root, ground);
    this.view.highlights.setColours(this.book.colours, ground);
    if (this.walk === null) return;
    this.showStrip();
    this.showHits();
  }

  /** As tall as the window leaves room for, so that only the text scrolls. */
  private fitHeight(): void {
    if (!this.isAttached) return;
    const { height } = this.data;
    const top = this.root.getBoundingClientRect().top + this.scrolledPage();
    const pixels = height ?? Math.max(SMALLEST_HEIGHT, window.innerHeight - top - 16);
    this.root.style.height = `${Math.round(pixels)}px`;
    this.fitWidth();
  }

  private scrolledPage(): number {
    let scrolled = 0;
    for (let above = this.root.parentElement; above !== null; above = above.parentElement) scrolled += above.scrollTop;
    return scrolled;
  }

  private toggleTree(): void {
    const isShown = !this.frame.classList.toggle("tp-no-tree");
    if (!this.isNarrow) this.wantsTree = isShown;
    this.bar.showTree(isShown);
  }

  /** On a small or enlarged page the tree lies over the text, and waits until it is asked for. */
  private fitWidth(): void {
    const isNarrow = this.root.clientWidth <= NARROW;
    if (isNarrow === this.isNarrow) return;
    this.isNarrow = isNarrow;
    const isShown = !isNarrow && this.wantsTree;
    this.frame.classList.toggle("tp-no-tree", !isShown);
    if (this.book !== null) this.bar.showTree(isShown);
  }

  /** Into the text again, at the coding that was worked on where the caret was elsewhere meanwhile. */
  private backToText(): void {
    this.view.scroller.focus({ preventScroll: true });
    if (this.selected === null || this.view.caret() !== null) return;
    this.view.select({ start: this.selected.start, end: this.selected.start });
  }

  private filter(filters: Filters): void {
    this.filters = filters;
    this.remembered.keepForDocument({ filters });
    this.filterSheet.set(filters, this.data.coders);
    this.redraw();
    if (this.selected !== null && !this.shown.has(this.selected.id)) this.choose(null);
  }

  private toggleStripes(): void {
    const { stripesOnly } = this.remembered.person;
    this.remembered.keepForPerson({ stripesOnly: !stripesOnly });
    this.showLook();
  }

  private resizeLetters(step: 1 | -1): void {
    const { size } = this.remembered.person;
    const next = step === 1 ? SIZES.find((other) => other > size) : SIZES.findLast((other) => other < size);
    if (next === undefined) return;
    this.remembered.keepForPerson({ size: next });
    this.view.setSize(next);
    this.showLook();
    this.showSelected();
  }

  private showLook(): void {
    const { size, stripesOnly } = this.remembered.person;
    this.view.highlights.setPlain(stripesOnly);
    this.bar.showLook(size, stripesOnly);
  }

  // Search.

  private find(query: string): void {
    if (this.finder === null) return;
    this.hits = this.finder.find(query);
    const top = this.view.window().start;
    this.hit = this.hits.length === 0 ? -1 : Math.max(0, this.hits.findIndex(({ start }) => start >= top));
    this.showHits();
    const hit = this.hits[this.hit];
    if (hit !== undefined) this.view.reveal(hit);
  }

  private showHits(): void {
    this.view.highlights.find(this.view.text, this.hits, this.hits[this.hit] ?? null);
    this.strip.showHits(this.hits, getComputedStyle(this.root).getPropertyValue("--accent"));
    this.bar.showHits(this.hit + 1, this.hits.length);
  }

  /** Go to a hit; in the text it is selected, so that Enter codes it. */
  private stepHit(step: 1 | -1): void {
    if (this.hits.length === 0) return this.bar.focusSearch();
    const isInText = document.activeElement === this.view.scroller;
    const from = isInText && this.span !== null ? this.span : null;
    const next =
      from === null
        ? this.hit + step
        : step === 1
          ? this.hits.findIndex(({ start }) => start >= from.end)
          : this.hits.findLastIndex(({ end }) => end <= from.start);
    const last = this.hits.length - 1;
    this.hit = next < 0 ? (from !== null && step === 1 ? 0 : last) : next > last ? 0 : next;
    const hit = this.hits[this.hit]!;
    this.showHits();
    if (isInText) this.take(hit);
    this.view.reveal(hit);
  }

  // What the person does becomes operations.

  private deliver(operations: readonly Operation[]): void {
    // After the frame that shows the operation: sending costs time, too.
    setTimeout(() => this.send(operations));
  }

  private send(operations: readonly Operation[]): void {
    const { person, document: text } = this.data;
    const address = { document: text.id, version: text.version, person };
    const message: OutboxMessage = { ...address, sent: Date.now(), holds: this.revision, operations };
    if (this.isAttached) this.setStateValue("outbox", message);
  }

  /** Ask the page for another document, or to mark this one as read; what waits is stored first. */
  private turn(to: Turning): void {
    if (!this.data.turns.includes(to)) {
      this.say(this.words[`no_turn_${to}`]);
      return;
    }
    this.inspector.finishMemo();
    this.waitingTurn = this.outbox.size > 0 ? to : null;
    if (this.waitingTurn === null) this.setStateValue("turn", { to, sent: Date.now() });
  }

  private perform(operation: Operation): void {
    const back = reversalTo(operation, this.codings);
    this.refusal = "";
    this.outbox.add(operation, this.reversalFor(operation));
    this.redraw();
    if (back !== null) {
      this.done.push({ operation: operation.operation, back, forth: reversalTo(operation, this.codings)! });
      this.undone = [];
    }
    this.tell("trigpoint:painted", [operation.operation]);
  }

  /** An undo or redo shows at once what this page remembers; the server knows also what was before. */
  private reversalFor({ type }: Operation): { readonly reversal?: Reversal } {
    if (type !== "undo" && type !== "redo") return {};
    const [from, to] = type === "undo" ? [this.done, this.undone] : [this.undone, this.done];
    const turned = from.pop();
    if (turned === undefined) return {};
    to.push(turned);
    return { reversal: type === "undo" ? turned.back : turned.forth };
  }

  private refuseReadOnly(): boolean {
    if (!this.data.read_only) return false;
    this.say(this.data.reason_read_only || this.words.read_only);
    return true;
  }

  private canChange(coding: Coding): boolean {
    return coding.mine && !this.data.read_only;
  }

  private apply(code: Code, valence: Valence | null, span: Span): void {
    if (this.refuseReadOnly()) return;
    this.recent.use(code.key);
    this.lastUsed = { code, valence };
    const same = [...this.codings.values()].find(
      (coding) => coding.mine && coding.code === code.key && coding.start === span.start && coding.end === span.end,
    );
    if (same !== undefined) {
      this.choose(same.id);
      if (same.valence === valence) this.say(fill(this.words.said_already, { code: code.label }));
      else this.change(same, { valence });
      return;
    }
    const operation = newId();
    this.shownCode = null;
    const blank = { coder: this.data.person, memo: "", mine: true, detail: NO_DETAIL, origin: null };
    this.selected = { id: operation, ...span, code: code.key, valence, ...blank };
    this.perform({ operation, type: "apply", start: span.start, end: span.end, code: code.key, valence });
    this.say(fill(this.words.said_coded, { code: this.book!.spoken({ code: code.key, valence, origin: null }) }));
  }

  /** A code that does not exist yet: the server makes it and gives it in one step. */
  private applyNew(code: NewCode, valence: Valence | null, span: Span): void {
    if (this.refuseReadOnly()) return;
    const { start, end } = span;
    this.shownCode = null;
    this.perform({ operation: newId(), type: "apply", start, end, code: code.label, valence, new_code: code });
    this.say(fill(this.words.said_coded, { code: code.label }));
  }

  private change(coding: Coding, to: { readonly code?: string; readonly valence?: Valence | null }): void {
    if (!this.canChange(coding)) return;
    const code = to.code !== undefined && to.code !== coding.code ? { code: to.code } : {};
    const valence = to.valence !== undefined && to.valence !== coding.valence ? { valence: to.valence } : {};
    if (Object.keys({ ...code, ...valence }).length === 0) return;
    this.perform({ operation: newId(), type: "change", coding: coding.id, ...code, ...valence });
    const now = this.codings.get(coding.id) ?? coding;
    this.say(fill(this.words.said_changed, { code: this.book!.spoken(now) }));
  }

  private resize(coding: Coding, to: Span): void {
    if (!this.canChange(coding) || (to.start === coding.start && to.end === coding.end)) return;
    this.perform({ operation: newId(), type: "resize", coding: coding.id, start: to.start, end: to.end });
    this.say(fill(this.words.said_resized, { quote: shortened(this.view.text.slice(to)) }));
  }

  /** Fit the selected coding to the selected words; without any, select its words to begin with. */
  private fit(): void {
    const { selected, span } = this;
    if (selected === null) this.say(this.words.said_no_coding);
    else if (span === null) this.take(selected);
    else this.resize(selected, span);
  }

  private pull(end: "start" | "end", codePoint: number): void {
    const { selected } = this;
    if (selected === null) return;
    const span = { start: selected.start, end: selected.end, [end]: codePoint };
    this.pulled = span.start < span.end ? this.view.text.trim(span) : null;
    this.view.highlights.hold(this.view.text, this.pulled);
  }

  private drop(): void {
    const { selected, pulled } = this;
    this.pulled = null;
    this.view.highlights.hold(this.view.text, null);
    if (selected !== null && pulled !== null) this.resize(selected, pulled);
    this.showSelected();
  }

  private setDetail(coding: Coding, detail: Detail): void {
    const now = this.codings.get(coding.id);
    if (now === undefined || !this.canChange(now)) return;
    this.perform({ operation: newId(), type: "detail", coding: coding.id, ...detail });
    this.say(this.words.said_attributes);
  }

  private setMemo(coding: Coding, text: string): void {
    const now = this.codings.get(coding.id);
    if (now === undefined || !this.canChange(now) || now.memo === text) return;
    this.perform({ operation: newId(), type: "memo", coding: coding.id, text });
    this.say(this.words.said_memo);
  }

  private retire(coding: Coding): void {
    if (!this.canChange(coding)) return;
    this.selected = null;
    this.perform({ operation: newId(), type: "retire", coding: coding.id });
    this.view.scroller.focus({ preventScroll: true });
    this.say(fill(this.words.said_retired, { code: this.book!.spoken(coding) }));
  }

  private turnBack(type: "undo" | "redo"): void {
    if (this.refuseReadOnly()) return;
    this.inspector.finishMemo();
    this.perform({ operation: newId(), type });
    this.say(type === "undo" ? this.words.said_undone : this.words.said_redone);
  }

  private copy(coding: Coding): void {
    void copyText(this.citation(coding)).then((isDone) => this.say(isDone ? this.words.said_copied : this.words.said_not_copied));
  }

  /** The quote with where it stands: title, speaker and time, and its place in characters. */
  private citation(coding: Coding): string {
    const { seconds } = this.view.voiceAt(coding.start);
    const { title } = this.data.document;
    const place = fill(this.words.place, { start: coding.start, end: coding.end });
    const where = [title, this.voiceOf(coding), seconds === null ? "" : clock(seconds), place].filter((part) => part !== "");
    const code = `${coding.code} ${signOf(coding.valence)}`.trimEnd();
    return `“${this.view.text.slice(coding)}” (${where.join(", ")}) [${code}]`;
  }

  // Choosing.

  private inOrder(): readonly Coding[] {
    this.ordered ??= [...this.shown.values()].sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
    return this.ordered;
  }

  private choose(id: string | null): void {
    this.inspector.finishMemo();
    this.selected = id === null ? null : (this.codings.get(id) ?? null);
    this.shownCode = null;
    this.showSelected();
  }

  private point(id: string | null): void {
    if (id === this.pointed) return;
    this.pointed = id;
    this.showSelected();
  }

  /** A code in the tree: applied to the selected words, else shown with its definition. */
  private chooseCode(code: Code): void {
    const span = this.view.selectedSpan();
    if (span !== null && !this.data.read_only) {
      this.codeButton.hidden = true;
      this.apply(code, null, span);
      return;
    }
    this.selected = null;
    this.shownCode = code;
    this.showSelected();
  }

  private codingsAt(codePoint: number): Coding[] {
    return [...this.shown.values()]
      .filter(({ start, end }) => start <= codePoint && codePoint < end)
      .sort((a, b) => a.end - a.start - (b.end - b.start) || (a.id < b.id ? -1 : 1));
  }

  private pointAt(event: PointerEvent): void {
    if (event.buttons !== 0 || this.pointerFrame !== 0) return;
    if (event.target instanceof HTMLElement && event.target.dataset["coding"] !== undefined) return;
    this.pointerFrame = requestAnimationFrame(() => {
      this.pointerFrame = 0;
      const place = this.view.codePointUnder(event.clientX, event.clientY);
      this.point(place === null ? null : (this.codingsAt(place)[0]?.id ?? null));
    });
  }

  /** A press on selected words would begin to drag them; the person wants to select anew. */
  private pressed(event: MouseEvent): void {
    if (event.target === this.codeButton || event.button !== 0) return;
    this.codeButton.hidden = true;
    const isOnWords = event.target instanceof Element && event.target.closest(".tp-words") !== null;
    if (isOnWords && event.detail === 1 && !event.shiftKey) document.getSelection()?.removeAllRanges();
  }

  /** A click on coded words chooses the innermost coding; the next click there, the one around it. */
  private clickedText(event: MouseEvent): void {
    if (event.target instanceof HTMLElement && event.target.closest(".tp-stripes, .tp-code-button") !== null) return;
    if (this.view.selectedSpan() !== null) return;
    const place = this.view.codePointUnder(event.clientX, event.clientY);
    const here = place === null ? [] : this.codingsAt(place);
    const position = here.findIndex(({ id }) => id === this.selected?.id);
    this.choose(here[(position + 1) % Math.max(1, here.length)]?.id ?? null);
  }

  private noteSelection(): void {
    if (this.palette.isOpen || !this.isAttached || this.walk === null) return;
    this.span = this.view.selectedSpan();
    this.root.dataset["selection"] = this.span === null ? "" : `${this.span.start}-${this.span.end}`;
    if (this.span === null) this.codeButton.hidden = true;
  }

  private offerCode(): void {
    this.noteSelection();
    // Only for words that were selected just now: a press elsewhere asks for something else.
    if (this.span?.start === this.spanBefore?.start && this.span?.end === this.spanBefore?.end) return;
    if (this.span === null || this.data.read_only || this.palette.isOpen || document.activeElement !== this.view.scroller) return;
    const { scroller } = this.view;
    const words = this.view.rectangle(this.span);
    const frame = scroller.getBoundingClientRect();
    this.codeButton.style.top = `${words.bottom - frame.top + scroller.scrollTop + 4}px`;
    this.codeButton.style.left = `${Math.min(words.right, frame.right - 90) - frame.left}px`;
    this.codeButton.hidden = false;
  }

  // The palette.

  private openPalette(): void {
    const span = this.view.selectedSpan() ?? this.span;
    if (span === null) {
      if (this.selected !== null && this.canChange(this.selected)) this.openPaletteToChange(this.selected);
      else this.say(this.words.said_nothing_selected);
      return;
    }
    if (this.refuseReadOnly()) return;
    this.codeButton.hidden = true;
    this.span = span;
    this.view.highlights.hold(this.view.text, span);
    this.palette.open(
      {
        title: fill(this.words.code_selection, { quote: shortened(this.view.text.slice(span)) }),
        valence: null,
        recent: this.recent.keys,
        choose: (code, valence) => this.apply(code, valence, span),
        propose: this.data.can_propose ? (code, valence) => this.applyNew(code, valence, span) : null,
        words: this.view.text.slice(span),
        closed: () => this.closedPalette(span),
      },
      this.root.getBoundingClientRect(),
      this.view.rectangle(span),
    );
  }

  private openPaletteToChange(coding: Coding): void {
    if (!this.canChange(coding)) return;
    this.palette.open(
      {
        title: fill(this.words.change_code_of, { code: this.book!.label(coding.code) }),
        valence: coding.valence,
        recent: this.recent.keys,
        choose: (code, valence) => {
          this.recent.use(code.key);
          this.change(this.selected ?? coding, { code: code.key, valence });
        },
        propose: null,
        words: "",
        closed: () => this.closedPalette(null),
      },
      this.root.getBoundingClientRect(),
      this.view.rectangle(coding),
    );
  }

  /** The browser drops the selection when the palette takes the focus: give it back. */
  private closedPalette(span: Span | null): void {
    this.view.highlights.hold(this.view.text, null);
    this.view.scroller.focus({ preventScroll: true });
    if (span !== null) this.view.select(span);
    this.noteSelection();
  }

  // Keys.

  private key(event: KeyboardEvent): void {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    // Streamlit listens for "c" and "r" on the whole page.
    if (isPlain && (event.key.length === 1 || event.key === "Enter")) event.stopPropagation();
    if (this.walk === null || event.defaultPrevented || event.isComposing || isTyping(event.target)) return;
    const isButton = event.target instanceof HTMLButtonElement;
    if (isButton && event.key === "Enter") return;
    const command = commandFor(event);
    if (command === null) return;
    event.preventDefault();
    // The event that announces a selection may still be on its way.
    this.noteSelection();
    this.obey(command);
  }

  private obey(command: Command): void {
    switch (command.name) {
      case "walk":
        return this.step(command.unit, command.step, command.extend);
      case "uncoded":
        return this.stepUncoded(command.step);
      case "hit":
        return this.stepHit(command.step);
      case "find":
        return this.bar.focusSearch();
      case "valence":
        return this.setValence(command.valence);
      case "attributes":
        return this.inspector.editDetails();
      case "fit":
        return this.fit();
      case "copy":
        return this.selected === null ? this.say(this.words.said_no_coding) : this.copy(this.selected);
      case "stripes":
        return this.toggleStripes();
      case "filter":
        return this.filterSheet.toggle();
      case "turn":
        return this.turn(command.to);
      case "coding":
        return this.stepCoding(command.step);
      case "palette":
        return this.openPalette();
      case "recent":
        return this.applyRecent(command.index);
      case "repeat":
        return this.repeat();
      case "retire":
        return this.selected === null ? undefined : this.retire(this.selected);
      case "memo":
        return this.inspector.editMemo();
      case "undo":
      case "redo":
        return this.turnBack(command.name);
      case "help":
        return this.help.toggle(this.view.scroller);
      case "escape":
        return this.escape();
    }
  }

  private step(unit: Unit, step: 1 | -1, extend: boolean): void {
    const caret = this.view.caret();
    const from = caret !== null && this.view.isVisible(caret) ? caret : this.view.firstVisible();
    const span = this.walk!.step(unit, step, extend, this.span, from);
    if (span !== null) this.take(span);
  }

  /** Select words and bring them into sight. */
  private take(span: Span): void {
    this.codeButton.hidden = true;
    this.backToText();
    this.view.select(span);
    this.view.reveal(span);
    this.noteSelection();
    this.say(shortened(this.view.text.slice(span)));
  }

  /** The next turn, or paragraph, in which nothing of one's own is coded yet. */
  private stepUncoded(step: 1 | -1): void {
    const place = this.view.firstVisible();
    const from = this.span ?? { start: place, end: place };
    const own = [...this.codings.values()].filter(({ mine }) => mine).sort((a, b) => a.start - b.start);
    const next = nextUncoded(this.walk!.turns, own, from, step);
    if (next === null) this.say(this.words.said_all_coded);
    else this.take(next);
  }

  private setValence(valence: Valence): void {
    if (this.selected === null) this.say(this.words.said_no_coding);
    else this.change(this.selected, { valence: this.selected.valence === valence ? null : valence });
  }

  private stepCoding(step: 1 | -1): void {
    const codings = this.inOrder();
    const { selected, span } = this;
    // Who has walked on through the text goes on from there.
    const isHere = selected !== null && (span === null || (span.start < selected.end && span.end > selected.start));
    const from = (isHere ? selected : span)?.start ?? this.view.firstVisible();
    const position = isHere ? codings.findIndex(({ id }) => id === selected.id) : -1;
    const next =
      position !== -1
        ? codings[position + step]
        : step === 1
          ? codings.find(({ start }) => start >= from)
          : codings.findLast(({ start }) => start < from);
    if (next === undefined) return;
    this.choose(next.id);
    this.view.select({ start: next.start, end: next.start });
    this.view.reveal(next);
    const spoken = this.book!.spoken(next);
    this.say(fill(this.words.said_selected, { coding: spoken, quote: shortened(this.view.text.slice(next)) }));
  }

  private applyRecent(index: number): void {
    const code = this.book!.offered(this.recent.keys)[index];
    if (this.span === null) this.say(this.words.said_nothing_selected);
    else if (code !== undefined) this.apply(code, null, this.span);
  }

  private repeat(): void {
    if (this.span === null) this.say(this.words.said_nothing_selected);
    else if (this.lastUsed !== null) this.apply(this.lastUsed.code, this.lastUsed.valence, this.span);
  }

  /** First an end that is being dragged, then the selected words, then the selected coding. */
  private escape(): void {
    this.codeButton.hidden = true;
    if (this.view.letGo()) {
      this.pulled = null;
      this.view.highlights.hold(this.view.text, null);
      return;
    }
    if (this.span !== null) document.getSelection()?.collapseToStart();
    else if (this.selected !== null || this.shownCode !== null) this.choose(null);
    this.noteSelection();
  }
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= 90 ? line : `${line.slice(0, 60)} … ${line.slice(-24)}`;
}

/** A random UUID (version 4); crypto.randomUUID exists only on pages served over TLS or from localhost. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
