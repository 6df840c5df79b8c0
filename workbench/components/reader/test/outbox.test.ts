import assert from "node:assert/strict";
import { mock, test } from "node:test";

import { NO_DETAIL, type Coding, type Operation } from "../src/contract";
import { type Drawer, Outbox, StorageDrawer } from "../src/outbox";
import { type Kept, replay, reversalTo, successor } from "../src/replay";

const apply = (id: string, start = 0): Operation => ({
  operation: id, type: "apply", start, end: start + 5, code: "ECO", valence: null,
});

/** The part of the browser's Storage that the drawer uses. */
function aStorage(): Storage {
  const held = new Map<string, string>();
  return {
    get length() {
      return held.size;
    },
    key: (index: number) => [...held.keys()][index] ?? null,
    getItem: (name: string) => held.get(name) ?? null,
    setItem: (name: string, text: string) => void held.set(name, text),
    removeItem: (name: string) => void held.delete(name),
    clear: () => held.clear(),
  };
}

function anOutbox(drawer: Drawer): { outbox: Outbox; sent: string[][] } {
  const sent: string[][] = [];
  const outbox = new Outbox(drawer, (operations) => sent.push(operations.map(({ operation }) => operation)), () => {});
  return { outbox, sent };
}

const aDrawer = (storage = aStorage(), version = "1"): StorageDrawer => new StorageDrawer(storage, "Anna", "d", version);

test("one message is under way at a time, and the next carries all that waits", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { outbox, sent } = anOutbox(aDrawer());
  for (const id of ["a", "b", "c"]) outbox.add(apply(id));
  assert.deepEqual(sent, [["a"]]);
  outbox.settle(["a"], []);
  assert.deepEqual(sent, [["a"], ["b", "c"]]);
  outbox.settle(["b", "c"], []);
  assert.equal(outbox.size, 0);
  assert.equal(sent.length, 2);
  mock.timers.reset();
});

test("without an answer everything goes out again, later and later, and the person is told", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { outbox, sent } = anOutbox(aDrawer());
  outbox.add(apply("a"));
  outbox.add(apply("b"));
  mock.timers.tick(4000);
  assert.deepEqual(sent.at(-1), ["a", "b"]);
  assert.equal(outbox.isStuck, false);
  mock.timers.tick(8000);
  assert.equal(outbox.isStuck, true);
  assert.equal(sent.length, 3);
  outbox.settle(["a", "b"], []);
  assert.equal(outbox.isStuck, false);
  mock.timers.reset();
});

test("what waits outlives a reload, in the order made; the acknowledged does not", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const storage = aStorage();
  const before = anOutbox(aDrawer(storage));
  for (const id of ["z", "y", "x"]) before.outbox.add(apply(id));
  before.outbox.settle(["z"], []);
  const after = anOutbox(aDrawer(storage));
  after.outbox.flush();
  assert.deepEqual(after.sent, [["y", "x"]]);
  assert.equal(new StorageDrawer(storage, "Anna", "other", "1").elsewhere(), 2);
  mock.timers.reset();
});

test("a refused operation is given back with its reason and no longer shown", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const { outbox } = anOutbox(aDrawer());
  outbox.add(apply("a"));
  const { refused, acked } = outbox.settle([], [{ operation: "a", reason: "locked" }, { operation: "other", reason: "" }]);
  assert.deepEqual([acked, refused.map(({ reason }) => reason)], [[], ["locked"]]);
  assert.equal(replay(new Map(), outbox.kept(), "Anna").size, 0);
  mock.timers.reset();
});

const coding = (id: string, more: Partial<Coding> = {}): Coding => ({
  id, start: 0, end: 5, code: "ECO", coder: "Anna", valence: null, memo: "", mine: true, detail: NO_DETAIL, origin: null, ...more,
});
const stored = (...codings: Coding[]): Map<string, Coding> => new Map(codings.map((one) => [one.id, one]));
const kept = (operation: Operation, more: Partial<Kept> = {}): Kept => ({ operation, made: 0, ...more });

test("waiting operations are shown on top of what is stored", () => {
  const shown = replay(
    stored(coding("a"), coding("b")),
    [
      kept(apply("new", 9)),
      kept({ operation: "1", type: "change", coding: "a", valence: "barrier" }),
      kept({ operation: "2", type: "memo", coding: "new", text: "why" }),
      kept({ operation: "3", type: "retire", coding: "b" }),
    ],
    "Anna",
  );
  assert.deepEqual([...shown.keys()], ["a", "new"]);
  assert.equal(shown.get("a")?.valence, "barrier");
  assert.equal(shown.get("new")?.memo, "why");
});

test("undo is shown at once: what was made goes, what was changed or retired comes back", () => {
  const now = stored(coding("a", { memo: "old" }));
  const change: Operation = { operation: "1", type: "change", coding: "a", code: "SOC" };
  const undo: Operation = { operation: "2", type: "undo" };
  const changed = replay(now, [kept(change), kept(undo, { reversal: reversalTo(change, now)! })], "Anna");
  assert.deepEqual(changed, now);
  const made = apply("new");
  assert.equal(replay(new Map(), [kept(made), kept(undo, { reversal: reversalTo(made, new Map())! })], "Anna").size, 0);
});

test("a change that gives the coding another id is followed", () => {
  const gone = coding("old");
  const now = new Map([["op", coding("op", { code: "SOC" })], ["else", coding("else", { start: 1 })]]);
  assert.equal(successor(gone, now, ["op"])?.id, "op");
  assert.equal(successor(gone, new Map([["else", coding("else")]]), [])?.id, "else");
  assert.equal(successor(gone, new Map(), []), null);
});

test("what was made on a text that was replaced goes along, with the version that it is of", () => {
  mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const storage = aStorage();
  anOutbox(aDrawer(storage)).outbox.add(apply("a"));
  const drawer = aDrawer(storage, "2");
  const { outbox, sent } = anOutbox(drawer);
  outbox.flush();
  assert.deepEqual(sent, [["a"]]);
  assert.deepEqual(drawer.all().map(({ operation }) => operation.version), ["1"]);
  assert.equal(replay(new Map(), outbox.kept(), "Anna").size, 0); // its places mean other words here
  outbox.settle(["a"], []);
  assert.equal(storage.length, 0);
  mock.timers.reset();
});

test("redo is shown at once, also of moved ends and of attributes", () => {
  const before = stored(coding("a"));
  const resize: Operation = { operation: "1", type: "resize", coding: "a", start: 2, end: 9 };
  const detail: Operation = { ...NO_DETAIL, operation: "2", type: "detail", coding: "a", evidence: "wished" };
  const after = replay(before, [kept(resize), kept(detail)], "Anna");
  assert.deepEqual([after.get("a")!.start, after.get("a")!.end, after.get("a")!.detail.evidence], [2, 9, "wished"]);
  const redo: Operation = { operation: "3", type: "redo" };
  assert.deepEqual(replay(before, [kept(redo, { reversal: reversalTo(detail, after)! })], "Anna"), after);
});
