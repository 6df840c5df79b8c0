// The line above the text: what is shown, search, filters, how it looks, and whether it is saved.

import type { Book } from "./codebook";
import { make, makeButton } from "./dom";
import { SIZES } from "./remembered";
import { fill } from "./words";

export interface BarEvents {
  toggleTree(): void;
  help(): void;
  filter(): void;
  showAll(): void;
  stripes(): void;
  size(step: 1 | -1): void;
  find(query: string): void;
  hit(step: 1 | -1): void;
  leave(): void;
}

export class Bar {
  readonly element = make("header", "tp-bar-top");
  readonly status = make("span", "tp-status");
  private readonly title = make("h2", "tp-title");
  private readonly tree = makeButton("tp-button tp-quiet", "", () => this.events.toggleTree());
  private readonly helpButton = makeButton("tp-button tp-quiet", "", () => this.events.help());
  private readonly filterButton = makeButton("tp-button tp-quiet", "", () => this.events.filter());
  private readonly filtered = makeButton("tp-button tp-filtered", "", () => this.events.showAll());
  private readonly stripes = makeButton("tp-button tp-quiet", "", () => this.events.stripes());
  private readonly smaller = makeButton("tp-button tp-quiet tp-size", "A−", () => this.events.size(-1));
  private readonly larger = makeButton("tp-button tp-quiet tp-size", "A+", () => this.events.size(1));
  private readonly search = make("input", "tp-input tp-search");
  private readonly count = make("span", "tp-soft tp-found");
  private book!: Book;

  constructor(private readonly events: BarEvents) {
    this.status.setAttribute("role", "status");
    this.count.setAttribute("aria-live", "polite");
    this.filtered.hidden = true;
    this.search.type = "search";
    this.search.spellcheck = false;
    this.search.addEventListener("input", () => this.events.find(this.search.value));
    this.search.addEventListener("keydown", (event) => this.key(event));
    const found = make("span", "tp-searching");
    found.append(this.search, this.count);
    this.element.append(this.tree, this.title, this.status, found, this.filtered);
    this.element.append(this.filterButton, this.stripes, this.smaller, this.larger, this.helpButton);
  }

  setBook(book: Book): void {
    this.book = book;
    const { words } = book;
    this.helpButton.textContent = `? ${words.keys}`;
    this.filterButton.textContent = words.filter;
    this.search.placeholder = words.find;
    this.search.setAttribute("aria-label", words.find);
    for (const [button, name] of [[this.smaller, words.smaller], [this.larger, words.larger]] as const) {
      button.title = name;
      button.setAttribute("aria-label", name);
    }
  }

  setTitle(title: string): void {
    this.title.textContent = title;
    this.title.title = title;
  }

  showTree(isShown: boolean): void {
    this.tree.textContent = `${isShown ? "◂" : "▸"} ${this.book.words.codes}`;
    this.tree.setAttribute("aria-expanded", String(isShown));
    this.tree.title = isShown ? this.book.words.hide_codes : this.book.words.show_codes;
  }

  showLook(size: number, stripesOnly: boolean): void {
    this.smaller.disabled = size <= SIZES[0];
    this.larger.disabled = size >= SIZES.at(-1)!;
    this.stripes.textContent = this.book.words.stripes_only;
    this.stripes.setAttribute("aria-pressed", String(stripesOnly));
  }

  /** "120 of 500 codings shown": a press shows all again. */
  showFiltered(isFiltering: boolean, shown: number, all: number): void {
    this.filtered.hidden = !isFiltering;
    this.filterButton.setAttribute("aria-pressed", String(isFiltering));
    if (!isFiltering) return;
    this.filtered.textContent = fill(this.book.words.filtered, { n: shown, total: all });
    this.filtered.title = this.book.words.show_all;
  }

  showHits(current: number, total: number): void {
    const { words } = this.book;
    const isEmpty = this.search.value.trim() === "";
    this.count.textContent = isEmpty ? "" : total === 0 ? words.no_hits : fill(words.hits, { n: current, total });
  }

  focusSearch(): void {
    this.search.focus({ preventScroll: true });
    this.search.select();
  }

  private key(event: KeyboardEvent): void {
    event.stopPropagation();
    if (event.isComposing) return;
    if (event.key === "Enter") {
      event.preventDefault();
      this.events.hit(event.shiftKey ? -1 : 1);
    }
    if (event.key !== "Escape") return;
    event.preventDefault();
    if (this.search.value !== "") {
      this.search.value = "";
      this.events.find("");
    }
    this.events.leave();
  }
}
