// What travels between Python and the browser. workbench/components/reader/__init__.py is the other end.

import type { Words } from "./words";

export type Valence = "facilitator" | "barrier" | "mixed" | "neutral";

export interface Span {
  readonly start: number; // code points of the stored text, half-open
  readonly end: number;
}

export interface Code {
  readonly key: string;
  readonly label: string;
  readonly parent: string | null;
  readonly level: string;
  readonly definition: string;
  readonly include: string;
  readonly exclude: string;
  readonly search: string;
}

export interface Coding extends Span {
  readonly id: string;
  readonly code: string;
  readonly coder: string;
  readonly valence: Valence | null;
  readonly memo: string;
  readonly mine: boolean;
}

/** A section of the text: kind, start, end, level of a heading, speaker, seconds from the start. */
export type SectionRow = [string, number, number, number | null, string | null, number | null];

/** A coding as it travels: id, start, end, code, index into coders, valence, memo, mine. */
export type CodingRow = [string, number, number, string, number, Valence | null, string, 0 | 1];

export type Operation =
  | {
      readonly operation: string;
      readonly type: "apply";
      readonly start: number;
      readonly end: number;
      readonly code: string;
      readonly valence: Valence | null;
    }
  | { readonly operation: string; readonly type: "retire"; readonly coding: string }
  | {
      readonly operation: string;
      readonly type: "change";
      readonly coding: string;
      readonly code?: string;
      readonly valence?: Valence | null;
    }
  | { readonly operation: string; readonly type: "memo"; readonly coding: string; readonly text: string }
  | { readonly operation: string; readonly type: "undo" };

export interface Refusal {
  readonly operation: string;
  readonly reason: string;
}

export interface OutboxMessage {
  readonly document: string;
  readonly version: string;
  readonly person: string;
  /** Differs in every message: Streamlit calls back only when a value has changed. */
  readonly sent: number;
  readonly operations: readonly Operation[];
}

export interface TextOnShelf {
  readonly text: string;
  readonly sections: readonly SectionRow[];
}

export interface BookOnShelf {
  readonly codes: readonly Code[];
  readonly words: Words;
}

export interface ReaderData {
  readonly document: { readonly id: string; readonly version: string; readonly title: string };
  /** Names of what never changes and therefore travels on its own (see shelf.ts). */
  readonly text_shelf: string;
  readonly book_shelf: string;
  readonly codings: readonly CodingRow[];
  readonly coders: readonly string[];
  readonly person: string;
  readonly acked: readonly string[];
  readonly refused: readonly Refusal[];
  readonly read_only: boolean;
  readonly reason_read_only: string;
  readonly at: number | null;
  readonly height: number | null;
}

/** The part of Streamlit's component arguments (version 2) that the reader uses. */
export interface ComponentArguments {
  readonly data: ReaderData;
  readonly parentElement: HTMLElement;
  readonly setStateValue: (name: string, value: unknown) => void;
}
