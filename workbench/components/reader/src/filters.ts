// Which codings are shown: by level, code, coder and valence. What is hidden is still there.

import { VALENCES, signOf, type Book } from "./codebook";
import type { Coding } from "./contract";
import { make, makeButton } from "./dom";
import { NO_FILTERS, type Filters } from "./remembered";

export function isFiltering(filters: Filters): boolean {
  return Object.values(filters).some((chosen: readonly string[]) => chosen.length > 0);
}

/** Whether a coding passes: of each kind nothing chosen means all. */
export function passes(coding: Coding, filters: Filters, levelOf: (code: string) => string): boolean {
  const allows = (chosen: readonly string[], value: string): boolean => chosen.length === 0 || chosen.includes(value);
  return (
    allows(filters.levels, levelOf(coding.code)) &&
    allows(filters.codes, coding.code) &&
    allows(filters.coders, coding.coder) &&
    allows(filters.valences, coding.valence ?? "none")
  );
}

type Kind = keyof Filters;

/** A sheet with what can be chosen; it opens below its button. */
export class FilterSheet {
  readonly element = make("div", "tp-sheet tp-filters");
  private filters: Filters = NO_FILTERS;
  private coders: readonly string[] = [];
  private book!: Book;

  constructor(
    private readonly changed: (filters: Filters) => void,
    private readonly closed: () => void,
  ) {
    this.element.hidden = true;
    this.element.tabIndex = -1;
    this.element.setAttribute("role", "dialog");
    this.element.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Escape") this.close();
    });
  }

  setBook(book: Book): void {
    this.book = book;
    this.element.setAttribute("aria-label", book.words.filter);
  }

  set(filters: Filters, coders: readonly string[]): void {
    this.filters = filters;
    this.coders = coders;
    if (!this.element.hidden) this.draw();
  }

  toggle(): void {
    if (!this.element.hidden) {
      this.close();
      return;
    }
    this.element.hidden = false;
    this.draw();
    this.element.focus({ preventScroll: true });
  }

  close(): void {
    if (this.element.hidden) return;
    this.element.hidden = true;
    this.closed();
  }

  private draw(): void {
    const { words } = this.book;
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset["choice"] : undefined;
    const levels = this.book.codes.filter(({ parent }) => parent === null);
    const groups = [
      this.group(words.level, "levels", levels.map(({ key, label }) => [key, label])),
      this.group(words.valence, "valences", VALENCES.map((v) => [v ?? "none", `${signOf(v)} ${this.book.valenceWord(v)}`.trim()])),
    ];
    if (this.coders.length > 1) groups.push(this.group(words.coders, "coders", this.coders.map((name) => [name, name])));
    const { codes } = this.filters;
    if (codes.length > 0) groups.push(this.group(words.codes, "codes", codes.map((key) => [key, this.book.label(key)])));
    const hint = make("p", "tp-soft", words.filter_hint);
    const buttons = make("div", "tp-buttons");
    const all = makeButton("tp-button", words.show_all, () => this.change(NO_FILTERS));
    all.disabled = !isFiltering(this.filters);
    buttons.append(all, makeButton("tp-button", words.close, () => this.close()));
    this.element.replaceChildren(...groups, hint, buttons);
    if (focused !== undefined) this.element.querySelector<HTMLElement>(`[data-choice="${CSS.escape(focused)}"]`)?.focus();
  }

  private group(name: string, kind: Kind, choices: readonly (readonly [value: string, text: string])[]): HTMLElement {
    const group = make("fieldset", "tp-filter");
    group.append(make("legend", "", name));
    const chips = make("div", "tp-chips");
    for (const [value, text] of choices) {
      const isChosen = (this.filters[kind] as readonly string[]).includes(value);
      const chip = makeButton("tp-chip", text, () => this.toggleChoice(kind, value));
      chip.dataset["choice"] = `${kind} ${value}`;
      chip.setAttribute("aria-pressed", String(isChosen));
      if (kind === "levels" || kind === "codes") {
        chip.prepend(make("i", "tp-swatch"));
        chip.style.setProperty("--level", this.book.colour(value));
      }
      chips.append(chip);
    }
    group.append(chips);
    return group;
  }

  private toggleChoice(kind: Kind, value: string): void {
    const chosen = this.filters[kind] as readonly string[];
    const now = chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value];
    this.change({ ...this.filters, [kind]: now } as Filters);
  }

  private change(filters: Filters): void {
    this.filters = filters;
    this.draw();
    this.changed(filters);
  }
}
