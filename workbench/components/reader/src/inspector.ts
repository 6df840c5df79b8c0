// What is known about the selected coding, and what can be done with it; or a code's definition.

import type { Book } from "./codebook";
import { signOf, VALENCES } from "./codebook";
import type { Code, Coding, Valence } from "./contract";
import { keepsSelection, make, makeButton } from "./dom";
import { fill } from "./words";

export interface InspectorEvents {
  setValence(coding: Coding, valence: Valence | null): void;
  setMemo(coding: Coding, text: string): void;
  retire(coding: Coding): void;
  changeCode(coding: Coding): void;
  choose(id: string): void;
  leave(): void;
}

export interface InspectedCoding {
  readonly coding: Coding;
  readonly quote: string;
  readonly alsoHere: readonly Coding[];
  readonly canChange: boolean;
}

const LONGEST_QUOTE = 420;

export class Inspector {
  readonly element = make("aside", "tp-inspector");
  private shown = "";
  private memo: HTMLTextAreaElement | null = null;
  private coding: Coding | null = null;
  private book!: Book;

  constructor(private readonly events: InspectorEvents) {}

  setBook(book: Book): void {
    this.book = book;
    this.shown = "";
    this.element.setAttribute("aria-label", book.words.coding);
  }

  showNothing(readOnly: boolean): void {
    const { nothing_selected, nothing_selected_read_only } = this.book.words;
    const text = readOnly ? nothing_selected_read_only : nothing_selected;
    this.replace(text, () => [make("p", "tp-empty", text)]);
  }

  showCode(code: Code, count: number): void {
    this.replace(`code ${code.key} ${count}`, () => [
      this.heading(code.key),
      make("p", "tp-soft", fill(this.book.words.codings_of_code, { n: count })),
      ...this.definition(code),
    ]);
  }

  showCoding(inspected: InspectedCoding): void {
    const { coding, quote, alsoHere, canChange } = inspected;
    const isDrafting = this.memo !== null && this.coding?.id === coding.id && document.activeElement === this.memo;
    const memo = isDrafting ? this.coding!.memo : coding.memo;
    const others = alsoHere.map((other) => [other.id, other.code, other.valence]);
    const signature = JSON.stringify([coding.id, coding.code, coding.valence, memo, coding.coder, canChange, others]);
    this.replace(signature, () => this.describe(coding, quote, alsoHere, canChange));
    this.coding = coding;
  }

  /** Put the cursor into the memo. */
  editMemo(): void {
    this.memo?.focus();
  }

  /** Hand over a memo that is still being written. */
  finishMemo(): void {
    if (this.memo === null || this.coding === null) return;
    const text = this.memo.value.trim();
    if (text !== this.coding.memo) this.events.setMemo(this.coding, text);
  }

  private replace(signature: string, draw: () => HTMLElement[]): void {
    if (signature === this.shown) return;
    this.finishMemo();
    this.shown = signature;
    this.memo = null;
    this.coding = null;
    this.element.replaceChildren(...draw());
  }

  private describe(coding: Coding, quote: string, alsoHere: readonly Coding[], canChange: boolean): HTMLElement[] {
    const shortened = quote.length > LONGEST_QUOTE ? `${quote.slice(0, LONGEST_QUOTE)} …` : quote;
    const quoted = make("blockquote", "tp-quote", shortened);
    quoted.dir = "auto";
    const parts = [this.heading(coding.code), this.valence(coding, canChange), quoted];
    parts.push(make("p", "tp-soft", fill(this.book.words.coder, { coder: coding.coder })));
    parts.push(...this.memoOf(coding, canChange));
    if (canChange) parts.push(this.buttons(coding));
    if (alsoHere.length > 0) parts.push(this.others(alsoHere));
    const code = this.book.code(coding.code);
    if (code !== undefined) parts.push(...this.definition(code));
    return parts;
  }

  private heading(key: string): HTMLElement {
    const heading = make("h3", "tp-coding-code");
    heading.style.setProperty("--level", this.book.colour(key));
    heading.append(make("i", "tp-swatch"), make("span", "", this.book.label(key)), make("span", "tp-key", key));
    return heading;
  }

  private valence(coding: Coding, canChange: boolean): HTMLElement {
    if (!canChange) {
      const sign = signOf(coding.valence);
      return make("p", "tp-valence", `${sign} ${this.book.valenceWord(coding.valence)}`.trim());
    }
    const group = make("div", "tp-chips");
    group.setAttribute("role", "radiogroup");
    group.setAttribute("aria-label", this.book.words.valence);
    for (const valence of VALENCES) {
      const chip = makeButton("tp-chip", "", () => this.events.setValence(coding, valence));
      chip.append(make("b", "", signOf(valence)), make("span", "", this.book.valenceWord(valence)));
      chip.setAttribute("role", "radio");
      chip.setAttribute("aria-checked", String(valence === coding.valence));
      keepsSelection(chip);
      group.append(chip);
    }
    return group;
  }

  private memoOf(coding: Coding, canChange: boolean): HTMLElement[] {
    if (!canChange) return coding.memo === "" ? [] : [make("p", "tp-memo-text", coding.memo)];
    const label = make("label", "tp-memo");
    const area = make("textarea");
    area.value = coding.memo;
    area.rows = 4;
    area.placeholder = this.book.words.memo_placeholder;
    area.addEventListener("blur", () => this.finishMemo());
    area.addEventListener("keydown", (event) => {
      event.stopPropagation();
      const isDone = event.key === "Escape" || (event.key === "Enter" && (event.ctrlKey || event.metaKey));
      if (!isDone) return;
      event.preventDefault();
      this.events.leave();
    });
    label.append(make("span", "", this.book.words.memo), area);
    this.memo = area;
    return [label];
  }

  private buttons(coding: Coding): HTMLElement {
    const row = make("div", "tp-buttons");
    const change = makeButton("tp-button", this.book.words.change_code, () => this.events.changeCode(coding));
    const retire = makeButton("tp-button", this.book.words.retire, () => this.events.retire(coding));
    keepsSelection(change);
    row.append(change, retire);
    return row;
  }

  private others(alsoHere: readonly Coding[]): HTMLElement {
    const section = make("section", "tp-also");
    section.append(make("h4", "", this.book.words.also_here));
    for (const coding of alsoHere) {
      const text = `${this.book.label(coding.code)} ${signOf(coding.valence)}`.trimEnd();
      const button = makeButton("tp-other", "", () => this.events.choose(coding.id));
      button.style.setProperty("--level", this.book.colour(coding.code));
      button.append(make("i", "tp-swatch"), make("span", "", text), make("span", "tp-soft", coding.coder));
      section.append(button);
    }
    return section;
  }

  private definition(code: Code): HTMLElement[] {
    const entries: [string, string][] = [
      [this.book.words.definition, code.definition],
      [this.book.words.include, code.include],
      [this.book.words.exclude, code.exclude],
    ];
    const list = make("dl", "tp-definition");
    for (const [name, text] of entries) if (text !== "") list.append(make("dt", "", name), make("dd", "", text));
    return list.childElementCount === 0 ? [] : [list];
  }
}
