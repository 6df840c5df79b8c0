// The codings that this browser has, by revision. They outlive the reader's elements, so that a page
// that was left and opened again need not be sent them once more.

import type { Coding, CodingRow, CodingsOnShelf, CodingsUpdate } from "./contract";
import { codingFrom } from "./replay";
import { fromShelf } from "./shelf";

export type Codings = ReadonlyMap<string, Coding>;

const KEPT = 8; // revisions a document
const DOCUMENTS = 4;

declare global {
  interface Window {
    trigpointCodings?: Map<string, Map<string, Codings>>;
  }
}

export class HeldCodings {
  private readonly revisions: Map<string, Codings>;

  constructor(name: string) {
    const all = (window.trigpointCodings ??= new Map());
    this.revisions = all.get(name) ?? new Map<string, Codings>();
    all.delete(name);
    all.set(name, this.revisions);
    while (all.size > DOCUMENTS) all.delete(all.keys().next().value!);
  }

  /** The codings after an update; null when what it builds on is not here. */
  after(update: CodingsUpdate, shelf: string, coders: readonly string[]): Codings | null {
    const known = this.revisions.get(update.revision);
    if (known !== undefined) return known;
    const base = this.revisions.get(update.base) ?? this.whole(update.base, shelf, coders);
    if (base === null) return null;
    const isSame = update.changed.length === 0 && update.gone.length === 0;
    const codings = isSame ? base : new Map(base);
    if (!isSame) apply(codings as Map<string, Coding>, update, coders);
    this.keep(update.revision, codings);
    return codings;
  }

  private whole(revision: string, shelf: string, coders: readonly string[]): Codings | null {
    const found = fromShelf<CodingsOnShelf>(shelf);
    if (found === undefined || found.revision !== revision) return null;
    const codings = new Map<string, Coding>();
    put(codings, found.rows, coders);
    this.keep(revision, codings);
    return codings;
  }

  private keep(revision: string, codings: Codings): void {
    this.revisions.set(revision, codings);
    while (this.revisions.size > KEPT) this.revisions.delete(this.revisions.keys().next().value!);
  }
}

function apply(codings: Map<string, Coding>, { changed, gone }: CodingsUpdate, coders: readonly string[]): void {
  for (const id of gone) codings.delete(id);
  put(codings, changed, coders);
}

function put(codings: Map<string, Coding>, rows: readonly CodingRow[], coders: readonly string[]): void {
  for (const row of rows) codings.set(row[0], codingFrom(row, coders));
}
