// The codebook as the reader needs it: codes by key, their levels, colours and signs.

import { LevelColours } from "./colours";
import type { BookOnShelf, Code, Coding, Valence } from "./contract";
import { CodeSearch } from "./search";
import type { Words } from "./words";

export const VALENCES: readonly (Valence | null)[] = [null, "facilitator", "barrier", "mixed", "neutral"];

const SIGNS: Readonly<Record<Valence, string>> = { facilitator: "+", barrier: "−", mixed: "±", neutral: "·" };

export function signOf(valence: Valence | null): string {
  return valence === null ? "" : SIGNS[valence];
}

export class Book {
  /** The codes that may be given. */
  readonly codes: readonly Code[];
  readonly words: Words;
  readonly colours: LevelColours;
  readonly search: CodeSearch;
  private readonly byKey: ReadonlyMap<string, Code>;

  constructor(shelf: BookOnShelf) {
    this.codes = shelf.codes.filter(({ offered }) => offered !== false);
    this.words = shelf.words;
    this.colours = new LevelColours(shelf.codes);
    this.search = new CodeSearch(this.codes);
    this.byKey = new Map(shelf.codes.map((code) => [code.key, code]));
  }

  code(key: string): Code | undefined {
    return this.byKey.get(key);
  }

  /** Of these codes those that may be given. */
  offered(keys: readonly string[]): readonly Code[] {
    return keys.flatMap((key) => this.byKey.get(key) ?? []).filter(({ offered }) => offered !== false);
  }

  label(key: string): string {
    return this.byKey.get(key)?.label ?? key;
  }

  slot(key: string): number {
    const code = this.byKey.get(key);
    return this.colours.slot(code?.colour || code?.level);
  }

  /** The CSS colour of a code's level. */
  colour(key: string): string {
    return `var(--level-${this.slot(key)})`;
  }

  depth(code: Code): number {
    let depth = 0;
    for (let above = code.parent; above !== null && depth < 9; depth += 1) above = this.byKey.get(above)?.parent ?? null;
    return depth;
  }

  hasChildren(key: string): boolean {
    return this.codes.some((code) => code.parent === key);
  }

  valenceWord(valence: Valence | null): string {
    return this.words[`valence_${valence ?? "none"}`];
  }

  /** "Funding, barrier, suggested": a coding in words, for titles and for those who listen. */
  spoken({ code, valence, origin }: Pick<Coding, "code" | "valence" | "origin">): string {
    const said = [this.label(code)];
    if (valence !== null) said.push(this.valenceWord(valence));
    if (origin !== null) said.push(this.words.suggested);
    return said.join(", ");
  }
}
