// What the reader shows at once: the stored codings with the person's waiting operations on top.

import type { Coding, CodingRow, Operation } from "./contract";

/** How an operation is taken back on the screen before the server has answered. */
export interface Reversal {
  readonly remove: readonly string[];
  readonly restore: Coding | null;
}

/** An operation that waits for its acknowledgement. */
export interface Kept {
  readonly operation: Operation;
  /** Milliseconds since 1970, to send in the order made, also after a reload. */
  readonly made: number;
  /** Only for an undo whose target this page remembers. */
  readonly reversal?: Reversal;
}

export function codingFrom(row: CodingRow, coders: readonly string[]): Coding {
  const [id, start, end, code, coder, valence, memo, mine] = row;
  return { id, start, end, code, coder: coders[coder] ?? "", valence, memo, mine: mine === 1 };
}

function play(codings: Map<string, Coding>, kept: Kept, person: string): void {
  const operation = kept.operation;
  if (operation.type === "apply") {
    const { operation: id, start, end, code, valence } = operation;
    if (!codings.has(id)) codings.set(id, { id, start, end, code, valence, coder: person, memo: "", mine: true });
    return;
  }
  if (operation.type === "undo") {
    for (const id of kept.reversal?.remove ?? []) codings.delete(id);
    const restored = kept.reversal?.restore ?? null;
    if (restored !== null) codings.set(restored.id, restored);
    return;
  }
  const coding = codings.get(operation.coding);
  if (coding === undefined) return;
  if (operation.type === "retire") codings.delete(coding.id);
  else if (operation.type === "memo") codings.set(coding.id, { ...coding, memo: operation.text });
  else {
    const valence = operation.valence === undefined ? coding.valence : operation.valence;
    codings.set(coding.id, { ...coding, code: operation.code ?? coding.code, valence });
  }
}

/** The stored codings after the waiting operations, by id. */
export function replay(stored: readonly Coding[], waiting: Iterable<Kept>, person: string): Map<string, Coding> {
  const codings = new Map(stored.map((coding) => [coding.id, coding]));
  for (const kept of waiting) play(codings, kept, person);
  return codings;
}

/** How to take an operation back, given the codings before it; null for an undo. */
export function reversalOf(operation: Operation, before: ReadonlyMap<string, Coding>): Reversal | null {
  if (operation.type === "undo") return null;
  if (operation.type === "apply") return { remove: [operation.operation], restore: null };
  // A store that keeps facts may have put the changed coding under the operation's own id.
  return {
    remove: [operation.coding, operation.operation],
    restore: before.get(operation.coding) ?? null,
  };
}

/** The coding that carries on after a change gave it another id; null when it is gone. */
export function successor(gone: Coding, now: ReadonlyMap<string, Coding>, acked: readonly string[]): Coding | null {
  for (const id of acked) {
    const heir = now.get(id);
    if (heir !== undefined && heir.start === gone.start && heir.end === gone.end) return heir;
  }
  for (const coding of now.values()) {
    const samePlace = coding.start === gone.start && coding.end === gone.end && coding.coder === gone.coder;
    if (samePlace && coding.code === gone.code) return coding;
  }
  return null;
}
