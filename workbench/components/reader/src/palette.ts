// The palette: type to find a code, give it a valence in the same gesture, Enter applies.
// A combobox with a list box after the WAI-ARIA pattern; the focus stays in its input.

import type { Book } from "./codebook";
import { signOf, VALENCES } from "./codebook";
import type { Code, NewCode, Valence } from "./contract";
import { keepsSelection, make, makeButton } from "./dom";
import { fold, parseQuery, type Query } from "./search";
import { fill } from "./words";

export interface PaletteTask {
  readonly title: string;
  readonly valence: Valence | null;
  readonly recent: readonly string[];
  /** Called with the chosen code; stays open for the next code when `again`. */
  choose(code: Code, valence: Valence | null, again: boolean): void;
  /** Makes a code that does not exist yet and gives it; null where none can be made here. */
  propose: ((code: NewCode, valence: Valence | null, again: boolean) => void) | null;
  /** The words that are coded: a code in vivo bears them as its name. */
  readonly words: string;
  closed(): void;
}

interface Option {
  readonly code: Code;
  readonly digit: number | null;
  /** The last entries: a new code, and then the one under which it shall stand. */
  readonly offer?: "new" | "under";
}

const LONGEST_NAME = 80;
const SIGN_AT_END = /\s*([+\-−±·])\s*$/;

let palettes = 0;

export class Palette {
  readonly element = make("div", "tp-palette");
  private readonly input = make("input", "tp-palette-input");
  private readonly title = make("div", "tp-palette-title");
  private readonly chips = make("div", "tp-chips");
  private readonly list = make("div", "tp-options");
  private readonly about = make("div", "tp-palette-about");
  private readonly hint = make("div", "tp-palette-hint");
  private readonly id = `tp-palette-${(palettes += 1)}`;
  private options: Option[] = [];
  private active = -1;
  private picked: Valence | null = null;
  /** What was picked before a sign that follows letters without a blank. */
  private pickedBeforeSign: Valence | null | undefined = undefined;
  private task: PaletteTask | null = null;
  /** The name of a code that is being made, while it is asked under which one it stands. */
  private naming: string | null = null;
  private lastParent = "";
  private book!: Book;

  constructor() {
    this.element.hidden = true;
    this.element.dataset["trigpoint"] = "palette";
    this.element.setAttribute("role", "dialog");
    this.input.type = "text";
    this.input.spellcheck = false;
    this.input.autocomplete = "off";
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-expanded", "true");
    this.input.setAttribute("aria-controls", `${this.id}-list`);
    this.list.id = `${this.id}-list`;
    this.list.setAttribute("role", "listbox");
    this.chips.setAttribute("role", "radiogroup");
    this.element.append(this.title, this.input, this.chips, this.list, this.about, this.hint);
    this.input.addEventListener("input", () => this.search());
    this.input.addEventListener("keydown", (event) => this.key(event));
    // A press anywhere in the palette must not take the focus from its input.
    keepsSelection(this.list);
    this.element.addEventListener("focusout", (event) => {
      const next = event.relatedTarget;
      if (next instanceof Node && !this.element.contains(next)) this.close();
    });
  }

  get isOpen(): boolean {
    return this.task !== null;
  }

  setBook(book: Book): void {
    this.book = book;
    const { words } = book;
    this.input.placeholder = words.search_codes;
    this.list.setAttribute("aria-label", words.codes);
    this.chips.setAttribute("aria-label", words.valence);
    this.hint.textContent = words.palette_hint;
    this.chips.replaceChildren(
      ...VALENCES.map((valence) => {
        const chip = makeButton("tp-chip", "", () => this.pick(valence));
        chip.append(make("b", "", signOf(valence)), make("span", "", book.valenceWord(valence)));
        chip.setAttribute("role", "radio");
        chip.tabIndex = -1;
        keepsSelection(chip);
        return chip;
      }),
    );
  }

  open(task: PaletteTask, frame: DOMRect, near: DOMRect): void {
    this.task = task;
    this.naming = null;
    this.title.textContent = task.title;
    this.element.setAttribute("aria-label", task.title);
    this.input.setAttribute("aria-label", task.title);
    this.input.value = "";
    this.pickedBeforeSign = undefined;
    this.pick(task.valence);
    this.search();
    this.element.hidden = false;
    this.place(frame, near);
    this.input.focus({ preventScroll: true });
  }

  /** Below the words, above them when there is no room; never over the words that are being coded. */
  private place(frame: DOMRect, near: DOMRect): void {
    const { offsetWidth: width, offsetHeight: height } = this.element;
    const below = near.bottom - frame.top + 8;
    const above = near.top - frame.top - height - 8;
    const top = below + height <= frame.height - 8 || above < 8 ? below : above;
    const left = Math.min(Math.max(8, near.left - frame.left), Math.max(8, frame.width - width - 8));
    this.element.style.top = `${Math.min(Math.max(8, top), Math.max(8, frame.height - height - 8))}px`;
    this.element.style.left = `${left}px`;
  }

  close(): void {
    const task = this.task;
    if (task === null) return;
    this.task = null;
    this.element.hidden = true;
    task.closed();
  }

  private search(): void {
    if (this.naming !== null) return this.searchParent();
    const query = this.readQuery();
    if (query.valence !== null) this.pick(query.valence);
    this.options = query.words.length === 0 ? this.browse() : this.find(query.words);
    // With nothing typed and nothing recent, Enter must not apply whichever code comes first.
    const isSafe = query.words.length > 0 || this.options[0]?.digit === 1;
    this.active = isSafe && this.options.length > 0 ? 0 : -1;
    this.offerNew();
    this.draw(query.words.length === 0);
  }

  /** Words and valence; "fund-" has one where no code is found with the sign, for as long as it ends so. */
  private readQuery(): Query {
    if (this.pickedBeforeSign !== undefined) this.pick(this.pickedBeforeSign);
    this.pickedBeforeSign = undefined;
    const query = parseQuery(this.input.value);
    if (query.valence !== null || query.words.length === 0 || this.find(query.words).length > 0) return query;
    const apart = parseQuery(this.input.value.replace(SIGN_AT_END, " $1"));
    if (apart.valence === null) return query;
    this.pickedBeforeSign = this.picked;
    return apart;
  }

  /** As the last entry: a code of these letters, or of the words that are coded. */
  private offerNew(): void {
    const name = this.nameTyped();
    if (this.task?.propose == null || name === "") return;
    const isThere = this.book.codes.some(({ label }) => fold(label) === fold(name));
    const first = this.book.codes[0];
    if (isThere || first === undefined) return;
    this.options = [...this.options, { code: first, digit: null, offer: "new" }];
    // Safe to begin with: it is asked under which code the new one stands before anything is made.
    if (this.options.length === 1) this.active = 0;
  }

  private nameTyped(): string {
    const typed = this.input.value.replace(/^\s*(?:\+-|-\+|[+\-−±·])/, "").replace(SIGN_AT_END, "");
    const name = (typed.trim() === "" ? (this.task?.words ?? "") : typed).replace(/\s+/g, " ").trim();
    return name.length <= LONGEST_NAME ? name : "";
  }

  /** Under which code the new one stands: any level or theme, the one used last first. */
  private searchParent(): void {
    const { words } = parseQuery(this.input.value);
    const found = words.length === 0 ? this.book.codes : this.book.search.find(words, []).slice(0, 60);
    this.options = found.map((code) => ({ code, digit: null, offer: "under" as const }));
    const last = words.length === 0 ? this.options.findIndex(({ code }) => code.key === this.lastParent) : 0;
    this.active = this.options.length === 0 ? -1 : Math.max(0, last);
    this.draw(words.length === 0);
    this.showActive();
  }

  /** Recent codes, then the whole tree. */
  private browse(): Option[] {
    const recent = this.book.offered(this.task?.recent ?? []);
    return [
      ...recent.map((code, index) => ({ code, digit: index + 1 })),
      ...this.book.codes.map((code) => ({ code, digit: null })),
    ];
  }

  private find(words: readonly string[]): Option[] {
    return this.book.search.find(words, this.task?.recent ?? []).slice(0, 60).map((code) => ({ code, digit: null }));
  }

  private draw(isTree: boolean): void {
    const rows: HTMLElement[] = [];
    this.options.forEach((option, index) => {
      if (isTree && index === 0 && option.digit === 1) rows.push(make("div", "tp-options-head", this.book.words.recent));
      if (isTree && index > 0 && option.digit === null && this.options[index - 1]!.digit !== null) {
        rows.push(make("div", "tp-options-head", this.book.words.codes));
      }
      rows.push(this.option(option, index, isTree));
    });
    if (this.options.length === 0) rows.push(make("div", "tp-options-head", this.book.words.no_code_found));
    for (const row of rows) if (row.className === "tp-options-head") row.setAttribute("role", "presentation");
    if (this.naming !== null) {
      rows.unshift(make("div", "tp-options-head", fill(this.book.words.new_code_under, { name: this.naming })));
    }
    this.list.replaceChildren(...rows);
    this.list.scrollTop = 0;
    this.mark();
  }

  private option({ code, digit, offer }: Option, index: number, isTree: boolean): HTMLElement {
    const row = make("div", "tp-option");
    row.id = `${this.id}-${index}`;
    if (offer === "new") return this.newOption(row, index);
    row.dataset["code"] = code.key;
    row.setAttribute("role", "option");
    row.style.setProperty("--level", this.book.colour(code.key));
    if (isTree && digit === null) row.style.setProperty("--depth", String(this.book.depth(code)));
    row.classList.toggle("tp-option-level", this.book.hasChildren(code.key));
    row.append(make("i", "tp-swatch"), make("span", "tp-option-label", code.label), make("span", "tp-key", code.key));
    if (digit !== null) row.append(make("kbd", "", String(digit)));
    return this.listening(row, index);
  }

  private newOption(row: HTMLElement, index: number): HTMLElement {
    row.classList.add("tp-option-new");
    row.dataset["offer"] = "new";
    row.setAttribute("role", "option");
    row.append(make("span", "tp-option-label", fill(this.book.words.new_code, { name: this.nameTyped() })));
    return this.listening(row, index);
  }

  private listening(row: HTMLElement, index: number): HTMLElement {
    row.addEventListener("click", (event) => {
      this.active = index;
      this.choose(event.shiftKey);
    });
    row.addEventListener("pointermove", () => {
      if (this.active === index) return;
      this.active = index;
      this.mark();
    });
    return row;
  }

  private mark(): void {
    for (const row of this.list.querySelectorAll<HTMLElement>(".tp-option")) {
      row.setAttribute("aria-selected", String(row.id === `${this.id}-${this.active}`));
    }
    const current = this.options[this.active];
    if (current === undefined) this.input.removeAttribute("aria-activedescendant");
    else this.input.setAttribute("aria-activedescendant", `${this.id}-${this.active}`);
    const isNew = current?.offer === "new";
    this.about.textContent = isNew ? this.book.words.new_code_hint : (current?.code.definition ?? "");
  }

  private move(step: number): void {
    const count = this.options.length;
    if (count === 0) return;
    this.active = this.active === -1 ? (step > 0 ? 0 : count - 1) : (this.active + step + count) % count;
    this.mark();
    this.showActive();
  }

  private showActive(): void {
    const row = this.list.querySelector<HTMLElement>('[aria-selected="true"]');
    if (row === null) return;
    const { offsetTop: top, offsetHeight: height } = row;
    const { scrollTop: first, clientHeight: room } = this.list;
    if (top < first) this.list.scrollTop = top;
    else if (top + height > first + room) this.list.scrollTop = top + height - room;
  }

  private pick(valence: Valence | null): void {
    this.picked = valence;
    [...this.chips.children].forEach((chip, index) => {
      chip.setAttribute("aria-checked", String(VALENCES[index] === valence));
    });
  }

  private cycle(step: number): void {
    const position = VALENCES.indexOf(this.picked) + step;
    this.pick(VALENCES[(position + VALENCES.length) % VALENCES.length] ?? null);
  }

  private choose(again: boolean): void {
    const option = this.options[this.active];
    if (option === undefined || this.task === null) return;
    if (option.offer === "new") {
      this.naming = this.nameTyped();
      this.input.value = "";
      this.search();
      return;
    }
    if (this.naming !== null) {
      this.lastParent = option.code.key;
      this.task.propose?.({ label: this.naming, parent: option.code.key }, this.picked, again);
      this.naming = null;
    } else this.task.choose(option.code, this.picked, again);
    if (!again) {
      this.close();
      return;
    }
    this.input.value = "";
    this.pick(null);
    this.search();
  }

  private key(event: KeyboardEvent): void {
    event.stopPropagation();
    // Physical keys: on AZERTY a digit needs Shift, and Alt with a digit types a sign on a Mac.
    const digit = /^(?:Digit|Numpad)([0-4])$/.exec(event.code);
    if (event.altKey && digit !== null) {
      event.preventDefault();
      this.pick(VALENCES[Number(digit[1])] ?? null);
      return;
    }
    const action = this.actionFor(event);
    if (action === null) return;
    event.preventDefault();
    action();
  }

  private stopNaming(): void {
    this.input.value = this.naming ?? "";
    this.naming = null;
    this.search();
  }

  private actionFor(event: KeyboardEvent): (() => void) | null {
    if (event.isComposing) return null;
    switch (event.key) {
      case "ArrowDown":
        return () => this.move(1);
      case "ArrowUp":
        return () => this.move(-1);
      case "PageDown":
        return () => this.move(8);
      case "PageUp":
        return () => this.move(-8);
      case "Enter":
        return () => this.choose(event.shiftKey);
      case "Tab":
        return () => this.cycle(event.shiftKey ? -1 : 1);
      case "Escape":
        return () => (this.naming === null ? this.close() : this.stopNaming());
      default:
        return null;
    }
  }
}
