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
  /** What is shown of the code; in the language of the labels. */
  readonly definition: string;
  readonly include: string;
  readonly exclude: string;
  /** The definitions in all languages, where there are several. */
  readonly described?: string;
  /** The labels in all languages. */
  readonly search: string;
  /** Words that suggest the code, in any language. */
  readonly terms: string;
  /** "#RRGGBB", empty where the code has its level's. */
  readonly colour?: string;
  /** False: a coding bears it, but it can't be given now; it is retired, or proposed by another. */
  readonly offered?: boolean;
}

export const STRENGTHS = ["weak", "strong"] as const;
export const EVIDENCE = ["experienced", "anticipated", "wished", "reported_about_others"] as const;
export const CERTAINTIES = ["sure", "unsure"] as const;

/** What a coder says of a coding beyond code and valence; null and "": nothing was said. */
export interface Detail {
  readonly strength: (typeof STRENGTHS)[number] | null;
  readonly evidence: (typeof EVIDENCE)[number] | null;
  readonly actor: string;
  readonly timepoint: string;
  readonly certainty: (typeof CERTAINTIES)[number] | null;
}

export const NO_DETAIL: Detail = { strength: null, evidence: null, actor: "", timepoint: "", certainty: null };

/** How a passage was found that was suggested and accepted: by a search, or by the words of the code. */
export interface Origin {
  readonly kind: "search" | "rule";
  readonly pattern: string;
}

export interface Coding extends Span {
  readonly id: string;
  readonly code: string;
  readonly coder: string;
  readonly valence: Valence | null;
  readonly memo: string;
  readonly mine: boolean;
  readonly detail: Detail;
  /** Null: coded by hand. */
  readonly origin: Origin | null;
}

/** A section of the text: kind, start, end, level of a heading, speaker, seconds from the start. */
export type SectionRow = [string, number, number, number | null, string | null, number | null];

/** Strength, evidence, actor, time point and certainty as they travel. */
export type DetailRow = [Detail["strength"], Detail["evidence"], string, string, Detail["certainty"]];

/** Kind and pattern of an origin as they travel. */
export type OriginRow = [Origin["kind"], string];

/** A coding as it travels: id, start, end, code, index into coders, valence, memo, mine, details, origin. */
export type CodingRow = [
  string, number, number, string, number, Valence | null, string, 0 | 1, DetailRow | null, OriginRow | null,
];

/** A code that does not exist yet: made by the coder, under another one. */
export interface NewCode {
  readonly label: string;
  readonly parent: string | null;
}

export type Operation = {
  /** The version that places are of, where it is not the one on the screen. */
  readonly version?: string;
} & (
  | {
      readonly operation: string;
      readonly type: "apply";
      readonly start: number;
      readonly end: number;
      readonly code: string;
      readonly valence: Valence | null;
      /** The code is made first; `code` is then the words for it until the server names it. */
      readonly new_code?: NewCode;
    }
  | { readonly operation: string; readonly type: "retire"; readonly coding: string }
  | {
      readonly operation: string;
      readonly type: "resize";
      readonly coding: string;
      readonly start: number;
      readonly end: number;
    }
  | ({ readonly operation: string; readonly type: "detail"; readonly coding: string } & Detail)
  | {
      readonly operation: string;
      readonly type: "change";
      readonly coding: string;
      readonly code?: string;
      readonly valence?: Valence | null;
    }
  | { readonly operation: string; readonly type: "memo"; readonly coding: string; readonly text: string }
  | { readonly operation: string; readonly type: "undo" }
  | { readonly operation: string; readonly type: "redo" }
);

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
  /** The revision of the codings that this browser has; null: none, send them all. */
  readonly holds: string | null;
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

/** All codings at one revision. They travel once; afterwards what differs from what the browser has. */
export interface CodingsOnShelf {
  readonly revision: string;
  readonly rows: readonly CodingRow[];
}

/** From the codings at revision `base` to those at `revision`. */
export interface CodingsUpdate {
  readonly base: string;
  readonly revision: string;
  readonly changed: readonly CodingRow[];
  readonly gone: readonly string[];
}

export interface ReaderData {
  readonly document: { readonly id: string; readonly version: string; readonly title: string };
  /** Names of what never changes and therefore travels on its own (see shelf.ts). */
  readonly text_shelf: string;
  readonly book_shelf: string;
  readonly codings_shelf: string;
  readonly codings: CodingsUpdate;
  readonly coders: readonly string[];
  readonly person: string;
  readonly acked: readonly string[];
  readonly refused: readonly Refusal[];
  readonly read_only: boolean;
  readonly reason_read_only: string;
  /** What can be asked of the page: the next, the previous, the next unread document, to mark as read. */
  readonly turns: readonly string[];
  /** Who speaks under a label, with role and group; labels that nobody was assigned to are left out. */
  readonly voices: Readonly<Record<string, string>>;
  readonly can_propose: boolean;
  readonly at: number | null;
  readonly height: number | null;
}

/** The part of Streamlit's component arguments (version 2) that the reader uses. */
export interface ComponentArguments {
  readonly data: ReaderData;
  readonly parentElement: HTMLElement;
  readonly setStateValue: (name: string, value: unknown) => void;
}
