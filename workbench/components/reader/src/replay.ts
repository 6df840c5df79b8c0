// What the reader shows at once: the stored codings with the person's waiting operations on top.

import { NO_DETAIL, type Coding, type CodingRow, type Operation } from "./contract";

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
  /** Only for an undo or redo whose target this page remembers. */
  readonly reversal?: Reversal;
}

export function codingFrom(row: CodingRow, coders: readonly string[]): Coding {
  const [id, start, end, code, coder, valence, memo, mine, said, found] = row;
  const detail =
    said === null
      ? NO_DETAIL
      : { strength: said[0], evidence: said[1], actor: said[2], timepoint: said[3], certainty: said[4] };
  const origin = found === null ? null : { kind: found[0], pattern: found[1] };
  return { id, start, end, code, coder: coders[coder] ?? "", valence, memo, mine: mine === 1, detail, origin };
}

function play(codings: Map<string, Coding>, kept: Kept, person: string): void {
  const operation = kept.operation;
  // Places of another version of the text mean other words here: the server finds them again.
  if (operation.version !== undefined) return;
  if (operation.type === "apply") {
    const { operation: id, start, end, code, valence } = operation;
    const blank = { coder: person, memo: "", mine: true, detail: NO_DETAIL, origin: null };
    if (!codings.has(id)) codings.set(id, { id, start, end, code, valence, ...blank });
    return;
  }
  if (operation.type === "undo" || operation.type === "redo") {
    for (const id of kept.reversal?.remove ?? []) codings.delete(id);
    const restored = kept.reversal?.restore ?? null;
    if (restored !== null) codings.set(restored.id, restored);
    return;
  }
  const coding = codings.get(operation.coding);
  if (coding === undefined) return;
  if (operation.type === "retire") codings.delete(coding.id);
  else if (operation.type === "memo") codings.set(coding.id, { ...coding, memo: operation.text });
  else if (operation.type === "resize") {
    const { start, end } = operation;
    codings.set(coding.id, { ...coding, start, end });
  } else if (operation.type === "detail") {
    const { strength, evidence, actor, timepoint, certainty } = operation;
    codings.set(coding.id, { ...coding, detail: { strength, evidence, actor, timepoint, certainty } });
  }
  else {
    const valence = operation.valence === undefined ? coding.valence : operation.valence;
    codings.set(coding.id, { ...coding, code: operation.code ?? coding.code, valence });
  }
}

/** The stored codings after the waiting operations, by id. */
export function replay(stored: ReadonlyMap<string, Coding>, waiting: Iterable<Kept>, person: string): Map<string, Coding> {
  const codings = new Map(stored);
  for (const kept of waiting) play(codings, kept, person);
  return codings;
}

/** The coding that an operation is about; null for an undo or redo. */
function codingOf(operation: Operation): string | null {
  if (operation.type === "undo" || operation.type === "redo") return null;
  return operation.type === "apply" ? operation.operation : operation.coding;
}

/** How to bring a coding back to how it stands among some codings. */
export function reversalTo(operation: Operation, codings: ReadonlyMap<string, Coding>): Reversal | null {
  const coding = codingOf(operation);
  if (coding === null) return null;
  // A store that keeps facts may have put the changed coding under the operation's own id.
  return { remove: [coding, operation.operation], restore: codings.get(coding) ?? null };
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
