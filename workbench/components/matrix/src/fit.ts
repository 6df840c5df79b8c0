// How high the rows are and how much of the page the table takes. Pure, so that it can be tested without a page.

/** The lowest and the highest row that is still easy to read. */
const LOW = 14;
const HIGH = 19;

/** The least that is left for the table, however small the window. */
const LEAST = 240;

/** Pixels: the height of the page, where the table begins, and what stands under it. */
export interface Room {
  readonly page: number;
  readonly above: number;
  readonly legend: number;
  readonly below: number;
  readonly header: number;
  readonly rows: number;
}

export interface Fit {
  /** Pixels that the table may take before it scrolls. */
  readonly frame: number;
  /** Pixels of a row where rows are compact. */
  readonly row: number;
}

/** Room for the table, and the row height at which all rows fit the page, if any does. What opens below takes room from the table, but rows keep their height: nothing jumps. */
export function fitted({ page, above, legend, below, header, rows }: Room): Fit {
  const whole = Math.floor(page - above - legend);
  const each = Math.floor((whole - header - 2) / Math.max(1, rows));
  return { frame: Math.max(LEAST, whole - below), row: Math.min(HIGH, Math.max(LOW, each)) };
}
