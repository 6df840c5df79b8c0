// Coding stripes run in lanes beside the text: which lane, and which labels find room.

import type { Span } from "./contract";

export interface Striped extends Span {
  readonly id: string;
  /** Lanes are numbered anew in each group (a coder, on the comparison page). */
  readonly group: number;
}

/** Reading order; where two begin together the longer comes first and keeps the outer lane. */
export function readingOrder(a: Omit<Striped, "group">, b: Omit<Striped, "group">): number {
  return a.start - b.start || b.end - a.end || (a.id < b.id ? -1 : 1);
}

/** Every coding's lane: the first in its group that is free where it begins. Takes reading order. */
export function assignLanes(ordered: readonly Striped[]): Map<string, number> {
  const lanes = new Map<string, number>();
  const ends = new Map<number, number[]>();
  for (const striped of ordered) {
    const group = ends.get(striped.group) ?? [];
    ends.set(striped.group, group);
    const free = group.findIndex((end) => end <= striped.start);
    const lane = free === -1 ? group.length : free;
    group[lane] = striped.end;
    lanes.set(striped.id, lane);
  }
  return lanes;
}

export interface StackedLabels {
  /** Top of each label in the order given; null where it found no room. */
  readonly tops: readonly (number | null)[];
  /** Where "+n" stands, null when every label found room. */
  readonly more: number | null;
}

/** Move labels as little as needed so that none covers another; what finds no room becomes "+n". */
export function stackLabels(wanted: readonly number[], height: number, step: number): StackedLabels {
  const room = Math.max(1, Math.floor(height / step));
  if (wanted.length <= room) return { tops: spread(wanted, height, step), more: null };
  const shown = spread(wanted.slice(0, room - 1), height - step, step);
  const hidden = Array<null>(wanted.length - shown.length).fill(null);
  return { tops: [...shown, ...hidden], more: Math.max(0, height - step) };
}

function spread(wanted: readonly number[], height: number, step: number): number[] {
  const tops: number[] = [];
  for (const top of wanted) tops.push(Math.max(top, (tops.at(-1) ?? -step) + step));
  let limit = height;
  for (let position = tops.length - 1; position >= 0; position -= 1) {
    tops[position] = Math.max(0, Math.min(tops[position]!, limit - step));
    limit = tops[position]!;
  }
  return tops;
}
