// Where a code goes when it is moved by a key or dropped; null where it cannot go.

import type { Line, Place } from "./contract";

export type Drop = "before" | "under" | "after";

function siblings(lines: readonly Line[], parent: string | null): Line[] {
  return lines.filter((line) => line.state === "in force" && line.parent === parent);
}

function found(lines: readonly Line[], key: string | null): Line | undefined {
  return lines.find((line) => line.key === key);
}

/** Whether a code is another, or stands somewhere under it. */
export function isUnder(lines: readonly Line[], key: string | null, above: string): boolean {
  for (let line = found(lines, key); line !== undefined; line = found(lines, line.parent)) {
    if (line.key === above) return true;
  }
  return false;
}

export function placeByKey(lines: readonly Line[], key: string, arrow: string): Place | null {
  const line = found(lines, key);
  if (line === undefined) return null;
  const beside = siblings(lines, line.parent);
  const at = beside.findIndex((other) => other.key === key);
  const previous = beside[at - 1];
  switch (arrow) {
    case "ArrowUp":
      return previous === undefined ? null : { parent: line.parent, before: previous.key };
    case "ArrowDown":
      return beside[at + 1] === undefined ? null : { parent: line.parent, before: beside[at + 2]?.key ?? null };
    case "ArrowRight":
      return previous === undefined ? null : { parent: previous.key, before: null };
    case "ArrowLeft":
      return after(lines, line.parent);
    default:
      return null;
  }
}

export function placeByDrop(lines: readonly Line[], key: string, target: string, where: Drop): Place | null {
  const line = found(lines, target);
  if (line === undefined || line.state !== "in force" || isUnder(lines, target, key)) return null;
  let place: Place | null = { parent: target, before: null };
  if (where === "before") place = { parent: line.parent, before: target };
  if (where === "after") place = after(lines, target);
  return place === null || isThere(lines, key, place) ? null : place;
}

/** Right after a code, among its neighbours. */
function after(lines: readonly Line[], key: string | null): Place | null {
  const line = found(lines, key);
  if (line === undefined) return null;
  const beside = siblings(lines, line.parent);
  const at = beside.findIndex((other) => other.key === key);
  return { parent: line.parent, before: beside[at + 1]?.key ?? null };
}

function isThere(lines: readonly Line[], key: string, place: Place): boolean {
  if (place.before === key) return true;
  const line = found(lines, key);
  const now = after(lines, key);
  return line !== undefined && line.parent === place.parent && now?.before === place.before;
}
