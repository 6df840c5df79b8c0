// The coding screen. It keeps the text, the selection and the scroll position; Python is its store.
// This module connects the parts: what the person does becomes an operation, which is shown at once
// and waits in the outbox until the server has stored it.

import { Book } from "./codebook";
import { groundOf, watchGround, type Ground } from "./colours";
import type {
  BookOnShelf,
  Code,
  Coding,
  ComponentArguments,
  Operation,
  OutboxMessage,
  ReaderData,
  Span,
  TextOnShelf,
  Valence,
} from "./contract";
import { afterPaint, isTyping, keepsSelection, make, makeButton } from "./dom";
import { Inspector } from "./inspector";
import { KeyHelp } from "./key_help";
import { commandFor, type Command } from "./keys";
import { Outbox, StorageDrawer } from "./outbox";
import { Palette } from "./palette";
import { RecentCodes } from "./recent";
import { codingFrom, replay, reversalOf, successor, type Reversal } from "./replay";
import { fromShelf, SHELF_EVENT } from "./shelf";
import styles from "./style.css";
import { TextView } from "./text_view";
import { CodeTree } from "./tree";
import { SentenceWalk } from "./walk";
import { fill, type Words } from "./words";

const SMALLEST_HEIGHT = 420;

export class Reader {
  readonly root = make("section", "tp-reader");
  private readonly frame = make("div", "tp-frame");
  private readonly title = make("h2", "tp-title");
  private readonly status = make("span", "tp-status");
  private readonly live = make("div", "tp-hidden");
  private readonly treeToggle = makeButton("tp-button tp-quiet", "", () => this.toggleTree());
  private readonly helpButton = makeButton("tp-button tp-quiet", "", () => this.help.toggle(this.view.scroller));
  private readonly codeButton = makeButton("tp-code-button", "", () => this.openPalette());
  private readonly probe = watchGround((ground) => this.setGround(ground));
  private readonly view = new TextView({ choose: (id) => this.choose(id), point: (id) => this.point(id) });
  private readonly tree = new CodeTree((code) => this.chooseCode(code));
  private readonly palette = new Palette();
  private readonly help = new KeyHelp();
  private readonly inspector = new Inspector({
    setValence: (coding, valence) => this.change(coding, { valence }),
    setMemo: (coding, text) => this.setMemo(coding, text),
    retire: (coding) => this.retire(coding),
    changeCode: (coding) => this.openPaletteToChange(coding),
    choose: (id) => this.choose(id),
    leave: () => this.view.scroller.focus({ preventScroll: true }),
  });

  private readonly drawer: StorageDrawer;
  private readonly outbox: Outbox;
  private readonly recent: RecentCodes;
  private readonly history: { readonly operation: string; readonly reversal: Reversal }[] = [];
  private lastUsed: { code: Code; valence: Valence | null } | null = null;

  private book: Book | null = null;
  private bookName = "";
  private walk: SentenceWalk | null = null;
  private stored: readonly Coding[] = [];
  private codings: ReadonlyMap<string, Coding> = new Map();
  private selected: Coding | null = null;
  private pointed: string | null = null;
  private shownCode: Code | null = null;
  private span: Span | null = null;
  private refusal = "";
  private shownAt: number | null = null;
  private isAttached = false;
  private hadFocus = false;
  private pointerFrame = 0;
  private readonly rowsAbove = new ResizeObserver(() => this.fitHeight());
  private readonly leaving = new AbortController();

  constructor(private data: ReaderData, private setStateValue: ComponentArguments["setStateValue"]) {
    const { document: text, person } = data;
    this.drawer = new StorageDrawer(window.localStorage, person, text.id, text.version);
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
    const bar = make("header", "tp-bar-top");
    bar.append(this.treeToggle, this.title, this.status, this.helpButton);
    this.status.setAttribute("role", "status");
    this.live.setAttribute("aria-live", "polite");
    this.codeButton.hidden = true;
    this.codeButton.tabIndex = -1;
    keepsSelection(this.codeButton);
    this.view.scroller.append(this.codeButton);
    const side = make("nav", "tp-side");
    side.append(this.tree.element);
    frame.append(bar, side, this.view.scroller, this.inspector.element);
    root.append(style, this.probe, frame, this.palette.element, this.help.element, this.live);
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
    this.root.remove();
  }

  private leave(): void {
    this.inspector.finishMemo();
    try {
      window.sessionStorage.setItem(this.placeName, String(this.view.placeOnTop));
    } catch {
      // Without storage the text opens at its beginning next time.
    }
  }

  private get placeName(): string {
    const { id, version } = this.data.document;
    return `trigpoint/place/${encodeURIComponent(id)}/${encodeURIComponent(version)}`;
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
    const isOtherBook = this.bookName !== data.book_shelf;
    if (isOtherBook) this.setBook(new Book(shelf), data.book_shelf);
    this.title.textContent = data.document.title;
    this.root.dataset["readOnly"] = String(data.read_only);
    this.view.setCoders(data.coders);
    const isFirst = this.walk === null;
    if (isFirst) {
      this.view.show(text.text, text.sections);
      this.walk = new SentenceWalk(this.view.text);
    }
    this.stored = data.codings.map((row) => codingFrom(row, data.coders));
    const settled = this.outbox.settle(data.acked, data.refused);
    for (const { kept, reason } of settled.refused) this.takeBack(kept.operation.operation, reason);
    if (settled.acked.length > 0 && settled.refused.length === 0) this.refusal = "";
    this.redraw(isOtherBook, settled.acked);
    if (isFirst) this.opened();
    this.goTo(data.at);
    if (settled.acked.length > 0) this.tell("trigpoint:acked", settled.acked);
  }

  private setBook(book: Book, name: string): void {
    this.book = book;
    this.bookName = name;
    for (const part of [this.view, this.tree, this.palette, this.inspector, this.help]) part.setBook(book);
    this.helpButton.textContent = `? ${book.words.keys}`;
    this.codeButton.textContent = book.words.code_button;
    this.nameTreeToggle();
    this.setGround(groundOf(this.probe));
  }

  private opened(): void {
    const { id } = this.data.document;
    const place = Number(window.sessionStorage.getItem(this.placeName) ?? 0);
    if (this.data.at === null && place > 0 && place < this.view.text.length) this.view.scrollToRow(place);
    const isFree = document.activeElement === null || document.activeElement === document.body;
    if (isFree && !this.data.read_only) this.view.scroller.focus({ preventScroll: true });
    this.outbox.flush();
    afterPaint(() => {
      const detail = { document: id, codings: this.codings.size };
      window.dispatchEvent(new CustomEvent("trigpoint:ready", { detail }));
    });
  }

  private takeBack(operation: string, reason: string): void {
    this.refusal = reason;
    const position = this.history.findIndex((entry) => entry.operation === operation);
    if (position !== -1) this.history.splice(position, 1);
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
    this.view.setCodings(this.codings, everything);
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
    if (selected !== null) {
      this.inspector.showCoding({
        coding: selected,
        quote: this.view.text.slice(selected),
        alsoHere: this.others(selected),
        canChange: this.canChange(selected),
      });
    } else if (shownCode !== null) {
      const count = [...this.codings.values()].filter(({ code }) => code === shownCode.key).length;
      this.inspector.showCode(shownCode, count);
    } else this.inspector.showNothing(this.data.read_only);
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
    this.status.dataset["state"] = state;
    if (this.status.textContent !== text) this.status.textContent = text;
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
  }

  /** As tall as the window leaves room for, so that only the text scrolls. */
  private fitHeight(): void {
    if (!this.isAttached) return;
    const { height } = this.data;
    const top = this.root.getBoundingClientRect().top + this.scrolledPage();
    const pixels = height ?? Math.max(SMALLEST_HEIGHT, window.innerHeight - top - 16);
    this.root.style.height = `${Math.round(pixels)}px`;
  }

  private scrolledPage(): number {
    let scrolled = 0;
    for (let above = this.root.parentElement; above !== null; above = above.parentElement) scrolled += above.scrollTop;
    return scrolled;
  }

  private toggleTree(): void {
    this.frame.classList.toggle("tp-no-tree");
    this.nameTreeToggle();
  }

  private nameTreeToggle(): void {
    const isHidden = this.frame.classList.contains("tp-no-tree");
    this.treeToggle.textContent = `${isHidden ? "▸" : "◂"} ${this.words.codes}`;
    this.treeToggle.setAttribute("aria-expanded", String(!isHidden));
    this.treeToggle.title = isHidden ? this.words.show_codes : this.words.hide_codes;
  }

  // What the person does becomes operations.

  private deliver(operations: readonly Operation[]): void {
    const { id, version } = this.data.document;
    const message: OutboxMessage = { document: id, version, person: this.data.person, sent: Date.now(), operations };
    // After the frame that shows the operation: sending costs time, too.
    setTimeout(() => {
      if (this.isAttached) this.setStateValue("outbox", message);
    });
  }

  private perform(operation: Operation): void {
    const reversal = operation.type === "undo" ? this.history.pop()?.reversal : reversalOf(operation, this.codings);
    if (operation.type !== "undo" && reversal) this.history.push({ operation: operation.operation, reversal });
    this.refusal = "";
    this.outbox.add(operation, operation.type === "undo" && reversal ? { reversal } : {});
    this.redraw();
    this.tell("trigpoint:painted", [operation.operation]);
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
    this.selected = { id: operation, ...span, code: code.key, valence, coder: this.data.person, memo: "", mine: true };
    this.perform({ operation, type: "apply", start: span.start, end: span.end, code: code.key, valence });
    this.say(fill(this.words.said_coded, { code: this.book!.spoken({ code: code.key, valence }) }));
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

  private undo(): void {
    if (this.refuseReadOnly()) return;
    this.perform({ operation: newId(), type: "undo" });
    this.say(this.words.said_undone);
  }

  // Choosing.

  private inOrder(): Coding[] {
    return [...this.codings.values()].sort((a, b) => a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1));
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
    return [...this.codings.values()]
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
      case "sentence":
        return this.stepSentence(command.step, command.extend);
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
        return this.undo();
      case "help":
        return this.help.toggle(this.view.scroller);
      case "escape":
        return this.escape();
    }
  }

  private stepSentence(step: 1 | -1, extend: boolean): void {
    const caret = this.view.caret();
    const from = caret !== null && this.view.isVisible(caret) ? caret : this.view.firstVisible();
    const span = this.walk!.step(step, extend, this.span, from);
    if (span === null) return;
    this.codeButton.hidden = true;
    this.view.scroller.focus({ preventScroll: true });
    this.view.select(span);
    this.view.reveal(span);
    this.noteSelection();
    this.say(shortened(this.view.text.slice(span)));
  }

  private stepCoding(step: 1 | -1): void {
    const codings = this.inOrder();
    const from = this.selected?.start ?? this.span?.start ?? this.view.firstVisible();
    const position = codings.findIndex(({ id }) => id === this.selected?.id);
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
    const code = this.book!.code(this.recent.keys[index] ?? "");
    if (this.span === null) this.say(this.words.said_nothing_selected);
    else if (code !== undefined) this.apply(code, null, this.span);
  }

  private repeat(): void {
    if (this.span === null) this.say(this.words.said_nothing_selected);
    else if (this.lastUsed !== null) this.apply(this.lastUsed.code, this.lastUsed.valence, this.span);
  }

  /** First the selected words, then the selected coding. */
  private escape(): void {
    this.codeButton.hidden = true;
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
