// What is known about the selected coding, and what can be done with it; or a code's definition.

import type { Book } from "./codebook";
import { signOf, VALENCES } from "./codebook";
import { CERTAINTIES, EVIDENCE, NO_DETAIL, STRENGTHS, type Code, type Coding, type Detail, type Origin, type Valence } from "./contract";
import { keepsSelection, make, makeButton } from "./dom";
import { fill, type Word } from "./words";

export interface InspectorEvents {
  setValence(coding: Coding, valence: Valence | null): void;
  setDetail(coding: Coding, detail: Detail): void;
  setMemo(coding: Coding, text: string): void;
  retire(coding: Coding): void;
  changeCode(coding: Coding): void;
  copy(coding: Coding): void;
  /** Show only the codings of a code. */
  only(code: Code): void;
  choose(id: string): void;
  leave(): void;
}

export interface InspectedCoding {
  readonly coding: Coding;
  readonly quote: string;
  readonly alsoHere: readonly Coding[];
  readonly canChange: boolean;
  /** Who says it; empty where nobody is named. */
  readonly voice: string;
  /** What was said of actors and time points in this document, to choose from. */
  readonly said: { readonly actor: readonly string[]; readonly timepoint: readonly string[] };
}

const LONGEST_QUOTE = 420;

export class Inspector {
  readonly element = make("aside", "tp-inspector");
  private shown = "";
  private memo: HTMLTextAreaElement | null = null;
  private coding: Coding | null = null;
  private details: HTMLDetailsElement | null = null;
  private areDetailsOpen = false;
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
      this.onlyButton(code, count),
      ...this.definition(code),
    ]);
  }

  showCoding(inspected: InspectedCoding): void {
    const { coding, alsoHere, canChange, voice } = inspected;
    const isDrafting = this.memo !== null && this.coding?.id === coding.id && document.activeElement === this.memo;
    const memo = isDrafting ? this.coding!.memo : coding.memo;
    const others = alsoHere.map((other) => [other.id, other.code, other.valence]);
    const signature = JSON.stringify([coding.id, coding.code, coding.valence, memo, coding.coder, voice, canChange, others, coding.start, coding.end, coding.detail, coding.origin]);
    const focused = this.focusedPart();
    this.replace(signature, () => this.describe(inspected));
    if (focused !== null) this.element.querySelector<HTMLElement>(`[data-part="${focused}"]`)?.focus({ preventScroll: true });
    this.coding = coding;
  }

  /** Which button of the attributes has the focus, to give it back after drawing anew. */
  private focusedPart(): string | null {
    const focused = document.activeElement;
    return focused instanceof HTMLElement && this.element.contains(focused) ? (focused.dataset["part"] ?? null) : null;
  }

  /** Open the attributes and go to the first. */
  editDetails(): void {
    if (this.details === null) return;
    this.details.open = true;
    this.details.querySelector<HTMLElement>("button, input")?.focus();
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
    this.details = null;
    this.coding = null;
    this.element.replaceChildren(...draw());
  }

  private describe({ coding, quote, alsoHere, canChange, voice, said }: InspectedCoding): HTMLElement[] {
    const shortened = quote.length > LONGEST_QUOTE ? `${quote.slice(0, LONGEST_QUOTE)} …` : quote;
    const quoted = make("blockquote", "tp-quote", shortened);
    quoted.dir = "auto";
    const parts = [this.heading(coding.code), this.valence(coding, canChange), quoted];
    if (voice !== "") parts.push(make("p", "tp-soft", fill(this.book.words.said_by, { who: voice })));
    parts.push(make("p", "tp-soft", fill(this.book.words.coder, { coder: coding.coder })));
    if (coding.origin !== null) parts.push(make("p", "tp-soft", this.origin(coding.origin)));
    parts.push(...this.memoOf(coding, canChange));
    parts.push(...(canChange ? [this.detailsOf(coding, said)] : this.detailsTold(coding.detail)));
    parts.push(this.buttons(coding, canChange));
    if (alsoHere.length > 0) parts.push(this.others(alsoHere));
    const code = this.book.code(coding.code);
    if (code !== undefined) parts.push(...this.definition(code));
    return parts;
  }

  private origin({ kind, pattern }: Origin): string {
    const { found_by_search, found_by_rule } = this.book.words;
    return fill(kind === "search" ? found_by_search : found_by_rule, { pattern });
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

  /** Strength, evidence, actor, time point and certainty; closed until something was said. */
  private detailsOf(coding: Coding, said: InspectedCoding["said"]): HTMLElement {
    const { words } = this.book;
    const { detail } = coding;
    const details = make("details", "tp-details");
    details.open = this.areDetailsOpen || JSON.stringify(detail) !== JSON.stringify(NO_DETAIL);
    details.addEventListener("toggle", () => (this.areDetailsOpen = details.open));
    const set = (change: Partial<Detail>): void => this.events.setDetail(coding, { ...detail, ...change });
    details.append(
      make("summary", "", words.attributes),
      this.choices(words.strength, STRENGTHS, detail.strength, (strength) => set({ strength })),
      this.choices(words.evidence, EVIDENCE, detail.evidence, (evidence) => set({ evidence })),
      this.fewWords(words.actor, "actor", detail.actor, said.actor, (actor) => set({ actor })),
      this.fewWords(words.timepoint, "timepoint", detail.timepoint, said.timepoint, (timepoint) => set({ timepoint })),
      this.choices(words.certainty, CERTAINTIES, detail.certainty, (certainty) => set({ certainty })),
    );
    details.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      event.stopPropagation();
      this.events.leave();
    });
    this.details = details;
    return details;
  }

  /** A choice pressed again is taken away. */
  private choices<Choice extends string>(
    name: string,
    choices: readonly Choice[],
    chosen: Choice | null,
    set: (choice: Choice | null) => void,
  ): HTMLElement {
    const group = make("div", "tp-detail");
    const chips = make("div", "tp-chips");
    chips.setAttribute("role", "group");
    chips.setAttribute("aria-label", name);
    for (const choice of choices) {
      const chip = makeButton("tp-chip", this.book.words[`choice_${choice}` as Word], () => set(choice === chosen ? null : choice));
      chip.setAttribute("aria-pressed", String(choice === chosen));
      chip.dataset["part"] = choice;
      chips.append(chip);
    }
    group.append(make("span", "tp-soft", name), chips);
    return group;
  }

  private fewWords(
    name: string,
    part: "actor" | "timepoint",
    value: string,
    said: readonly string[],
    set: (words: string) => void,
  ): HTMLElement {
    const label = make("label", "tp-detail");
    const input = make("input", "tp-input");
    input.type = "text";
    input.maxLength = 200;
    input.value = value;
    input.dataset["part"] = part;
    const list = make("datalist");
    list.id = `tp-said-${part}`;
    list.append(...said.map((words) => {
      const option = make("option");
      option.value = words;
      return option;
    }));
    input.setAttribute("list", list.id);
    input.addEventListener("change", () => {
      if (input.value.trim() !== value) set(input.value.trim());
    });
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") input.blur();
      if (event.key !== "Enter" && event.key !== "Escape") return;
      event.preventDefault();
      this.events.leave();
    });
    label.append(make("span", "tp-soft", name), input, list);
    return label;
  }

  private detailsTold(detail: Detail): HTMLElement[] {
    const { words } = this.book;
    const choice = (value: string | null): string => (value === null ? "" : words[`choice_${value}` as Word]);
    const told: [string, string][] = [
      [words.strength, choice(detail.strength)],
      [words.evidence, choice(detail.evidence)],
      [words.actor, detail.actor],
      [words.timepoint, detail.timepoint],
      [words.certainty, choice(detail.certainty)],
    ];
    const list = make("dl", "tp-definition");
    for (const [name, text] of told) if (text !== "") list.append(make("dt", "", name), make("dd", "", text));
    return list.childElementCount === 0 ? [] : [list];
  }

  private onlyButton(code: Code, count: number): HTMLElement {
    const row = make("div", "tp-buttons");
    if (count > 0) row.append(makeButton("tp-button", this.book.words.only_this, () => this.events.only(code)));
    return row;
  }

  private buttons(coding: Coding, canChange: boolean): HTMLElement {
    const row = make("div", "tp-buttons");
    const copy = makeButton("tp-button", this.book.words.copy_quote, () => this.events.copy(coding));
    keepsSelection(copy);
    if (!canChange) {
      row.append(copy);
      return row;
    }
    const change = makeButton("tp-button", this.book.words.change_code, () => this.events.changeCode(coding));
    const retire = makeButton("tp-button", this.book.words.retire, () => this.events.retire(coding));
    keepsSelection(change);
    row.append(change, retire, copy);
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
