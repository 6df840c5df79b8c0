// The palette: type to find a code, give it a valence in the same gesture, Enter applies.
// A combobox with a list box after the WAI-ARIA pattern; the focus stays in its input.

import type { Book } from "./codebook";
import { signOf, VALENCES } from "./codebook";
import type { Code, Valence } from "./contract";
import { keepsSelection, make, makeButton } from "./dom";
import { parseQuery } from "./search";

export interface PaletteTask {
  readonly title: string;
  readonly valence: Valence | null;
  readonly recent: readonly string[];
  /** Called with the chosen code; stays open for the next code when `again`. */
  choose(code: Code, valence: Valence | null, again: boolean): void;
  closed(): void;
}

interface Option {
  readonly code: Code;
  readonly digit: number | null;
}

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
  private task: PaletteTask | null = null;
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
    this.title.textContent = task.title;
    this.element.setAttribute("aria-label", task.title);
    this.input.setAttribute("aria-label", task.title);
    this.input.value = "";
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
    const query = parseQuery(this.input.value);
    if (query.valence !== null) this.pick(query.valence);
    this.options = query.words.length === 0 ? this.browse() : this.find(query.words);
    // With nothing typed and nothing recent, Enter must not apply whichever code comes first.
    const isSafe = query.words.length > 0 || this.options[0]?.digit === 1;
    this.active = isSafe && this.options.length > 0 ? 0 : -1;
    this.draw(query.words.length === 0);
  }

  /** Recent codes, then the whole tree. */
  private browse(): Option[] {
    const recent = (this.task?.recent ?? []).flatMap((key) => this.book.code(key) ?? []);
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
    this.list.replaceChildren(...rows);
    this.list.scrollTop = 0;
    this.mark();
  }

  private option({ code, digit }: Option, index: number, isTree: boolean): HTMLElement {
    const row = make("div", "tp-option");
    row.id = `${this.id}-${index}`;
    row.dataset["code"] = code.key;
    row.setAttribute("role", "option");
    row.style.setProperty("--level", this.book.colour(code.key));
    if (isTree && digit === null) row.style.setProperty("--depth", String(this.book.depth(code)));
    row.classList.toggle("tp-option-level", this.book.hasChildren(code.key));
    row.append(make("i", "tp-swatch"), make("span", "tp-option-label", code.label), make("span", "tp-key", code.key));
    if (digit !== null) row.append(make("kbd", "", String(digit)));
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
    this.about.textContent = current?.code.definition ?? "";
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
    this.task.choose(option.code, this.picked, again);
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
        return () => this.close();
      default:
        return null;
    }
  }
}
