// Finding a code by typing: in any language, with or without accents, and with its valence.

import type { Code, Valence } from "./contract";

/** Lower case without accents: "evaluation" finds "Évaluation". */
export function fold(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

const SIGNS: Readonly<Record<string, Valence>> = {
  "+": "facilitator",
  "-": "barrier",
  "−": "barrier",
  "±": "mixed",
  "·": "neutral",
};

export interface Query {
  readonly words: readonly string[];
  /** A sign typed before or after the words; null when none was. */
  readonly valence: Valence | null;
}

/** "+ fund", "fund -" and "-fund" carry a valence; the hyphen of "eco-fund" does not. */
export function parseQuery(typed: string): Query {
  let rest = typed.trim();
  let valence: Valence | null = null;
  if (rest.startsWith("+-") || rest.startsWith("-+")) {
    valence = "mixed";
    rest = rest.slice(2);
  } else if (rest !== "" && SIGNS[rest[0]!] !== undefined) {
    valence = SIGNS[rest[0]!]!;
    rest = rest.slice(1);
  }
  const trailing = /\s([+\-−±·])$/.exec(rest);
  if (trailing !== null) {
    valence = SIGNS[trailing[1]!]!;
    rest = rest.slice(0, trailing.index);
  }
  return { words: fold(rest).split(/\s+/).filter((word) => word !== ""), valence };
}

interface Entry {
  readonly code: Code;
  readonly key: string;
  readonly label: string;
  readonly all: string;
  readonly terms: string;
  readonly definition: string;
}

function wordScore(entry: Entry, word: string): number {
  if (entry.label.startsWith(word)) return 9;
  if (entry.key.startsWith(word)) return 8;
  if (entry.label.includes(` ${word}`)) return 7;
  if (entry.key.includes(word)) return 6;
  if (entry.label.includes(word)) return 5;
  if (entry.all.includes(` ${word}`)) return 3;
  if (entry.all.includes(word)) return 2;
  // Synonyms after names, and what is said about a code last: a short word stands in many definitions.
  if (entry.terms.includes(` ${word}`)) return 1.5;
  if (word.length > 2 && entry.definition.includes(` ${word}`)) return 0.5;
  return 0;
}

export class CodeSearch {
  private readonly entries: readonly Entry[];

  constructor(codes: readonly Code[]) {
    const labels = new Map(codes.map((code) => [code.key, code.label]));
    this.entries = codes.map((code) => ({
      code,
      key: fold(code.key),
      label: fold(code.label),
      all: ` ${fold(`${code.search} ${labels.get(code.level) ?? ""}`)}`,
      terms: ` ${fold(code.terms)}`,
      definition: ` ${fold(code.described ?? code.definition)}`,
    }));
  }

  /** Codes that match every word, best first; recent ones win a tie, then reading order. */
  find(words: readonly string[], recent: readonly string[]): Code[] {
    const scored = this.entries.flatMap((entry, position) => {
      const scores = words.map((word) => wordScore(entry, word));
      if (scores.includes(0)) return [];
      const total = scores.reduce((sum, score) => sum + score, 0) + (recent.includes(entry.code.key) ? 0.5 : 0);
      return [{ code: entry.code, total, position }];
    });
    scored.sort((a, b) => b.total - a.total || a.position - b.position);
    return scored.map((entry) => entry.code);
  }
}
