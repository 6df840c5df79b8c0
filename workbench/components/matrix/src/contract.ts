// What travels between Python and the browser. workbench/components/matrix/__init__.py is the other end.

/** A source on a row; empty symbols where it does not speak. Symbols are drawn, `said` is read aloud and shown on pointing. */
export interface SourceCell {
  readonly valence: string;
  readonly prominence: string;
  readonly count: string;
  readonly said: string;
}

/** A pair of sources on a row; `changed` when the researcher gave another code than the rule. */
export interface PairCell {
  readonly code: string;
  readonly symbol: string;
  readonly changed: boolean;
  readonly said: string;
}

export interface MatrixRow {
  readonly theme: string;
  readonly statement: string;
  readonly level: string;
  readonly level_label: string;
  readonly theme_label: string;
  readonly sources: readonly SourceCell[];
  readonly pairs: readonly PairCell[];
}

export interface Heading {
  readonly short: string;
  readonly name: string;
}

/** Where the cursor stands or what is selected: a row by its theme and statement, and one source or two. */
export interface Place {
  readonly theme: string;
  readonly statement: string;
  readonly kind: "source" | "pair";
  readonly sources: readonly string[];
}

export interface MatrixData {
  readonly name: string;
  readonly sources: readonly string[];
  readonly pairs: readonly (readonly [string, string])[];
  readonly source_heads: readonly Heading[];
  readonly pair_heads: readonly Heading[];
  readonly rows: readonly MatrixRow[];
  readonly levels: readonly string[];
  readonly selected: Place | null;
  readonly legend: readonly (readonly [string, string, string])[];
  readonly words: Readonly<Record<Word, string>>;
}

export type Word = "statement" | "what_sources_say" | "pairs" | "legend";

/** The part of Streamlit's component arguments (version 2) that the matrix uses. */
export interface ComponentArguments {
  readonly data: MatrixData;
  readonly parentElement: HTMLElement;
  readonly setStateValue: (name: string, value: unknown) => void;
}
