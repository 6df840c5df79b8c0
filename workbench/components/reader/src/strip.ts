// The whole document at a glance, beside the text: where codings are, where hits are, where one reads.

import type { Span } from "./contract";
import { make } from "./dom";

const WIDTH = 14;

export interface Mark extends Span {
  readonly colour: string;
}

export class DensityStrip {
  readonly element = make("div", "tp-strip");
  private readonly canvas = make("canvas");
  private readonly window = make("div", "tp-strip-window");
  private length = 1;
  private marks: () => Iterable<Mark> = () => [];
  private hits: readonly Span[] = [];
  private ink = "#000";
  private frame = 0;
  private readonly sized = new ResizeObserver(() => this.redrawSoon());

  constructor(private readonly goTo: (codePoint: number) => void) {
    this.element.append(this.canvas, this.window);
    this.element.setAttribute("aria-hidden", "true");
    this.sized.observe(this.element);
    this.element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      this.element.setPointerCapture(event.pointerId);
      this.go(event);
    });
    this.element.addEventListener("pointermove", (event) => {
      if (this.element.hasPointerCapture(event.pointerId)) this.go(event);
    });
  }

  private go(event: PointerEvent): void {
    const { top, height } = this.element.getBoundingClientRect();
    const share = Math.min(1, Math.max(0, (event.clientY - top) / height));
    this.goTo(Math.min(this.length - 1, Math.floor(share * this.length)));
  }

  setTitle(title: string): void {
    this.element.title = title;
  }

  /** The marks are asked for when they are drawn. */
  show(length: number, marks: () => Iterable<Mark>): void {
    this.length = Math.max(1, length);
    this.marks = marks;
    this.redrawSoon();
  }

  showHits(hits: readonly Span[], ink: string): void {
    this.hits = hits;
    this.ink = ink;
    this.redrawSoon();
  }

  /** Where the window stands, in code points. */
  showWindow({ start, end }: Span): void {
    this.window.style.top = `${(start / this.length) * 100}%`;
    this.window.style.height = `${Math.max(0.4, ((end - start) / this.length) * 100)}%`;
  }

  private redrawSoon(): void {
    if (this.frame !== 0) return;
    // After the frame in which a coding is painted: this can wait for the next one.
    this.frame = requestAnimationFrame(() => {
      this.frame = requestAnimationFrame(() => {
        this.frame = 0;
        this.redraw();
      });
    });
  }

  private redraw(): void {
    const height = this.element.clientHeight;
    const context = this.canvas.getContext("2d");
    if (context === null || height === 0) return;
    const ratio = window.devicePixelRatio;
    this.canvas.width = WIDTH * ratio;
    this.canvas.height = height * ratio;
    context.scale(ratio, ratio);
    // How thick codings lie is seen where several lie over each other.
    context.globalAlpha = 0.55;
    for (const { start, end, colour } of this.marks()) {
      context.fillStyle = colour;
      context.fillRect(2, (start / this.length) * height, WIDTH - 6, Math.max(1, ((end - start) / this.length) * height));
    }
    context.globalAlpha = 1;
    context.fillStyle = this.ink;
    for (const { start } of this.hits) context.fillRect(WIDTH - 4, (start / this.length) * height, 4, 2);
  }

  destroy(): void {
    this.sized.disconnect();
    if (this.frame !== 0) cancelAnimationFrame(this.frame);
  }
}
