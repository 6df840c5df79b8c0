// What travels between Python and the browser. workbench/components/matrix/__init__.py is the other end.

/** A code, empty for what is not one, and the text that stands for it: "● 3". */
export type Line = readonly [string, string];

/** A source on a row; empty symbols where it does not speak. Symbols are drawn, `said` is read aloud and shown on pointing. */
export interface SourceCell {
  readonly valence: string;
  readonly prominence: string;
  readonly count: string;
  readonly said: string;
  readonly lines: readonly Line[];
}

/** A pair of sources on a row; `changed` when the researcher gave another code than the rule. Of many rows together it has `lines`, counts of codes. */
export interface PairCell {
  readonly code: string;
  readonly symbol: string;
  readonly changed: boolean;
  readonly said: string;
  readonly lines: readonly Line[];
}

export interface MatrixRow {
  readonly theme: string;
  readonly statement: string;
  /** What stands in the row: the statement, or what the row brings together. */
  readonly words: string;
  readonly level: string;
  readonly level_label: string;
  readonly level_short: string;
  readonly theme_label: string;
  readonly sources: readonly SourceCell[];
  readonly pairs: readonly PairCell[];
  /** What follows for all sources together, in a column of its own. */
  readonly whole: PairCell | null;
}

export interface Heading {
  readonly short: string;
  readonly name: string;
}

/** Where the cursor stands or what is selected: a row by its theme and statement, and one source, two, or the whole row. */
export interface Place {
  readonly theme: string;
  readonly statement: string;
  readonly kind: "source" | "pair" | "row";
  readonly sources: readonly string[];
}

export interface MatrixData {
  readonly name: string;
  readonly sources: readonly string[];
  readonly pairs: readonly (readonly [string, string])[];
  readonly source_heads: readonly Heading[];
  readonly pair_heads: readonly Heading[];
  readonly whole_head: Heading | null;
  readonly rows: readonly MatrixRow[];
  readonly levels: readonly string[];
  readonly density: "compact" | "roomy";
  /** Whether rows stand in the order of the levels, so that a level can have a heading. */
  readonly by_level: boolean;
  /** Pixels that something below the table needs. */
  readonly below: number;
  readonly selected: Place | null;
  readonly legend: readonly (readonly [string, string, string])[];
  readonly words: Readonly<Record<Word, string>>;
}

export type Word = "statement" | "what_sources_say" | "pairs" | "whole" | "legend";

/** The part of Streamlit's component arguments (version 2) that the matrix uses. */
export interface ComponentArguments {
  readonly data: MatrixData;
  readonly parentElement: HTMLElement;
  readonly setStateValue: (name: string, value: unknown) => void;
}
