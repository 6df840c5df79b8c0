// Where a key leads in the grid. Pure, so that it can be tested without a page.

export type Spot = readonly [row: number, column: number];

/** The cell that a key leads to from another, or null where the key is not one of ours. May lie outside the grid. */
export function movedBy(key: string, [row, column]: Spot, rows: number, columns: number): Spot | null {
  switch (key) {
    case "ArrowUp":
      return [row - 1, column];
    case "ArrowDown":
      return [row + 1, column];
    case "ArrowLeft":
      return [row, column - 1];
    case "ArrowRight":
      return [row, column + 1];
    case "Home":
      return [row, 0];
    case "End":
      return [row, columns - 1];
    case "PageUp":
      return [Math.max(0, row - 10), column];
    case "PageDown":
      return [Math.min(rows - 1, row + 10), column];
    default:
      return null;
  }
}
