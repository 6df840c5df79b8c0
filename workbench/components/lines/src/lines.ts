// Words in context: walked, chosen and opened by keys or by pointer. All text enters the page as text.

import type { Group, Line, LinesData } from "./contract";
import { groundOf } from "./ground";
import STYLES from "./style.css";

/** Milliseconds after the last choice before Python hears of it: whoever chooses several is not held up. */
const PAUSE = 250;

export interface Answers {
  readonly choose: (asked: string, ids: readonly string[]) => void;
  readonly open: (id: string) => void;
}

export class Lines {
  private readonly root = make("div", "tpl");
  private readonly probe = make("i", "tpl-probe");
  private readonly list = make("div", "tpl-list");
  private readonly status = make("p", "tpl-status");
  private data: LinesData | null = null;
  private answers: Answers = { choose: () => {}, open: () => {} };
  private rows: HTMLElement[] = [];
  private chosen = new Set<string>();
  private cursor = 0;
  private timer = 0;

  constructor(parent: HTMLElement) {
    const styles = document.createElement("style");
    styles.textContent = STYLES;
    this.probe.setAttribute("aria-hidden", "true");
    // A transition, however short, is the only event that follows a change of the theme.
    this.probe.addEventListener("transitionend", () => this.colour());
    this.root.dataset.trigpoint = "lines";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-multiselectable", "true");
    this.status.setAttribute("role", "status");
    this.list.addEventListener("keydown", (event) => this.onKey(event));
    this.list.addEventListener("click", (event) => this.onClick(event));
    this.list.addEventListener("dblclick", (event) => this.openRow(rowOf(event)));
    this.root.append(this.list, this.status);
    parent.append(styles, this.probe, this.root);
  }

  update(data: LinesData, answers: Answers): void {
    this.answers = answers;
    const same = this.data !== null && JSON.stringify(this.data.groups) === JSON.stringify(data.groups);
    if (this.data?.asked !== data.asked) {
      this.chosen.clear();
      this.cursor = 0;
    }
    this.data = data;
    if (!same) this.draw();
    this.mark();
  }

  destroy(): void {
    clearTimeout(this.timer);
    this.root.remove();
  }

  private draw(): void {
    const data = this.data;
    if (data === null) return;
    this.rows = [];
    this.list.setAttribute("aria-label", data.name);
    this.list.replaceChildren(...data.groups.map((group) => this.group(group)));
    this.cursor = Math.min(this.cursor, Math.max(0, this.rows.length - 1));
    this.colour();
  }

  private group(group: Group): HTMLElement {
    const box = make("div", "tpl-group");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", group.title);
    const head = make("div", "tpl-head");
    const title = make("span", "tpl-title");
    title.textContent = group.title;
    const about = make("span", "tpl-about");
    about.textContent = group.about;
    head.append(title, about);
    box.append(head, ...group.lines.map((line) => this.line(line)));
    return box;
  }

  private line(line: Line): HTMLElement {
    const row = make("div", "tpl-row");
    row.dataset.id = line.id;
    row.setAttribute("role", "option");
    const box = make("span", "tpl-box");
    box.setAttribute("aria-hidden", "true");
    const speaker = make("span", "tpl-speaker");
    speaker.textContent = line.speaker;
    speaker.title = line.speaker;
    const left = make("span", "tpl-left");
    const before = document.createElement("bdi");
    before.textContent = line.left;
    left.append(before);
    const quote = make("b", "tpl-quote");
    quote.textContent = line.quote;
    const right = make("span", "tpl-right");
    right.append(quote, line.right);
    row.append(box, speaker, left, right);
    this.rows.push(row);
    return row;
  }

  private mark(): void {
    this.rows.forEach((row, number) => {
      row.tabIndex = number === this.cursor ? 0 : -1;
      row.setAttribute("aria-selected", String(this.chosen.has(row.dataset.id ?? "")));
    });
    const words = this.data?.words;
    if (words !== undefined) {
      const count = this.chosen.size > 0 ? `${words.chosen.replace("{n}", String(this.chosen.size))} · ` : "";
      this.status.textContent = count + words.keys;
    }
  }

  private onKey(event: KeyboardEvent): void {
    if (event.altKey || (event.ctrlKey && event.key !== "a") || event.metaKey) return;
    const last = this.rows.length - 1;
    const steps: Record<string, number> = {
      ArrowDown: this.cursor + 1, ArrowUp: this.cursor - 1, Home: 0, End: last,
      PageDown: this.cursor + 15, PageUp: this.cursor - 15,
    };
    const to = steps[event.key];
    if (to !== undefined) {
      this.walk(Math.max(0, Math.min(last, to)));
      if (event.shiftKey) this.toggle(this.rows[this.cursor], true);
    } else if (event.key === " ") this.toggle(this.rows[this.cursor]);
    else if (event.key === "Enter") this.openRow(this.rows[this.cursor]);
    else if (event.key === "a" && event.ctrlKey) {
      const all = this.chosen.size < this.rows.length;
      for (const row of this.rows) this.put(row, all);
      this.tell();
    } else if (event.key === "Escape") {
      this.chosen.clear();
      this.tell();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  private onClick(event: MouseEvent): void {
    const row = rowOf(event);
    if (row === undefined) return;
    const to = this.rows.indexOf(row);
    if (event.shiftKey) {
      const [from, until] = [Math.min(this.cursor, to), Math.max(this.cursor, to)];
      for (const between of this.rows.slice(from, until + 1)) this.put(between, true);
      this.walk(to);
      this.tell();
      return;
    }
    this.walk(to);
    // The words open the text, whatever stands left of them chooses.
    if (event.target instanceof Element && event.target.closest(".tpl-quote") !== null) this.openRow(row);
    else this.toggle(row);
  }

  private walk(to: number): void {
    this.cursor = to;
    this.mark();
    const row = this.rows[to];
    row?.focus();
    row?.scrollIntoView({ block: "nearest" });
  }

  private toggle(row: HTMLElement | undefined, to?: boolean): void {
    if (row === undefined) return;
    this.put(row, to ?? !this.chosen.has(row.dataset.id ?? ""));
    this.tell();
  }

  private put(row: HTMLElement, to: boolean): void {
    const id = row.dataset.id ?? "";
    if (to) this.chosen.add(id);
    else this.chosen.delete(id);
  }

  private tell(): void {
    this.mark();
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      if (this.data !== null) this.answers.choose(this.data.asked, [...this.chosen]);
    }, PAUSE);
  }

  private openRow(row: HTMLElement | undefined): void {
    if (row?.dataset.id !== undefined) this.answers.open(row.dataset.id);
  }

  private colour(): void {
    this.root.dataset.ground = groundOf(this.probe);
  }
}

function rowOf(event: Event): HTMLElement | undefined {
  const row = event.target instanceof Element ? event.target.closest<HTMLElement>(".tpl-row") : null;
  return row ?? undefined;
}

function make(tag: string, name: string): HTMLElement {
  const element = document.createElement(tag);
  element.className = name;
  return element;
}
