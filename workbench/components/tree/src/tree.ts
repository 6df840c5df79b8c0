// The tree of codes: walked, opened, renamed and moved by keys or by pointer. Nothing is decided here:
// what was done goes to Python, which answers with the tree as it then is. All text enters the page as text.

import type { Act, Line, Place, Sent, TreeData } from "./contract";
import { groundOf } from "./ground";
import { type Drop, isUnder, placeByDrop, placeByKey } from "./places";
import STYLES from "./style.css";

type New = Act extends infer One ? (One extends Act ? Omit<One, "id"> : never) : never;

/** How long an answer may take before the act is sent again; its id keeps it from being done twice. */
const PATIENCE = 10_000;

export interface Answers {
  readonly select: (key: string) => void;
  readonly send: (sent: Sent) => void;
}

export class Tree {
  private readonly root = make("div", "tpt");
  private readonly probe = make("i", "tpt-probe");
  private readonly list = make("ul", "tpt-list");
  private readonly status = make("p", "tpt-status");
  private data: TreeData | null = null;
  private answers: Answers = { select: () => {}, send: () => {} };
  private rows = new Map<string, HTMLElement>();
  private closed = new Set<string>();
  private cursor: string | null = null;
  private waiting: Act[] = [];
  private inFlight = false;
  private attempts = 0;
  private timer = 0;
  private dragged: string | null = null;
  private typed = { text: "", at: 0 };

  constructor(parent: HTMLElement) {
    const styles = document.createElement("style");
    styles.textContent = STYLES;
    this.probe.setAttribute("aria-hidden", "true");
    // A transition, however short, is the only event that follows a change of the theme.
    this.probe.addEventListener("transitionend", () => this.colour());
    this.root.dataset.trigpoint = "tree";
    this.list.setAttribute("role", "tree");
    this.status.setAttribute("role", "status");
    this.list.addEventListener("keydown", (event) => this.onKey(event));
    this.list.addEventListener("click", (event) => this.onClick(event));
    this.list.addEventListener("dblclick", (event) => this.onDoubleClick(event));
    for (const name of ["dragstart", "dragover", "dragleave", "drop", "dragend"] as const) {
      this.list.addEventListener(name, (event) => this.onDrag(name, event));
    }
    this.root.append(this.list, this.status);
    parent.append(styles, this.probe, this.root);
  }

  update(data: TreeData, answers: Answers): void {
    this.answers = answers;
    const other = this.data !== null && this.data.book !== data.book;
    const had = this.data?.lines.map((line) => line.key) ?? [];
    this.data = data;
    if (other) {
      this.closed.clear();
      this.cursor = null;
    }
    const before = this.waiting.length;
    this.waiting = this.waiting.filter((act) => !data.acked.includes(act.id));
    if (this.waiting.length < before) {
      this.inFlight = false;
      clearTimeout(this.timer);
    }
    if (had.length > 0 && !other && document.activeElement?.closest(".tpt") === this.root) {
      // A code that was just added is the one that one goes on with.
      const added = data.lines.find((line) => !had.includes(line.key) && line.state === "in force");
      if (added !== undefined) this.cursor = added.key;
    }
    if (this.root.querySelector("input") === null) this.draw();
    else this.mark();
    this.flush();
  }

  destroy(): void {
    clearTimeout(this.timer);
    this.root.remove();
    this.probe.remove();
  }

  // -- drawing

  private get lines(): readonly Line[] {
    return this.data?.lines ?? [];
  }

  private line(key: string | null): Line | undefined {
    return this.lines.find((line) => line.key === key);
  }

  private isOpen(line: Line): boolean {
    return !this.closed.has(line.key);
  }

  private hasBelow(key: string): boolean {
    return this.lines.some((line) => line.parent === key && line.state === "in force");
  }

  private isShown(line: Line): boolean {
    if (line.state !== "in force") return true;
    for (let above = this.line(line.parent); above !== undefined; above = this.line(above.parent)) {
      if (this.closed.has(above.key)) return false;
    }
    return true;
  }

  private shown(): Line[] {
    return this.lines.filter((line) => this.isShown(line));
  }

  private draw(): void {
    const data = this.data;
    if (data === null) return;
    const hadFocus = this.list.contains(document.activeElement);
    const scrolled = this.list.scrollTop;
    this.list.setAttribute("aria-label", data.name);
    this.rows = new Map();
    const elements: HTMLElement[] = [];
    let state: Line["state"] = "in force";
    for (const line of this.shown()) {
      if (line.state !== state) elements.push(make("li", "tpt-group", data.words[line.state as "proposed" | "retired"]));
      if (line.state !== state) elements.at(-1)?.setAttribute("role", "presentation");
      state = line.state;
      const row = this.row(line, data);
      this.rows.set(line.key, row);
      elements.push(row);
    }
    this.list.replaceChildren(...elements);
    this.list.scrollTop = scrolled;
    this.root.dataset.rows = String(this.rows.size);
    if (this.cursor === null || !this.rows.has(this.cursor)) {
      this.cursor = data.selected !== null && this.rows.has(data.selected) ? data.selected : (this.shown()[0]?.key ?? null);
    }
    this.mark();
    this.colour();
    if (hadFocus) this.current()?.focus({ preventScroll: false });
  }

  private row(line: Line, data: TreeData): HTMLElement {
    const row = make("li", "tpt-row");
    row.setAttribute("role", "treeitem");
    row.setAttribute("aria-level", String(line.depth + 1));
    row.setAttribute("aria-label", `${line.label}, ${line.key}, ${line.said}`);
    row.dataset.code = line.key;
    row.dataset.state = line.state;
    row.title = line.said;
    row.style.setProperty("--depth", String(line.depth));
    row.draggable = data.editable && line.state === "in force";
    const twisty = make("span", "tpt-twisty");
    if (line.state === "in force" && this.hasBelow(line.key)) {
      row.setAttribute("aria-expanded", String(this.isOpen(line)));
      twisty.textContent = this.isOpen(line) ? "▾" : "▸";
    }
    const count = make("span", "tpt-count", line.codings > 0 ? String(line.codings) : "");
    row.append(
      twisty,
      make("span", "tpt-colour"),
      make("span", "tpt-label", line.label),
      make("span", "tpt-key", line.key),
      count,
    );
    for (const child of row.children) child.setAttribute("aria-hidden", "true");
    return row;
  }

  private mark(): void {
    const busy = new Set(this.waiting.flatMap((act) => ("code" in act ? [act.code] : [])));
    for (const [key, row] of this.rows) {
      row.setAttribute("aria-selected", String(key === this.data?.selected));
      row.setAttribute("tabindex", key === this.cursor ? "0" : "-1");
      row.classList.toggle("tpt-busy", busy.has(key));
    }
    this.root.dataset.pending = String(this.waiting.length);
    const words = this.data?.words;
    this.status.textContent = words === undefined ? "" : this.waiting.length > 0 ? words.saving : words.keys;
  }

  private colour(): void {
    const ground = groundOf(this.probe);
    this.root.dataset.ground = ground;
    for (const [key, row] of this.rows) {
      row.style.setProperty("--code", this.line(key)?.colour[ground] ?? "currentColor");
    }
  }

  // -- moving about

  private current(): HTMLElement | undefined {
    return this.cursor === null ? undefined : this.rows.get(this.cursor);
  }

  private goTo(key: string | undefined): void {
    if (key === undefined || !this.rows.has(key)) return;
    this.cursor = key;
    this.mark();
    this.current()?.focus();
  }

  private onKey(event: KeyboardEvent): void {
    if (event.target instanceof HTMLInputElement) return;
    const line = this.line(this.cursor);
    if (line === undefined) return;
    const handled = event.altKey ? this.moveByKey(line, event.key) : this.walk(line, event);
    if (handled) event.preventDefault();
    // Streamlit has keys of its own on the whole page; Tab must still leave the tree.
    if (handled || event.key.length === 1) event.stopPropagation();
  }

  private walk(line: Line, event: KeyboardEvent): boolean {
    if (event.ctrlKey || event.metaKey) return false;
    const shown = this.shown();
    const at = shown.findIndex((other) => other.key === line.key);
    const steps: Readonly<Record<string, number>> = {
      ArrowUp: at - 1,
      ArrowDown: at + 1,
      Home: 0,
      End: shown.length - 1,
      PageUp: Math.max(0, at - 10),
      PageDown: Math.min(shown.length - 1, at + 10),
    };
    const step = steps[event.key];
    if (step !== undefined) this.goTo(shown[step]?.key);
    else if (event.key === "ArrowRight") this.openOrEnter(line, shown[at + 1]);
    else if (event.key === "ArrowLeft") this.closeOrLeave(line);
    else if (event.key === "Enter" || event.key === " ") this.choose(line.key);
    else if (event.key === "F2") this.rename(line);
    else if (event.key === "+" || event.key === "Insert") this.addUnder(line);
    else if (event.key === "Delete") this.retire(line);
    else if (event.key.length === 1) this.find(event.key, at);
    else return false;
    return true;
  }

  private openOrEnter(line: Line, next: Line | undefined): void {
    if (!this.hasBelow(line.key)) return;
    if (this.isOpen(line)) this.goTo(next?.key);
    else this.toggle(line);
  }

  private closeOrLeave(line: Line): void {
    if (this.hasBelow(line.key) && this.isOpen(line)) this.toggle(line);
    else this.goTo(line.parent ?? undefined);
  }

  private toggle(line: Line): void {
    if (this.isOpen(line)) this.closed.add(line.key);
    else this.closed.delete(line.key);
    if (this.cursor !== null && this.cursor !== line.key && isUnder(this.lines, this.cursor, line.key)) {
      this.cursor = line.key;
    }
    this.draw();
  }

  private find(letter: string, at: number): void {
    const now = Date.now();
    this.typed = { text: (now - this.typed.at < 800 ? this.typed.text : "") + folded(letter), at: now };
    const shown = this.shown();
    const from = this.typed.text.length > 1 ? at : at + 1;
    const order = [...shown.slice(from), ...shown.slice(0, from)];
    const begins = (line: Line): boolean =>
      folded(line.label).startsWith(this.typed.text) || folded(line.key).startsWith(this.typed.text);
    this.goTo(order.find(begins)?.key);
  }

  private choose(key: string): void {
    if (this.data !== null) this.data = { ...this.data, selected: key };
    this.mark();
    this.answers.select(key);
  }

  private onClick(event: MouseEvent): void {
    const row = rowOf(event);
    if (row === null || event.target instanceof HTMLInputElement) return;
    const line = this.line(row.dataset.code ?? null);
    if (line === undefined) return;
    this.goTo(line.key);
    if (event.target instanceof Element && event.target.closest(".tpt-twisty") && this.hasBelow(line.key)) this.toggle(line);
    else this.choose(line.key);
  }

  private onDoubleClick(event: MouseEvent): void {
    const line = this.line(rowOf(event)?.dataset.code ?? null);
    if (line !== undefined) this.rename(line);
  }

  // -- changing

  private mayChange(line: Line): boolean {
    return this.data?.editable === true && line.state === "in force";
  }

  private moveByKey(line: Line, key: string): boolean {
    if (!key.startsWith("Arrow") || !this.mayChange(line)) return false;
    const place = placeByKey(this.lines, line.key, key);
    if (place !== null) this.move(line.key, place);
    return true;
  }

  private move(code: string, place: Place): void {
    if (place.parent !== null) this.closed.delete(place.parent);
    this.does({ act: "move", code, ...place });
  }

  private retire(line: Line): void {
    if (this.mayChange(line)) this.does({ act: "retire", code: line.key });
  }

  private rename(line: Line): void {
    const row = this.rows.get(line.key);
    if (!this.mayChange(line) || row === undefined || this.data === null) return;
    this.ask(row, this.data.words.rename, line.label, (label) => {
      if (label !== line.label) this.does({ act: "rename", code: line.key, label });
    });
  }

  private addUnder(line: Line): void {
    if (!this.mayChange(line) || this.data === null) return;
    this.closed.delete(line.key);
    this.draw();
    const row = make("li", "tpt-row");
    row.style.setProperty("--depth", String(line.depth + 1));
    row.append(make("span", "tpt-twisty"), make("span", "tpt-colour"), make("span", "tpt-label"));
    const family = this.shown().filter((other) => other.state === "in force" && isUnder(this.lines, other.key, line.key));
    this.rows.get(family.at(-1)?.key ?? line.key)?.after(row);
    this.ask(row, this.data.words.new_label, "", (label) => this.does({ act: "add", parent: line.key, label }), true);
  }

  private ask(row: HTMLElement, name: string, value: string, give: (label: string) => void, isNew = false): void {
    const input = document.createElement("input");
    input.className = "tpt-input";
    input.value = value;
    input.maxLength = 200;
    input.setAttribute("aria-label", name);
    input.placeholder = name;
    const label = row.querySelector(".tpt-label");
    label?.replaceWith(input);
    row.draggable = false;
    let done = false;
    const end = (keep: boolean, focus: boolean): void => {
      if (done) return;
      done = true;
      const text = input.value.trim();
      if (isNew) row.remove();
      else input.replaceWith(make("span", "tpt-label", keep && text !== "" ? text : value));
      if (keep && text !== "") give(text);
      this.draw();
      if (focus) this.current()?.focus();
    };
    input.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key === "Enter") end(true, true);
      else if (event.key === "Escape") end(false, true);
    });
    input.addEventListener("blur", () => end(!isNew, false));
    input.focus();
    input.select();
  }

  private does(what: New): void {
    this.waiting.push({ id: crypto.randomUUID(), ...what } as Act);
    this.mark();
    this.flush();
  }

  /** One message at a time: a second one before the answer could be lost. */
  private flush(): void {
    if (this.inFlight || this.waiting.length === 0) return;
    this.inFlight = true;
    this.answers.send({ attempt: ++this.attempts, acts: this.waiting.slice(0, 1) });
    this.timer = setTimeout(() => {
      this.inFlight = false;
      this.flush();
    }, PATIENCE);
  }

  // -- dragging

  private onDrag(name: string, event: DragEvent): void {
    const row = rowOf(event);
    if (name === "dragstart") {
      this.dragged = row?.dataset.code ?? null;
      event.dataTransfer?.setData("text/plain", this.line(this.dragged)?.label ?? "");
      if (event.dataTransfer !== null) event.dataTransfer.effectAllowed = "move";
      return;
    }
    for (const other of this.rows.values()) other.removeAttribute("data-drop");
    const target = row?.dataset.code;
    if (name === "dragend" || name === "dragleave") {
      if (name === "dragend") this.dragged = null;
      return;
    }
    if (row === null || target === undefined || this.dragged === null) return;
    const where = whereIn(row, event.clientY);
    const place = placeByDrop(this.lines, this.dragged, target, where);
    if (place === null) return;
    event.preventDefault();
    if (name === "dragover") row.dataset.drop = where;
    else {
      this.cursor = this.dragged;
      this.move(this.dragged, place);
      this.dragged = null;
    }
  }
}

function whereIn(row: HTMLElement, y: number): Drop {
  const { top, height } = row.getBoundingClientRect();
  const part = (y - top) / height;
  return part < 0.28 ? "before" : part > 0.72 ? "after" : "under";
}

function rowOf(event: Event): HTMLElement | null {
  return event.target instanceof Element ? event.target.closest<HTMLElement>("[role=treeitem]") : null;
}

/** Without capitals and accents. */
function folded(text: string): string {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className = "", text = ""): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  if (text !== "") element.textContent = text;
  return element;
}
