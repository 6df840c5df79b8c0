// The codebook at the left: levels and codes with the number of codings in this document.

import type { Book } from "./codebook";
import type { Code, Coding } from "./contract";
import { keepsSelection, make } from "./dom";

export class CodeTree {
  readonly element = make("div", "tp-tree");
  private readonly rows = new Map<string, { row: HTMLElement; count: HTMLElement }>();
  private readonly folded = new Set<string>();
  private current = "";
  private book!: Book;

  constructor(private readonly choose: (code: Code) => void) {
    this.element.setAttribute("role", "tree");
    // Pressing a code must not clear the words it is about to code.
    keepsSelection(this.element);
    this.element.addEventListener("click", (event) => this.clicked(event));
    this.element.addEventListener("keydown", (event) => this.key(event));
  }

  setBook(book: Book): void {
    this.book = book;
    this.element.setAttribute("aria-label", book.words.codes);
    this.rows.clear();
    this.current = book.codes[0]?.key ?? "";
    this.element.replaceChildren(...book.codes.map((code) => this.makeRow(code)));
    this.refresh();
  }

  private makeRow(code: Code): HTMLElement {
    const row = make("div", "tp-tree-row");
    const depth = this.book.depth(code);
    row.dataset["key"] = code.key;
    row.title = code.definition === "" ? code.key : `${code.key}: ${code.definition}`;
    row.setAttribute("role", "treeitem");
    row.setAttribute("aria-level", String(depth + 1));
    row.style.setProperty("--level", this.book.colour(code.key));
    row.style.setProperty("--depth", String(depth));
    const fold = make("span", "tp-fold");
    fold.setAttribute("aria-hidden", "true");
    const count = make("span", "tp-count");
    row.append(fold, make("i", "tp-swatch"), make("span", "tp-tree-label", code.label), count);
    this.rows.set(code.key, { row, count });
    return row;
  }

  /** Numbers of codings: of a code its own, of a level its own and those of all codes below. */
  setCodings(codings: Iterable<Coding>): void {
    const counts = new Map<string, number>();
    for (const coding of codings) {
      let key: string | null = coding.code;
      for (let depth = 0; key !== null && depth < 10; depth += 1) {
        counts.set(key, (counts.get(key) ?? 0) + 1);
        key = this.book.code(key)?.parent ?? null;
      }
    }
    for (const [key, { count }] of this.rows) {
      const text = String(counts.get(key) ?? "");
      if (count.textContent !== text) count.textContent = text;
    }
  }

  /** Mark the code of the selected coding. */
  mark(key: string | null): void {
    for (const [own, { row }] of this.rows) row.setAttribute("aria-selected", String(own === key));
  }

  private isHidden(code: Code): boolean {
    for (let above = code.parent; above !== null; above = this.book.code(above)?.parent ?? null) {
      if (this.folded.has(above)) return true;
    }
    return false;
  }

  private refresh(): void {
    for (const code of this.book.codes) {
      const { row } = this.rows.get(code.key)!;
      row.hidden = this.isHidden(code);
      row.tabIndex = code.key === this.current ? 0 : -1;
      if (this.book.hasChildren(code.key)) row.setAttribute("aria-expanded", String(!this.folded.has(code.key)));
    }
  }

  private fold(key: string, isFolded: boolean): void {
    if (isFolded) this.folded.add(key);
    else this.folded.delete(key);
    this.refresh();
  }

  private clicked(event: MouseEvent): void {
    if (!(event.target instanceof HTMLElement)) return;
    const key = event.target.closest<HTMLElement>(".tp-tree-row")?.dataset["key"];
    const code = key === undefined ? undefined : this.book.code(key);
    if (code === undefined) return;
    if (event.target.classList.contains("tp-fold") && this.book.hasChildren(code.key)) {
      this.fold(code.key, !this.folded.has(code.key));
      return;
    }
    this.current = code.key;
    this.refresh();
    this.choose(code);
  }

  private key(event: KeyboardEvent): void {
    const visible = this.book.codes.filter((code) => !this.isHidden(code));
    const position = visible.findIndex((code) => code.key === this.current);
    const code = visible[position];
    if (code === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    const isOpen = this.book.hasChildren(code.key) && !this.folded.has(code.key);
    const goTo = (next: Code | undefined): void => {
      if (next === undefined) return;
      this.current = next.key;
      this.refresh();
      this.rows.get(next.key)!.row.focus();
    };
    const actions: Record<string, () => void> = {
      ArrowDown: () => goTo(visible[position + 1]),
      ArrowUp: () => goTo(visible[position - 1]),
      Home: () => goTo(visible[0]),
      End: () => goTo(visible.at(-1)),
      ArrowRight: () => (isOpen ? goTo(visible[position + 1]) : this.fold(code.key, false)),
      ArrowLeft: () => (isOpen ? this.fold(code.key, true) : goTo(this.book.code(code.parent ?? ""))),
      Enter: () => this.choose(code),
      " ": () => this.choose(code),
    };
    const action = actions[event.key];
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    action();
  }
}
