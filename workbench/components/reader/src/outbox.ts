// Nothing coded is ever lost: operations wait here until the server says that they are stored.
// Streamlit drops events that come fast, so all waiting operations travel together, one message is
// under way at a time, and a copy stays in the browser's storage until the acknowledgement.

import type { Operation, Refusal } from "./contract";
import type { Kept } from "./replay";

const ANSWER_WITHIN = 4000; // milliseconds; then the message goes out again
const LONGEST_WAIT = 32000;

/** Where waiting operations outlive a reload. */
export interface Drawer {
  all(): Kept[];
  put(kept: Kept): void;
  remove(id: string): void;
}

/** One entry per operation: two tabs on one document then never overwrite each other. */
export class StorageDrawer implements Drawer {
  private readonly ofDocument: string;
  private readonly prefix: string;

  constructor(
    private readonly storage: Storage,
    private readonly person: string,
    document: string,
    private readonly version: string,
  ) {
    this.ofDocument = `${ownDrawers(person)}${encodeURIComponent(document)}/`;
    this.prefix = `${this.ofDocument}${encodeURIComponent(version)}/`;
  }

  /** What waits, also what was made on a text of this document that was replaced meanwhile. */
  all(): Kept[] {
    const kept = this.names()
      .filter((name) => name.startsWith(this.ofDocument))
      .flatMap((name) => this.read(name) ?? []);
    return kept.sort((a, b) => a.made - b.made);
  }

  private read(name: string): Kept | null {
    const kept = JSON.parse(this.storage.getItem(name) ?? "null") as Kept | null;
    const version = decodeURIComponent(name.slice(this.ofDocument.length).split("/")[0]!);
    if (kept === null || version === this.version) return kept;
    return { operation: { ...kept.operation, version }, made: kept.made };
  }

  /** How many operations of this person wait in other documents. */
  elsewhere(): number {
    const own = ownDrawers(this.person);
    return this.names().filter((name) => name.startsWith(own) && !name.startsWith(this.ofDocument)).length;
  }

  put(kept: Kept): void {
    try {
      this.storage.setItem(this.prefix + kept.operation.operation, JSON.stringify(kept));
    } catch {
      // Full or forbidden storage: the operation is still in memory and on its way.
    }
  }

  remove(id: string): void {
    this.storage.removeItem(this.prefix + id);
    const isThis = (name: string): boolean => name.startsWith(this.ofDocument) && name.endsWith(`/${id}`);
    for (const name of this.names().filter(isThis)) this.storage.removeItem(name);
  }

  private names(): string[] {
    return Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index) ?? "");
  }
}

function ownDrawers(person: string): string {
  return `trigpoint/waiting/${encodeURIComponent(person)}/`;
}

export interface Settled {
  readonly acked: readonly string[];
  readonly refused: readonly { readonly kept: Kept; readonly reason: string }[];
}

export class Outbox {
  private readonly waiting = new Map<string, Kept>();
  private underWay = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | null = null;
  private unanswered = 0;
  private lastMade = 0;

  constructor(
    private readonly drawer: Drawer,
    private readonly deliver: (operations: readonly Operation[]) => void,
    private readonly changed: () => void,
  ) {
    for (const kept of drawer.all()) this.waiting.set(kept.operation.operation, kept);
    this.lastMade = Math.max(0, ...Array.from(this.waiting.values(), (kept) => kept.made));
  }

  get size(): number {
    return this.waiting.size;
  }

  /** True when the server has left messages without an answer: what waits is then only in this browser. */
  get isStuck(): boolean {
    return this.unanswered >= 2;
  }

  kept(): Iterable<Kept> {
    return this.waiting.values();
  }

  add(operation: Operation, details: Pick<Kept, "reversal"> = {}): void {
    this.lastMade = Math.max(this.lastMade + 1, Date.now());
    const kept: Kept = { operation, made: this.lastMade, ...details };
    this.waiting.set(operation.operation, kept);
    this.drawer.put(kept);
    this.flush();
  }

  /** Take note of an answer; only operations that were still waiting are reported. */
  settle(acked: readonly string[], refused: readonly Refusal[]): Settled {
    const settled: Settled = {
      acked: acked.filter((id) => this.waiting.has(id)),
      refused: refused.flatMap(({ operation, reason }) => {
        const kept = this.waiting.get(operation);
        return kept === undefined ? [] : [{ kept, reason }];
      }),
    };
    for (const id of settled.acked) this.close(id);
    for (const { kept } of settled.refused) this.close(kept.operation.operation);
    if (settled.acked.length + settled.refused.length > 0) this.unanswered = 0;
    if (this.underWay.size === 0) {
      this.stopWaiting();
      this.flush();
    }
    return settled;
  }

  /** Send what waits, unless a message is under way. */
  flush(): void {
    if (this.waiting.size === 0 || this.timer !== null) return;
    this.underWay = new Set(this.waiting.keys());
    const patience = Math.min(ANSWER_WITHIN * 2 ** this.unanswered, LONGEST_WAIT);
    this.timer = setTimeout(() => this.sendAgain(), patience);
    this.deliver(Array.from(this.waiting.values(), (kept) => kept.operation));
  }

  /** Forget the message under way: its way back is gone. What waits stays. */
  stopWaiting(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.underWay.clear();
  }

  private sendAgain(): void {
    this.unanswered += 1;
    this.stopWaiting();
    this.flush();
    this.changed();
  }

  private close(id: string): void {
    this.waiting.delete(id);
    this.underWay.delete(id);
    this.drawer.remove(id);
  }
}
