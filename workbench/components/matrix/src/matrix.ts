// The table of rows × sources and rows × pairs, drawn once per change, with a cell cursor.
// All text enters the page as text, never as markup.

import { groundOf, levelColour } from "./colours";
import type { Line, MatrixData, MatrixRow, PairCell, Place, SourceCell } from "./contract";
import { movedBy } from "./cursor";
import { fitted } from "./fit";
import STYLES from "./style.css";

interface GridCell {
  readonly element: HTMLElement;
  readonly place: Place;
}

/** Pixels of a column of a source and of a pair where rows are compact. */
const SOURCE = 65;
const PAIR = 25;

export class Matrix {
  private readonly root = make("div", "tpm");
  private readonly probe = make("i", "tpm-probe");
  private drawn = "";
  private data: MatrixData | null = null;
  private select: (place: Place) => void = () => {};
  private grid: GridCell[][] = [];
  private cursor: readonly [number, number] = [0, 0];
  private readonly onResize = (): void => this.fit();

  constructor(parent: HTMLElement) {
    const styles = document.createElement("style");
    styles.textContent = STYLES;
    this.probe.setAttribute("aria-hidden", "true");
    // A transition, however short, is the only event that follows a change of the theme.
    this.probe.addEventListener("transitionend", () => this.colour());
    this.root.dataset.trigpoint = "matrix";
    this.root.addEventListener("keydown", (event) => this.onKey(event));
    this.root.addEventListener("click", (event) => this.onClick(event));
    parent.append(styles, this.probe, this.root);
    window.addEventListener("resize", this.onResize);
  }

  update(data: MatrixData, select: (place: Place) => void): void {
    this.select = select;
    this.data = data;
    const { selected: _, ...shown } = data;
    const fingerprint = JSON.stringify(shown);
    if (fingerprint !== this.drawn) {
      this.draw(data);
      this.drawn = fingerprint;
    }
    this.mark(data.selected);
    this.fit();
    // What stands above may still be drawn: its height is known once it is there.
    requestAnimationFrame(() => this.fit());
    setTimeout(() => this.fit(), 250);
  }

  destroy(): void {
    window.removeEventListener("resize", this.onResize);
    this.root.remove();
    this.probe.remove();
  }

  private draw(data: MatrixData): void {
    const scroller = this.root.querySelector(".tpm-scroll");
    const [left, top] = [scroller?.scrollLeft ?? 0, scroller?.scrollTop ?? 0];
    const hadFocus = this.root.contains(document.activeElement);
    this.root.dataset.density = data.density;
    const table = make("table", "tpm-table");
    table.style.setProperty("--tpm-fixed", String(data.sources.length * SOURCE + data.pairs.length * PAIR));
    table.setAttribute("role", "grid");
    table.setAttribute("aria-label", data.name);
    this.grid = [];
    table.append(columns(data), head(data), this.body(data));
    const frame = make("div", "tpm-scroll");
    frame.append(table);
    this.root.replaceChildren(frame, legend(data));
    this.root.dataset.rows = String(data.rows.length);
    this.colour();
    frame.scrollTo(left, top);
    const row = Math.min(this.cursor[0], Math.max(0, this.grid.length - 1));
    this.cursor = [row, Math.min(this.cursor[1], Math.max(0, (this.grid[row]?.length ?? 1) - 1))];
    this.current()?.element.setAttribute("tabindex", "0");
    if (hadFocus) this.current()?.element.focus({ preventScroll: true });
  }

  private body(data: MatrixData): HTMLElement {
    const body = make("tbody");
    let level: string | null = null;
    let theme: string | null = null;
    for (const row of data.rows) {
      const opens = row.level !== level;
      if (opens && data.by_level && data.density === "roomy") body.append(levelRow(row, data));
      body.append(this.statementRow(row, data, row.theme !== theme, opens));
      [level, theme] = [row.level, row.theme];
    }
    return body;
  }

  private statementRow(row: MatrixRow, data: MatrixData, first: boolean, opens: boolean): HTMLElement {
    const line = make("tr", `tpm-row${first ? " tpm-first" : ""}${opens ? " tpm-opens" : ""}`);
    line.dataset.level = row.level;
    const heading = make("th", "tpm-statement");
    heading.scope = "row";
    heading.title = [row.level_label, row.theme_label, row.words].filter((text) => text !== "").join("\n");
    const band = make("span", "tpm-band", row.level_short);
    band.setAttribute("aria-hidden", "true");
    heading.append(band);
    const theme = make("span", "tpm-theme", row.theme_label);
    if (!first) theme.classList.add("tpm-again");
    heading.append(theme, make("span", "tpm-words", row.words));
    line.append(heading);
    const cells: GridCell[] = [];
    row.sources.forEach((cell, n) => {
      const source = data.sources[n] ?? "";
      const element = sourceCell(cell);
      element.dataset.source = source;
      cells.push({ element, place: { ...placeOf(row), kind: "source", sources: [source] } });
    });
    row.pairs.forEach((cell, n) => {
      const pair = data.pairs[n] ?? ["", ""];
      const element = pairCell(cell);
      element.dataset.pair = pair.join("|");
      if (n === 0) element.classList.add("tpm-edge");
      cells.push({ element, place: { ...placeOf(row), kind: "pair", sources: pair } });
    });
    if (row.whole !== null) {
      const element = pairCell(row.whole);
      element.classList.add("tpm-whole", "tpm-edge");
      element.dataset.whole = "";
      cells.push({ element, place: { ...placeOf(row), kind: "row", sources: [] } });
    }
    for (const { element } of cells) {
      element.dataset.row = row.statement || row.theme;
      element.dataset.theme = row.theme;
    }
    line.append(...cells.map(({ element }) => element));
    this.grid.push(cells);
    return line;
  }

  private mark(selected: Place | null): void {
    this.grid.forEach((cells, row) => {
      const column = cells.findIndex(({ place }) => selected !== null && same(place, selected));
      cells.forEach(({ element }, n) => element.setAttribute("aria-selected", String(n === column)));
      cells[0]?.element.parentElement?.classList.toggle("tpm-chosen", column >= 0);
      if (column >= 0) this.moveTo(row, column, false);
    });
  }

  private colour(): void {
    const ground = groundOf(this.probe);
    this.root.dataset.ground = ground;
    for (const row of this.root.querySelectorAll<HTMLElement>("tr[data-level]")) {
      row.style.setProperty("--level", levelColour(row.dataset.level ?? "", this.data?.levels ?? [], ground));
    }
  }

  /** Give the table the page that is left, and compact rows the height at which all of them fit. */
  private fit(): void {
    const frame = this.root.querySelector<HTMLElement>(".tpm-scroll");
    const header = frame?.querySelector("thead");
    if (frame === null || header == null || this.data === null) return;
    const page = frame.closest("[data-testid=stMain]");
    const above = frame.getBoundingClientRect().top + (page?.scrollTop ?? 0);
    if (above <= 0) return;
    const legendHeight = this.root.querySelector(".tpm-legend")?.getBoundingClientRect().height ?? 0;
    const { frame: height, row } = fitted({
      page: window.innerHeight,
      above,
      legend: legendHeight + 8,
      below: this.data.below,
      header: header.getBoundingClientRect().height,
      rows: this.data.rows.length,
    });
    frame.style.maxHeight = `${height}px`;
    this.root.style.setProperty("--tpm-row", `${row}px`);
    if (this.data.selected !== null) this.showChosen(frame, header.getBoundingClientRect().height);
  }

  /** Bring the chosen row back into view where something below has taken its place. */
  private showChosen(frame: HTMLElement, header: number): void {
    const row = this.root.querySelector<HTMLElement>(".tpm-chosen");
    if (row === null) return;
    const [top, bottom] = [row.offsetTop - header, row.offsetTop + row.offsetHeight - frame.clientHeight];
    if (frame.scrollTop > top) frame.scrollTop = top;
    else if (frame.scrollTop < bottom) frame.scrollTop = bottom;
  }

  private current(): GridCell | undefined {
    return this.grid[this.cursor[0]]?.[this.cursor[1]];
  }

  private moveTo(row: number, column: number, focus: boolean): void {
    const cell = this.grid[row]?.[column];
    if (cell === undefined) return;
    this.current()?.element.setAttribute("tabindex", "-1");
    this.cursor = [row, column];
    cell.element.setAttribute("tabindex", "0");
    if (focus) cell.element.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (!(event.target instanceof HTMLElement) || event.target.getAttribute("role") !== "gridcell") return;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [row, column] = this.cursor;
    const move = movedBy(event.key, [row, column], this.grid.length, this.grid[row]?.length ?? 0);
    if (move !== null) this.moveTo(...move, true);
    else if (event.key === "Enter" || event.key === " ") this.choose(this.current());
    else {
      // Streamlit has keys of its own on the whole page; Tab must still leave the table.
      if (event.key.length === 1) event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  private onClick(event: MouseEvent): void {
    const element = event.target instanceof Element ? event.target.closest("[role=gridcell]") : null;
    this.grid.forEach((cells, row) =>
      cells.forEach((cell, column) => {
        if (cell.element !== element) return;
        this.moveTo(row, column, true);
        this.choose(cell);
      }),
    );
  }

  private choose(cell: GridCell | undefined): void {
    if (cell === undefined) return;
    this.mark(cell.place);
    this.select(cell.place);
  }
}

function columns(data: MatrixData): HTMLElement {
  const group = make("colgroup");
  group.append(make("col", "tpm-col-statement"));
  data.sources.forEach(() => group.append(make("col", "tpm-col-source")));
  data.pairs.forEach(() => group.append(make("col", "tpm-col-pair")));
  if (data.whole_head !== null) group.append(make("col", "tpm-col-whole"));
  return group;
}

function head(data: MatrixData): HTMLElement {
  const groups = make("tr", "tpm-groups");
  groups.append(make("td", "tpm-corner"), group(data.words.what_sources_say, data.sources.length, ""));
  if (data.pairs.length > 0) groups.append(group(data.words.pairs, data.pairs.length, "tpm-edge"));
  if (data.whole_head !== null) groups.append(group(data.words.whole, 1, "tpm-edge"));
  const names = make("tr", "tpm-names");
  names.append(heading(data.words.statement, "", "tpm-statement"));
  data.source_heads.forEach((source) => names.append(heading(source.short, source.name, "tpm-source")));
  data.pair_heads.forEach((pair, n) =>
    names.append(heading(pair.short, pair.name, n === 0 ? "tpm-pair tpm-edge" : "tpm-pair")),
  );
  if (data.whole_head !== null) {
    names.append(heading(data.whole_head.short, data.whole_head.name, "tpm-pair tpm-whole tpm-edge"));
  }
  const header = make("thead");
  header.append(groups, names);
  return header;
}

function group(text: string, span: number, className: string): HTMLElement {
  const cell = make("th", className, text);
  cell.scope = "colgroup";
  cell.colSpan = Math.max(1, span);
  return cell;
}

function heading(text: string, name: string, className: string): HTMLElement {
  const cell = make("th", className);
  cell.append(make("span", "", text));
  cell.scope = "col";
  if (name !== "") {
    cell.title = name;
    cell.setAttribute("aria-label", name);
  }
  return cell;
}

function levelRow(row: MatrixRow, data: MatrixData): HTMLElement {
  const line = make("tr", "tpm-level");
  line.dataset.level = row.level;
  const cell = make("th", "", row.level_label);
  cell.scope = "rowgroup";
  const rest = make("td");
  rest.colSpan = data.sources.length + data.pairs.length + (data.whole_head === null ? 0 : 1);
  line.append(cell, rest);
  return line;
}

function sourceCell(cell: SourceCell): HTMLTableCellElement {
  const element = gridCell(cell.said, "tpm-source");
  if (cell.lines.length > 0) {
    element.append(linesOf(cell.lines));
    return element;
  }
  const inner = make("span", "tpm-says");
  inner.append(
    make("b", "", cell.valence),
    make("span", "tpm-bars", cell.prominence),
    make("span", "tpm-count", cell.count),
  );
  inner.setAttribute("aria-hidden", "true");
  element.append(inner);
  return element;
}

function pairCell(cell: PairCell): HTMLTableCellElement {
  const element = gridCell(cell.said, "tpm-pair");
  if (cell.lines.length > 0) {
    element.append(linesOf(cell.lines));
    return element;
  }
  element.dataset.code = cell.code;
  const symbol = make("span", cell.changed ? "tpm-symbol tpm-changed" : "tpm-symbol", cell.symbol);
  symbol.setAttribute("aria-hidden", "true");
  element.append(symbol);
  return element;
}

function linesOf(lines: readonly Line[]): HTMLElement {
  const list = make("span", "tpm-lines");
  list.setAttribute("aria-hidden", "true");
  for (const [code, text] of lines) {
    const line = make("span", "tpm-line", text);
    line.dataset.code = code;
    list.append(line);
  }
  return list;
}

function gridCell(said: string, className: string): HTMLTableCellElement {
  const element = make("td", `tpm-cell ${className}`);
  element.setAttribute("role", "gridcell");
  element.setAttribute("tabindex", "-1");
  element.title = said;
  element.setAttribute("aria-label", said);
  return element;
}

function legend(data: MatrixData): HTMLElement {
  const list = make("ul", "tpm-legend");
  list.setAttribute("aria-label", data.words.legend);
  for (const [symbol, word, code] of data.legend) {
    const item = make("li");
    const mark = make("span", code === "" ? "tpm-key" : "tpm-symbol", symbol);
    mark.setAttribute("aria-hidden", "true");
    mark.dataset.code = code;
    item.append(mark, make("span", "", word));
    list.append(item);
  }
  return list;
}

function placeOf(row: MatrixRow): { theme: string; statement: string } {
  return { theme: row.theme, statement: row.statement };
}

function same(one: Place, other: Place): boolean {
  return (
    one.theme === other.theme &&
    one.statement === other.statement &&
    one.kind === other.kind &&
    one.sources.join("|") === other.sources.join("|")
  );
}

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className = "", text = ""): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  if (text !== "") element.textContent = text;
  return element;
}
